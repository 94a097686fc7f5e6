"""The months of a fiscal year, and an amount spread over them."""

from collections.abc import Sequence
from datetime import date

from cantine_desktop.finance.ledger.model import FiscalYear
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period


def months_of(year: FiscalYear) -> list[Period]:
    """Return the calendar months of a year, the first and last one cut at its ends."""
    found: list[Period] = []
    first = year.first
    while first < year.end:
        end = min(Period.month(first).end, year.end)
        found.append(Period(first, end))
        first = end
    return found


def month_index(year: FiscalYear, day: date) -> int:
    """Return the rank of a day’s month in a year, from 0."""
    return (day.year - year.first.year) * 12 + day.month - year.first.month


def first_open(year: FiscalYear, month: int) -> int:
    """Return the rank of the first month whose accounts may still grow, at most ``month``.

    It is the first month after the last one closed, two months back at most; the present
    month while no month was ever closed.
    """
    if year.locked_until is None or year.locked_until <= year.first:
        return month
    closed = month_index(year, year.locked_until)
    return min(month, max(closed, month - 2))


def lacking(planned: Sequence[int], counted: Sequence[int], span: tuple[int, int]) -> int:
    """Return the cents that open months still lack to what was planned for them.

    Args:
        planned: Cents by month, negative for what comes off.
        counted: Cents counted by month.
        span: Ranks of the first open month and of the present one.
    """
    first, month = span
    here = planned[month] - counted[month]
    whole = sum(planned[first : month + 1]) - sum(counted[first : month + 1])
    if sum(planned) < 0:
        return min(here, whole, 0)
    return max(here, whole, 0)


def evenly(amount: Money, count: int) -> list[int]:
    """Return an amount in cents, the same each month to the cent, summing exactly."""
    return spread(amount, [1] * count)


def spread(amount: Money, weights: Sequence[int]) -> list[int]:
    """Return an amount in cents by weights; months of no weight at all are filled evenly."""
    if not any(weights):
        weights = [1] * len(weights)
    sign = -1 if amount.cents < 0 else 1
    return [sign * part.cents for part in Money(sign * amount.cents).split(list(weights))]
