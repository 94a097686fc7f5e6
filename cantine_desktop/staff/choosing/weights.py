"""What standing beside a need weighs, as numbers a solver takes."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cantine_desktop.staff.choosing.model import Need

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
INFINITE = float("inf")
FIRM = 8.0
"""How many legs without pattern are better than a link that is broken."""


def row_bounds(need: Need) -> tuple[float, float]:
    """Return between which counts a need costs nothing."""
    high = need.maximum if need.high is None else need.high
    return float(max(need.low, need.minimum)), INFINITE if high is None else float(high)


def slack_columns(need: Need, must: int) -> list[tuple[float, float, float]]:
    """Return the cost, the most units and the sign of each way to stand beside a need."""
    low, high = row_bounds(need)
    first = float(must if need.is_required else need.missing)
    last = float(must if need.is_required else need.excess)
    over = 0.0 if need.high is None else float(need.over)
    ways = [
        (float(need.under), low - need.minimum, 1.0),
        (need.under + first, float(need.minimum), 1.0),
    ]
    if high < INFINITE:
        width = INFINITE if need.maximum is None else need.maximum - high
        ways.append((over, width, -1.0))
    if need.maximum is not None:
        ways.append((over + last, INFINITE, -1.0))
    return [way for way in ways if way[1] > 0]


class Weights:
    """The needs of a problem and its links, all at once.

    Args:
        rows: Needs, then links.
        must: Points that a broken unit weighs.
        links: Row of the first link: these are never broken, a leg rather stays without pattern.
    """

    def __init__(self, rows: Sequence[Need], must: int, links: int) -> None:
        bounds = [row_bounds(need) for need in rows]
        self._low = np.array([low for low, _high in bounds], dtype=np.float64)
        self._high = np.array([high for _low, high in bounds], dtype=np.float64)
        self._minimum = np.array([need.minimum for need in rows], dtype=np.float64)
        most = [INFINITE if need.maximum is None else need.maximum for need in rows]
        self._maximum = np.array(most, dtype=np.float64)
        self._under = np.array([need.under for need in rows], dtype=np.float64)
        over = [0 if need.high is None else need.over for need in rows]
        self._over = np.array(over, dtype=np.float64)
        missing = [must if need.is_required else need.missing for need in rows]
        self._missing = np.array(missing, dtype=np.float64)
        excess = [must if need.is_required else need.excess for need in rows]
        self._excess = np.array(excess, dtype=np.float64)
        self._excess[links:] = FIRM * must
        everything = slice(None)
        points = (np.zeros(len(rows)), self._low, self._high, self._minimum, self._maximum)
        self._points = np.array([np.where(np.isinf(p), 0.0, p) for p in points])
        self._at = np.array([self.weigh(everything, counts) for counts in self._points])

    def weigh(self, rows: Ints | slice, counts: Floats) -> Floats:
        """Return what counts weigh in some rows: their penalty, and what is broken."""
        weight: Floats = (
            self._under[rows] * np.maximum(0.0, self._low[rows] - counts)
            + self._missing[rows] * np.maximum(0.0, self._minimum[rows] - counts)
            + self._over[rows] * np.maximum(0.0, counts - self._high[rows])
            + self._excess[rows] * np.maximum(0.0, counts - self._maximum[rows])
        )
        return weight

    def held(self, prices: Floats) -> Floats:
        """Return prices no higher than a unit missing may cost, nor lower than one too many."""
        below = np.where(self._low > 0, self._under, 0.0)
        below += np.where(self._minimum > 0, self._missing, 0.0)
        above = np.where(np.isinf(self._high), 0.0, self._over)
        above += np.where(np.isinf(self._maximum), 0.0, self._excess)
        return np.clip(prices, -above, below)

    def least(self, prices: Floats) -> float:
        """Return the least the needs alone may weigh when each unit is paid its price.

        Nothing below it is possible: penalties are convex, so their corners tell.
        """
        return float((self._at + prices * self._points).min(axis=0).sum())
