"""A canteen of eight people as its weeks are listed: always the same for a seed."""

import random
from itertools import product

from cantine_desktop.staff.choosing.model import Leg, Need, Pattern, Person, Problem

DUTIES = {
    "lunch": (570, 930, 6),
    "day": (540, 1020, 8),
    "welcome": (660, 900, 4),
    "cleaning": (840, 1080, 4),
    "dinner": (1020, 1380, 6),
}
"""First and last minute, and hours counted."""
AT_LUNCH = {"lunch", "day", "welcome"}
HOURS = (35, 35, 28, 24, 35, 35, 30, 20)
TRAINED = 3
"""How many of them, the first ones, are trained in hygiene."""
REST = 11 * 60


def may_follow(left, begun):
    return left is None or begun is None or begun + 24 * 60 - left >= REST


def canteen(weeks=1, people=8, patterns=150, seed=1):
    """Return a problem: Tuesday to Sunday at lunch, dinner on Thursday and Friday."""
    luck = random.Random(seed)
    needs, slots = [], {}
    for week, day in product(range(weeks), range(1, 7)):
        at = 7 * week + day
        _slot(
            needs,
            slots,
            (at, "lunch"),
            Need(f"midi {at}", 1, 4, 5, 7, missing=200, under=40, over=15, excess=50),
        )
        for kind in ("trained", "open"):
            _slot(needs, slots, (at, kind), Need(f"{kind} {at}", 1, is_required=True))
        if day in {3, 4}:
            evening = Need(f"soir {at}", 1, 2, 3, missing=200, under=40, over=15)
            _slot(needs, slots, (at, "dinner"), evening)
    crew = tuple(
        _person(luck, rank, HOURS[rank % 8], weeks, patterns, (needs, slots))
        for rank in range(people)
    )
    return Problem(crew, tuple(needs))


def _slot(needs, slots, key, need):
    slots[key] = len(needs)
    needs.append(need)


def _person(luck, rank, hours, weeks, most, known):
    needs, slots = known
    total = hours * weeks
    _slot(
        needs,
        slots,
        (rank, "hours"),
        Need(
            f"heures {rank}", low=total, high=total, maximum=44 * weeks, under=6, over=8, excess=500
        ),
    )
    _slot(needs, slots, (rank, "sundays"), Need(f"dimanches {rank}", high=weeks // 2, over=30))
    legs = tuple(_week(luck, rank, hours, 7 * week, (most, slots)) for week in range(weeks))
    return Person(f"P{rank}", legs, may_follow)


def _week(luck, rank, hours, monday, asked):
    most, slots = asked
    options = []
    for day in range(1, 7):
        more = ["dinner"] if day in {3, 4} else ["cleaning"] if day in {1, 6} else []
        options.append([None, "lunch", "day", "welcome", *more])
    wishes = {
        (monday + day, duty): luck.choice([-3, 0, 0, 0, 4, 9])
        for day in range(7)
        for duty in DUTIES
    }
    found = []
    for picked in product(*options):
        cells = tuple((monday + day, duty) for day, duty in enumerate(picked, 1) if duty)
        worked = sum(DUTIES[duty][2] for _day, duty in cells)
        if len(cells) <= 5 and abs(worked - hours) <= 4:
            cost = sum(wishes[cell] for cell in cells) + 2 * abs(worked - hours)
            found.append(_pattern(rank, cells, worked, cost, slots))
    luck.shuffle(found)
    return Leg(range(monday, monday + 7), tuple(found[:most]))


def _pattern(rank, cells, worked, cost, slots):
    covers = [(slots[rank, "hours"], worked)]
    for day, duty in cells:
        if duty == "dinner":
            covers.append((slots[day, "dinner"], 1))
        if duty in AT_LUNCH:
            covers.append((slots[day, "lunch"], 1))
        if duty in {"lunch", "day"}:
            covers.append((slots[day, "open"], 1))
        if rank < TRAINED and duty in AT_LUNCH:
            covers.append((slots[day, "trained"], 1))
    last = [duty for day, duty in cells if day % 7 == 6]
    first = [duty for day, duty in cells if day % 7 == 0]
    if last:
        covers.append((slots[rank, "sundays"], 1))
    begun = DUTIES[first[0]][0] if first else None
    left = DUTIES[last[0]][1] if last else None
    return Pattern(cells, cost, tuple(covers), begun, left)
