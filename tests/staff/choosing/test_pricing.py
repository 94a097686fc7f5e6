"""Patterns that are found one by one, beside the same ones when they were all listed."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from cantine_desktop.staff.choosing.choosing import choose
from cantine_desktop.staff.choosing.model import Effort, Leg, Need, Pattern, Person, Problem
from cantine_desktop.staff.choosing.pricing import Priced
from tests.benchmarks.curtois_instance import faults, points, read
from tests.benchmarks.curtois_pricing import problem_of
from tests.staff.choosing.canteen import canteen
from tests.staff.choosing.tiny import best_of, tiny

WEEKS = """
SECTION_HORIZON
14
SECTION_SHIFTS
E,480,
L,480,E
SECTION_STAFF
A,E=14|L=2,3840,2880,4,2,2,1
B,E=14|L=14,3840,2880,4,2,2,1
C,E=14|L=0,3840,2400,5,1,2,1
SECTION_DAYS_OFF
A,3
B,12
SECTION_SHIFT_ON_REQUESTS
A,0,E,3
B,1,L,2
SECTION_SHIFT_OFF_REQUESTS
C,4,E,4
SECTION_COVER
"""
COVER = "".join(f"{day},{shift},1,100,1\n" for day in range(14) for shift in "EL")


class Hidden:
    """A pricing over a list that the core does not see."""

    def __init__(self, problem):
        self.patterns = {p.name: p.legs[0].patterns for p in problem.people}
        self.asked = 0

    @property
    def dearest(self):
        return max(abs(p.cost) for own in self.patterns.values() for p in own)

    @staticmethod
    def reduced(pattern, prices):
        return pattern.cost - sum(prices[rank] * units for rank, units in pattern.covers)

    def best(self, people, prices):
        self.asked += 1
        return [self._best(name, prices) for name in people]

    def _best(self, name, prices):
        own = sorted(self.patterns[name], key=lambda pattern: self.reduced(pattern, prices))
        return Priced(self.reduced(own[0], prices), tuple(own[:2]))

    def within(self, person, prices, limit, most):
        found = [p for p in self.patterns[person] if self.reduced(p, prices) <= limit]
        return found if len(found) <= most else None


def hide(problem):
    people = tuple(
        Person(person.name, (replace(person.legs[0], patterns=()),)) for person in problem.people
    )
    return replace(problem, people=people), Hidden(problem)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10**6))
def test_patterns_found_by_prices_give_the_best_roster_there_is(seed):
    problem = tiny(seed, 3, 1, 5)
    hidden, pricing = hide(problem)
    answer = choose(hidden, Effort(), pricing)
    assert (answer.broken, answer.cost) == best_of(problem)
    assert answer.bound == answer.cost


def test_a_week_is_as_good_when_its_patterns_are_hidden_and_few_of_them_are_looked_at():
    problem = canteen(patterns=600)
    hidden, pricing = hide(problem)
    found = choose(hidden, Effort(30), pricing)
    assert found.cost == found.bound == choose(problem).cost
    assert pricing.asked > 1


def test_a_pricing_that_is_cancelled_at_once_leaves_an_empty_roster_not_an_error():
    hidden, pricing = hide(canteen(patterns=100))
    answer = choose(hidden, Effort(is_cancelled=lambda: True), pricing)
    assert answer.chosen == {f"P{rank}": (None,) for rank in range(8)}
    assert answer.bound <= answer.cost


def test_a_public_instance_keeps_its_own_rules_and_its_own_count_of_points():
    instance = read(WEEKS + COVER)
    answer = choose(*_with_effort(problem_of(instance)))
    roster = {name: dict(own[0].cells) for name, own in answer.chosen.items()}
    assert faults(instance, roster) == []
    assert points(instance, roster) == answer.cost == answer.bound


def _with_effort(found):
    problem, pricing = found
    return problem, Effort(30), pricing


def test_the_checker_of_public_instances_sees_each_rule_broken():
    instance = read(WEEKS + COVER)
    week = {0: "E", 1: "E", 2: "E", 7: "E", 8: "E", 9: "E"}
    assert faults(instance, {"A": week, "B": week, "C": week}) == []
    for more, word in (
        ({3: "E"}, "day 3 is off"),
        ({7: "L", 8: "E"}, "E after L"),
        ({7: "L", 8: "L", 9: "L"}, "more than 2 L"),
        ({10: "E", 11: "E"}, "5 shifts in a row"),
        ({4: "E"}, "1 in a row from day 4"),
        ({5: "E", 6: "E", 12: "E"}, "2 weekends"),
        ({10: "E", 5: "E", 6: "E"}, "4320 minutes"),
    ):
        found = faults(instance, {"A": week | more, "B": week, "C": week})
        assert any(word in fault for fault in found), (word, found)


def test_one_person_priced_without_needs_takes_the_cheapest_pattern():
    problem = Problem(
        (Person("A", (Leg(range(7), (Pattern((), 4), Pattern(((0, "x"),), 3))),)),),
        (Need("rien"),),
    )
    hidden, pricing = hide(problem)
    assert choose(hidden, Effort(), pricing).cost == 3
