"""The weeks of everybody, as the engine asks for them: the cheapest at given prices."""

from collections.abc import Sequence

import numpy as np

from cantine_desktop.staff.choosing.model import Pattern
from cantine_desktop.staff.choosing.pricing import Priced
from cantine_desktop.staff.proposing.halves import Floats
from cantine_desktop.staff.proposing.weeks import BARRED, Weeks

OFFERED = 6
"""Weeks of a person offered at each round."""
NEAR = 2.0
"""Points above the cheapest week within which others are offered too."""


class WeekPricing:
    """The weeks of everybody, as the engine asks for them."""

    def __init__(self, weeks: dict[str, Weeks]) -> None:
        self.weeks = weeks

    @property
    def dearest(self) -> int:
        """See ``Pricing``."""
        most = 1.0
        for own in self.weeks.values():
            days = sum(float(np.abs(points).max()) for points in own.points)
            most = max(most, days + (float(own.week_most()) if len(own) else 0.0))
        return round(most)

    def best(self, people: Sequence[str], prices: Sequence[float]) -> list[Priced]:
        """See ``Pricing``."""
        paid = np.array(prices, dtype=np.float64)
        return [self._best(self.weeks[name], paid) for name in people]

    def _best(self, own: Weeks, prices: Floats) -> Priced:
        if not len(own):
            return Priced(BARRED, ())
        reduced = own.reduced(prices)
        # Sorting a hundred thousand weeks at each price would cost more than all the rest.
        some = np.flatnonzero(reduced <= reduced.min() + NEAR)
        some = some[np.lexsort((some, reduced[some]))][:OFFERED]
        weeks = [own.cheapest(int(pair)) for pair in some if reduced[pair] < BARRED / 2]
        return Priced(
            float(reduced[some[0]]), tuple(own.pattern(week) for week in weeks if week is not None)
        )

    def within(
        self, person: str, prices: Sequence[float], limit: float, most: int
    ) -> list[Pattern] | None:
        """See ``Pricing``."""
        own = self.weeks[person]
        if not len(own):
            return []
        found = own.within(np.array(prices, dtype=np.float64), limit, most)
        return None if found is None else [own.pattern(week) for week in found]
