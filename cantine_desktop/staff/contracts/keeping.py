"""Adding and changing people of the team: who they are, what they may do, when they can come."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.staff.contracts.model import (
    REGISTERED,
    Availability,
    AvailabilityKind,
    BalanceKind,
    OpeningBalance,
    Sex,
    Skill,
    SkillKind,
    StaffMember,
    StaffPaper,
    Wish,
)
from cantine_desktop.storage.attachments import attach
from cantine_desktop.values.text import fold

AREA = "staff"
MOST_WEIGHT = 5
OLDEST = date(1900, 1, 1)
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True)
class MemberFacts:
    """What a person says of a member of the team; see ``StaffMember``."""

    name: str
    birth_date: date | None = None
    nationality: str = ""
    sex: Sex | None = None
    work_permit: str = ""
    permit_until: date | None = None
    phone: str = ""
    email: str = ""


class Joined(NamedTuple):
    """A file to keep with a record: its content, its name, its kind."""

    content: bytes
    name: str
    media_type: str


@dataclass(frozen=True)
class SkillFacts:
    """What a person says of a skill; see ``Skill``."""

    kind: SkillKind
    detail: str = ""
    since: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True)
class PaperFacts:
    """What a person says of a paper; see ``StaffPaper``."""

    title: str
    due_on: date | None = None
    received_on: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True)
class AvailabilityFacts:
    """What a person says of when somebody can come; see ``Availability``."""

    kind: AvailabilityKind
    weekday: int | None = None
    first: date | None = None
    end: date | None = None
    start: int = 0
    finish: int = 1440
    is_available: bool = False
    note: str = ""


@dataclass(frozen=True)
class WishFacts:
    """What somebody would like; see ``Wish``."""

    weekday: int | None = None
    start: int = 0
    finish: int = 1440
    is_wanted: bool = True
    weight: int = 1


def facts_of(member: StaffMember) -> MemberFacts:
    """Return what is known of somebody, to change a part of it."""
    return MemberFacts(**{each.name: getattr(member, each.name) for each in fields(MemberFacts)})


def add_member(session: Session, facts: MemberFacts, now: datetime) -> StaffMember:
    """Add somebody to the team.

    Raises:
        UserError: No name, the same person is there already, or a value cannot be.
    """
    _refuse_wrong(session, facts, None, now)
    member = StaffMember(name=facts.name.strip())
    _write(member, facts)
    session.add(member)
    session.flush()
    return member


def change_member(session: Session, member_id: int, facts: MemberFacts, now: datetime) -> None:
    """Write other values of somebody.

    Raises:
        UserError: No name, the same person is there already, or a value cannot be.
    """
    member = session.get_one(StaffMember, member_id)
    _refuse_wrong(session, facts, member_id, now)
    if facts.birth_date is None and any(each.status in REGISTERED for each in member.contracts):
        raise UserError(tr("Un contrat demande la date de naissance : corrigez-la sans l’effacer."))
    begun = [each.first for each in member.contracts]
    if facts.birth_date is not None and any(first <= facts.birth_date for first in begun):
        raise UserError(tr("Un contrat commence avant cette date de naissance : vérifiez-la."))
    _write(member, facts)
    session.flush()


def remove_member(session: Session, member_id: int) -> None:
    """Take away somebody who was added by mistake.

    Raises:
        UserError: A contract was written: the person stays, and leaves at its end.
    """
    member = session.get_one(StaffMember, member_id)
    if member.contracts:
        raise UserError(
            tr(
                "{name} a un contrat : dites son dernier jour, la fiche passera aux anciens."
            ).format(name=member.name)
        )
    session.delete(member)
    session.flush()


def add_skill(
    session: Session, member_id: int, facts: SkillFacts, now: datetime, file: Joined | None = None
) -> Skill:
    """Keep what somebody is trained or authorised to do, with its certificate.

    Raises:
        UserError: It ends before it began, is had already, or the file cannot be kept.
    """
    member = session.get_one(StaffMember, member_id)
    if facts.since and facts.valid_until and facts.valid_until < facts.since:
        raise UserError(tr("Cette compétence finit avant d’être obtenue : vérifiez les dates."))
    if facts.since and facts.since > civil_date(now):
        raise UserError(tr("Cette compétence n’est pas encore obtenue : sa date est à venir."))
    skill = Skill(
        kind=facts.kind,
        detail=facts.detail.strip(),
        since=facts.since,
        valid_until=facts.valid_until,
        attachment_id=_joined(session, file, now),
    )
    member.skills.append(skill)
    session.flush()
    return skill


def renew_skill(session: Session, skill_id: int, since: date, valid_until: date | None) -> None:
    """Say that a skill was obtained again, and until when.

    Raises:
        UserError: It would end before it begins.
    """
    if valid_until is not None and valid_until < since:
        raise UserError(tr("Cette compétence finit avant d’être obtenue : vérifiez les dates."))
    skill = session.get_one(Skill, skill_id)
    skill.since, skill.valid_until = since, valid_until
    session.flush()


def remove_skill(session: Session, skill_id: int) -> None:
    """Take a skill away."""
    skill = session.get_one(Skill, skill_id)
    member = session.get_one(StaffMember, skill.member_id)
    member.skills.remove(skill)
    session.flush()


def add_paper(
    session: Session, member_id: int, facts: PaperFacts, now: datetime, file: Joined | None = None
) -> StaffPaper:
    """Keep a paper of somebody, or say that it is awaited; a paper that is joined came today.

    Raises:
        UserError: It has no title, or the file cannot be kept.
    """
    if not facts.title.strip():
        raise UserError(tr("Dites ce qu’est ce papier : « contrat signé », « diplôme »."))
    came = facts.received_on or (civil_date(now) if file is not None else None)
    paper = StaffPaper(
        title=facts.title.strip(),
        due_on=facts.due_on,
        received_on=came,
        valid_until=facts.valid_until,
        attachment_id=_joined(session, file, now),
    )
    member = session.get_one(StaffMember, member_id)
    member.papers.append(paper)
    session.flush()
    return paper


def receive_paper(session: Session, paper_id: int, day: date) -> None:
    """Say that a paper came."""
    session.get_one(StaffPaper, paper_id).received_on = day
    session.flush()


def remove_paper(session: Session, paper_id: int) -> None:
    """Take a paper away."""
    paper = session.get_one(StaffPaper, paper_id)
    member = session.get_one(StaffMember, paper.member_id)
    member.papers.remove(paper)
    session.flush()


def join_file(session: Session, record: Skill | StaffPaper, file: Joined, now: datetime) -> None:
    """Join a file to a skill or to a paper; a paper that was missing came today.

    Raises:
        UserError: The file is empty or too large.
    """
    record.attachment_id = _joined(session, file, now)
    if isinstance(record, StaffPaper) and record.received_on is None:
        record.received_on = civil_date(now)
    session.flush()


def add_availability(session: Session, member_id: int, facts: AvailabilityFacts) -> Availability:
    """Keep when somebody can come, or cannot.

    Raises:
        UserError: The hours or the days are none; at school nobody is available.
    """
    _refuse_hours(facts.weekday, facts.start, facts.finish)
    if facts.first is not None and facts.end is not None and facts.end <= facts.first:
        raise UserError(tr("Cette disponibilité finit avant de commencer : vérifiez les dates."))
    if facts.kind is AvailabilityKind.WEEKLY and facts.weekday is None:
        raise UserError(tr("Dites quel jour de la semaine."))
    if facts.kind is AvailabilityKind.EXCEPTIONAL and (facts.first is None or facts.end is None):
        raise UserError(tr("Dites de quel jour à quel jour."))
    values: Mapping[str, object] = vars(facts)
    if facts.kind is AvailabilityKind.SCHOOL:
        values = {**values, "is_available": False}
    row = Availability(**{**values, "note": facts.note.strip()})  # type: ignore[arg-type]
    member = session.get_one(StaffMember, member_id)
    member.availabilities.append(row)
    session.flush()
    return row


def remove_availability(session: Session, key: int) -> None:
    """Take an availability away."""
    row = session.get_one(Availability, key)
    member = session.get_one(StaffMember, row.member_id)
    member.availabilities.remove(row)
    session.flush()


def add_wish(session: Session, member_id: int, facts: WishFacts) -> Wish:
    """Keep what somebody would like, or like to avoid.

    Raises:
        UserError: The hours are none, or the weight is not from 1 to 5.
    """
    _refuse_hours(facts.weekday, facts.start, facts.finish)
    if not 1 <= facts.weight <= MOST_WEIGHT:
        raise UserError(tr("Le poids d’un souhait va de 1 à 5."))
    wish = Wish(
        weekday=facts.weekday,
        start=facts.start,
        finish=facts.finish,
        is_wanted=facts.is_wanted,
        weight=facts.weight,
    )
    member = session.get_one(StaffMember, member_id)
    member.wishes.append(wish)
    session.flush()
    return wish


def remove_wish(session: Session, key: int) -> None:
    """Take a wish away."""
    row = session.get_one(Wish, key)
    member = session.get_one(StaffMember, row.member_id)
    member.wishes.remove(row)
    session.flush()


def set_balance(
    session: Session, member_id: int, kind: BalanceKind, day: date, amount: int
) -> None:
    """Write what a counter stood at on a day, in place of what was written; see its units."""
    member = session.get_one(StaffMember, member_id)
    for balance in member.balances:
        if balance.kind is kind:
            balance.day, balance.amount = day, amount
            break
    else:
        member.balances.append(OpeningBalance(kind=kind, day=day, amount=amount))
    session.flush()


def remove_balance(session: Session, key: int) -> None:
    """Take an opening balance away."""
    row = session.get_one(OpeningBalance, key)
    member = session.get_one(StaffMember, row.member_id)
    member.balances.remove(row)
    session.flush()


def _joined(session: Session, file: Joined | None, now: datetime) -> int | None:
    if file is None:
        return None
    return attach(session, file.content, file.name, file.media_type, now, area=AREA).id


def _refuse_hours(weekday: int | None, start: int, finish: int) -> None:
    if weekday is not None and not 0 <= weekday < 7:
        raise UserError(tr("Un jour de la semaine va du lundi au dimanche."))
    if not 0 <= start < finish <= 1440:
        raise UserError(tr("Les heures vont de 0 h à 24 h, le début avant la fin."))


def _refuse_wrong(session: Session, facts: MemberFacts, mine: int | None, now: datetime) -> None:
    name = facts.name.strip()
    if not name:
        raise UserError(tr("Donnez le nom de cette personne."))
    query = select(StaffMember.id, StaffMember.name, StaffMember.birth_date)
    for key, other, born in session.execute(query):
        if key != mine and fold(other) == fold(name) and born == facts.birth_date:
            raise UserError(
                tr("« {name} » est déjà dans l’équipe : ouvrez sa fiche.").format(name=other)
            )
    if facts.birth_date is not None and not OLDEST < facts.birth_date < civil_date(now):
        raise UserError(tr("Cette date de naissance n’est pas possible : vérifiez l’année."))
    email = facts.email.strip()
    if email and not _MAIL.fullmatch(email):
        raise UserError(tr("« {email} » n’est pas une adresse électronique.").format(email=email))


def _write(member: StaffMember, facts: MemberFacts) -> None:
    for each in fields(MemberFacts):
        value = getattr(facts, each.name)
        setattr(member, each.name, value.strip() if type(value) is str else value)
