"""What the people of the team ask for: ends, certificates, papers, steps, the register."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.i18n import short_day, tr, trn
from cantine_desktop.staff.contracts.arrival import arrival_of
from cantine_desktop.staff.contracts.duties import duties_of
from cantine_desktop.staff.contracts.engaging import holds_on
from cantine_desktop.staff.contracts.model import Contract, Skill, SkillKind, StaffMember
from cantine_desktop.staff.contracts.register import waiting
from cantine_desktop.staff.contracts.words import SKILLS, STATUSES
from cantine_desktop.values.period import DAY, Period

END_IN_SIGHT = timedelta(days=60)
TRIAL_IN_SIGHT = timedelta(days=15)
SKILL_IN_SIGHT = timedelta(days=90)
PAPER_IN_SIGHT = timedelta(days=30)
PERMIT_IN_SIGHT = timedelta(days=90)
DUTY_IN_SIGHT = timedelta(days=30)
DUTY_REMEMBERED = timedelta(days=60)
"""Days after which a duty that was never ticked is no longer spoken of."""

ARRIVAL_REMEMBERED = timedelta(days=120)


class DueKind(StrEnum):
    """What is asked for."""

    REGISTER = "register"
    PAPER = "paper"
    PERMIT = "permit"
    SKILL = "skill"
    TRIAL = "trial"
    CONTRACT = "contract"
    ARRIVAL = "arrival"
    DUTY = "duty"


class Due(NamedTuple):
    """Something that is asked for.

    Attributes:
        member_id: Whom it is about; 0 for the whole canteen.
        name: Who; empty for the whole canteen.
        words: What, without the name.
        day: Civil day by which, or on which it ends.
        is_late: That day is past.
    """

    kind: DueKind
    member_id: int
    name: str
    words: str
    day: date
    is_late: bool

    @property
    def sentence(self) -> str:
        """The words with the name before them."""
        if not self.name:
            return self.words
        return tr("{name} : {what}").format(name=self.name, what=self.words)


def due_soon(session: Session, today: date) -> list[Due]:
    """Return what is asked for around a day, what is late first, then the soonest."""
    found = [*_register(session, today), *_duties(session, today)]
    for member in members_there(session, today):
        found += due_of(member, today)
    return sorted(found, key=lambda due: (not due.is_late, due.day, due.name))


def due_of(member: StaffMember, today: date) -> list[Due]:
    """Return what is asked for about somebody: papers, certificates, ends, steps not done."""
    found = [*_papers(member, today), *_skills(member, today), *_ends(member, today)]
    found += _arrivals(member, today)
    return sorted(found, key=lambda due: (not due.is_late, due.day))


def members_there(session: Session, today: date) -> list[StaffMember]:
    """Return those who are in the team on a day, or are to come."""
    query = select(StaffMember).options(
        selectinload(StaffMember.contracts).selectinload(Contract.ticks),
        selectinload(StaffMember.skills),
        selectinload(StaffMember.papers),
    )
    return [each for each in session.scalars(query) if not has_left(each, today)]


def has_left(member: StaffMember, today: date) -> bool:
    """Tell whether every contract of somebody is over; without any, nobody has left."""
    ends = [each.end for each in member.contracts]
    return bool(ends) and all(end is not None and end <= today for end in ends)


def latest_skills(member: StaffMember) -> dict[tuple[SkillKind, str], Skill]:
    """Return, by kind and detail, the skill that holds the longest."""
    found: dict[tuple[SkillKind, str], Skill] = {}
    for skill in member.skills:
        key = skill.kind, skill.detail.casefold()
        known = found.get(key)
        if known is None or (known.valid_until or date.max) < (skill.valid_until or date.max):
            found[key] = skill
    return found


def _register(session: Session, today: date) -> Iterator[Due]:
    rows = waiting(session, today)
    if not rows:
        return
    words = trn(
        "{n} ligne à écrire au registre du personnel",
        "{n} lignes à écrire au registre du personnel",
        len(rows),
    )
    contract = session.get_one(Contract, rows[0].contract_id)
    late = any(row.replaces is None for row in rows)
    yield Due(DueKind.REGISTER, contract.member_id, "", words, today, late)


def _duties(session: Session, today: date) -> Iterator[Due]:
    period = Period(today - DUTY_REMEMBERED, today + DUTY_IN_SIGHT)
    for row in duties_of(session, period):
        if row.done_on is None:
            words = tr("{what}, avant le {day}").format(what=row.title, day=short_day(row.due_on))
            late = row.due_on < today
            yield Due(DueKind.DUTY, row.member_id or 0, row.name, words, row.due_on, late)


def _papers(member: StaffMember, today: date) -> Iterator[Due]:
    for paper in member.papers:
        due, until = paper.due_on, paper.valid_until
        if paper.received_on is None and due is not None and due - PAPER_IN_SIGHT <= today:
            words = tr("{paper} attendu pour le {day}").format(
                paper=paper.title, day=short_day(due)
            )
            yield Due(DueKind.PAPER, member.id, member.name, words, due, due < today)
        elif (
            paper.received_on is not None and until is not None and until - PAPER_IN_SIGHT <= today
        ):
            yield _ending(DueKind.PAPER, member, paper.title, until, today)
    until = member.permit_until
    if until is not None and until - PERMIT_IN_SIGHT <= today:
        yield _ending(DueKind.PERMIT, member, tr("Titre de travail"), until, today)


def _skills(member: StaffMember, today: date) -> Iterator[Due]:
    for (kind, _detail), skill in latest_skills(member).items():
        until = skill.valid_until
        if until is not None and until - SKILL_IN_SIGHT <= today:
            title = tr(SKILLS[kind])
            title = f"{title} ({skill.detail})" if skill.detail else title
            yield _ending(DueKind.SKILL, member, title, until, today)


def _ends(member: StaffMember, today: date) -> Iterator[Due]:
    for contract in member.contracts:
        trial, end = contract.trial_until, contract.end
        if trial is not None and trial - TRIAL_IN_SIGHT <= today <= trial:
            words = tr("la période d’essai finit le {day}").format(day=short_day(trial))
            yield Due(DueKind.TRIAL, member.id, member.name, words, trial, is_late=False)
        if end is None or not holds_on(contract, today) or end - DAY - END_IN_SIGHT > today:
            continue
        if any(other.first <= end < (other.end or date.max) for other in member.contracts):
            continue  # another one goes on
        words = tr("{status}, dernier jour le {day}").format(
            status=tr(STATUSES[contract.status]), day=short_day(end - DAY)
        )
        yield Due(DueKind.CONTRACT, member.id, member.name, words, end - DAY, is_late=False)


def _arrivals(member: StaffMember, today: date) -> Iterator[Due]:
    for contract in member.contracts:
        over = contract.end is not None and contract.end <= today
        if over or contract.first + ARRIVAL_REMEMBERED < today:
            continue
        late = [row for row in arrival_of(contract) if row.done_on is None and row.due_on < today]
        if late:
            words = trn("{n} étape d’accueil à faire", "{n} étapes d’accueil à faire", len(late))
            day = min(row.due_on for row in late)
            yield Due(DueKind.ARRIVAL, member.id, member.name, words, day, is_late=True)


def _ending(kind: DueKind, member: StaffMember, title: str, until: date, today: date) -> Due:
    late = until < today
    text = tr("{what} : fini depuis le {day}") if late else tr("{what} : jusqu’au {day}")
    words = text.format(what=title, day=short_day(until))
    return Due(kind, member.id, member.name, words, until, late)
