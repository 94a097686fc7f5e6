"""Which of several amounts sum to a target, and whether only one set of them does.

Counting is done by sums, each with how many sets reach it, up to two: a set is proposed by
itself only when it is the only one.
"""

from collections.abc import Sequence
from typing import NamedTuple

MOST = 26
"""Amounts looked at together; more are too many to be told apart."""

STATES = 60_000
"""Sums kept at once before it is given up."""


class Found(NamedTuple):
    """A set of places that sums to the target.

    Attributes:
        places: Places in the amounts, in order.
        is_only: No other set does.
    """

    places: tuple[int, ...]
    is_only: bool


def subset(amounts: Sequence[int], target: int) -> Found | None:
    """Return a set of amounts that sums to a target; ``None`` when there is none, or too much.

    Of several, the one with the fewest amounts is returned, the earliest first.

    Args:
        amounts: Cents, of either sign; zeros are never taken.
        target: Cents, not zero.
    """
    if not amounts or len(amounts) > MOST or not target:
        return None
    reached: dict[int, tuple[int, int]] = {0: (1, 0)}
    low, high = _reach(amounts)
    for place, amount in enumerate(amounts):
        if not amount:
            continue
        following = dict(reached)
        for total, (count, mask) in reached.items():
            reach = total + amount
            if not low[place + 1] <= target - reach <= high[place + 1]:
                continue
            _add(following, reach, count, mask | 1 << place)
        if len(following) > STATES:
            return None
        reached = following
    if target not in reached:
        return None
    count, mask = reached[target]
    return Found(tuple(i for i in range(len(amounts)) if mask >> i & 1), count == 1)


def _add(sums: dict[int, tuple[int, int]], total: int, count: int, mask: int) -> None:
    known = sums.get(total)
    if known is None:
        sums[total] = (count, mask)
        return
    best = min(known[1], mask, key=lambda m: (m.bit_count(), m))
    sums[total] = (min(2, known[0] + count), best)


def _reach(amounts: Sequence[int]) -> tuple[list[int], list[int]]:
    """Return the least and the most that the amounts from each place on can add."""
    low, high = [0], [0]
    for amount in reversed(amounts):
        low.append(low[-1] + min(amount, 0))
        high.append(high[-1] + max(amount, 0))
    return low[::-1], high[::-1]


class Run(NamedTuple):
    """Neighbouring groups, from one place up to and without another, and their sum."""

    first: int
    end: int
    total: int


def runs(totals: Sequence[int], least: int, most: int) -> list[Run]:
    """Return the runs of neighbours whose sum lies between two bounds, both included.

    Args:
        totals: Sums of groups in order, all of one sign as the bounds.
        least: Lower bound, in cents.
        most: Upper bound, in cents.
    """
    found: list[Run] = []
    for first in range(len(totals)):
        total = 0
        for end in range(first, len(totals)):
            total += totals[end]
            if total > most:
                break
            if total >= least:
                found.append(Run(first, end + 1, total))
    return found
