"""Patterns as columns of numbers, and what they are worth at given prices."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cantine_desktop.staff.choosing.frame import Frame
from cantine_desktop.staff.choosing.model import Pattern

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Columns:
    """Every pattern known so far, numbered in the order they came.

    Attributes:
        patterns: By number; ``legs`` and ``costs`` likewise.
    """

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.patterns: list[Pattern] = []
        self.legs: list[int] = []
        self.costs: list[int] = []
        self.starts: list[int] = [0]
        self.rows: list[int] = []
        self.units: list[int] = []
        self._known: dict[tuple[Any, ...], int] = {}
        self._frozen: tuple[Ints, Ints, Floats, Ints, Floats] | None = None

    def __len__(self) -> int:
        return len(self.patterns)

    def add(self, leg: int, pattern: Pattern) -> int:
        """Number a pattern of a leg; the number it has already when it is known."""
        key = (leg, pattern.cells, pattern.cost, pattern.covers)
        number = self._known.setdefault(key, len(self.patterns))
        if number == len(self.patterns):
            self.append(leg, pattern)
        return number

    def append(self, leg: int, pattern: Pattern) -> None:
        """Number a pattern that is certainly new."""
        self.patterns.append(pattern)
        self.legs.append(leg)
        self.costs.append(self.frame.cost(leg, pattern))
        for row, units in self.frame.terms(leg, pattern):
            self.rows.append(row)
            self.units.append(units)
        self.starts.append(len(self.rows))
        self._frozen = None

    def arrays(self) -> tuple[Ints, Ints, Floats, Ints, Floats]:
        """Return starts, rows, units, legs and costs."""
        if self._frozen is None:
            self._frozen = (
                np.array(self.starts, dtype=np.int64),
                np.array(self.rows, dtype=np.int64),
                np.array(self.units, dtype=np.float64),
                np.array(self.legs, dtype=np.int64),
                np.array(self.costs, dtype=np.float64),
            )
        return self._frozen

    def reduced(self, prices: Floats) -> Floats:
        """Return the cost of each column less what it brings at the prices of the rows."""
        starts, rows, units, _legs, costs = self.arrays()
        brought = np.concatenate(([0.0], np.cumsum(units * prices[rows])))
        worth: Floats = costs - (brought[starts[1:]] - brought[starts[:-1]])
        return worth

    def worth(self, number: int, prices: Floats) -> float:
        """Return the cost of one column less what it brings at the prices of the rows."""
        places = slice(self.starts[number], self.starts[number + 1])
        brought = zip(self.rows[places], self.units[places], strict=True)
        return self.costs[number] - sum(float(prices[row]) * units for row, units in brought)

    def terms(self, numbers: Sequence[int] | Ints) -> tuple[Ints, Ints, Floats]:
        """Return starts, rows and units of some columns, one after the other."""
        starts, rows, units, _legs, _costs = self.arrays()
        chosen = np.asarray(numbers, dtype=np.int64)
        lengths: Ints = starts[chosen + 1] - starts[chosen]
        new = np.zeros(len(chosen) + 1, dtype=np.int64)
        np.cumsum(lengths, out=new[1:])
        shifts: Ints = np.repeat(starts[chosen] - new[:-1], lengths)
        places = shifts + np.arange(int(new[-1]), dtype=np.int64)
        return new, rows[places], units[places]
