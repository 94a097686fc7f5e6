"""What cannot be had together is named, with what lifting one thing would save."""

from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from cantine_desktop.staff.choosing.choosing import choose
from cantine_desktop.staff.choosing.conflicts import conflicts, relaxations
from cantine_desktop.staff.choosing.locks import with_locks
from cantine_desktop.staff.choosing.model import Leg, Lock, Need, Pattern, Person, Problem
from tests.staff.choosing.canteen import canteen
from tests.staff.choosing.tiny import every_choice, tiny


def must(name):
    return Need(name, minimum=1, is_required=True)


def week(name, *patterns):
    return Person(name, (Leg(range(7), patterns),))


def test_two_needs_that_one_person_cannot_meet_together_are_named_and_others_are_not():
    lunch = Pattern(((1, "lunch"),), 1, ((0, 1),))
    dinner = Pattern(((1, "dinner"),), 1, ((1, 1),))
    closing = Pattern(((1, "dinner"),), 1, ((2, 1),))
    late = Pattern(((1, "dinner"),), 6, ((1, 1),), barred=("congé de B",))
    needs = (must("hygiène midi"), must("hygiène soir"), must("fermeture"))
    problem = Problem((week("A", lunch, dinner), week("B", closing), week("C", late)), needs)
    answer = choose(problem)
    (conflict,) = [c for c in conflicts(problem, answer) if c.needs]
    assert conflict.needs == ("hygiène midi", "hygiène soir")
    assert conflict.people == ("A",)
    assert conflict.bars == (("congé de B",),)
    best, *others = relaxations(problem, conflicts(problem, answer))
    assert (best.name, best.is_need, best.answer.broken) == ("congé de B", False, 0)
    assert best.answer.cost == 1 + 1 + 6
    assert {other.name for other in others} == {"hygiène midi", "hygiène soir"}


def test_a_person_whose_locks_leave_no_pattern_is_named_with_them():
    problem = with_locks(
        Problem((week("A", Pattern(((1, "lunch"),))),), ()), [Lock("A", 1, frozenset(), "congé")]
    )
    answer = choose(problem)
    (conflict,) = conflicts(problem, answer)
    assert (conflict.needs, conflict.people, conflict.bars) == ((), ("A",), (("congé",),))
    (relaxation,) = relaxations(problem, [conflict])
    assert relaxation.answer.misses == ()


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10**6))
def test_a_named_conflict_cannot_be_met_and_leaving_any_one_need_out_can(seed):
    problem = _harder(tiny(seed, 3, 1, 3))
    answer = choose(problem)
    found = conflicts(problem, answer)
    missed = {miss.name for miss in answer.misses if miss.leg is None}
    assert bool(missed) == any(conflict.needs for conflict in found)
    for conflict in found:
        if conflict.needs:
            assert not _can_be_met(problem, conflict.needs)
            assert all(
                _can_be_met(problem, kept)
                for kept in combinations(conflict.needs, len(conflict.needs) - 1)
            )


def _harder(problem):
    """Require one head wherever the needs of a tiny problem may ask for one."""
    needs = (
        replace(need, is_required=True) if need.minimum else replace(need, is_required=False)
        for need in problem.needs
    )
    return replace(problem, needs=tuple(needs))


def _can_be_met(problem, names):
    kept = [(rank, need) for rank, need in enumerate(problem.needs) if need.name in names]
    for chosen in every_choice(problem):
        if any(None in own for own in chosen.values()):
            continue
        counts = [0] * len(problem.needs)
        for own in chosen.values():
            for pattern in own:
                for rank, units in pattern.covers:
                    counts[rank] += units
        if all(need.beside(counts[rank]) == (0, 0) for rank, need in kept):
            return True
    return False


def test_a_week_without_trained_people_names_the_day_and_their_absences():
    problem = canteen(patterns=300)
    locks = [Lock(name, 2, frozenset(), f"absence de {name}") for name in ("P0", "P1", "P2")]
    locked = with_locks(problem, locks)
    answer = choose(locked)
    assert [miss.name for miss in answer.misses] == ["trained 2"]
    (conflict,) = conflicts(locked, answer)
    assert conflict.needs == ("trained 2",)
    assert {names[0] for names in conflict.bars} == {lock.name for lock in locks}
    best = relaxations(locked, [conflict])[0]
    assert best.answer.misses == ()
    assert best.answer.cost <= min(r.answer.cost for r in relaxations(locked, [conflict]))


def test_a_roster_that_breaks_nothing_has_no_conflict():
    problem = canteen(patterns=100)
    assert conflicts(problem, choose(problem)) == ()
