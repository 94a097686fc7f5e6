"""Where columns come from: lists of patterns, or somebody's pricing."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from cantine_desktop.staff.choosing.columns import Columns
from cantine_desktop.staff.choosing.pricing import Pricing
from cantine_desktop.staff.choosing.weights import Floats, Ints

PER_LEG = 12
"""Columns of a leg taken at each round of pricing."""
SMALL = 1e-6


class Source(Protocol):
    """What tells the best columns at some prices."""

    def price(self, legs: Sequence[int], prices: Floats, paid: Floats) -> tuple[Floats, Ints]:
        """Return the least reduced cost of each leg asked, and columns that are worth it.

        Args:
            legs: Ranks.
            prices: Of the rows.
            paid: What having a pattern in each leg is worth: better columns are wanted.
        """
        ...

    def within(self, prices: Floats, limits: Floats, most: int) -> Ints | None:
        """Return every column of a reduced cost up to its leg's limit; ``None`` if too many."""
        ...


class Listed:
    """Patterns that were all given: each is looked at each time, none is forgotten."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        frame = columns.frame
        for leg, (person, rank) in enumerate(frame.legs):
            for pattern in person.legs[rank].patterns:
                if not pattern.barred:
                    columns.append(leg, pattern)

    def price(self, legs: Sequence[int], prices: Floats, paid: Floats) -> tuple[Floats, Ints]:
        """Look at every column; see ``Source``."""
        owners = self.columns.arrays()[3]
        reduced = self.columns.reduced(prices)
        least = np.array(self.columns.frame.empty, dtype=np.float64)
        np.minimum.at(least, owners, reduced)
        gains = reduced - paid[owners]
        good = np.flatnonzero(gains < -SMALL)
        if len(legs) < len(paid):
            good = good[np.isin(owners[good], np.asarray(legs))]
        good = good[np.lexsort((gains[good], owners[good]))]
        first = np.searchsorted(owners[good], owners[good])
        return least[np.asarray(legs, dtype=np.int64)], good[np.arange(len(good)) - first < PER_LEG]

    def within(self, prices: Floats, limits: Floats, most: int) -> Ints | None:
        """Look at every column; see ``Source``."""
        owners = self.columns.arrays()[3]
        found = np.flatnonzero(self.columns.reduced(prices) <= limits[owners])
        return None if len(found) > most else found


class Offered:
    """Patterns that a pricing finds: only those it offered are columns."""

    def __init__(self, columns: Columns, pricing: Pricing) -> None:
        self.columns = columns
        self._pricing = pricing
        self._names = [person.name for person, _rank in columns.frame.legs]

    def price(self, legs: Sequence[int], prices: Floats, paid: Floats) -> tuple[Floats, Ints]:
        """Ask the pricing; see ``Source``."""
        least, new = list[float](), list[int]()
        answers = self._pricing.best([self._names[leg] for leg in legs], prices.tolist())
        for leg, priced in zip(legs, answers, strict=True):
            least.append(min(priced.least, float(self.columns.frame.empty[leg])))
            new += [self.columns.add(leg, pattern) for pattern in priced.patterns]
        good = [
            number
            for number in new
            if self.columns.worth(number, prices) - paid[self.columns.legs[number]] < -SMALL
        ]
        return np.array(least), np.array(good, dtype=np.int64)

    def within(self, prices: Floats, limits: Floats, most: int) -> Ints | None:
        """Ask the pricing, person by person; see ``Source``."""
        found: list[int] = []
        wanted = prices.tolist()
        for leg, name in enumerate(self._names):
            left = most - len(found)
            patterns = self._pricing.within(name, wanted, float(limits[leg]), left)
            if patterns is None:
                return None
            found += [self.columns.add(leg, pattern) for pattern in patterns]
        return np.unique(np.array(found, dtype=np.int64))
