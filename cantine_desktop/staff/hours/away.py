"""Absences counted in a period: their days, and the hours they stand for."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import the_canteen
from cantine_desktop.canteen.holidays import public_holidays
from cantine_desktop.staff.contracts.model import REGISTERED
from cantine_desktop.staff.law.nouns import Worker
from cantine_desktop.staff.law.stints import monday_of
from cantine_desktop.staff.rosters.absences import is_whole, workable_days
from cantine_desktop.staff.rosters.model import COUNTS_AS_WORK, Absence, AbsenceCode, Shift
from cantine_desktop.staff.rosters.team import absences_in, rules_of, shifts_in, teammates
from cantine_desktop.values.period import DAY, Period

_ALSACE_MOSELLE = {"57", "67", "68"}
_WORKING_WEEK = 5
"""Days a week that hours of a contract are shared between when no roster says so."""


class Away(NamedTuple):
    """An absence, or the part of it that a period holds.

    Attributes:
        first: First civil day in the period; ``last``, the last one, which belongs to it.
        minutes: By civil day, what would have been worked: the roster of the day or, where it
            says nothing, a share from Monday to Friday of what the week lacks to the contract, a
            fifth of it at most.
        workable: Days of leave (jours ouvrables), in halves: 2 is a whole day.
        working: Days from Monday to Friday, holidays left out (jours ouvrés), in halves.
    """

    key: int
    code: AbsenceCode
    first: date
    last: date
    minutes: tuple[tuple[date, int], ...]
    workable: int
    working: int

    @property
    def total(self) -> int:
        """Minutes of all its days."""
        return sum(minutes for _day, minutes in self.minutes)

    @property
    def counts_as_work(self) -> bool:
        """The hours are paid and counted as worked."""
        return self.code in COUNTS_AS_WORK


def holidays_in(session: Session, span: Period) -> frozenset[date]:
    """Return the public holidays of some years; Good Friday only where the canteen keeps it.

    Source: CT-FERIES.
    """
    canteen = the_canteen(session)
    department = canteen.department if canteen is not None else ""
    keeps = rules_of(session).keeps_good_friday
    found: set[date] = set()
    for year in range(span.first.year, span.last.year + 1):
        for day in public_holidays(department, year):
            is_friday = day.weekday() == 4 and day.month in {3, 4}
            if keeps or not (department in _ALSACE_MOSELLE and is_friday):
                found.add(day)
    return frozenset(found)


def away_in(session: Session, span: Period) -> dict[int, list[Away]]:
    """Return the absences granted in a period by member, in order.

    Source: CT-L3141-3.
    """
    holidays = holidays_in(session, span)
    weeks = Period(monday_of(span.first), monday_of(span.last) + 7 * DAY)
    planned = shifts_in(session, weeks)
    workers = {mate.key: mate.worker for mate in teammates(session, span)}
    found: dict[int, list[Away]] = {}
    for key, absences in absences_in(session, span).items():
        own = planned.get(key, [])
        found[key] = [
            _away(each, span, own, workers.get(key), holidays)
            for each in absences
            if each.is_granted
        ]
    return found


def _away(
    absence: Absence,
    span: Period,
    planned: list[Shift],
    worker: Worker | None,
    holidays: frozenset[date],
) -> Away:
    first, end = max(absence.first, span.first), min(absence.end, span.end)
    days = Period(first, end).days
    minutes = [(day, _minutes(absence, day, planned, worker, holidays)) for day in days]
    worth = 2 if is_whole(absence) else 1
    workable = workable_days(first, end, holidays)
    working = [day for day in workable if day.weekday() < _WORKING_WEEK]
    return Away(
        absence.id,
        absence.code,
        first,
        end - DAY,
        tuple((day, some) for day, some in minutes if some),
        len(workable) * worth,
        len(working) * worth,
    )


def _minutes(
    absence: Absence,
    day: date,
    planned: list[Shift],
    worker: Worker | None,
    holidays: Collection[date],
) -> int:
    own = [each for each in planned if each.day == day]
    if own:
        return sum(_inside(absence, each) for each in own)
    week = [each for each in planned if monday_of(each.day) == monday_of(day)]
    if not is_whole(absence):
        return 0 if week else absence.finish - absence.start
    terms = worker.terms_on(day) if worker is not None else None
    status = worker.status_on(day) if worker is not None else None
    off = set(holidays) if absence.code is not AbsenceCode.PUBLIC_HOLIDAY else set[date]()
    if terms is None or status not in REGISTERED or day.weekday() >= _WORKING_WEEK or day in off:
        return 0
    return _share(absence, day, week, terms.weekly_minutes, off)


def _share(
    absence: Absence, day: date, week: Collection[Shift], contract: int, holidays: Collection[date]
) -> int:
    """Return what a day of absence without a roster stands for.

    The roster of the other days tells what is left of the contract: somebody on leave from Monday
    to Wednesday, planned 17 h on Thursday and Friday of a contract of 35 h, is away for 18 h. A
    day is a fifth of the contract at most: a roster half written makes no long day of absence.
    """
    fifth = contract // _WORKING_WEEK
    if not week:
        return fifth
    days = [monday_of(day) + rank * DAY for rank in range(_WORKING_WEEK)]
    kept = [each for each in days if each not in holidays]
    written = {each.day for each in week}
    bare = [each for each in kept if each not in written and absence.first <= each < absence.end]
    due = contract * len(kept) // _WORKING_WEEK
    lacks = max(0, due - sum(each.finish - each.start - each.pause for each in week))
    return min(lacks // len(bare), fifth)


def _inside(absence: Absence, shift: Shift) -> int:
    """Return the minutes of work of a shift that an absence takes."""
    if is_whole(absence):
        return shift.finish - shift.start - shift.pause
    taken = min(absence.finish, shift.finish) - max(absence.start, shift.start)
    return max(0, min(taken, shift.finish - shift.start - shift.pause))
