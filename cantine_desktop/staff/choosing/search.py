"""The state of a search: the best choice so far, the best bound, and the prices it was found at."""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from cantine_desktop.staff.choosing.columns import Columns
from cantine_desktop.staff.choosing.frame import Frame
from cantine_desktop.staff.choosing.master import Master, Relaxed
from cantine_desktop.staff.choosing.model import Effort, Ending, Progress
from cantine_desktop.staff.choosing.sources import Source
from cantine_desktop.staff.choosing.weights import Floats, Ints, Weights

MARGIN = 1e-5
"""What floating point may have lost of a bound, in points."""
SMOOTH = 0.6
"""How much of the best prices so far is kept in those that are tried next."""


@dataclass(frozen=True)
class Bounded:
    """A bound, and what each leg takes of it.

    Attributes:
        value: No choice weighs less.
        least: Least reduced cost of each leg: a column above it weighs that much more.
    """

    value: float
    prices: Floats
    least: Floats


@dataclass
class Search:
    """A search that is under way.

    Attributes:
        taken: Numbers of the columns of the best choice; ``None`` before there is one.
        weight: Points of the best choice, with the weight of what is broken.
        bound: Points no choice lies under.
    """

    frame: Frame
    columns: Columns
    source: Source
    effort: Effort
    weights: Weights
    until: float
    taken: tuple[int, ...] | None = None
    weight: float = math.inf
    bound: float = -math.inf
    root: Bounded | None = None
    ending: Ending = Ending.DONE
    told: tuple[float, float] = field(default=(math.inf, -math.inf))

    def left(self) -> float:
        """Return the seconds that are left."""
        return self.until - time.monotonic()

    def is_over(self) -> bool:
        """Tell whether nothing is left to do, or no time to do it."""
        if self.ending is Ending.DONE and self.effort.is_cancelled():
            self.ending = Ending.CANCELLED
        if self.ending is Ending.DONE and self.left() <= 0:
            self.ending = Ending.TIME
        return self.ending is not Ending.DONE or self.is_proved()

    def is_proved(self) -> bool:
        """Tell whether the best choice is as near to its bound as was asked."""
        if self.taken is None:
            return False
        spare = self.effort.enough * abs(self.weight)
        return self.weight - self.bound <= spare

    def raise_bound(self, value: float) -> None:
        """Keep a bound when it is better; points are whole."""
        if math.isinf(value):
            return
        self.bound = max(self.bound, float(math.ceil(value - MARGIN)))
        self._tell()

    def keep(self, taken: Sequence[int]) -> bool:
        """Keep a choice when it is the best so far and tell whether it was."""
        weight = self.weigh(taken)
        if weight >= self.weight:
            return False
        self.taken, self.weight = tuple(taken), weight
        self._tell()
        return True

    def _tell(self) -> None:
        now = (self.weight, self.bound)
        if now != self.told and self.bound > -math.inf:
            self.told = now
            best = None if math.isinf(self.weight) else round(self.weight)
            self.effort.tell(Progress(best, round(self.bound)))

    def counts(self, taken: Sequence[int]) -> Floats:
        """Return what some columns bring to each row."""
        counts = np.zeros(len(self.frame.rows))
        if len(taken):
            _starts, rows, units = self.columns.terms(taken)
            np.add.at(counts, rows, units)
        return counts

    def weigh(self, taken: Sequence[int]) -> float:
        """Return the points of a choice, with the weight of what is broken."""
        counts = self.counts(taken)
        paid = sum(self.columns.costs[number] for number in taken)
        full = {self.columns.legs[number] for number in taken}
        empty = sum(points for leg, points in enumerate(self.frame.empty) if leg not in full)
        needs = float(self.weights.weigh(slice(None), counts).sum())
        return paid + needs + empty


def generate(
    search: Search, master: Master, free: Sequence[int], rounds: int = 1000, gap: float = MARGIN
) -> Relaxed:
    """Bring columns in until none would help, or for some rounds; return the last solution.

    Args:
        search: The state; its bound rises when every leg is free.
        master: The choice in part among known columns.
        free: Legs whose columns are looked for.
        rounds: At most.
        gap: How near to its bound the solution is good enough.
    """
    relaxed = master.relax()
    centre: Bounded | None = None
    everybody = len(free) == len(search.frame.legs)
    smooth = SMOOTH if everybody else 0.0
    for _round in range(rounds):
        if search.is_over():
            break
        prices = relaxed.prices
        if centre is not None:
            prices = smooth * centre.prices + (1 - smooth) * prices
        prices = search.weights.held(prices)
        least, new = search.source.price(free, prices, relaxed.legs)
        if everybody:
            centre = _better(search, centre, prices, least)
        if everybody and centre is not None and relaxed.value - centre.value < gap:
            break
        if master.add(new):
            relaxed = master.relax()
        elif smooth:
            smooth = 0.0
        else:
            break
    return relaxed


def _better(
    search: Search, centre: Bounded | None, prices: Floats, least: Floats
) -> Bounded | None:
    found = Bounded(search.weights.least(prices) + float(least.sum()), prices, least)
    if search.root is None or found.value > search.root.value:
        search.root = found
        search.raise_bound(found.value)
    return found if centre is None or found.value > centre.value else centre


def worth(search: Search, slack: float, most: int) -> Ints | None:
    """Return every column that a choice no dearer than the bound and a slack may hold."""
    root = search.root
    if root is None:
        return None
    return search.source.within(root.prices, root.least + slack + MARGIN, most)
