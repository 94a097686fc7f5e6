"""The cheapest plan, by the mixed-integer solver HiGHS; the deterministic one where it fails.

Numbers leave exactness only inside the solver: what it answers is taken for whole grains of
order units, and judged again by ``costing``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from time import monotonic
from typing import Any

from cantine_desktop.supply.proposal.costing import costs_of, faults_of
from cantine_desktop.supply.proposal.greedy import greedy
from cantine_desktop.supply.proposal.improving import improve
from cantine_desktop.supply.proposal.model import Choice, Plan, Problem
from cantine_desktop.supply.proposal.program import Program, Rows

ENOUGH = 1e-4
"""Gap under which a plan is taken for the best there is."""
SEED = 7
FEW = 400
"""Columns of covers under which all of them are searched at once."""
LIKELY = 3
"""Covers of a product that are searched first, where there are many."""
FIRST, LAST = 0.4, 0.2
"""Part of the time that is left given to them; least part of the whole given to all."""


@dataclass(frozen=True)
class Answer:
    """What the solver answers.

    Attributes:
        values: Of each column; empty when no plan was found.
        bound: What no plan costs less than, in cents; minus infinity when it does not know.
        prices: Of each column, what one more would cost at least: only of a relaxed problem.
    """

    values: list[float]
    bound: float
    prices: list[float]


def solve(problem: Problem, time_limit: float = 2.0) -> Plan:
    """Return the cheapest plan found in a time, and how sure that is.

    What cannot be covered by anybody is left out, so that the rest still is.

    Args:
        problem: What is asked.
        time_limit: Seconds of search.
    """
    end = monotonic() + time_limit
    best, program = greedy(problem), Program(problem)
    if not program.grains:
        return best
    relaxed = run(program.rows, time_limit, program.rows.uppers, {}, relaxed=True)
    for hinted in ({}, _hinted(program, relaxed)):
        plan = Plan(improve(problem, program.covers, best.units, hinted))
        best = _better(problem, plan, best)
    likely = _likely(program, relaxed, best.units)
    if likely is not None:
        first = run(program.rows, (end - monotonic()) * FIRST, likely, program.start(best.units))
        best = _found(problem, program, first, best)
    left = max(end - monotonic(), time_limit * LAST)
    answer = run(program.rows, left, program.rows.uppers, program.start(best.units))
    best = _found(problem, program, answer, best)
    return best if answer is None else _judged(problem, best, answer.bound)


def _found(problem: Problem, program: Program, answer: Answer | None, known: Plan) -> Plan:
    """Return what the solver found, or what was known when that is no worse."""
    if answer is None or not answer.values:
        return known
    return _better(problem, Plan(program.units(answer.values)), known)


def _hinted(program: Program, relaxed: Answer | None) -> dict[int, int]:
    """Return the cover of each product that the relaxed problem finds dear by the least."""
    if relaxed is None:
        return {}
    return {
        product: min(
            range(len(own)), key=[relaxed.prices[column] for column, _cover in own].__getitem__
        )
        for product, own in program.ways.items()
        if own
    }


def _likely(
    program: Program, relaxed: Answer | None, known: Mapping[Choice, Fraction]
) -> list[float] | None:
    """Return the most of each column when only likely covers are searched.

    Likely are those that the relaxed problem finds dear by the least; ``None`` where all of
    them are few enough.
    """
    if relaxed is None or sum(map(len, program.ways.values())) < FEW:
        return None
    uppers = list(program.rows.uppers)
    kept = {column for column, value in program.start(known).items() if value}
    for ways in program.ways.values():
        ranked = sorted(ways, key=lambda each: relaxed.prices[each[0]])
        for column, _cover in ranked[LIKELY:]:
            if column not in kept and relaxed.values[column] <= 0:
                uppers[column] = 0.0
    return uppers


def _better(problem: Problem, plan: Plan, other: Plan) -> Plan:
    """Return the plan that breaks less, or as little and costs less; the second if neither."""
    mine, theirs = len(faults_of(problem, plan)), len(faults_of(problem, other))
    if mine != theirs:
        return plan if mine < theirs else other
    return plan if costs_of(problem, plan).total < costs_of(problem, other).total else other


def _judged(problem: Problem, plan: Plan, bound: float) -> Plan:
    """Return a plan with how much cheaper another may be, from what it really costs."""
    total = float(costs_of(problem, plan).total)
    gap = max(0.0, 1 - bound / total) if total > 0 else 0.0
    if gap > 1:
        return plan
    return Plan(plan.units, is_proved=gap <= ENOUGH, gap=gap)


def run(
    rows: Rows,
    time_limit: float,
    uppers: Sequence[float],
    known: Mapping[int, float],
    *,
    relaxed: bool = False,
) -> Answer | None:
    """Return what the solver answers; ``None`` when it fails.

    Args:
        rows: Columns and rows.
        time_limit: Seconds of search.
        uppers: The most of each column.
        known: Values of some columns in a plan that is known: the search begins there.
        relaxed: Parts of a box are allowed.
    """
    import highspy as untyped  # noqa: PLC0415  -- 20 ms and numpy, only once something is solved

    highspy: Any = untyped

    solver: Any = highspy.Highs()
    for option, wanted in (
        ("output_flag", False),
        ("time_limit", time_limit),
        ("random_seed", SEED),
        ("threads", 1),
        ("mip_rel_gap", ENOUGH / 2),
    ):
        solver.setOptionValue(option, wanted)
    solver.passModel(_program(highspy, rows, uppers, relaxed=relaxed))
    if known:
        solver.setSolution(len(known), list(known), list(known.values()))
    solver.run()
    info, found = solver.getInfo(), solver.getSolution()
    is_found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    if relaxed:
        if not is_found:
            return None
        return Answer(
            list(found.col_value), float(info.objective_function_value), list(found.col_dual)
        )
    return Answer(list(found.col_value) if is_found else [], float(info.mip_dual_bound), [])


def _program(highspy: Any, rows: Rows, uppers: Sequence[float], *, relaxed: bool) -> Any:
    lp: Any = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(rows.costs), len(rows.rows)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = rows.costs, [0.0] * len(rows.costs), uppers
    lp.row_lower_, lp.row_upper_ = rows.lows, rows.highs
    if not relaxed:
        lp.integrality_ = [
            highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
            for whole in rows.whole
        ]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    starts, index, value = [0], list[int](), list[float]()
    for row in rows.rows:
        index += row.keys()
        value += row.values()
        starts.append(len(index))
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = starts, index, value
    return lp
