"""From patterns taken in part to whole ones: step by step, by descent, or all at once."""

from collections.abc import Sequence

import numpy as np

from cantine_desktop.staff.choosing.master import Master, Relaxed
from cantine_desktop.staff.choosing.search import Search, generate
from cantine_desktop.staff.choosing.weights import Floats, Ints

SURE = 0.999
"""Share from which a column is as good as taken."""
STEP = 2
"""Columns fixed at a step that are not sure."""
ROUNDS = 4
"""Rounds of pricing after each step."""
TURNS = 20


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
    return int(numbers[best]) if costs[best] <= search.frame.must else None


def dive(search: Search, master: Master, avoided: frozenset[int] = frozenset()) -> None:
    """Fix the columns that are taken most, a few at a time, and price again after each step.

    Args:
        search: The state; keeps the choice when it is better.
        master: Left as it was.
        avoided: Columns that are not fixed first, to dive elsewhere.
    """
    owners = search.columns.legs
    fixed: dict[int, int] = {}
    relaxed = master.relax()
    while len(fixed) < len(search.frame.legs) and not search.is_over():
        step = _step(relaxed, fixed, owners, avoided if not fixed else frozenset())
        if not step:
            break
        for number in step:
            fixed[owners[number]] = number
            master.hold(number, is_taken=True)
        free = [leg for leg in range(len(search.frame.legs)) if leg not in fixed]
        relaxed = generate(search, master, free, ROUNDS) if free else master.relax()
        if relaxed.value >= search.weight:
            break
    for number in fixed.values():
        master.hold(number, is_taken=False)
    if len(fixed) == len(search.frame.legs):
        descend(search, [fixed[leg] for leg in range(len(search.frame.legs))])


def _step(
    relaxed: Relaxed, fixed: dict[int, int], owners: Sequence[int], avoided: frozenset[int]
) -> list[int]:
    """Return the columns to fix next: those that are sure, and the few that nearly are."""
    open_ = [
        (-share, number)
        for number, share in relaxed.shares.items()
        if owners[number] not in fixed and number not in avoided
    ]
    sure = [number for share, number in open_ if -share >= SURE]
    nearly = [number for share, number in sorted(open_) if -share < SURE]
    own: dict[int, int] = {}
    for number in sure + nearly:
        if len(own) < len(sure) + STEP:
            own.setdefault(owners[number], number)
    return list(own.values())
