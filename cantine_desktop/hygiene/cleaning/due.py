"""When something of a sheet of days is due: each day of service, or once in a week or longer."""

from collections.abc import Iterable, Sequence
from datetime import date

from cantine_desktop.hygiene.cleaning.matrix import Item
from cantine_desktop.hygiene.cleaning.model import Every
from cantine_desktop.values.period import Period

ONCE_IN = frozenset({Every.WEEKLY, Every.MONTHLY, Every.QUARTERLY})
"""Frequencies that one day is enough for, in each of their windows."""


def quarter(day: date) -> Period:
    """Return the calendar quarter that holds a day."""
    first = day.replace(month=day.month - (day.month - 1) % 3, day=1)
    third = Period.month(Period.month(first).end)
    return Period(first, Period.month(third.end).end)


def window(every: Every, day: date) -> Period:
    """Return the days in which doing it once is enough: a week, a month, a quarter, or the day."""
    match every:
        case Every.WEEKLY:
            return Period.week(day)
        case Every.MONTHLY:
            return Period.month(day)
        case Every.QUARTERLY:
            return quarter(day)
        case _:
            return Period.through(day, day)


def windows(every: Every, period: Period) -> list[Period]:
    """Return the windows that begin in or reach into a period, in order."""
    found = [window(every, period.first)]
    while found[-1].end < period.end:
        found.append(window(every, found[-1].end))
    return found


def around(items: Iterable[Item], period: Period) -> Period:
    """Return a period widened to whole windows of the rows that are due once in them."""
    spans = [
        span
        for every in {item.every for item in items} & ONCE_IN
        for span in (window(every, period.first), window(every, period.last))
    ]
    first = min([period.first, *(span.first for span in spans)])
    return Period(first, max([period.end, *(span.end for span in spans)]))


def candidates(item: Item, days: Iterable[date]) -> list[date]:
    """Return the days on which a row may be done, of the days of service of its window.

    They are those of its planned weekday, or all when the canteen is never open on it.
    """
    served = [day for day in days if item.in_service(day)]
    planned = [day for day in served if day.isoweekday() == item.weekday]
    return planned or served


def is_daily(item: Item) -> bool:
    """Tell whether a row is due on each day of service."""
    return item.every not in ONCE_IN and not item.is_written_on_event


def due_days(
    item: Item, period: Period, opened: Sequence[date], done: Iterable[date]
) -> dict[date, bool]:
    """Return the days of a period on which a row asks for something.

    Args:
        item: The row.
        period: The days asked about.
        opened: Days of service, of the whole windows of the period.
        done: Days on which it was done, of the same windows.

    Returns:
        Each day, and whether it is the last one for what it asks.
    """
    if item.is_written_on_event:
        return {}
    if item.every not in ONCE_IN:
        return {day: True for day in opened if day in period and item.in_service(day)}
    asked: dict[date, bool] = {}
    ticked = frozenset(done)
    for span in windows(item.every, period):
        found = [day for day in ticked if day in span]
        possible = found or candidates(item, (day for day in opened if day in span))
        asked |= {day: day == max(possible) for day in possible}
    return {day: is_last for day, is_last in asked.items() if day in period}
