"""Measuring two ways of doing the same thing, turn by turn, and comparing their medians."""

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import NamedTuple


class Cost(NamedTuple):
    """What one turn took, in seconds.

    Attributes:
        wall: On the clock.
        cpu: On the processors.
    """

    wall: float
    cpu: float


class Row(NamedTuple):
    """A line of the table.

    Attributes:
        name: What was measured.
        ours: Median cost of our way.
        baseline: Median cost of the other way, measured in turn with ours.
        beside: What the other way is.
        target: Ratio of CPU times to reach, from the performance goals; None when there is none.
        note: A figure that is no ratio: a count, a size.
    """

    name: str
    ours: Cost
    baseline: Cost
    beside: str
    target: float | None = None
    note: str = ""


def timed(work: Callable[[], object]) -> Cost:
    """Do something once and return what it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Cost(time.perf_counter() - wall, time.process_time() - cpu)


def in_turn(
    ours: Callable[[], object], baseline: Callable[[], object], turns: int = 9
) -> tuple[Cost, Cost]:
    """Do two things in turn, after one unmeasured turn each, and return their medians."""
    ours()
    baseline()
    costs = [(timed(ours), timed(baseline)) for _ in range(turns)]
    return middle([mine for mine, _ in costs]), middle([theirs for _, theirs in costs])


def middle(costs: list[Cost]) -> Cost:
    """Return the medians of several turns."""
    return Cost(median(cost.wall for cost in costs), median(cost.cpu for cost in costs))


def peak() -> int:
    """Return the most memory this process ever held, in KB; 0 where the system does not say.

    ``ru_maxrss`` would count what the parent held before it started this process.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    words = status.read_text("utf-8").split()
    return int(words[words.index("VmHWM:") + 1])


def line(row: Row) -> str:
    """Return a row as text: our cost, the other's, both ratios, the target."""
    wall = row.ours.wall / row.baseline.wall
    cpu = row.ours.cpu / row.baseline.cpu if row.baseline.cpu else float("nan")
    target = f"≤ {row.target:g}" if row.target else ""
    return (
        f"{row.name:34} {_short(row.ours)} {_short(row.baseline)}"
        f"{wall:8.2f} x{cpu:8.2f} x  {target:8} beside {row.beside}"
        + (f" ({row.note})" if row.note else "")
    )


def _short(cost: Cost) -> str:
    return f"{cost.wall * 1000:9.1f}/{cost.cpu * 1000:<8.1f}"


HEADER = (
    f"{'':34} {'ours':>9} {'':8} {'theirs':>9} {'':7}"
    f"{'wall':>9} {'CPU':>9}   target\n"
    f"{'milliseconds, wall/CPU':34}"
)
