"""Ways to cover a product, and what is claimed of a plan, beside every plan there is."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import product as every

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cantine_desktop.supply.proposal.costing import Fault, costs_of, faults_of, spread
from cantine_desktop.supply.proposal.covers import covers
from cantine_desktop.supply.proposal.greedy import greedy
from cantine_desktop.supply.proposal.improving import improve
from cantine_desktop.supply.proposal.model import NeedAt, Offer, Plan, Problem, Terms, choices
from cantine_desktop.supply.proposal.program import Program
from cantine_desktop.supply.proposal.solving import solve

TUESDAY = date(2026, 11, 24)
DAYS = tuple(TUESDAY + timedelta(days=ahead) for ahead in range(3))
MOST = 5


@st.composite
def markets(draw, products=1, offered=3):
    suppliers = (1, 2)
    offers = tuple(
        Offer(
            key=rank,
            supplier=draw(st.sampled_from(suppliers)),
            product=draw(st.integers(1, products)),
            content=Fraction(draw(st.integers(2, 8)) * 500),
            cents=Fraction(draw(st.integers(100, 3000))),
            grain=draw(st.sampled_from([Fraction(1), Fraction(1, 2)])),
            keeps=draw(st.sampled_from([None, 0, 1])),
        )
        for rank in range(draw(st.integers(1, offered)))
    )
    asked = tuple(
        Terms(
            key=key,
            days=tuple(sorted(draw(st.sets(st.sampled_from(DAYS), min_size=1, max_size=2)))),
            minimum=Fraction(draw(st.sampled_from([0, 0, 1500]))),
            free_from=draw(st.sampled_from([None, Fraction(2500)])),
            fee=Fraction(draw(st.sampled_from([0, 600]))),
        )
        for key in suppliers
    )
    needs = tuple(
        NeedAt(product, day, Fraction(draw(st.integers(1, 4000))))
        for product in range(1, products + 1)
        for day in sorted(draw(st.sets(st.sampled_from(DAYS), min_size=1, max_size=2)))
    )
    return Problem(offers, asked, needs)


def lacks(problem, units):
    return [need for need, _rest in spread(problem, Plan(units))[1]]


def plans(problem, offered, most=MOST):
    """Return every plan of up to so many grains of each choice."""
    for counts in every(range(most + 1), repeat=len(offered)):
        yield {
            choice: grains * problem.offers[choice[0]].grain
            for choice, grains in zip(offered, counts, strict=True)
            if grains
        }


@settings(max_examples=80, deadline=None)
@given(markets())
def test_the_ways_to_cover_a_product_are_those_with_no_grain_too_many(problem):
    offered = choices(problem)
    assume(len(offered) <= 4)
    found = covers(problem, offered, problem.needs)
    assert found is not None
    out_of_reach = lacks(problem, next(iter([dict.fromkeys(offered, Fraction(1000))])))

    def holds(units):
        return lacks(problem, units) == out_of_reach

    def is_least(units):
        return not any(
            holds({**units, choice: units[choice] - problem.offers[choice[0]].grain})
            for choice in units
        )

    ours = {frozenset(each.grains.items()) for each in found}
    theirs = {
        frozenset(
            (choice, int(amount / problem.offers[choice[0]].grain))
            for choice, amount in units.items()
        )
        for units in plans(problem, offered, 16 if len(offered) < 3 else 8)
        if holds(units) and is_least(units)
    }
    assert theirs - ours <= {frozenset()}
    assert all(
        holds({choice: n * problem.offers[choice[0]].grain for choice, n in each}) for each in ours
    )
    for each in found:
        units = {choice: n * problem.offers[choice[0]].grain for choice, n in each.grains.items()}
        costs = costs_of(problem, Plan(units))
        assert abs(float(costs.goods + costs.waste) - each.cents) < 1e-6


@settings(max_examples=60, deadline=None)
@given(markets(products=2))
def test_what_is_claimed_of_a_plan_is_true_of_every_plan_there_is(problem):
    offered = choices(problem)
    assume(0 < len(offered) <= 4)
    plan = solve(problem, 1.0)
    faults = faults_of(problem, plan)
    sound = [
        costs_of(problem, Plan(units)).total
        for units in plans(problem, offered)
        if len(faults_of(problem, Plan(units))) <= len(faults)
    ]
    assume(sound)
    least, cost = min(sound), costs_of(problem, plan).total
    if all(each.fault is Fault.LACKS for each in faults):
        assert plan.gap is not None
        assert float(cost) * (1 - plan.gap) <= float(least) + 0.01
        if plan.is_proved:
            assert float(cost) <= float(least) * 1.0002 + 0.01


@settings(max_examples=60, deadline=None)
@given(markets(products=3, offered=6))
def test_a_plan_improved_covers_no_less_and_the_program_knows_it_again(problem):
    program = Program(problem)
    assume(program.grains)
    simple = greedy(problem)
    units = improve(problem, program.covers, simple.units)
    # The simple plan leaves out an order under its minimum; the improved one may fill it up.
    assert set(lacks(problem, units)) <= set(lacks(problem, simple.units))
    assert units == improve(problem, program.covers, simple.units)
    values = [0.0] * len(program.rows.costs)
    for column, value in program.start(units).items():
        values[column] = value
    assert program.units(values) == units


def test_a_product_with_too_many_ways_is_left_to_other_rows():
    offers = tuple(
        Offer(n, 1, 1, Fraction(101 + n), Fraction(100 + 7 * n), keeps=None) for n in range(5)
    )
    problem = Problem(offers, (Terms(1, DAYS),), (NeedAt(1, DAYS[2], Fraction(5000)),))
    assert covers(problem, choices(problem), problem.needs) is None
    plan = solve(problem, 1.0)
    assert not faults_of(problem, plan)
    assert costs_of(problem, plan).total <= costs_of(problem, greedy(problem)).total
