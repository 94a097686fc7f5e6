"""The search itself: prices, then whole patterns among those that may still be worth it."""

import time

import numpy as np

from cantine_desktop.staff.choosing.columns import Columns
from cantine_desktop.staff.choosing.frame import frame_of
from cantine_desktop.staff.choosing.master import Master
from cantine_desktop.staff.choosing.model import Effort, Problem
from cantine_desktop.staff.choosing.pricing import Pricing
from cantine_desktop.staff.choosing.rounding import columns_by_leg, dive, greedy, improve
from cantine_desktop.staff.choosing.search import MARGIN, Search, generate, worth
from cantine_desktop.staff.choosing.sources import Listed, Offered
from cantine_desktop.staff.choosing.weights import Weights

FIRST = 10
"""Columns of each leg that are in from the start."""
SLIGHT = 0.05
"""Points under which a slack is too narrow to be tried."""
FEW = 800
"""Columns among which a whole choice is looked for first."""
SHARE = 0.05
"""Part of the time for that, when columns are priced."""
LEAST = 0.5
"""Seconds for it at least."""
IDLE = 40
"""Dives without a better choice after which it is looked for among whole patterns again."""
MORE = 3
"""How many times more are looked at next."""


def search_of(problem: Problem, effort: Effort, pricing: Pricing | None = None) -> Search:
    """Prepare a search."""
    until = time.monotonic() + effort.seconds
    frame = frame_of(problem, None if pricing is None else pricing.dearest)
    columns = Columns(frame)
    source = Listed(columns) if pricing is None else Offered(columns, pricing)
    weights = Weights(frame.rows, frame.must, len(problem.needs))
    return Search(frame, columns, source, effort, weights, until)


def run(search: Search) -> None:
    """Search until the best choice is proved, or time is over."""
    if not search.frame.legs:
        search.keep(())
        search.raise_bound(search.weight)
        return
    master = Master(search.columns)
    everybody = range(len(search.frame.legs))
    if len(search.columns):
        greedy(search)
        master.add(_first(search))
    generate(search, master, everybody)
    if search.root is None or search.is_over():
        _anything(search)
        return
    dive(search, master)
    _anything(search)
    few = FEW
    if isinstance(search.source, Offered):
        _whole(search, few, max(LEAST, SHARE * search.effort.seconds))
        improve(search, _promising(search), IDLE)
    while not search.is_over() and not _whole(search, few, search.left()):
        few *= MORE


def _promising(search: Search) -> Master:
    """Return a master of the known columns that a better choice may hold."""
    root = search.root
    master = Master(search.columns)
    if root is not None:
        reduced = search.columns.reduced(root.prices) - root.least[search.columns.arrays()[3]]
        master.add(np.flatnonzero(reduced <= search.weight - 1 - root.value + MARGIN))
    return master


def _first(search: Search) -> list[int]:
    """Return the cheapest columns of each leg, and those of the first choice."""
    costs = search.columns.arrays()[4]
    some = [own[costs[own].argsort(kind="stable")[:FIRST]] for own in columns_by_leg(search)]
    return [*(search.taken or ()), *(int(number) for own in some for number in own)]


def _anything(search: Search) -> None:
    """Keep some choice, when there is none yet."""
    if search.taken is None:
        search.keep(())
        if len(search.columns):
            greedy(search)


def _whole(search: Search, few: int, seconds: float) -> bool:
    """Choose whole columns among those that may still be worth it; tell if they were all there.

    When they are too many, the widest slack that leaves few of them is tried, and proves that
    nothing lies within it; and when even the best ones are too many, known ones are tried, which
    proves nothing.
    """
    root = search.root
    if root is None:
        return True
    slack = search.weight - 1 - root.value
    some = worth(search, slack, few)
    is_all = some is not None
    while some is None and slack > SLIGHT:
        slack /= 2
        some = worth(search, slack, few)
    proved = root.value + slack + 2 * MARGIN
    if some is None:
        reduced = search.columns.reduced(root.prices) - root.least[search.columns.arrays()[3]]
        some, proved = reduced.argsort(kind="stable")[:few], root.value
    master = Master(search.columns)
    master.add(some)
    master.add(search.taken or ())
    found = master.whole(
        min(seconds, search.left()), search.taken or (), search.effort.is_cancelled
    )
    if found.taken is not None:
        search.keep(found.taken)
    search.raise_bound(min(found.bound, proved))
    return is_all
