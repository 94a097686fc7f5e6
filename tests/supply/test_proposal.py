"""What to order where and when: it holds, it costs what it says, nothing found is cheaper."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from cantine_desktop.supply.proposal.costing import Fault, costs_of, faults_of
from cantine_desktop.supply.proposal.greedy import greedy
from cantine_desktop.supply.proposal.model import NeedAt, Offer, Plan, Problem, Terms
from cantine_desktop.supply.proposal.solving import solve

TUESDAY = date(2026, 11, 24)
DAYS = tuple(TUESDAY + timedelta(days=ahead) for ahead in range(4))


def offer(key, supplier, product, content, cents, **more):
    return Offer(key, supplier, product, Fraction(content), Fraction(cents), **more)


def terms(key, *days, **more):
    return Terms(key, days or DAYS, **{name: Fraction(value) for name, value in more.items()})


def need(product, quantity, ahead=1):
    return NeedAt(product, DAYS[ahead], Fraction(quantity))


def test_the_cheapest_box_that_is_enough_is_taken_and_proved():
    problem = Problem(
        (offer(1, 1, 1, 5000, 900), offer(2, 1, 1, 10000, 1500)), (terms(1),), (need(1, 8000),)
    )
    plan = solve(problem)
    assert list(plan.units.values()) == [1]
    assert costs_of(problem, plan).goods == 1500
    assert plan.is_proved


def test_a_dry_product_of_later_is_bought_now_to_reach_free_delivery():
    problem = Problem(
        (offer(1, 1, 1, 1000, 600), offer(2, 1, 2, 1000, 500), offer(3, 2, 2, 1000, 450)),
        (terms(1, DAYS[0], free_from=1000, fee=300), terms(2, DAYS[2])),
        (need(1, 1000, 1), need(2, 1000, 3)),
    )
    plan = solve(problem)
    assert {problem.offers[rank].key for rank, _day in plan.units} == {1, 2}
    assert costs_of(problem, plan).fees == 0


def test_fresh_fish_does_not_come_on_tuesday_for_friday():
    problem = Problem((offer(1, 1, 1, 3000, 4500, keeps=1),), (terms(1),), (need(1, 3000, 3),))
    (choice,) = solve(problem).units
    assert (DAYS[3] - choice[1]).days <= 1


def test_what_nobody_can_bring_in_time_is_told_and_the_rest_is_covered():
    problem = Problem(
        (offer(1, 1, 1, 1000, 100), offer(2, 2, 2, 1000, 100)),
        (terms(1, DAYS[3]), terms(2)),
        (need(1, 500, 0), need(2, 500, 1)),
    )
    plan = solve(problem)
    assert [each.product for each in faults_of(problem, plan)] == [1]
    assert costs_of(problem, plan).goods == 100


def test_nothing_is_asked_for_when_nothing_is_needed():
    assert solve(Problem((offer(1, 1, 1, 1000, 100),), (terms(1),), ())).units == {}


FRACTIONS = st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(1, 3)])


@st.composite
def problems(draw):
    products = range(1, draw(st.integers(1, 4)) + 1)
    suppliers = range(1, draw(st.integers(1, 3)) + 1)
    offers = tuple(
        Offer(
            key=rank,
            supplier=draw(st.sampled_from(suppliers)),
            product=draw(st.sampled_from(products)),
            content=Fraction(draw(st.integers(1, 20)) * 500),
            cents=Fraction(draw(st.integers(50, 5000))),
            grain=draw(FRACTIONS),
            keeps=draw(st.sampled_from([None, 0, 1, 3])),
            is_preferred=draw(st.booleans()),
        )
        for rank in range(draw(st.integers(1, 8)))
    )
    asked = tuple(
        Terms(
            key=key,
            days=tuple(sorted(draw(st.sets(st.sampled_from(DAYS), min_size=1)))),
            minimum=Fraction(draw(st.sampled_from([0, 2000]))),
            free_from=draw(st.sampled_from([None, Fraction(4000)])),
            fee=Fraction(draw(st.sampled_from([0, 700]))),
        )
        for key in suppliers
    )
    needs = tuple(
        NeedAt(product, day, Fraction(draw(st.integers(1, 8000))))
        for product in products
        for day in sorted(draw(st.sets(st.sampled_from(DAYS), max_size=3)))
    )
    return Problem(offers, asked, needs, preferred=Fraction(draw(st.sampled_from([0, 1])), 2))


@settings(max_examples=60, deadline=None)
@given(problems())
def test_a_plan_splits_boxes_as_allowed_and_is_never_worse_than_the_simple_one(problem):
    plan, simple = solve(problem, 1.0), greedy(problem)
    faults, worse = faults_of(problem, plan), faults_of(problem, simple)
    assert Fault.SPLIT not in {each.fault for each in faults}
    assert len(faults) <= len(worse)
    if len(faults) == len(worse):
        assert costs_of(problem, plan).total <= costs_of(problem, simple).total


@settings(max_examples=60, deadline=None)
@given(problems())
def test_the_same_problem_has_the_same_simple_plan(problem):
    assert greedy(problem) == greedy(problem)


def test_an_empty_plan_costs_nothing_and_lacks_everything():
    problem = Problem((offer(1, 1, 1, 1000, 100),), (terms(1),), (need(1, 500),))
    assert costs_of(problem, Plan()).total == 0
    assert [each.fault for each in faults_of(problem, Plan())] == [Fault.LACKS]
