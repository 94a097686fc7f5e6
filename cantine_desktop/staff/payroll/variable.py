"""One thing that a pay slip is made from, and what it is counted in."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from cantine_desktop.i18n import mark


class Unit(StrEnum):
    """What a variable is counted in."""

    HOURS = "hours"
    DAYS = "days"
    COUNT = "count"
    EUROS = "euros"
    DATE = "date"
    WORDS = "words"


UNITS: dict[Unit, str] = {
    Unit.HOURS: mark("h"),
    Unit.DAYS: mark("j"),
    Unit.COUNT: mark("nombre"),
    Unit.EUROS: mark("€"),
    Unit.DATE: mark("date"),
    Unit.WORDS: mark("texte"),
}


class Variable(NamedTuple):
    """One thing that the pay of somebody needs (variable de paie).

    Attributes:
        key: What it is, for mapping tables: ``overtime-25``, ``absence-CP``.
        title: In French, as the pay slip will say it.
        minutes: Exact, for what is counted in hours; else ``None``.
        amount: Hours to the hundredth, days, a count or euros.
        days: Civil days it comes from, in order.
        trace: Minutes by day, or by the Monday of a week for bands; empty for other units.
        note: Free words; a date in figures.
    """

    key: str
    title: str
    unit: Unit
    amount: Decimal | None = None
    minutes: int | None = None
    days: tuple[date, ...] = ()
    trace: tuple[tuple[date, int], ...] = ()
    note: str = ""

    @property
    def first(self) -> date | None:
        """First day it comes from."""
        return self.days[0] if self.days else None

    @property
    def last(self) -> date | None:
        """Last day it comes from."""
        return self.days[-1] if self.days else None


def in_hours(minutes: int) -> Decimal:
    """Return minutes as hours to the hundredth, halves rounded up: 100 min is 1,67 h."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"), rounding="ROUND_HALF_UP")
