"""Which days a pattern gives: pure civil dates, no clock and no time zone."""

from dataclasses import dataclass
from datetime import date, timedelta

from cantine_desktop.values.period import Period

LAST = -1
"""The last weekday of a month, whether the fourth or the fifth."""


@dataclass(frozen=True)
class Rhythm:
    """When services come back.

    Attributes:
        weekdays: ISO weekdays as digits, ``"2345"``.
        first: First day it may give.
        last: Last day it may give, or ``None``.
        every_weeks: 1 each week, 2 one week out of two, from the week of ``first``.
        nth_of_month: Only the nth weekday of each month, 1 to 5, or ``LAST``; ``None`` for all.
    """

    weekdays: str
    first: date
    last: date | None = None
    every_weeks: int = 1
    nth_of_month: int | None = None


def days_of(rhythm: Rhythm, period: Period) -> list[date]:
    """Return the days of a period that a rhythm gives, in order."""
    first = max(period.first, rhythm.first)
    end = period.end
    if rhythm.last is not None and rhythm.last < period.last:
        end = rhythm.last + timedelta(days=1)
    if first >= end:
        return []
    return [day for day in Period(first, end).days if gives(rhythm, day)]


def gives(rhythm: Rhythm, day: date) -> bool:
    """Tell whether a rhythm gives a day."""
    if str(day.isoweekday()) not in rhythm.weekdays or day < rhythm.first:
        return False
    if rhythm.last is not None and day > rhythm.last:
        return False
    if rhythm.nth_of_month is not None and not _is_nth(day, rhythm.nth_of_month):
        return False
    return _weeks_between(rhythm.first, day) % rhythm.every_weeks == 0


def _is_nth(day: date, nth: int) -> bool:
    if nth == LAST:
        return (day + timedelta(days=7)).month != day.month
    return (day.day - 1) // 7 + 1 == nth


def _weeks_between(first: date, day: date) -> int:
    return (Period.week(day).first - Period.week(first).first).days // 7
