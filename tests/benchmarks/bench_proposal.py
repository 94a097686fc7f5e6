"""The cheapest orders for 80 articles over four deliveries, and for 200 products of ten suppliers.

Beside the solver alone on the model that was built: what our own building, reading and judging
add to it. The plan is judged apart, to the cent.
"""

import random
from datetime import date, timedelta
from fractions import Fraction
from functools import partial

from cantine_desktop.supply.proposal import solving
from cantine_desktop.supply.proposal.costing import costs_of, faults_of
from cantine_desktop.supply.proposal.greedy import greedy
from cantine_desktop.supply.proposal.model import NeedAt, Offer, Problem, Terms, choices
from cantine_desktop.supply.proposal.solving import solve
from tests.benchmarks.measuring import Row, in_turn

MONDAY = date(2026, 11, 23)
LIMIT = 2.0
SIZES = (("80 articles x 4 deliveries", 40, 2, 2), ("200 products x 10 suppliers", 200, 10, 4))


def measure(folder):
    del folder
    for name, products, suppliers, days in SIZES:
        problem = market(products, suppliers, days)
        plan, simple = solve(problem, LIMIT), greedy(problem)
        assert not faults_of(problem, plan)
        mine, theirs = costs_of(problem, plan).total, costs_of(problem, simple).total
        assert mine <= theirs
        model, _counts = solving._build(problem, choices(problem))
        ours, alone = partial(solve, problem, LIMIT), partial(solving._run, model, LIMIT, {})
        cost, bare = in_turn(ours, alone, 3)
        sure = "proved" if plan.is_proved else f"gap {plan.gap}"
        saved = float(1 - mine / theirs)
        words = f"{cost.wall:.2f} s, {sure}, {saved:.1%} under the simple plan"
        yield Row(name, cost, bare, "the solver alone", None, words)


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
