"""Halves of weeks kept as numbers: rows of choices, alike ones together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cantine_desktop.staff.choosing.model import Cell

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bits = NDArray[np.bool_]


class Part(NamedTuple):
    """Half of a pattern."""

    cells: tuple[Cell, ...]
    cost: int
    covers: tuple[tuple[int, int], ...]
    minutes: int


@dataclass
class Half:
    """Half weeks: a row for each, a column for each day; alike ones stand together.

    Attributes:
        rows: Ranks of choices, in the order of groups.
        starts: First row of each group: same hours, same days, same rest asked for beside.
        minutes: Of each group; ``mask``, days worked, and ``edge``, class of rest, alike.
        barred: Rows that may not be chosen.
    """

    rows: Ints
    starts: Ints
    minutes: Ints
    mask: Ints
    edge: Ints
    barred: Bits
    costs: Floats

    def members(self, group: int) -> range:
        """Return the rows of a group."""
        last = group + 1 == len(self.starts)
        end = len(self.rows) if last else int(self.starts[group + 1])
        return range(int(self.starts[group]), end)


def grouped(rows: Ints, minutes: Ints, mask: Ints, edge: Ints) -> Half:
    """Return half weeks with alike ones side by side."""
    order = np.lexsort((edge, mask, minutes))
    rows, minutes, mask, edge = rows[order], minutes[order], mask[order], edge[order]
    fresh = np.ones(len(rows), dtype=np.bool_)
    changed = np.zeros(max(0, len(rows) - 1), dtype=np.bool_)
    for each in (minutes, mask, edge):
        changed |= each[1:] != each[:-1]
    fresh[1:] = changed
    starts: Ints = np.flatnonzero(fresh)
    barred = np.zeros(len(rows), dtype=np.bool_)
    costs = np.zeros(len(rows))
    return Half(rows, starts, minutes[starts], mask[starts], edge[starts], barred, costs)


def size_of(sizes: Sequence[int]) -> float:
    """Return how many ways there are to take one of each."""
    found = 1.0
    for each in sizes:
        found *= each
    return found


def bits_of(masks: Ints) -> Ints:
    """Return how many days each mask holds."""
    table = np.array([mask.bit_count() for mask in range(128)], dtype=np.int64)
    found: Ints = table[masks]
    return found
