"""What a plan costs and whether it holds, reckoned apart from any solver, to the cent."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from cantine_desktop.supply.proposal.model import Choice, NeedAt, Place, Plan, Problem, serves

ZERO = Fraction(0)


class Fault(StrEnum):
    """Why a plan does not hold."""

    LACKS = "lacks"
    MINIMUM = "minimum"
    SPLIT = "split"
    COLD = "cold"


class Broken(NamedTuple):
    """Something of a plan that does not hold.

    Attributes:
        product: What lacks, or 0.
        place: The order it is about, or ``None``.
        quantity: How much lacks, in its own unit.
    """

    fault: Fault
    product: int = 0
    place: Place | None = None
    quantity: Fraction = ZERO


@dataclass(frozen=True)
class Costs:
    """What a plan costs, in exact cents.

    Attributes:
        goods: What is bought; ``fees``, what delivering it costs.
        waste: What is bought beyond the needs that it may still serve, weighed.
        missed: What is missing of the part that should be preferred, weighed.
        by_place: Goods of each order.
    """

    goods: Fraction
    fees: Fraction
    waste: Fraction
    missed: Fraction
    by_place: dict[Place, Fraction]

    @property
    def total(self) -> Fraction:
        """What the plan is judged by."""
        return self.goods + self.fees + self.waste + self.missed


def costs_of(problem: Problem, plan: Plan) -> Costs:
    """Return what a plan costs.

    Args:
        problem: What was asked.
        plan: What would be ordered.
    """
    by_place: dict[Place, Fraction] = defaultdict(Fraction)
    preferred = ZERO
    for (rank, day), units in plan.units.items():
        offer = problem.offers[rank]
        by_place[offer.supplier, day] += offer.cents * units
        preferred += offer.cents * units if offer.is_preferred else ZERO
    goods = sum(by_place.values(), ZERO)
    terms = {each.key: each for each in problem.suppliers}
    fees = ZERO
    for (supplier, _day), amount in by_place.items():
        free_from = terms[supplier].free_from
        if free_from is None or amount < free_from:
            fees += terms[supplier].fee
    lacking = max(ZERO, problem.preferred * goods - preferred)
    surplus, _lacks = spread(problem, plan)
    waste = sum(
        (
            problem.offers[rank].cents / problem.offers[rank].content * left
            for (rank, _day), left in surplus.items()
            if problem.offers[rank].keeps is not None
        ),
        ZERO,
    )
    return Costs(goods, fees, waste * problem.waste, lacking * problem.spared, dict(by_place))


def faults_of(problem: Problem, plan: Plan) -> list[Broken]:
    """Return what of a plan does not hold; nothing when it may be ordered."""
    _surplus, lacks = spread(problem, plan)
    found = [Broken(Fault.LACKS, need.product, None, lack) for need, lack in lacks]
    by_place: dict[Place, list[Fraction]] = defaultdict(lambda: [ZERO, ZERO, ZERO])
    cold: dict[date, Fraction] = defaultdict(Fraction)
    for (rank, day), units in plan.units.items():
        offer = problem.offers[rank]
        if (units / offer.grain).denominator != 1 or 0 < units < offer.least or units < 0:
            found.append(Broken(Fault.SPLIT, offer.product, (offer.supplier, day), units))
        sums = by_place[offer.supplier, day]
        for place, value in enumerate((offer.cents, offer.grams, Fraction(1))):
            sums[place] += value * units
        cold[day] += offer.litres * units
    terms = {each.key: each for each in problem.suppliers}
    for (supplier, day), (cents, grams, boxes) in by_place.items():
        asked = terms[supplier]
        is_under = cents < asked.minimum or grams < asked.minimum_grams
        if is_under or boxes < asked.minimum_boxes:
            found.append(Broken(Fault.MINIMUM, 0, (supplier, day)))
    limit = problem.cold_litres
    if limit is not None:
        found += [Broken(Fault.COLD, 0, None, used) for used in cold.values() if used > limit]
    return found


def spread(
    problem: Problem, plan: Plan
) -> tuple[dict[tuple[int, date], Fraction], list[tuple[NeedAt, Fraction]]]:
    """Give what is delivered to the needs, the earliest first, what ends first before the rest.

    Giving the earliest need what ends first lacks as little as any other way: what is left
    over is what may serve the later ones longest.

    Returns:
        What is left of each choice, and what each need lacks.
    """
    return _spread(problem, plan, defaultdict(dict))


def allotted(problem: Problem, plan: Plan) -> Mapping[Choice, Mapping[date, Fraction]]:
    """Return what each choice gives to the needs of each day, as ``spread`` shares it."""
    given: dict[Choice, dict[date, Fraction]] = defaultdict(dict)
    _spread(problem, plan, given)
    return given


def _spread(
    problem: Problem, plan: Plan, given: dict[Choice, dict[date, Fraction]]
) -> tuple[dict[tuple[int, date], Fraction], list[tuple[NeedAt, Fraction]]]:
    left = {
        choice: problem.offers[choice[0]].content * units for choice, units in plan.units.items()
    }
    lacks: list[tuple[NeedAt, Fraction]] = []
    by_product: dict[int, list[Choice]] = defaultdict(list)
    for choice in sorted(left, key=partial(ending, problem)):
        by_product[problem.offers[choice[0]].product].append(choice)
    for need in sorted(problem.needs, key=lambda each: (each.product, each.day)):
        wanted = need.quantity
        for choice in by_product[need.product]:
            if not serves(problem.offers[choice[0]], choice[1], need.day):
                continue
            part = min(wanted, left[choice])
            left[choice] -= part
            wanted -= part
            if part:
                given[choice][need.day] = part
        if wanted > 0:
            lacks.append((need, wanted))
    return {choice: rest for choice, rest in left.items() if rest > 0}, lacks


def ending(problem: Problem, choice: Choice) -> tuple[int, int, int]:
    """Return what choices are sorted by, so that what ends first comes first."""
    keeps = problem.offers[choice[0]].keeps
    day = choice[1].toordinal()
    return (date.max.toordinal() if keeps is None else day + keeps), day, choice[0]
