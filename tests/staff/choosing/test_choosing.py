"""The best roster of tiny problems, beside every roster there is."""

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cantine_desktop.staff.choosing.choosing import choose
from cantine_desktop.staff.choosing.judging import broken_legs, counts_of
from cantine_desktop.staff.choosing.model import (
    Effort,
    Ending,
    Leg,
    Need,
    Pattern,
    Person,
    Problem,
    Quality,
)
from tests.staff.choosing.canteen import canteen
from tests.staff.choosing.tiny import best_of, broken, tiny


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10**6), st.sampled_from([(3, 1, 4), (2, 2, 4), (1, 3, 5)]))
def test_no_roster_is_better_than_the_one_that_is_said_to_be_optimal(seed, size):
    problem = tiny(seed, *size)
    answer = choose(problem)
    assert answer.quality is Quality.OPTIMAL
    assert (answer.broken, answer.cost) == best_of(problem)
    assert answer.broken == broken(problem, answer.chosen)
    assert answer.counts == counts_of(problem, answer.chosen)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10**6), st.sampled_from([0.0, 0.002, 0.02]))
def test_the_bound_is_never_above_the_best_roster_however_short_the_search(seed, seconds):
    problem = tiny(seed, 2, 2, 4)
    answer = choose(problem, Effort(seconds))
    units, points = best_of(problem)
    assert answer.bound <= answer.cost
    assert (units, points) <= (answer.broken, answer.cost)
    if answer.broken == units:
        assert answer.bound <= points
    assert not answer.is_broken_least or answer.broken == units


def test_the_same_problem_gives_the_same_roster():
    first, second = (choose(canteen(weeks=2, patterns=120)) for _ in range(2))
    assert first == second


def test_a_month_of_eight_people_is_proved_and_every_week_follows_the_one_before():
    problem = canteen(weeks=4, patterns=1200)
    answer = choose(problem, Effort(60))
    assert answer.quality is Quality.OPTIMAL
    assert not answer.misses
    assert not any(broken_legs(p, answer.chosen[p.name]) for p in problem.people)


def test_a_week_of_every_pattern_is_proved_though_a_mix_of_weeks_would_have_the_hours_right():
    answer = choose(canteen(patterns=1200), Effort(60))
    assert answer.quality is Quality.OPTIMAL
    weeks = (
        Pattern(((0, "a"),), 0, ((0, 30), (1, 1))),
        Pattern(((0, "b"),), 0, ((0, 40), (1, 1))),
    )
    hours, shared = Need("heures", low=35, high=35, under=2, over=3), Need("midi", 1, missing=9)
    people = (Person("A", (Leg(range(7), weeks),)), Person("B", (Leg(range(7), ()),)))
    answer = choose(Problem(people, (hours, shared)))
    assert answer.cost == answer.bound == 10


def test_late_on_sunday_is_not_followed_by_early_on_monday_though_it_would_be_cheaper():
    late, off = Pattern(((6, "late"),), 0, exit=23), Pattern((), 5, exit=0)
    early, noon = Pattern(((7, "early"),), 0, entry=8), Pattern(((7, "noon"),), 3, entry=12)
    legs = (Leg(range(7), (late, off)), Leg(range(7, 14), (early, noon)))
    person = Person("A", legs, lambda left, begun: begun + 24 - left >= 11)
    answer = choose(Problem((person,), ()))
    assert answer.chosen["A"] == (late, noon)
    assert answer.cost == answer.bound == 3


def test_a_month_evens_out_hours_that_no_week_has_right():
    weeks = tuple(
        Leg(
            range(7 * n, 7 * n + 7),
            tuple(Pattern(((7 * n, str(h)),), 0, ((0, h),)) for h in (30, 40)),
        )
        for n in range(4)
    )
    hours = Need("heures", low=140, high=140, under=2, over=3)
    answer = choose(Problem((Person("A", weeks),), (hours,)))
    assert answer.counts == (140,)
    assert answer.cost == 0


def test_people_without_any_pattern_and_needs_nobody_meets_are_shown_not_refused():
    need = Need("hygiène mardi", minimum=2, is_required=True)
    able = Pattern(((1, "lunch"),), 4, ((0, 1),))
    people = (
        Person("A", (Leg(range(7), (able,)),)),
        Person("B", (Leg(range(7), ()),)),
        Person("C", (Leg(range(7), (replace(able, barred=("congé",)),)),)),
    )
    answer = choose(Problem(people, (need,)))
    assert answer.chosen == {"A": (able,), "B": (None,), "C": (None,)}
    assert [(m.name, m.short, m.leg) for m in answer.misses] == [
        ("hygiène mardi", 1, None),
        ("B", 0, 0),
        ("C", 0, 0),
    ]
    assert (answer.cost, answer.bound, answer.is_broken_least) == (4, 4, True)


def test_nobody_and_nothing_needed_is_an_empty_roster():
    answer = choose(Problem((), ()))
    assert (answer.cost, answer.bound, answer.chosen) == (0, 0, {})


def test_a_need_that_must_be_met_comes_before_any_wish():
    wish = Pattern((), -900)
    work = Pattern(((0, "lunch"),), 900, ((0, 1),))
    needs = (Need("ouverture", minimum=1, is_required=True),)
    problem = Problem((Person("A", (Leg(range(7), (wish, work)),)),), needs)
    assert choose(problem).chosen["A"] == (work,)


def test_bounds_out_of_order_are_refused():
    with pytest.raises(ValueError, match="midi"):
        Need("midi", minimum=3, maximum=2)
    with pytest.raises(ValueError, match="midi"):
        Need("midi", low=3, under=-1)


def test_cancelling_gives_the_best_roster_so_far():
    problem = canteen(weeks=4, patterns=300)
    asked, told = [], []

    def is_cancelled():
        asked.append(True)
        return len(asked) > 3

    answer = choose(problem, Effort(60, is_cancelled=is_cancelled, tell=told.append))
    assert answer.ending is Ending.CANCELLED
    assert all(None not in own for own in answer.chosen.values())
    assert answer.quality is Quality.BOUNDED
    assert told


def test_cancelling_is_heard_while_whole_patterns_are_searched():
    bests, until = [], []

    def tell(progress):
        bests.append(progress)
        until[:] = until or [time.monotonic() + 1.0]

    def is_cancelled():
        return bool(until) and time.monotonic() > until[0]

    answer = choose(canteen(weeks=12, patterns=60), Effort(90, 0, is_cancelled, tell))
    assert answer.ending is Ending.CANCELLED
    assert answer.bound <= answer.cost == min(p.best for p in bests if p.best is not None)


def test_progress_only_ever_gets_better():
    told = []
    answer = choose(canteen(weeks=2, patterns=120), Effort(tell=told.append))
    bests = [progress.best for progress in told if progress.best is not None]
    assert bests == sorted(bests, reverse=True)
    assert [p.bound for p in told] == sorted(p.bound for p in told)
    assert told[-1].best == told[-1].bound == answer.cost


def test_enough_ends_the_search_before_the_proof():
    problem = canteen(weeks=4, patterns=150)
    answer = choose(problem, Effort(enough=0.5))
    assert answer.ending is Ending.DONE
    assert answer.cost - answer.bound <= 0.5 * abs(answer.cost)
