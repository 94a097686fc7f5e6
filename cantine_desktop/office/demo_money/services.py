"""What the services of the demonstration canteen bring in, month by month."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import cycle, islice

from cantine_desktop.finance.postings.facts import TakingsFacts
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.i18n import tr
from cantine_desktop.office.demo_meals.calendar import Served
from cantine_desktop.office.demo_money import year
from cantine_desktop.office.demo_money.year import MONTHS, Month
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

DISPLAYED = Money(1_250)

SMALL = {300: 2, 400: 4, 500: 18, 600: 8, 700: 10, 800: 18, 900: 4, 1000: 35, 1100: 1}
GENEROUS = {1300: 9, 1400: 6, 1500: 30, 1600: 6, 1800: 6, 2000: 24, 2500: 2}
"""Cents people put below and above the displayed price, and how often."""
SPONSORED = 8
LEAST, MOST = 200, 3_000
FEES = {200: 3, 300: 3, 500: 8, 1000: 1}
"""Cents newcomers give to join, and how often."""
ODD = 30
"""Cents that one generous person of January adds to a round amount."""

MEANS = {
    Means.CASH: 45,
    Means.CARD: 33,
    Means.HELLOASSO: 10,
    Means.CHEQUE: 8,
    Means.MEAL_VOUCHER: 4,
}
_FRIDAY, _SUNDAY = 5, 7


def services_of(month: Period, open_days: Sequence[date]) -> list[Served]:
    """Return the services of a month: lunches, then Friday evenings, then a Sunday brunch."""
    wanted = MONTHS[month.first.month].services
    lunches = [Served(day, tr("Déjeuner")) for day in open_days]
    more: list[Served] = []
    if open_days:
        brunch = next(day for day in month.days if day.isoweekday() == _SUNDAY)
        more.append(Served(brunch, tr("Brunch")))
    fridays = [day for day in open_days if day.isoweekday() == _FRIDAY]
    # One Friday out of two, then the others while services are wanted.
    more += [Served(day, tr("Soirée")) for day in (*fridays[::2], *fridays[1::2])]
    return sorted([*lunches, *more][:wanted])


def takings_of(month: Period, open_days: Sequence[date], today: date) -> list[TakingsFacts]:
    """Return the takings of a month, up to a day, alike for the same month."""
    told = MONTHS[month.first.month]
    services = services_of(month, open_days)
    if not services:
        return []
    dice = random.Random(month.first.toordinal())  # noqa: S311  -- a fictional year, no secret
    sizes = _sizes(told.meals, services, dice)
    given = contributions(month.first.month)
    dice.shuffle(given)
    cooks = _spread(told.cooks, sizes)
    newcomers = _spread(told.newcomers, sizes)
    sold = _spread_sales(month.first.month, len(services), dice)
    joined = _fees(month.first.month, dice)
    made: list[TakingsFacts] = []
    for rank, (served, size) in enumerate(zip(services, sizes, strict=True)):
        own, given = given[:size], given[size:]
        fees, joined = joined[: newcomers[rank]], joined[newcomers[rank] :]
        counts = cooks[rank], newcomers[rank]
        made.append(_takings(served, own, (fees, sold[rank]), counts, dice))
    if month.end > today:
        _sponsor(made)
    return [facts for facts in made if facts.day <= today]


def _sponsor(made: list[TakingsFacts]) -> None:
    """Have an association pay for some elders, the quietest day of a month that is not over."""
    quiet = min(range(len(made)), key=lambda rank: made[rank].meals)
    made[quiet] = replace(made[quiet], offered=SPONSORED)


def contributions(month: int) -> list[int]:
    """Return the cents of each contribution of a month of the calendar, in no order.

    Twelve months make the year the product tells: so many above, at and below the displayed
    price, so much surplus and gap, a median of ten euros.
    """
    told = MONTHS[month]
    dice = random.Random(month)  # noqa: S311  -- a fictional year, no secret
    surplus = _surplus(month)
    above = dice.choices(list(GENEROUS), weights=list(GENEROUS.values()), k=told.above)
    _reach(above, told.above * DISPLAYED.cents + surplus, (DISPLAYED.cents + 50, MOST), dice)
    small = told.meals - told.above - told.at - told.zero
    below = dice.choices(list(SMALL), weights=list(SMALL.values()), k=small)
    rest = _total(told) - sum(above) - told.at * DISPLAYED.cents
    _reach(below, rest, (LEAST, DISPLAYED.cents - 50), dice)
    if month == 1:
        above[0] += ODD
    return [*above, *[DISPLAYED.cents] * told.at, *below, *[0] * told.zero]


def _total(told: Month) -> int:
    """Return what a month brings in, in steps of 50 cents but for the odd ones of January."""
    return round(told.mean * told.meals / 50) * 50


def _surplus(month: int) -> int:
    halves = Money(year.SURPLUS // 50).split([each.above for each in MONTHS.values()])
    return halves[month - 1].cents * 50


def _reach(amounts: list[int], target: int, bounds: tuple[int, int], dice: random.Random) -> None:
    """Bring amounts to a sum by steps of a euro, then of 50 cents, within their bounds."""
    least, most = bounds
    while (gap := target - sum(amounts)) != 0:
        place = dice.randrange(len(amounts))
        step = 50 if abs(gap) < 100 else 100
        wanted = amounts[place] + (step if gap > 0 else -step)
        if least <= wanted <= most:
            amounts[place] = wanted


def _sizes(meals: int, services: list[Served], dice: random.Random) -> list[int]:
    sizes = [meals // len(services)] * len(services)
    for index in islice(cycle(range(len(services))), meals - sum(sizes)):
        sizes[index] += 1
    for _swap in range(len(services) * 3):
        one, other = dice.randrange(len(services)), dice.randrange(len(services))
        fuller = services[other].day.isoweekday() >= services[one].day.isoweekday()
        if fuller and sizes[one] > 15 and sizes[other] < 35:
            sizes[one] -= 1
            sizes[other] += 1
    return sizes


def _spread(total: int, sizes: list[int]) -> list[int]:
    return [share.cents for share in Money(total).split(sizes)]


def _spread_sales(month: int, services: int, dice: random.Random) -> list[int]:
    """Return the cents of jars sold at each service: none at half of them."""
    weights = [dice.choice((0, 0, 2, 3, 4)) for _service in range(services)]
    weights[-1] += not sum(weights)
    halves = Money(year.GOODS.of(month) // 50).split(weights)
    return [share.cents * 50 for share in halves]


def _fees(month: int, dice: random.Random) -> list[int]:
    """Return the cents each newcomer of a month gives to join."""
    told = MONTHS[month].newcomers
    fees = dice.choices(list(FEES), weights=list(FEES.values()), k=told)
    target = year.memberships(month)
    fees[0] += target % 50
    _reach(fees, target, (100, 3_000), dice)
    return fees


def _takings(
    served: Served,
    given: list[int],
    besides: tuple[list[int], int],
    counts: tuple[int, int],
    dice: random.Random,
) -> TakingsFacts:
    fees, sold = besides
    parts: Counter[tuple[Means, Purpose]] = Counter()
    for amount in given:
        parts[_means(dice), Purpose.MEALS] += amount
    for fee in fees:
        parts[_means(dice), Purpose.MEMBERSHIPS] += fee
    parts[dice.choice((Means.CARD, Means.CASH)), Purpose.GOODS] += sold
    cooks, newcomers = counts
    return TakingsFacts(
        served.day,
        served.name,
        {spot: Money(cents) for spot, cents in parts.items() if cents},
        meals=len(given),
        cooks=cooks,
        newcomers=newcomers,
        displayed_price=DISPLAYED,
        tally={Money(cents): n for cents, n in Counter(given).items()},
    )


def _means(dice: random.Random) -> Means:
    return dice.choices(list(MEANS), weights=list(MEANS.values()))[0]
