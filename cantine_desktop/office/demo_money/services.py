"""What the services of the demonstration canteen bring in, month by month."""

import random
from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import cycle, islice
from typing import NamedTuple

from cantine_desktop.finance.postings.facts import TakingsFacts
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.i18n import tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

DISPLAYED = Money(1_250)


class Month(NamedTuple):
    """A month of the year told in ``product/demo-canteen.md``.

    Attributes:
        mean: Mean contribution, in cents.
    """

    services: int
    meals: int
    mean: int


MONTHS = {
    1: Month(18, 424, 953),
    2: Month(19, 486, 985),
    3: Month(19, 543, 972),
    4: Month(16, 408, 1002),
    5: Month(19, 484, 966),
    6: Month(19, 557, 948),
    7: Month(22, 506, 981),
    8: Month(5, 100, 988),
    9: Month(20, 580, 983),
    10: Month(23, 666, 996),
    11: Month(18, 539, 956),
    12: Month(14, 437, 979),
}

AMOUNTS = {0: 3, 500: 7, 600: 4, 700: 8, 800: 14, 900: 5, 1000: 31, 1100: 2}
GENEROUS = {1250: 8, 1300: 4, 1400: 3, 1500: 9, 2000: 2}
"""Cents people put, and how often: some 28 of a hundred put the displayed price or more."""

MEANS = {
    Means.CASH: 45,
    Means.CARD: 33,
    Means.HELLOASSO: 10,
    Means.CHEQUE: 8,
    Means.MEAL_VOUCHER: 4,
}
HIGHEST = 2_000
_FRIDAY, _SUNDAY = 5, 7


class Served(NamedTuple):
    """A service that takes place."""

    day: date
    name: str


def services_of(month: Period, open_days: Sequence[date]) -> list[Served]:
    """Return the services of a month: lunches, then Friday evenings, then a Sunday brunch."""
    wanted = MONTHS[month.first.month].services
    lunches = [Served(day, tr("Déjeuner")) for day in open_days]
    more = [Served(day, tr("Soirée")) for day in open_days if day.isoweekday() == _FRIDAY]
    if open_days:
        brunch = next(day for day in month.days if day.isoweekday() == _SUNDAY)
        more.append(Served(brunch, tr("Brunch")))
    return sorted([*lunches, *more][:wanted])


def takings_of(month: Period, open_days: Sequence[date], today: date) -> list[TakingsFacts]:
    """Return the takings of a month, up to a day, alike for the same month."""
    told = MONTHS[month.first.month]
    services = services_of(month, open_days)
    if not services:
        return []
    dice = random.Random(month.first.toordinal())  # noqa: S311  -- a fictional year, no secret
    sizes = _sizes(told.meals, len(services), dice)
    given = _contributions(told, sum(sizes), dice)
    made: list[TakingsFacts] = []
    for served, size in zip(services, sizes, strict=True):
        own, given = given[:size], given[size:]
        made.append(_takings(served, own, dice))
    return [facts for facts in made if facts.day <= today]


def _sizes(meals: int, services: int, dice: random.Random) -> list[int]:
    sizes = [meals // services] * services
    for index in islice(cycle(range(services)), meals - sum(sizes)):
        sizes[index] += 1
    for _swap in range(services * 3):
        one, other = dice.randrange(services), dice.randrange(services)
        if sizes[one] > 15 and sizes[other] < 35:
            sizes[one] -= 1
            sizes[other] += 1
    return sizes


def _contributions(told: Month, meals: int, dice: random.Random) -> list[int]:
    choices = AMOUNTS | GENEROUS
    given = dice.choices(list(choices), weights=list(choices.values()), k=meals)
    target = round(told.mean * meals / 50) * 50
    while (gap := target - sum(given)) != 0:
        place = dice.randrange(meals)
        step = 50 if abs(gap) < 100 else 100
        wanted = given[place] + (step if gap > 0 else -step)
        if 400 <= wanted <= HIGHEST:
            given[place] = wanted
    return given


def _takings(served: Served, given: list[int], dice: random.Random) -> TakingsFacts:
    parts: Counter[tuple[Means, Purpose]] = Counter()
    for amount in given:
        parts[_means(dice), Purpose.MEALS] += amount
    newcomers = dice.choice((2, 3, 3, 4, 4, 5))
    for _person in range(newcomers):
        parts[_means(dice), Purpose.MEMBERSHIPS] += dice.choice((200, 500, 500, 500, 1000))
    if dice.random() < 0.55:
        parts[Means.CARD, Purpose.GOODS] += dice.choice((1200, 2400, 3200, 4100))
    if dice.random() < 0.3:
        parts[Means.CASH, Purpose.GOODS] += dice.choice((600, 800, 1500))
    return TakingsFacts(
        served.day,
        served.name,
        {spot: Money(cents) for spot, cents in parts.items() if cents},
        meals=len(given),
        offered=dice.choice((0, 0, 1, 1, 2)),
        cooks=round(len(given) * 0.316),
        newcomers=newcomers,
        displayed_price=DISPLAYED,
        tally={Money(cents): n for cents, n in Counter(given).items()},
    )


def _means(dice: random.Random) -> Means:
    return dice.choices(list(MEANS), weights=list(MEANS.values()))[0]
