"""The cheapest orders: 80 articles over four deliveries, 200 products of ten suppliers.

Beside the solver alone on the rows that were built: what our own building, searching, reading
and judging add to it. The plan is judged apart, to the cent, and held beside two simple ones:
each need of its cheapest offer, and the best of these over every set of suppliers.

Two markets have 200 products. In the first each is sold by half of the ten suppliers, which all
deliver once: there is much to choose. In the second each is sold by two, which deliver on four
days: there is little.
"""

import math
import random
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from itertools import combinations

from cantine_desktop.supply.proposal.costing import costs_of, faults_of
from cantine_desktop.supply.proposal.greedy import greedy
from cantine_desktop.supply.proposal.model import NeedAt, Offer, Problem, Terms
from cantine_desktop.supply.proposal.program import Program
from cantine_desktop.supply.proposal.solving import run, solve
from tests.benchmarks.measuring import Row, in_turn

MONDAY = date(2026, 11, 23)
LIMIT = 2.0


def measure(folder):
    del folder
    markets = (
        ("80 articles x 4 deliveries", market(40, 2, 2)),
        ("200 products x 10 suppliers", wide_market(200, 10)),
        ("200 products x 10 suppliers x 4 days", market(200, 10, 4)),
    )
    for name, problem in markets:
        plan = solve(problem, LIMIT)
        assert not faults_of(problem, plan)
        mine, theirs = costs_of(problem, plan).total, costs_of(problem, greedy(problem)).total
        assert mine <= theirs
        rows = Program(problem).rows
        ours, alone = partial(solve, problem, LIMIT), partial(run, rows, LIMIT, rows.uppers, {})
        cost, bare = in_turn(ours, alone, 3)
        sure = "proved" if plan.is_proved else f"gap {plan.gap:.1%}"
        words = f"{cost.wall:.2f} s, {sure}, {float(mine / theirs):.3f} of the simple plan"
        over = best_of_subsets(problem)
        if over is not None:
            words += f", {float(mine / over):.3f} of the best over all sets of suppliers"
        yield Row(name, cost, bare, "the solver alone", None, words)


def best_of_subsets(problem):
    """Return the cost of the best simple plan over every set of suppliers that sells it all."""
    sold = {each.product for each in problem.offers}
    found = []
    for count in range(1, len(problem.suppliers) + 1):
        for own in combinations(problem.suppliers, count):
            keys = {each.key for each in own}
            offers = tuple(each for each in problem.offers if each.supplier in keys)
            if {each.product for each in offers} == sold:
                smaller = replace(problem, offers=offers, suppliers=own)
                plan = greedy(smaller)
                if not faults_of(smaller, plan):
                    found.append(costs_of(smaller, plan).total)
    return min(found, default=None)


def wide_market(products, suppliers):
    """Return a problem made by chance: each product sold by about half of the suppliers."""
    luck = random.Random(20261123)
    day = MONDAY + timedelta(days=2)
    terms = tuple(
        Terms(
            key,
            (day,),
            minimum=Fraction(luck.choice([0, 5000, 10000, 15000])),
            free_from=Fraction(luck.choice([15000, 25000, 40000])),
            fee=Fraction(luck.choice([900, 1500, 2500])),
        )
        for key in range(suppliers)
    )
    offers, needs = [], []
    for product in range(products):
        per_kilo = luck.randint(80, 1200)
        sellers = [key for key in range(suppliers) if luck.random() < 0.45] or [0]
        for supplier in sellers:
            content = luck.choice([500, 1000, 2500, 5000])
            cents = Fraction(per_kilo * content * luck.randint(85, 115), 100_000)
            keeps = luck.choice([None, None, 4, 7])
            offers.append(
                Offer(len(offers), supplier, product, Fraction(content), cents, keeps=keeps)
            )
        grams = round(math.exp(luck.uniform(math.log(100), math.log(6000))))
        cooked = MONDAY + timedelta(days=luck.randint(3, 6))
        needs.append(NeedAt(product, cooked, Fraction(grams)))
    return Problem(tuple(offers), terms, tuple(needs))


def market(products, suppliers, days):
    """Return a problem made by chance, always the same: each product sold by two suppliers."""
    luck = random.Random(20261123)
    ahead = [MONDAY + timedelta(days=n) for n in range(1, 5)]
    terms = tuple(
        Terms(
            key,
            tuple(sorted(luck.sample(ahead, days))),
            minimum=Fraction(luck.choice([0, 3000, 5000])),
            free_from=Fraction(luck.choice([15000, 25000])),
            fee=Fraction(luck.choice([900, 1500])),
        )
        for key in range(suppliers)
    )
    offers, needs = [], []
    for product in range(products):
        per_kilo = luck.randint(80, 1200)
        for supplier in luck.sample(range(suppliers), 2):
            content = luck.choice([500, 1000, 2500, 5000])
            cents = Fraction(per_kilo * content * luck.randint(85, 115), 100_000)
            keeps = luck.choice([None, None, 4, 7])
            offers.append(
                Offer(len(offers), supplier, product, Fraction(content), cents, keeps=keeps)
            )
        needs += [
            NeedAt(product, MONDAY + timedelta(days=day), Fraction(luck.randint(200, 6000)))
            for day in sorted(luck.sample(range(4, 7), luck.randint(1, 2)))
        ]
    return Problem(tuple(offers), terms, tuple(needs))
