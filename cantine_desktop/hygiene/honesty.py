"""Signs that readings were not read: the same temperature again and again.

These are questions to ask, never verdicts: a good freezer may well show −20 all week.
"""

from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from cantine_desktop.hygiene.queries import UnitRow

LEAST = 8
"""Readings in a row, all the same to the tenth, from which it is worth asking."""


class Series(NamedTuple):
    """One temperature written many times in a row for a unit."""

    unit: str
    celsius: Decimal
    times: int


def identical_series(units: Iterable[UnitRow], least: int = LEAST) -> list[Series]:
    """Return, unit by unit, the runs of equal temperatures of a period.

    A gap does not break a run: only another temperature does.

    Source: BP.
    """
    return [series for unit in units for series in _runs(unit) if series.times >= least]


def _runs(unit: UnitRow) -> Iterable[Series]:
    # The morning sorts after the evening by name, so the order of a day is said here.
    rounds = sorted(unit.cells, key=lambda spot: (spot[0], spot[1].value != "morning"))
    values = (unit.cells[spot].value.celsius for spot in rounds)
    for celsius, run in groupby(value for value in values if value is not None):
        yield Series(unit.name, celsius, len(list(run)))
