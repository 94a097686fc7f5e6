"""What the screen of the team shows: a row for each person, and the whole of one."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.i18n import short_day, tr
from cantine_desktop.staff.contracts.ages import is_minor_on
from cantine_desktop.staff.contracts.arrival import StepRow, arrival_of
from cantine_desktop.staff.contracts.due import ARRIVAL_REMEMBERED, Due, due_of, has_left
from cantine_desktop.staff.contracts.engaging import current_contract, remarks
from cantine_desktop.staff.contracts.keeping import MemberFacts, facts_of
from cantine_desktop.staff.contracts.model import (
    Contract,
    Skill,
    StaffMember,
    StaffPaper,
    Status,
)
from cantine_desktop.staff.contracts.words import (
    SKILLS,
    STATUSES,
    availability_words,
    balance_words,
    contract_words,
    wish_words,
)
from cantine_desktop.values.period import DAY
from cantine_desktop.values.text import fold


class Which(StrEnum):
    """Whom a list shows."""

    PRESENT = "present"
    PAST = "past"
    ALL = "all"


class MemberRow(NamedTuple):
    """Somebody in the list of the team.

    Attributes:
        status: Of the contract of the day, else of the last one; ``None`` without any.
        job: Of the same contract.
        last: Its last civil day; ``None`` without a term.
        due: What is asked for, the latest first.
        is_past: Every contract is over.
        is_minor: The rules for minors hold.
    """

    key: int
    name: str
    status: Status | None
    job: str
    last: date | None
    due: tuple[Due, ...]
    is_past: bool
    is_minor: bool

    @property
    def status_words(self) -> str:
        """What ties the person to the canteen, in words."""
        return tr("Sans contrat") if self.status is None else tr(STATUSES[self.status])


class Line(NamedTuple):
    """A line of a short list.

    Attributes:
        key: Key of its record.
        tone: ``"bad"`` when it is late, ``"warn"`` when it ends soon, else empty.
        attachment_id: The file joined; ``None`` for none.
    """

    key: int
    words: str
    tone: str = ""
    attachment_id: int | None = None


class ContractPart(NamedTuple):
    """A contract in the pane.

    Attributes:
        remarks: What to look at.
        steps: Of the arrival.
        is_arriving: Some of them are still to be done, or were done lately.
    """

    key: int
    words: str
    is_over: bool
    remarks: tuple[str, ...]
    steps: tuple[StepRow, ...]
    is_arriving: bool


class MemberCard(NamedTuple):
    """The whole of what is known of somebody, ready to show."""

    facts: MemberFacts
    due: tuple[Due, ...]
    contracts: tuple[ContractPart, ...]
    skills: tuple[Line, ...]
    papers: tuple[Line, ...]
    availabilities: tuple[Line, ...]
    wishes: tuple[Line, ...]
    balances: tuple[Line, ...]


def team(session: Session, today: date, which: Which = Which.PRESENT) -> list[MemberRow]:
    """Return the people of the team by name."""
    query = select(StaffMember).options(
        selectinload(StaffMember.contracts).selectinload(Contract.ticks),
        selectinload(StaffMember.skills),
        selectinload(StaffMember.papers),
    )
    rows = [_row(member, today) for member in session.scalars(query)]
    kept = [row for row in rows if which is Which.ALL or row.is_past is (which is Which.PAST)]
    return sorted(kept, key=lambda row: (fold(row.name), row.key))


def card_of(session: Session, member_id: int, today: date) -> MemberCard | None:
    """Return what is known of somebody; nothing when the person is gone."""
    member = session.get(StaffMember, member_id)
    if member is None:
        return None
    return MemberCard(
        facts_of(member),
        tuple(due_of(member, today)),
        tuple(_contract(session, each, today) for each in reversed(member.contracts)),
        tuple(_skill(each, today) for each in member.skills),
        tuple(_paper(each, today) for each in member.papers),
        tuple(Line(each.id, availability_words(each)) for each in member.availabilities),
        tuple(Line(each.id, wish_words(each)) for each in member.wishes),
        tuple(Line(each.id, balance_words(each)) for each in member.balances),
    )


def _row(member: StaffMember, today: date) -> MemberRow:
    shown = current_contract(member, today) or max(
        member.contracts, key=lambda each: each.first, default=None
    )
    past = has_left(member, today)
    return MemberRow(
        member.id,
        member.name,
        None if shown is None else shown.status,
        "" if shown is None else shown.job,
        shown.end - DAY if shown is not None and shown.end is not None else None,
        () if past else tuple(due_of(member, today)),
        past,
        is_minor_on(member.birth_date, today),
    )


def _contract(session: Session, contract: Contract, today: date) -> ContractPart:
    over = contract.end is not None and contract.end <= today
    told = () if over else tuple(remarks(session, contract.id))
    steps = tuple(arrival_of(contract))
    recent = today <= contract.first + ARRIVAL_REMEMBERED
    arriving = not over and (recent or any(step.done_on is None for step in steps))
    return ContractPart(contract.id, contract_words(contract), over, told, steps, arriving)


def _skill(skill: Skill, today: date) -> Line:
    title = tr(SKILLS[skill.kind])
    title = f"{title} ({skill.detail})" if skill.detail else title
    until, tone = _until(skill.valid_until, today)
    return Line(skill.id, f"{title}, {until}" if until else title, tone, skill.attachment_id)


def _paper(paper: StaffPaper, today: date) -> Line:
    if paper.received_on is None:
        if paper.due_on is None:
            return Line(paper.id, tr("{paper} : manque").format(paper=paper.title), "warn")
        late = paper.due_on < today
        text = tr("{paper} : manque depuis le {day}") if late else tr("{paper} : attendu le {day}")
        words = text.format(paper=paper.title, day=short_day(paper.due_on))
        return Line(paper.id, words, "bad" if late else "warn", paper.attachment_id)
    until, tone = _until(paper.valid_until, today)
    came = tr("{paper}, reçu le {day}").format(paper=paper.title, day=short_day(paper.received_on))
    return Line(paper.id, f"{came}, {until}" if until else came, tone, paper.attachment_id)


def _until(day: date | None, today: date) -> tuple[str, str]:
    """Return until when, in words, and how it is coloured."""
    if day is None:
        return "", ""
    if day < today:
        return tr("périmé depuis le {day}").format(day=short_day(day)), "bad"
    words = tr("jusqu’au {day}").format(day=short_day(day))
    return words, "warn" if (day - today).days <= 90 else ""
