"""The linear and the whole choice among known columns, by HiGHS: one thread, one seed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import highspy as untyped
import numpy as np

from cantine_desktop.staff.choosing.columns import Columns, Floats, Ints
from cantine_desktop.staff.choosing.weights import row_bounds, slack_columns

highspy: Any = untyped
SEED = 7
INFINITE = float("inf")
PRIMAL = 4
"""The primal simplex: a solution stays possible when columns come, three times as fast here."""
DUAL = 1
EXACT = 1e-9
"""How far from whole a value may be: what must be weighs a million."""


@dataclass(frozen=True)
class Relaxed:
    """A choice where patterns may be taken in part.

    Attributes:
        value: Points it weighs.
        prices: Of the rows; ``legs``, of having a pattern at all.
        shares: Of each column that is in, by its number.
    """

    value: float
    prices: Floats
    legs: Floats
    shares: dict[int, float]


@dataclass(frozen=True)
class Whole:
    """A choice of whole patterns.

    Attributes:
        taken: Numbers of the columns; none for a leg without pattern.
        bound: Under which no choice of these columns lies.
    """

    taken: tuple[int, ...] | None
    bound: float


class Master:
    """A choice among some of the columns, solved again as columns come and are fixed."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.numbers: list[int] = []
        self._place: dict[int, int] = {}
        self._solver: Any = highspy.Highs()
        for option, value in (("output_flag", False), ("random_seed", SEED), ("threads", 1)):
            self._solver.setOptionValue(option, value)
        self._solver.setOptionValue("simplex_strategy", PRIMAL)
        self._rows = len(columns.frame.rows)
        self._first = 0
        self._start()

    def _start(self) -> None:
        frame, solver = self.columns.frame, self._solver
        empty = (0, np.array([], dtype=np.int32), np.array([], dtype=np.float64))
        for need in frame.rows:
            solver.addRow(*row_bounds(need), *empty)
        for _leg in frame.legs:
            solver.addRow(1.0, 1.0, *empty)
        one = np.array([1.0])
        for row, need in enumerate(frame.rows[: len(frame.problem.needs)]):
            for cost, most, sign in slack_columns(need, frame.must):
                solver.addCol(cost, 0.0, most, 1, np.array([row], dtype=np.int32), one * sign)
        for leg in range(len(frame.legs)):
            place = np.array([self._rows + leg], dtype=np.int32)
            solver.addCol(float(frame.empty[leg]), 0.0, INFINITE, 1, place, one)
        self._first = int(solver.getNumCol())

    def add(self, numbers: Sequence[int] | Ints) -> int:
        """Take columns in that are not in yet and return how many."""
        new = [int(number) for number in numbers if int(number) not in self._place]
        if not new:
            return 0
        known = self.columns
        begins, rows, units = list[int](), list[int](), list[float]()
        for number in new:
            begins.append(len(rows))
            places = slice(known.starts[number], known.starts[number + 1])
            rows += [*known.rows[places], self._rows + known.legs[number]]
            units += [*known.units[places], 1.0]
        self._solver.addCols(
            len(new),
            np.array([known.costs[number] for number in new], dtype=np.float64),
            np.zeros(len(new)),
            np.full(len(new), INFINITE),
            len(rows),
            np.array(begins, dtype=np.int32),
            np.array(rows, dtype=np.int32),
            np.array(units, dtype=np.float64),
        )
        for number in new:
            self._place[number] = len(self.numbers)
            self.numbers.append(number)
        return len(new)

    def hold(self, number: int, *, is_taken: bool) -> None:
        """Take a column for certain, or set it free again."""
        place = self._first + self._place[number]
        self._solver.changeColBounds(place, float(is_taken), INFINITE)

    def relax(self) -> Relaxed:
        """Solve with patterns taken in part."""
        self._solver.run()
        found = self._solver.getSolution()
        duals = np.array(found.row_dual)
        values = np.array(found.col_value)[self._first :]
        shares = {
            self.numbers[place]: float(values[place]) for place in np.flatnonzero(values > EXACT)
        }
        value = float(self._solver.getInfo().objective_function_value)
        return Relaxed(value, duals[: self._rows], duals[self._rows :], shares)

    def whole(
        self,
        seconds: float,
        known: Sequence[int],
        is_cancelled: Callable[[], bool],
    ) -> Whole:
        """Solve with whole patterns, once: this master is of no use afterwards.

        Args:
            seconds: Of search at most.
            known: A choice that is known, one column a leg; legs without pattern are left out.
            is_cancelled: Asked while searching.
        """
        solver = self._solver
        count = int(solver.getNumCol())
        kinds = np.ones(count, dtype=np.uint8)
        solver.changeColsIntegrality(count, np.arange(count, dtype=np.int32), kinds)
        for option, value in (
            ("time_limit", max(0.05, seconds)),
            ("mip_rel_gap", 0.0),
            ("mip_allow_restart", False),
            ("simplex_strategy", DUAL),
            ("mip_abs_gap", 1.0 - 1e-4),
            ("mip_feasibility_tolerance", EXACT),
        ):
            solver.setOptionValue(option, value)
        self._begin_at(known)

        def interrupt(event: Any) -> None:
            if is_cancelled():
                event.interrupt()

        solver.cbMipInterrupt.subscribe(interrupt)
        solver.run()
        info = solver.getInfo()
        bound = float(info.mip_dual_bound)
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return Whole(None, bound)
        values = np.array(solver.getSolution().col_value)[self._first :]
        taken = tuple(self.numbers[place] for place in np.flatnonzero(values > 0.5))
        return Whole(taken, bound)

    def _begin_at(self, known: Sequence[int]) -> None:
        """Hand a known choice over: the solver completes what stands beside the needs."""
        places = [self._first + self._place[n] for n in known if n in self._place]
        if places:
            self._solver.setSolution(
                len(places), np.array(places, dtype=np.int32), np.ones(len(places))
            )
