"""What is decided stays so, and what forbids a cell is named."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cantine_desktop.staff.choosing.choosing import choose
from cantine_desktop.staff.choosing.locks import lifted, with_locks
from cantine_desktop.staff.choosing.model import Effort, Leg, Lock, Pattern, Person, Problem
from cantine_desktop.staff.choosing.why_not import why_not
from tests.staff.choosing.canteen import canteen
from tests.staff.choosing.tiny import best_of, broken, every_choice, tiny

SEEDS = st.integers(0, 10**6)


@settings(deadline=None, max_examples=40)
@given(SEEDS, st.integers(0, 2), st.sampled_from(["", "lunch", "dinner"]))
def test_locked_days_are_kept_or_the_lock_that_cannot_be_is_named(seed, day, duty):
    lock = Lock("A", day, frozenset({duty} - {""}), "verrou")
    problem = with_locks(tiny(seed, 3, 1, 4), [lock])
    answer = choose(problem)
    assert (answer.broken, answer.cost) == best_of(problem)
    (pattern,) = answer.chosen["A"]
    if pattern is None:
        assert all(p.barred == ("verrou",) for p in problem.people[0].legs[0].patterns)
    else:
        assert pattern.on(day) == lock.duties


def test_a_lifted_lock_leaves_the_problem_as_it_was():
    problem = tiny(5)
    locks = [Lock("A", 1, frozenset(), "congé"), Lock("B", 4, frozenset({"lunch"}), "fixé")]
    locked = with_locks(problem, locks)
    assert locked != problem
    assert lifted(locked, ["congé", "fixé"]) == problem


def test_a_lock_on_nobody_or_outside_the_period_is_refused():
    with pytest.raises(ValueError, match="nobody is called Z"):
        with_locks(tiny(1), [Lock("Z", 1, frozenset())])
    with pytest.raises(ValueError, match="no leg of A holds day 99"):
        with_locks(tiny(1), [Lock("A", 99, frozenset())])


@settings(deadline=None, max_examples=40)
@given(SEEDS, st.integers(0, 2), st.sampled_from(["lunch", "dinner"]))
def test_why_not_says_what_the_best_roster_with_the_cell_costs_more(seed, day, duty):
    problem = tiny(seed, 3, 1, 4)
    answer = choose(problem)
    told = why_not(problem, answer, "B", (day, duty), Effort())
    holding = [
        (broken(problem, chosen), chosen)
        for chosen in every_choice(problem)
        if chosen["B"][0] is not None and (day, duty) in chosen["B"][0].cells
    ]
    if told.answer is None:
        assert not holding
        return
    least = min(units for units, _chosen in holding)
    assert told.answer.broken == least
    assert told.extra == told.answer.cost - answer.cost
    if least == answer.broken:
        assert told.extra == told.extra_at_least >= 0
        assert not told.misses or {m.name for m in told.misses}


def test_why_not_names_the_fewest_restrictions_that_forbid_a_cell():
    cells = ((2, "dinner"),)
    patterns = (
        Pattern((), 0),
        Pattern(cells, 0, barred=("L3131-1",)),
        Pattern((*cells, (3, "lunch")), 0, barred=("L3131-1", "L3121-18")),
        Pattern(cells, 9, barred=("congé", "ECLAT 5.3")),
    )
    problem = Problem((Person("A", (Leg(range(7), patterns),)),), ())
    told = why_not(problem, choose(problem), "A", (2, "dinner"))
    assert told.answer is None
    assert told.bars == (("L3131-1",), ("ECLAT 5.3", "congé"))
    unknown = why_not(problem, choose(problem), "A", (2, "ménage"))
    assert (unknown.answer, unknown.bars) == (None, ())


def test_why_not_answers_soon_on_a_month_and_says_how_sure_it_is():
    problem = canteen(weeks=4, patterns=300)
    answer = choose(problem, Effort(enough=0.1))
    told = why_not(problem, answer, "P3", (1, "day"))
    assert told.answer is not None
    assert (1, "day") in told.answer.chosen["P3"][0].cells
    assert told.extra_at_least <= told.extra


def test_a_barred_pattern_is_never_chosen_however_cheap():
    dear, cheap = Pattern((), 5), Pattern(((0, "lunch"),), -99, barred=("interdit",))
    problem = Problem((Person("A", (Leg(range(7), (dear, cheap)),)),), ())
    assert choose(problem).chosen["A"] == (dear,)
    freed = lifted(problem, ["interdit"])
    assert choose(freed).chosen["A"] == (replace(cheap, barred=()),)
