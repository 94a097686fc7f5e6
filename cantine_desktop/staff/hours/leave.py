"""Paid leave: what is earned, taken and left, days more when it is split, who goes when.

Days of leave (jours ouvrables) go from Monday to Saturday. Everything is exact: fractions while
it is counted, hundredths of a day when it is told.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.staff.contracts.model import (
    EMPLOYED,
    BalanceKind,
    Contract,
    StaffMember,
    Status,
)
from cantine_desktop.staff.hours.away import holidays_in
from cantine_desktop.staff.rosters.absences import is_whole, workable_days
from cantine_desktop.staff.rosters.model import Absence, AbsenceCode
from cantine_desktop.values.period import DAY, Period

A_MONTH = Fraction(5, 2)
"""Days of leave earned by a month of work. Source: CT-L3141-3."""

A_MONTH_SICK = Fraction(2)
"""By a month of sick leave. Source: CT-L3141-3."""

A_MONTH_CIVIC = Fraction(2)
"""By a month of civic service, counted from Monday to Friday. Source: CSN-R121-17."""

MOST = 30
MAIN = 24
"""Days of the main leave. Source: CT-L3141-13."""

MONTH_OF_DAYS = 24
"""Days of work that make a month, where it is better for the person. Source: CT-L3141-3."""

EARNS_NOTHING = frozenset({
    AbsenceCode.UNPAID,
    AbsenceCode.UNJUSTIFIED,
    AbsenceCode.STRIKE,
    AbsenceCode.SICK_CHILD,
})
EARNS_AS_SICK = frozenset({AbsenceCode.SICKNESS})


class LeaveYear(NamedTuple):
    """What a reference year gave somebody, from 1 June to 31 May.

    Attributes:
        period: The year, cut at the day it is told for.
        earned: Hundredths of a day; ``granted``, whole days, rounded up once the year is over.
        is_over: The year is over: what it gave can be taken.
        sick: Hundredths of a day that sick leave earned, inside ``earned``.
    """

    period: Period
    earned: int
    granted: int
    is_over: bool
    sick: int


class Leave(NamedTuple):
    """The leave of somebody on a day.

    Attributes:
        opening: Hundredths of a day brought from before the book.
        years: Reference years since then, in order.
        taken: Hundredths of a day taken up to the day.
        taken_on: The days, in order, once each even for a half.
        split: Days more due to leave taken in winter, unless the person gave them up.
        asked: Hundredths of a day granted after the day.
        inform_by: Last civil day to tell in writing what leave is left after each sick leave.
        is_civic: Counted in days from Monday to Friday.
        is_sure: Nothing before the book is missing: there is an opening balance, leave was
            noted, or the first year of the contract is not over.
    """

    member_id: int
    name: str
    day: date
    opening: int
    years: tuple[LeaveYear, ...]
    taken: int
    taken_on: tuple[date, ...]
    split: int
    asked: int
    inform_by: tuple[date, ...]
    is_civic: bool
    is_sure: bool

    @property
    def available(self) -> int:
        """Hundredths of a day that can be taken now: years over, less what was taken."""
        over = sum(each.granted * 100 for each in self.years if each.is_over)
        return self.opening + over + self.split * 100 - self.taken

    @property
    def accruing(self) -> int:
        """Hundredths of a day earned in the year that runs."""
        return sum(each.earned for each in self.years if not each.is_over)

    @property
    def balance(self) -> int:
        """Hundredths of a day, the year that runs included."""
        return self.available + self.accruing


def reference_year(day: date) -> Period:
    """Return the year of leave that holds a day, from 1 June to 31 May. Source: CT-L3141-3."""
    year = day.year if day.month >= 6 else day.year - 1
    return Period(date(year, 6, 1), date(year + 1, 6, 1))


def leaves(session: Session, day: date) -> list[Leave]:
    """Return the leave of each employee and civic volunteer of a day, by name.

    Args:
        session: Any session.
        day: The last day counted.
    """
    query = (
        select(StaffMember)
        .options(selectinload(StaffMember.contracts), selectinload(StaffMember.balances))
        .order_by(StaffMember.name, StaffMember.id)
    )
    found: list[Leave] = []
    for member in session.scalars(query):
        held = [each for each in member.contracts if each.status in {*EMPLOYED, _CIVIC}]
        present = [each for each in held if each.first <= day and not _is_over(each, day)]
        if present:
            status = max(present, key=_first).status
            found.append(_leave(session, member, held, day, is_civic=status is _CIVIC))
    return found


def earned(
    contracts: Iterable[Period], absences: Sequence[Absence], span: Period
) -> tuple[Fraction, Fraction]:
    """Return the days of leave earned in a span, and of them those of sick leave.

    Each calendar month is shared by its days of leave between work, sick leave and what earns
    nothing. What earns nothing costs only once there are fewer than 24 days of work a month.

    Args:
        contracts: Days under a contract of employment.
        absences: Those that may earn less.
        span: Within a reference year.

    Source: CT-L3141-3.
    """
    held = [day for each in contracts for day in each.days if day in span and _counts(day)]
    sick = _days(absences, EARNS_AS_SICK)
    lost = _days(absences, EARNS_NOTHING)
    whole = _months(held)
    kept = [day for day in held if day not in lost]
    sick_months = _months([day for day in kept if day in sick])
    months = min(whole, max(_months(kept), Fraction(len(kept), MONTH_OF_DAYS)))
    of_sick = A_MONTH_SICK * sick_months
    return min(A_MONTH * (months - sick_months) + of_sick, Fraction(MOST)), of_sick


def split_days(taken: Sequence[tuple[date, Fraction]], year: Period, due: int) -> int:
    """Return the days more due to main leave taken outside 1 May to 31 October.

    Args:
        taken: Days of leave with how much of each.
        year: The civil year of the summer.
        due: Days of leave that could be taken, at most the main leave counts.

    Source: CT-L3141-13.
    """
    summer = Period(date(year.first.year, 5, 1), date(year.first.year, 11, 1))
    winter = Period(summer.end, date(year.first.year + 1, 5, 1))
    main = min(Fraction(MAIN), Fraction(due))
    in_summer = sum((much for day, much in taken if day in summer), Fraction(0))
    in_winter = sum((much for day, much in taken if day in winter), Fraction(0))
    rest = min(max(main - in_summer, Fraction(0)), in_winter)
    return 2 if rest >= 6 else 1 if rest >= 3 else 0


_CIVIC = Status.CIVIC_SERVICE
_TAKEN = {
    True: frozenset({AbsenceCode.CIVIC_LEAVE}),
    False: frozenset({AbsenceCode.PAID_LEAVE, AbsenceCode.SPLIT_LEAVE}),
}


def _first(contract: Contract) -> date:
    return contract.first


def _leave(
    session: Session, member: StaffMember, held: list[Contract], day: date, *, is_civic: bool
) -> Leave:
    query = select(Absence).where(Absence.member_id == member.id, Absence.is_granted.is_(True))
    absences = session.scalars(query.order_by(Absence.first, Absence.id)).all()
    opening = next((each for each in member.balances if each.kind is BalanceKind.LEAVE), None)
    own = [each for each in held if (each.status is _CIVIC) is is_civic]
    since = opening.day if opening is not None else min(each.first for each in own)
    spans = [_span(each, since, day) for each in own]
    contracts = [each for each in spans if each is not None]
    taken = _taken(session, absences, is_civic=is_civic, since=since)
    before = [(when, much) for when, much in taken if when <= day]
    years = tuple(
        _civic_year(contracts, year, day) if is_civic else _year(contracts, absences, year, day)
        for year in _years(contracts, day)
    )
    return Leave(
        member.id,
        member.name,
        day,
        opening.amount if opening is not None else 0,
        years,
        _hundredths(sum((much for _when, much in before), Fraction(0))),
        tuple(when for when, _much in before),
        0 if is_civic else _split(before, years, opening.amount if opening else 0, day),
        _hundredths(sum((much for when, much in taken if when > day), Fraction(0))),
        _to_inform(absences, day),
        is_civic,
        opening is not None or bool(taken) or len(years) < 2,
    )


def _year(
    contracts: Sequence[Period], absences: Sequence[Absence], year: Period, day: date
) -> LeaveYear:
    span = Period(year.first, min(year.end, day + DAY))
    total, sick = earned(contracts, absences, span)
    over = year.end <= day
    return LeaveYear(span, _hundredths(total), min(ceil(total), MOST), over, _hundredths(sick))


def _civic_year(contracts: Sequence[Period], year: Period, day: date) -> LeaveYear:
    """Return what a civic service earned; it can be taken as it comes. Source: CSN-R121-17."""
    span = Period(year.first, min(year.end, day + DAY))
    held = [each for one in contracts for each in one.days if each in span and _counts(each)]
    total = A_MONTH_CIVIC * _months(held)
    return LeaveYear(span, _hundredths(total), ceil(total), is_over=True, sick=0)


def _years(contracts: Sequence[Period], day: date) -> list[Period]:
    if not contracts:
        return []
    found = [reference_year(min(each.first for each in contracts))]
    while found[-1].end <= day:
        found.append(reference_year(found[-1].end))
    return found


def _split(
    taken: Sequence[tuple[date, Fraction]], years: Sequence[LeaveYear], opening: int, day: date
) -> int:
    """Return the days more of the summers that are over."""
    total = 0
    for year in range(min((each.period.first.year for each in years), default=day.year), day.year):
        due = sum(each.granted for each in years if each.period.end <= date(year, 6, 1))
        civil = Period.year(date(year, 1, 1))
        total += split_days(taken, civil, due or opening // 100)
    return total


def _taken(
    session: Session, absences: Iterable[Absence], *, is_civic: bool, since: date
) -> list[tuple[date, Fraction]]:
    """Return the days of leave taken and granted, half a day where a part of it is meant."""
    found: list[tuple[date, Fraction]] = []
    for each in absences:
        if each.code not in _TAKEN[is_civic]:
            continue
        holidays = holidays_in(session, Period(each.first, each.end))
        much = Fraction(1) if is_whole(each) else Fraction(1, 2)
        found += (
            (day, much)
            for day in workable_days(each.first, each.end, holidays)
            if day >= since and not (is_civic and day.weekday() == 5)
        )
    return sorted(found)


def _to_inform(absences: Iterable[Absence], day: date) -> tuple[date, ...]:
    """Return until when each return from sick leave of the last month asks for a word.

    Source: CT-L3141-13.
    """
    ends = [each.end for each in absences if each.code in EARNS_AS_SICK]
    until = [_month_after(end) for end in ends if end <= day]
    return tuple(each for each in until if each >= day)


def _month_after(day: date) -> date:
    following = Period.month(Period.month(day).end)
    return min(following.first.replace(day=1) + (day.day - 1) * DAY, following.last)


def _span(contract: Contract, since: date, day: date) -> Period | None:
    first = max(contract.first, since)
    end = min(contract.end or day + DAY, day + DAY)
    return Period(first, end) if first < end else None


def _is_over(contract: Contract, day: date) -> bool:
    return contract.end is not None and contract.end <= day


def _counts(day: date) -> bool:
    """Tell whether a day counts to share a month: from Monday to Saturday, holidays too."""
    return day.weekday() != 6


def _days(absences: Iterable[Absence], codes: frozenset[AbsenceCode]) -> frozenset[date]:
    return frozenset(
        day
        for each in absences
        if each.code in codes and is_whole(each)
        for day in Period(each.first, each.end).days
    )


def _months(days: Iterable[date]) -> Fraction:
    """Return how many months some days make, each its share of the calendar month."""
    counts = Counter((day.year, day.month) for day in days)
    shares = (Fraction(count, _days_of_month(*month)) for month, count in counts.items())
    return sum(shares, Fraction(0))


@lru_cache(maxsize=512)
def _days_of_month(year: int, month: int) -> int:
    return sum(_counts(day) for day in Period.month(date(year, month, 1)).days)


def _hundredths(days: Fraction) -> int:
    """Return hundredths of a day, rounded up in favour of the employee."""
    return ceil(days * 100)
