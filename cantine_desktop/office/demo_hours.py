"""The hours of the demonstration: a year of weeks done, most as planned, signed but the last.

Absences, hours done otherwise and two corrections stand where a year of work has them.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.i18n import mark, tr
from cantine_desktop.office.demo_kitchen import instant
from cantine_desktop.office.demo_roster import WEEKS
from cantine_desktop.staff.contracts.engaging import current_contract
from cantine_desktop.staff.contracts.keeping import set_balance
from cantine_desktop.staff.contracts.model import REGISTERED, BalanceKind, StaffMember
from cantine_desktop.staff.hours.clock_text import read_hours
from cantine_desktop.staff.hours.confirming import planned_hours
from cantine_desktop.staff.hours.model import HoursWeek, WeekState, WorkedShift
from cantine_desktop.staff.hours.signing import correct_day
from cantine_desktop.staff.hours.standing import rows_in, stints_of
from cantine_desktop.staff.law.stints import monday_of
from cantine_desktop.staff.rosters.absences import AbsenceFacts, absence_words, add_absence
from cantine_desktop.staff.rosters.model import Absence, AbsenceCode, Shift
from cantine_desktop.staff.rosters.team import absences_in, days_of, shifts_in
from cantine_desktop.storage.base import Base
from cantine_desktop.storage.seal import seal
from cantine_desktop.values.period import DAY, Period

_CONFIRMED, _SIGNED = time(8, 40), time(9, 10)
"""When the week before is confirmed, then signed, on Mondays."""

_ANNE, _MALIK, _TOM, _LINA = "Anne Muller", "Malik Benali", "Tom Kern", "Lina Haas"


class _Otherwise(NamedTuple):
    """A day that went otherwise than planned; no hours say that nothing was done."""

    name: str
    weeks_ago: int
    weekday: int
    hours: str


class _Away(NamedTuple):
    """Days of absence in a week: the first weekday and how many."""

    name: str
    weeks_ago: int
    weekday: int
    days: int
    code: AbsenceCode


class _Correction(NamedTuple):
    """A day of a signed week that was corrected, and why."""

    name: str
    weeks_ago: int
    weekday: int
    hours: str
    reason: str


_OTHERWISE: Sequence[_Otherwise] = (
    _Otherwise(_MALIK, 1, 3, "8-16:45 p30"),
    _Otherwise(_ANNE, 2, 1, "8:30-13 bureau"),
    _Otherwise(_TOM, 2, 2, "9-13:30"),
    _Otherwise(_MALIK, 3, 2, "8-17 p30"),
    _Otherwise(_LINA, 3, 3, "9-12 13-16:30"),
    _Otherwise(_TOM, 4, 4, ""),
    _Otherwise(_MALIK, 8, 1, "7:45-16 p30"),
    _Otherwise(_ANNE, 11, 3, "8:30-17 p30"),
)
_AWAY: Sequence[_Away] = (
    _Away(_ANNE, 1, 4, 1, AbsenceCode.FAMILY_EVENT),
    _Away(_TOM, 3, 1, 2, AbsenceCode.CIVIC_TRAINING),
    _Away(_LINA, 4, 4, 1, AbsenceCode.PLACEMENT_SCHOOL),
    _Away(_MALIK, 6, 1, 3, AbsenceCode.SICKNESS),
    _Away(_MALIK, 10, 4, 1, AbsenceCode.TRAINING),
    _Away(_ANNE, 19, 1, 4, AbsenceCode.PAID_LEAVE),
)
_CORRECTIONS: Sequence[_Correction] = (
    _Correction(_MALIK, 2, 3, "8-17:15 p30", mark("livraison arrivée à 16 h 30")),
    _Correction(_ANNE, 5, 3, "8:30-16:30 p30", mark("réunion avec la mairie oubliée")),
)
_BUSY_MONTH, _BUSY_DAYS, _LONGER = 6, {1, 2, 3}, 75
"""In June a cook was missing: minutes more on some weekdays of the one who stayed."""

_LEAVE_LEFT = {_MALIK: 25_00, _ANNE: 26_00}
"""Hundredths of a day of leave when the book began."""

_ON_LEAVE = {
    **dict.fromkeys(_LEAVE_LEFT, AbsenceCode.PAID_LEAVE),
    "Inès Roth": AbsenceCode.CIVIC_LEAVE,
    _TOM: AbsenceCode.CIVIC_LEAVE,
}
"""Under which code each is away while the canteen is closed."""


class _Told(NamedTuple):
    """What happened in the weeks written.

    Attributes:
        monday: Of the week of today: hours end before it.
        otherwise: Hours of days that went otherwise than planned, by member.
        planned: Shifts by member; ``away``, absences.
    """

    monday: date
    otherwise: Mapping[tuple[int, date], str]
    planned: Mapping[int, Sequence[Shift]]
    away: Mapping[int, Sequence[Absence]]


def write_hours(session: Session, today: date, closures: Iterable[Period]) -> None:
    """Write the hours done of the weeks before this one; the last is confirmed, not yet signed.

    Args:
        session: The session of an action that wrote people and roster.
        today: Last day of the year written.
        closures: Spans of leave of the whole team.
    """
    people = {each.name: each for each in session.scalars(select(StaffMember))}
    monday = monday_of(today)
    first = monday - WEEKS * 7 * DAY
    for name, amount in _LEAVE_LEFT.items():
        set_balance(session, people[name].id, BalanceKind.LEAVE, first, amount)
    _write_closures(session, people, Period(first, monday + 14 * DAY), closures)
    for each in _AWAY:
        day = _day(monday, each.weeks_ago, each.weekday)
        _be_away(session, people[each.name], AbsenceFacts(each.code, day, day + each.days * DAY))
    span = Period(first, monday)
    told = _Told(
        monday,
        {
            (people[each.name].id, _day(monday, each.weeks_ago, each.weekday)): each.hours
            for each in _OTHERWISE
        },
        shifts_in(session, span),
        absences_in(session, span),
    )
    for rank in range(WEEKS):
        _write_week(session, Period.week(first + rank * 7 * DAY), people.values(), told)
    session.flush()
    _correct(session, people, monday)


def _write_closures(
    session: Session,
    people: Mapping[str, StaffMember],
    span: Period,
    closures: Iterable[Period],
) -> None:
    """Put the team on leave while the canteen is closed."""
    for closed in closures:
        first, end = max(closed.first, span.first), min(closed.end, span.end)
        if first >= end:
            continue
        for name, code in _ON_LEAVE.items():
            _be_away(session, people[name], AbsenceFacts(code, first, end))


def _be_away(session: Session, member: StaffMember, facts: AbsenceFacts) -> None:
    """Write an absence unless the person was not there, or was away already."""
    known = absences_in(session, Period(facts.first, facts.end)).get(member.id)
    if not known and current_contract(member, facts.first) is not None:
        add_absence(session, member.id, facts)


def _write_week(session: Session, week: Period, people: Iterable[StaffMember], told: _Told) -> None:
    done: list[Base] = []
    is_signed = week.end < told.monday
    for member in people:
        contract = current_contract(member, week.last) or current_contract(member, week.first)
        planned = [each for each in told.planned.get(member.id, ()) if each.day in week]
        if contract is None or not (planned or contract.status in REGISTERED):
            continue
        away = [
            each
            for each in told.away.get(member.id, ())
            if each.first < week.end and week.first < each.end
        ]
        off = {day for each in away for day in days_of(each)}
        rows = _rows(member, [each for each in planned if each.day not in off], week, told)
        state = HoursWeek(
            member_id=member.id, monday=week.first, confirmed_at=instant(week.end, _CONFIRMED)
        )
        if is_signed:
            _sign(state, member, rows, away)
        done += [*rows, state]
    session.add_all(done)
    if is_signed:
        seal(session, done, instant(week.end, _SIGNED))


def _rows(
    member: StaffMember, planned: Sequence[Shift], week: Period, told: _Told
) -> list[WorkedShift]:
    """Return the hours of somebody's week: as planned, unless the year tells otherwise."""
    at = instant(week.end, _CONFIRMED)
    rows: list[WorkedShift] = []
    for day, own in groupby(planned, key=_day_of):
        said = told.otherwise.get((member.id, day))
        plan = [planned_hours(each) for each in own]
        hours = [each._replace(post=plan[0].post) for each in read_hours(said)] if said else plan
        if member.name == _MALIK and day.month == _BUSY_MONTH and day.weekday() in _BUSY_DAYS:
            hours = [each._replace(finish=each.finish + _LONGER) for each in hours]
        rows += [
            WorkedShift(
                member_id=member.id,
                day=day,
                recorded_at=at,
                is_void=not said and said is not None,
                **each._asdict(),
            )
            for each in hours
        ]
    return rows


def _sign(
    state: HoursWeek, member: StaffMember, rows: Sequence[WorkedShift], away: Sequence[Absence]
) -> None:
    state.state, state.signed_at = WeekState.SIGNED, instant(state.monday + 7 * DAY, _SIGNED)
    state.signed_by = "".join(part[0] for part in member.name.split())
    done = [row for row in rows if not row.is_void]
    state.minutes = sum(each.effective for each in stints_of(done))
    state.away = ", ".join(absence_words(each) for each in away)


def _correct(session: Session, people: Mapping[str, StaffMember], monday: date) -> None:
    """Correct days of signed weeks that were worked, as somebody does who reads them again."""
    for each in _CORRECTIONS:
        day, member = _day(monday, each.weeks_ago, each.weekday), people[each.name]
        former = rows_in(session, Period(day, day + DAY), member.id)
        if former:
            at = instant(Period.week(day).end + 2 * DAY, time(10))
            hours = [some._replace(post=former[0].post) for some in read_hours(each.hours)]
            correct_day(session, member.id, day, hours, tr(each.reason), at)


def _day(monday: date, weeks_ago: int, weekday: int) -> date:
    return monday - (7 * weeks_ago - weekday) * DAY


def _day_of(shift: Shift) -> date:
    return shift.day
