"""Tiny rosters made by chance, and every choice of them tried."""

import random
from itertools import pairwise, product

from cantine_desktop.staff.choosing.judging import cost_of, misses_of
from cantine_desktop.staff.choosing.model import Leg, Need, Pattern, Person, Problem

DUTIES = ("lunch", "dinner")
DAYS = 3
"""Days of a leg."""


def may_follow(exit_, entry):
    return exit_ + entry <= 2


def tiny(seed, people=3, weeks=2, patterns=4):
    """Return a problem made by chance: always the same for a seed."""
    luck = random.Random(seed)
    cells = [(day, duty) for day in range(weeks * DAYS) for duty in DUTIES]
    slots = {cell: rank for rank, cell in enumerate(cells)}
    needs = [_need(luck, f"{duty} {day}") for day, duty in cells]
    crew = []
    for name in "ABCDE"[:people]:
        counter = len(needs)
        needs.append(Need(f"days of {name}", low=2, high=4, maximum=5, under=3, over=4, excess=7))
        legs = []
        for week in range(weeks):
            days = range(week * DAYS, (week + 1) * DAYS)
            legs.append(
                Leg(days, tuple(_pattern(luck, days, slots, counter) for _ in range(patterns)))
            )
        crew.append(Person(name, tuple(legs), may_follow))
    return Problem(tuple(crew), tuple(needs))


def _need(luck, name):
    minimum, low = luck.randint(0, 1), luck.randint(0, 2)
    high = max(minimum, low) + luck.randint(0, 1)
    weights = {key: luck.randint(0, 9) for key in ("missing", "under", "over", "excess")}
    is_required = luck.random() < 0.4
    return Need(name, minimum, low, high, high + 1, is_required=is_required, **weights)


def _pattern(luck, days, slots, counter):
    worked = sorted(luck.sample(list(days), luck.randint(0, len(days))))
    cells = tuple((day, luck.choice(DUTIES)) for day in worked)
    covers = [(slots[cell], 1) for cell in cells]
    if cells:
        covers.append((counter, len(cells)))
    return Pattern(
        cells, luck.randint(-5, 9), tuple(covers), luck.randint(0, 2), luck.randint(0, 2)
    )


def every_choice(problem):
    """Return each choice whose weeks follow one another; a leg may stay without pattern."""
    spots = [(person.name, leg) for person in problem.people for leg in person.legs]
    options = [[None, *(p for p in leg.patterns if not p.barred)] for _name, leg in spots]
    for picked in product(*options):
        chosen = {person.name: [] for person in problem.people}
        for (name, _leg), pattern in zip(spots, picked, strict=True):
            chosen[name].append(pattern)
        if all(follows(chosen[person.name]) for person in problem.people):
            yield chosen


def follows(own):
    pairs = pairwise(own)
    return all(a is None or b is None or may_follow(a.exit, b.entry) for a, b in pairs)


def broken(problem, chosen):
    return sum(max(1, miss.short + miss.over) for miss in misses_of(problem, chosen))


def best_of(problem):
    """Return the units broken and the points of the best choice, by trying every one."""
    return min((broken(problem, c), cost_of(problem, c)) for c in every_choice(problem))
