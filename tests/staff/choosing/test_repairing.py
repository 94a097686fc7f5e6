"""A published roster is mended with the fewest changes."""

from hypothesis import given, settings
from hypothesis import strategies as st

from cantine_desktop.staff.choosing.choosing import choose
from cantine_desktop.staff.choosing.judging import cost_of
from cantine_desktop.staff.choosing.locks import with_locks
from cantine_desktop.staff.choosing.model import Effort, Lock, Pattern, Quality
from cantine_desktop.staff.choosing.repairing import (
    changes_of,
    differing,
    published_of,
    repair,
    repairs,
)
from tests.staff.choosing.canteen import canteen
from tests.staff.choosing.tiny import broken, every_choice, tiny

DEAR = 10_000
"""Points of a change that nothing else outweighs."""


def dear(_person, _day):
    return DEAR


def free(_person, _day):
    return 0


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6), st.integers(0, 2))
def test_a_repair_changes_the_fewest_days_there_is_a_roster_for(seed, day):
    before = choose(tiny(seed, 3, 1, 4))
    problem = tiny(seed, 3, 1, 4)
    published = published_of(problem, before.chosen)
    absent = with_locks(problem, [Lock("A", day, frozenset(), "absence")])
    mended = repair(absent, published, dear)
    fewest = min(
        (broken(absent, chosen), len(changes_of(absent, published, chosen)))
        for chosen in every_choice(absent)
    )
    assert (mended.answer.broken, len(mended.changes)) == fewest


def test_nothing_absent_changes_nothing():
    problem = canteen(patterns=150)
    published = published_of(problem, choose(problem).chosen)
    mended = repair(problem, published, dear)
    assert mended.changes == ()
    assert mended.answer.quality is Quality.OPTIMAL


def test_days_that_cost_more_to_change_are_left_when_others_do_as_well():
    problem = canteen(patterns=300)
    before = choose(problem)
    published = published_of(problem, before.chosen)
    day = min(published["P0"])
    absent = with_locks(problem, [Lock("P0", day, frozenset(), "absence")])
    someone = next(c.person for c in repair(absent, published, dear).changes if c.person != "P0")

    def spare(person, _day):
        return DEAR if person == someone else 100

    assert someone not in repair(absent, published, spare).people


def test_proposals_differ_and_the_one_with_fewest_changes_comes_first():
    problem = canteen(patterns=300)
    published = published_of(problem, choose(problem).chosen)
    gone = [Lock("P1", day, frozenset(), "maladie") for day in range(7)]
    absent = with_locks(problem, gone)
    assert choose(absent).chosen["P1"] == (None,), "no listed week is wholly off"
    off = Lock("P1", min(published["P1"]), frozenset(), "maladie")
    absent = with_locks(problem, [off])
    found = repairs(absent, published, [free, lambda _p, _d: 5, dear], Effort(5))
    counts = [len(each.changes) for each in found]
    assert counts == sorted(counts)
    assert len({each.changes for each in found}) == len(found) >= 2
    assert found[0].cost >= found[-1].cost
    for each in found:
        assert each.cost == cost_of(absent, each.answer.chosen) - sum(
            pattern.cost - _plain(absent, name, pattern)
            for name, own in each.answer.chosen.items()
            for pattern in own
        )


def _plain(problem, name, chosen):
    person = next(person for person in problem.people if person.name == name)
    return next(p.cost for leg in person.legs for p in leg.patterns if p.cells == chosen.cells)


def test_a_day_differs_when_its_duties_do():
    pattern = Pattern(((1, "lunch"), (2, "dinner"), (2, "lunch")))
    known = {1: frozenset({"dinner"}), 2: frozenset({"dinner", "lunch"}), 3: frozenset({"lunch"})}
    assert differing(pattern, known) == [1, 3]
