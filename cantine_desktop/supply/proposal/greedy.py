"""A plan without a solver: each need from its cheapest offer, then orders that are too small.

It is the same for the same problem, always answers, and is what the solver is compared with.
"""

from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from functools import partial
from math import ceil

from cantine_desktop.supply.proposal.costing import Fault, faults_of, spread
from cantine_desktop.supply.proposal.model import (
    Choice,
    NeedAt,
    Offer,
    Place,
    Plan,
    Problem,
    choices,
    serves,
)

ROUNDS = 8
"""How often orders that are too small are filled up or given up."""


def greedy(problem: Problem) -> Plan:
    """Return a plan that covers what can be covered.

    Args:
        problem: What is asked.
    """
    banned: set[Place] = set()
    units: dict[Choice, Fraction] = {}
    for _round in range(ROUNDS):
        units = _cover(problem, banned)
        small = {
            each.place
            for each in faults_of(problem, Plan(units))
            if each.fault is Fault.MINIMUM and each.place is not None
        }
        if not small:
            break
        givable = {place for place in small if not _lacks_without(problem, banned | {place})}
        if givable:
            banned |= givable
        else:
            units = _fill_up(problem, units, small)
            break
    return Plan(units)


def _cover(problem: Problem, banned: set[Place]) -> dict[Choice, Fraction]:
    """Buy each need of the cheapest offer that may serve it, as late as may be."""
    allowed: dict[int, list[Choice]] = defaultdict(list)
    for rank, day in choices(problem):
        if (problem.offers[rank].supplier, day) not in banned:
            allowed[problem.offers[rank].product].append((rank, day))
    by_product: dict[int, list[NeedAt]] = defaultdict(list)
    for need in sorted(problem.needs, key=lambda each: (each.product, each.day)):
        by_product[need.product].append(need)
    units: dict[Choice, Fraction] = {}
    for product, needs in by_product.items():
        units |= _cover_product(replace(problem, needs=tuple(needs)), allowed[product])
    return units


def _cover_product(problem: Problem, allowed: list[Choice]) -> dict[Choice, Fraction]:
    """Buy the needs of one product, the only ones of the problem, the earliest first."""
    units: dict[Choice, Fraction] = defaultdict(Fraction)
    for need in problem.needs:
        _surplus, lacks = spread(problem, Plan(units))
        lack = next((rest for each, rest in lacks if each == need), Fraction(0))
        found = [
            choice for choice in allowed if serves(problem.offers[choice[0]], choice[1], need.day)
        ]
        if lack <= 0 or not found:
            continue
        best = min(found, key=partial(_dearness, problem, lack))
        units[best] += rounded_up(problem.offers[best[0]], lack / problem.offers[best[0]].content)
    return dict(units)


def rounded_up(offer: Offer, units: Fraction) -> Fraction:
    """Return the least order units that are no fewer, as the supplier splits them."""
    return max(offer.least, ceil(units / offer.grain) * offer.grain)


def _dearness(problem: Problem, lack: Fraction, choice: Choice) -> tuple[Fraction, int, int]:
    offer = problem.offers[choice[0]]
    cents = offer.cents * rounded_up(offer, lack / offer.content)
    return cents, -choice[1].toordinal(), choice[0]


def _lacks_without(problem: Problem, banned: set[Place]) -> bool:
    before = spread(problem, Plan(_cover(problem, set())))[1]
    after = spread(problem, Plan(_cover(problem, banned)))[1]
    return len(after) > len(before)


def _fill_up(
    problem: Problem, units: dict[Choice, Fraction], small: set[Place]
) -> dict[Choice, Fraction]:
    """Buy more of what keeps longest until each order is large enough."""
    filled = dict(units)
    terms = {each.key: each for each in problem.suppliers}
    for place in sorted(small):
        own = [
            choice for choice in filled if (problem.offers[choice[0]].supplier, choice[1]) == place
        ]
        if not own:
            continue
        choice = max(own, key=lambda each: (problem.offers[each[0]].keeps or 10_000, -each[0]))
        offer, asked = problem.offers[choice[0]], terms[place[0]]
        sums = [
            sum(value(problem.offers[rank]) * filled[rank, day] for rank, day in own)
            for value in (_cents, _grams, _boxes)
        ]
        more = [
            (wanted - have) / per
            for wanted, have, per in zip(
                (asked.minimum, asked.minimum_grams, asked.minimum_boxes),
                sums,
                (offer.cents, offer.grams, Fraction(1)),
                strict=True,
            )
            if wanted > have and per
        ]
        if more:
            filled[choice] += ceil(max(more) / offer.grain) * offer.grain
    return filled


def _cents(offer: Offer) -> Fraction:
    return offer.cents


def _grams(offer: Offer) -> Fraction:
    return offer.grams


def _boxes(_offer: Offer) -> Fraction:
    return Fraction(1)
