"""The cheapest plan, by the mixed-integer solver HiGHS; the deterministic one where it fails.

Numbers leave exactness only inside the solver: what it answers is taken for whole grains of
order units, and judged again by ``costing``.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from cantine_desktop.supply.proposal.costing import costs_of, faults_of
from cantine_desktop.supply.proposal.greedy import greedy
from cantine_desktop.supply.proposal.model import (
    Choice,
    NeedAt,
    Place,
    Plan,
    Problem,
    choices,
    serves,
)

ENOUGH = 1e-4
"""Gap under which a plan is taken for the best there is."""
SEED = 7
NEIGHBOURS = 4
"""Needs of a product that are looked at together."""
INFINITE = float("inf")


@dataclass
class _Model:
    """Columns and rows as the solver takes them."""

    costs: list[float] = field(default_factory=list[float])
    uppers: list[float] = field(default_factory=list[float])
    whole: list[bool] = field(default_factory=list[bool])
    lows: list[float] = field(default_factory=list[float])
    highs: list[float] = field(default_factory=list[float])
    rows: list[dict[int, float]] = field(default_factory=list[dict[int, float]])

    def column(self, cost: float, upper: float = INFINITE, *, is_whole: bool = False) -> int:
        """Add a column from zero on and return its place."""
        self.costs.append(cost)
        self.uppers.append(upper)
        self.whole.append(is_whole)
        return len(self.costs) - 1

    def row(self, terms: dict[int, float], low: float = -INFINITE, high: float = INFINITE) -> None:
        """Add a row: the sum of terms stays between two bounds."""
        self.rows.append(terms)
        self.lows.append(low)
        self.highs.append(high)


def solve(problem: Problem, time_limit: float = 2.0) -> Plan:
    """Return the cheapest plan found in a time, and how sure that is.

    What cannot be covered by anybody is left out, so that the rest still is.

    Args:
        problem: What is asked.
        time_limit: Seconds of search.
    """
    fallback = greedy(problem)
    offered = choices(problem)
    if not offered:
        return fallback
    model, counts = _build(problem, offered)
    known = {
        column: float(fallback.units.get(choice, 0) / problem.offers[choice[0]].grain)
        for choice, column in counts.items()
    }
    found = _run(model, time_limit, known)
    if found is None:
        return fallback
    values, gap = found
    units = {
        choice: round(values[column]) * problem.offers[choice[0]].grain
        for choice, column in counts.items()
        if round(values[column])
    }
    plan = Plan(units, is_proved=gap <= ENOUGH, gap=gap)
    return plan if _is_better(problem, plan, fallback) else fallback


def _is_better(problem: Problem, plan: Plan, other: Plan) -> bool:
    """Tell whether a plan breaks less than another, or as little and costs no more."""
    mine, theirs = len(faults_of(problem, plan)), len(faults_of(problem, other))
    if mine != theirs:
        return mine < theirs
    return costs_of(problem, plan).total <= costs_of(problem, other).total


def _build(problem: Problem, offered: list[Choice]) -> tuple[_Model, dict[Choice, int]]:
    model = _Model()
    counts: dict[Choice, int] = {}
    goods: dict[Place, dict[int, float]] = defaultdict(dict)
    flows: dict[tuple[int, int], int] = {}
    for choice in offered:
        offer = problem.offers[choice[0]]
        counts[choice] = column = model.column(float(offer.cents * offer.grain), is_whole=True)
        goods[offer.supplier, choice[1]][column] = float(offer.cents * offer.grain)
        _flow(problem, model, choice, column, flows)
    _cover(problem, model, flows)
    _round_up(problem, model, counts)
    for place, terms in goods.items():
        _order(problem, model, place, terms, counts)
    _prefer(problem, model, counts)
    _cool(problem, model, counts)
    return model, counts


def _flow(
    problem: Problem, model: _Model, choice: Choice, column: int, flows: dict[tuple[int, int], int]
) -> None:
    """Tie what is delivered to the needs it may serve; the rest is wasted if it does not keep."""
    offer = problem.offers[choice[0]]
    content = float(offer.content * offer.grain)
    wasted = 0.0 if offer.keeps is None else float(offer.cents / offer.content * problem.waste)
    row = {column: content}
    for rank, need in enumerate(problem.needs):
        if need.product == offer.product and serves(offer, choice[1], need.day):
            flows[column, rank] = flow = model.column(0.0, float(need.quantity))
            row[flow] = -1.0
    row[model.column(wasted)] = -1.0
    model.row(row, 0.0, 0.0)


def _cover(problem: Problem, model: _Model, flows: dict[tuple[int, int], int]) -> None:
    by_need: dict[int, dict[int, float]] = defaultdict(dict)
    for (_column, rank), flow in flows.items():
        by_need[rank][flow] = 1.0
    for rank, terms in by_need.items():
        model.row(terms, low=float(problem.needs[rank].quantity))


def _round_up(problem: Problem, model: _Model, counts: dict[Choice, int]) -> None:
    """Say of neighbouring needs that a box larger than them counts for no more than them.

    Whole boxes obey it anyway; without it a solver believes in a tenth of a box for long.
    """
    by_product: dict[int, list[NeedAt]] = defaultdict(list)
    for need in sorted(problem.needs, key=lambda each: each.day):
        by_product[need.product].append(need)
    own: dict[int, list[tuple[Choice, int]]] = defaultdict(list)
    for choice, column in counts.items():
        own[problem.offers[choice[0]].product].append((choice, column))
    for product, needs in by_product.items():
        for first in range(len(needs)):
            for last in range(first, min(len(needs), first + NEIGHBOURS)):
                some = needs[first : last + 1]
                terms: dict[int, float] = {}
                total = sum((need.quantity for need in some), Fraction(0))
                for (rank, day), column in own[product]:
                    offer = problem.offers[rank]
                    if any(serves(offer, day, need.day) for need in some):
                        terms[column] = float(min(offer.content * offer.grain, total))
                if terms and _is_covered(problem, own[product], some):
                    model.row(terms, low=float(total))


def _is_covered(problem: Problem, own: list[tuple[Choice, int]], needs: Sequence[NeedAt]) -> bool:
    """Tell whether somebody may bring each of some needs: else they are left out."""
    return all(
        any(serves(problem.offers[rank], day, need.day) for (rank, day), _column in own)
        for need in needs
    )


def _order(
    problem: Problem,
    model: _Model,
    place: Place,
    goods: dict[int, float],
    counts: dict[Choice, int],
) -> None:
    """Write what a supplier asks of an order, when there is one."""
    asked = next(each for each in problem.suppliers if each.key == place[0])
    placed = model.column(float(asked.fee), 1.0, is_whole=True)
    own = [
        (problem.offers[rank], column)
        for (rank, day), column in counts.items()
        if (problem.offers[rank].supplier, day) == place
    ]
    for offer, column in own:
        most = _most(problem, offer.product, offer.content * offer.grain, offer.least / offer.grain)
        model.row({column: 1.0, placed: -most}, high=0.0)
        if offer.least:
            taken = model.column(0.0, 1.0, is_whole=True)
            model.row({column: 1.0, taken: -most}, high=0.0)
            model.row({column: 1.0, taken: -float(offer.least / offer.grain)}, low=0.0)
    if asked.free_from is not None and asked.fee:
        free = model.column(-float(asked.fee), 1.0, is_whole=True)
        model.row({free: 1.0, placed: -1.0}, high=0.0)
        model.row({**goods, free: -float(asked.free_from)}, low=0.0)
    grams = {column: float(offer.grams * offer.grain) for offer, column in own}
    boxes = {column: float(offer.grain) for offer, column in own}
    for least, terms in (
        (asked.minimum, goods),
        (asked.minimum_grams, grams),
        (asked.minimum_boxes, boxes),
    ):
        if least:
            model.row({**terms, placed: -float(least)}, low=0.0)


def _most(problem: Problem, product: int, content: Fraction, least: Fraction) -> float:
    """Return more grains than any plan would take of an offer: all its needs, ten times over."""
    wanted = sum((need.quantity for need in problem.needs if need.product == product), Fraction(0))
    return float(10 * (wanted / content + 10) + least)


def _prefer(problem: Problem, model: _Model, counts: dict[Choice, int]) -> None:
    """Weigh what is missing of the part that should go to preferred offers."""
    if not problem.preferred:
        return
    terms = {model.column(float(problem.spared)): 1.0}
    for (rank, _day), column in counts.items():
        offer = problem.offers[rank]
        cents = float(offer.cents * offer.grain)
        terms[column] = cents * (float(offer.is_preferred) - float(problem.preferred))
    model.row(terms, low=0.0)


def _cool(problem: Problem, model: _Model, counts: dict[Choice, int]) -> None:
    if problem.cold_litres is None:
        return
    by_day: dict[object, dict[int, float]] = defaultdict(dict)
    for (rank, day), column in counts.items():
        offer = problem.offers[rank]
        by_day[day][column] = float(offer.litres * offer.grain)
    for terms in by_day.values():
        model.row(terms, high=float(problem.cold_litres))


def _run(
    model: _Model, time_limit: float, known: Mapping[int, float]
) -> tuple[list[float], float] | None:
    """Return the values of the columns and the gap that is left; ``None`` without a plan.

    Args:
        model: Columns and rows.
        time_limit: Seconds of search.
        known: Values of some columns in a plan that is known: the search begins there.
    """
    import highspy as untyped  # noqa: PLC0415  -- 20 ms and numpy, only once something is solved

    highspy: Any = untyped

    lp: Any = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(model.costs), len(model.rows)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = model.costs, [0.0] * len(model.costs), model.uppers
    lp.row_lower_, lp.row_upper_ = model.lows, model.highs
    lp.integrality_ = [
        highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
        for whole in model.whole
    ]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    starts, index, value = [0], list[int](), list[float]()
    for row in model.rows:
        index += row.keys()
        value += row.values()
        starts.append(len(index))
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = starts, index, value
    solver: Any = highspy.Highs()
    for option, wanted in (
        ("output_flag", False),
        ("time_limit", time_limit),
        ("random_seed", SEED),
        ("threads", 1),
        ("mip_rel_gap", ENOUGH),
    ):
        solver.setOptionValue(option, wanted)
    solver.passModel(lp)
    solver.setSolution(len(known), list(known), list(known.values()))
    solver.run()
    info = solver.getInfo()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    return list(solver.getSolution().col_value), float(info.mip_gap)
