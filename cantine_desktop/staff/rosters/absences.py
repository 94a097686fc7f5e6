"""Saying that somebody is away, changing it, taking it back; days of absence counted."""

from dataclasses import dataclass, fields, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import short_day, tr
from cantine_desktop.staff.contracts.engaging import current_contract
from cantine_desktop.staff.contracts.model import StaffMember
from cantine_desktop.staff.rosters.model import ABSENCES, Absence, AbsenceCode
from cantine_desktop.values.period import DAY, Period

DAY_LONG = 1440
LONGEST = 3 * 366
"""Days beyond which an absence holds a typing error."""


@dataclass(frozen=True)
class AbsenceFacts:
    """What a person says of an absence; see ``Absence``.

    Attributes:
        first: First civil day; ``end``, the day after the last.
    """

    code: AbsenceCode
    first: date
    end: date
    start: int = 0
    finish: int = DAY_LONG
    is_granted: bool | None = True
    note: str = ""


def facts_of(absence: Absence) -> AbsenceFacts:
    """Return what is known of an absence, to change a part of it."""
    return AbsenceFacts(**{each.name: getattr(absence, each.name) for each in fields(AbsenceFacts)})


def add_absence(session: Session, member_id: int, facts: AbsenceFacts) -> Absence:
    """Say that somebody is away; what touches the same absence makes it longer.

    Raises:
        UserError: It ends before it begins, is too long, meets another, or no contract holds.
    """
    member = session.get_one(StaffMember, member_id)
    _refuse_wrong(session, member, facts, None)
    touching = _touching(session, member_id, facts)
    if touching is not None:
        touching.first = min(touching.first, facts.first)
        touching.end = max(touching.end, facts.end)
        session.flush()
        return touching
    absence = Absence(member_id=member_id, code=facts.code, first=facts.first, end=facts.end)
    _write(absence, facts)
    session.add(absence)
    session.flush()
    return absence


def change_absence(session: Session, absence_id: int, facts: AbsenceFacts) -> Absence:
    """Write other values of an absence.

    Raises:
        UserError: It is gone, ends before it begins, is too long, meets another, or no contract
            holds.
    """
    absence = _current(session, absence_id)
    _refuse_wrong(session, session.get_one(StaffMember, absence.member_id), facts, absence_id)
    _write(absence, facts)
    session.flush()
    return absence


def remove_absence(session: Session, absence_id: int) -> None:
    """Take an absence back; the history keeps it.

    Raises:
        UserError: It is gone.
    """
    session.delete(_current(session, absence_id))
    session.flush()


def free_day(session: Session, member_id: int, day: date) -> None:
    """Take a day out of the absences of somebody: what is left of them stays, in two if need be."""
    query = select(Absence).where(
        Absence.member_id == member_id, Absence.first <= day, Absence.end > day
    )
    for absence in session.scalars(query).all():
        before, after = (absence.first, day), (day + DAY, absence.end)
        left = [span for span in (before, after) if span[0] < span[1]]
        if not left:
            session.delete(absence)
            continue
        facts = facts_of(absence)
        absence.first, absence.end = left[0]
        for first, end in left[1:]:
            other = Absence(member_id=member_id, code=facts.code, first=first, end=end)
            _write(other, replace(facts, first=first, end=end))
            session.add(other)
    session.flush()


def workable_days(first: date, end: date, holidays: frozenset[date]) -> list[date]:
    """Return the days that leave is counted in (jours ouvrables): neither Sunday nor holiday.

    Args:
        first: First day.
        end: The day after the last.
        holidays: Public holidays, at least those in between.

    Source: CT-L3141-3.
    """
    return [day for day in Period(first, end).days if day.weekday() != 6 and day not in holidays]


def absence_words(absence: Absence) -> str:
    """Return an absence in a line: « CP du 03/11/2026 au 07/11/2026 »."""
    code, _title = ABSENCES[absence.code]
    last = absence.end - DAY
    if last == absence.first:
        return tr("{code} le {day}").format(code=code, day=short_day(absence.first))
    return tr("{code} du {first} au {last}").format(
        code=code, first=short_day(absence.first), last=short_day(last)
    )


def is_whole(absence: Absence | AbsenceFacts) -> bool:
    """Tell whether whole days are meant."""
    return (absence.start, absence.finish) == (0, DAY_LONG)


def _write(absence: Absence, facts: AbsenceFacts) -> None:
    for each in fields(AbsenceFacts):
        value = getattr(facts, each.name)
        setattr(absence, each.name, value.strip() if isinstance(value, str) else value)
    absence.code = AbsenceCode(facts.code)


def _current(session: Session, absence_id: int) -> Absence:
    absence = session.get(Absence, absence_id)
    if absence is None:
        raise UserError(tr("Cette absence n’existe plus : elle a été supprimée entre-temps."))
    return absence


def _touching(session: Session, member_id: int, facts: AbsenceFacts) -> Absence | None:
    """Return an absence of whole days that this one goes on, of the same code."""
    if not is_whole(facts) or facts.note:
        return None
    query = select(Absence).where(
        Absence.member_id == member_id,
        Absence.code == facts.code,
        Absence.start == 0,
        Absence.finish == DAY_LONG,
        (Absence.end == facts.first) | (Absence.first == facts.end),
    )
    granted = [each for each in session.scalars(query) if each.is_granted is facts.is_granted]
    return granted[0] if granted else None


def _refuse_wrong(
    session: Session, member: StaffMember, facts: AbsenceFacts, but: int | None
) -> None:
    if facts.end <= facts.first:
        raise UserError(tr("Cette absence finit avant de commencer : vérifiez les deux dates."))
    if (facts.end - facts.first).days > LONGEST:
        raise UserError(tr("Cette absence dure plus de trois ans : vérifiez les deux dates."))
    if not 0 <= facts.start < facts.finish <= DAY_LONG:
        raise UserError(tr("Les heures de cette absence ne se suivent pas : vérifiez-les."))
    if current_contract(member, facts.first) is None:
        raise UserError(
            tr("{name} n’a pas de contrat le {day} : rien ne peut y être noté.").format(
                name=member.name, day=short_day(facts.first)
            )
        )
    if facts.is_granted is False:
        return
    query = select(Absence).where(
        Absence.member_id == member.id, Absence.first < facts.end, Absence.end > facts.first
    )
    for other in session.scalars(query):
        meets = other.start < facts.finish and facts.start < other.finish
        if other.id != but and other.is_granted is not False and meets:
            raise UserError(
                tr("{name} est déjà en absence, {absence} : changez celle-là.").format(
                    name=member.name, absence=absence_words(other)
                )
            )
