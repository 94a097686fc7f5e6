"""From patterns taken in part to whole ones: step by step, by descent, or all at once."""

import random
from collections.abc import Mapping, Sequence

import numpy as np

from cantine_desktop.staff.choosing.master import SEED, Master, Relaxed
from cantine_desktop.staff.choosing.search import Search, generate
from cantine_desktop.staff.choosing.weights import Floats, Ints

SURE = 0.999
"""Share from which a column is as good as taken."""
ROUNDS = 8
"""Rounds of pricing after each step."""
GENTLE = 12
"""One in so many of the legs that are left is fixed at a step, besides those that are sure."""
TURNS = 20
"""Descents through all legs, at most."""
PARTS = (0.4, 0.7)
"""Part of the legs that are freed to look for a better choice."""
SMALL = 1e-6


def greedy(search: Search, order: Sequence[int] | None = None) -> list[int | None]:
    """Give each leg in turn the known column that adds least to what is chosen, then descend."""
    own = columns_by_leg(search)
    taken: list[int | None] = [None] * len(own)
    counts = np.zeros(len(search.frame.rows))
    for leg in order or range(len(own)):
        taken[leg] = _cheapest(search, own[leg], counts)
        counts += _brought(search, taken[leg])
    return descend(search, taken)


def descend(search: Search, taken: list[int | None]) -> list[int | None]:
    """Change one leg at a time for the better until none can be."""
    own = columns_by_leg(search)
    counts = search.counts([number for number in taken if number is not None])
    for _turn in range(TURNS):
        is_better = False
        for leg, numbers in enumerate(own):
            others = counts - _brought(search, taken[leg])
            number = _cheapest(search, numbers, others, taken[leg])
            is_better |= number != taken[leg]
            taken[leg] = number
            counts = others + _brought(search, number)
        if not is_better:
            break
    search.keep([number for number in taken if number is not None])
    return taken


def columns_by_leg(search: Search) -> list[Ints]:
    """Return the numbers of the known columns of each leg."""
    owners = search.columns.arrays()[3]
    order = np.argsort(owners, kind="stable")
    legs = np.arange(len(search.frame.legs))
    return np.split(order, np.searchsorted(owners[order], legs[1:]))


def _brought(search: Search, number: int | None) -> Floats:
    return search.counts([] if number is None else [number])


def _cheapest(search: Search, numbers: Ints, counts: Floats, now: int | None = None) -> int | None:
    """Return the column that weighs least on top of some counts; the one there is, if as good."""
    if not len(numbers):
        return None
    starts, rows, units = search.columns.terms(numbers)
    before = counts[rows]
    added = search.weights.weigh(rows, before + units) - search.weights.weigh(rows, before)
    sums = np.concatenate(([0.0], np.cumsum(added)))
    costs = search.columns.arrays()[4][numbers] + sums[starts[1:]] - sums[starts[:-1]]
    best = int(np.argmin(costs))
    if now is not None and costs[np.flatnonzero(numbers == now)[0]] <= costs[best] + 1e-9:
        return now
    empty = search.frame.empty[search.columns.legs[int(numbers[best])]]
    return int(numbers[best]) if costs[best] <= empty else None


def dive(search: Search, master: Master, fixed: Mapping[int, int] | None = None) -> None:
    """Fix the columns that are taken most, a few at a time, and price again after each step.

    Args:
        search: The state; keeps the choice when it is better.
        master: Left as it was.
        fixed: Columns that are taken already, by leg.
    """
    taken = dict(fixed or {})
    legs = range(len(search.frame.legs))
    for number in taken.values():
        master.hold(number, is_taken=True)
    relaxed = generate(search, master, [leg for leg in legs if leg not in taken], ROUNDS)
    while len(taken) < len(legs) and not search.is_over():
        step = _step(search, relaxed, taken)
        if not step or relaxed.value > search.weight - 1 + SMALL:
            break
        for number in step:
            taken[search.columns.legs[number]] = number
            master.hold(number, is_taken=True)
        free = [leg for leg in legs if leg not in taken]
        relaxed = generate(search, master, free, ROUNDS) if free else relaxed
    for number in taken.values():
        master.hold(number, is_taken=False)
    if len(taken) == len(legs):
        descend(search, [taken[leg] for leg in legs])


def _step(search: Search, relaxed: Relaxed, taken: Mapping[int, int]) -> list[int]:
    """Return the columns to fix next: those that are sure, and the few that are nearest to it."""
    owners = search.columns.legs
    shares = [(-share, n) for n, share in relaxed.shares.items() if owners[n] not in taken]
    sure = [number for share, number in shares if -share >= SURE]
    nearly = [number for share, number in sorted(shares) if -share < SURE]
    left = len(search.frame.legs) - len(taken) - len(sure)
    return sure + nearly[: max(1, left // GENTLE)]


def improve(search: Search, master: Master, turns: int) -> None:
    """Take everything from some legs of the best choice, chosen by lot, and dive for them again.

    Args:
        search: The state; keeps each better choice.
        master: Left as it was.
        turns: Ends after so many of them without a better choice.
    """
    luck = random.Random(SEED)  # noqa: S311  -- a lot, no secret
    legs = range(len(search.frame.legs))
    idle = 0
    while idle < turns and not search.is_over() and search.taken is not None:
        own = {search.columns.legs[number]: number for number in search.taken}
        part = luck.uniform(*PARTS)
        freed = set(luck.sample(legs, max(2, round(part * len(legs)))))
        master.add(search.taken)
        before = search.weight
        dive(search, master, {leg: n for leg, n in own.items() if leg not in freed})
        idle = 0 if search.weight < before else idle + 1
