"""The fictional year in figures, by month of the calendar: what any twelve months sum to.

Every figure belongs to a month of the calendar, so that twelve full months in a row always
make the same year, whichever the first one is.
"""

from typing import NamedTuple

from cantine_desktop.values.money import Money

MONTHS_OF_A_YEAR = 12
EVEN = (1,) * MONTHS_OF_A_YEAR


class Month(NamedTuple):
    """What the services of a month are.

    Attributes:
        mean: Mean contribution, in cents.
        above: Contributions above the displayed price; ``at``, at it; ``zero``, of nothing.
        newcomers: First visits; ``cooks``, diners who cooked.
    """

    services: int
    meals: int
    mean: int
    above: int
    at: int
    zero: int
    newcomers: int
    cooks: int


def _months() -> dict[int, Month]:
    meals = [told[1] for told in _TOLD]
    above, at, zero, new, cooks = (_shares(total, meals) for total in (1_114, 477, 166, 747, 1_811))
    rows = zip(_TOLD, above, at, zero, new, cooks, strict=True)
    return {m: Month(*told, *rest) for m, (told, *rest) in enumerate(rows, 1)}


def _shares(total: int, weights: list[int]) -> list[int]:
    return [share.cents for share in Money(total).split(weights)]


_TOLD = (
    (18, 424, 953),
    (19, 486, 985),
    (19, 543, 972),
    (16, 408, 1002),
    (19, 484, 966),
    (19, 557, 948),
    (22, 506, 981),
    (5, 100, 988),
    (20, 580, 983),
    (23, 666, 996),
    (18, 539, 956),
    (14, 437, 979),
)
"""Services, meals and mean contribution of each month, as the product tells them."""

MONTHS = _months()
"""The services of each month of the calendar."""

SURPLUS = 470_000
"""Cents given above the displayed price in a year."""
MEALS = [month.meals for month in MONTHS.values()]


class Yearly(NamedTuple):
    """An amount of a year, and how its months share it.

    Attributes:
        cents: The whole year.
        weights: Of each month, January first.
    """

    cents: int
    weights: tuple[int, ...] = EVEN

    def of(self, month: int) -> int:
        """Return the cents of a month of the calendar, 1 to 12; twelve sum to the year."""
        return Money(self.cents).split(self.weights)[month - 1].cents


QUARTERS = (1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0)
FOOD = Yearly(19_597_00, tuple(MEALS))
SMALL_EQUIPMENT = Yearly(2_150_00)
ENERGY = Yearly(4_620_00, (6, 6, 5, 4, 3, 2, 2, 1, 3, 4, 5, 6))
RENT = Yearly(8_400_00)
INSURANCE = Yearly(890_00, QUARTERS)
MAINTENANCE = Yearly(1_460_00, (0, 2, 0, 1, 0, 3, 0, 0, 2, 0, 4, 0))
ACCOUNTANT = Yearly(2_640_00)
NETWORK = Yearly(2_400_00, QUARTERS)
TELECOM_AND_BANK = Yearly(1_120_00)
COMMUNICATION = Yearly(1_540_00, (10, 10, 10, 19, 10, 10, 10, 10, 10, 19, 10, 10))
"""Communication, travel and training: two months have a journey to the network."""
JOURNEYS = (4, 10)
JOURNEY = 86_40
"""Cents of a journey to the network, paid back to whoever went."""
PAY = Yearly(50_000_00, (10, 10, 10, 10, 10, 11, 10, 10, 10, 10, 10, 11))
"""What two people cost, employer’s charges included."""
CIVIC = Yearly(1_600_00, (2, 2, 2, 2, 1, 1, 1, 0, 0, 1, 1, 1))
"""What is added to the allowance of civic volunteers: two of them, seven months each."""
DEPRECIATION = Yearly(3_200_00)

MEMBERSHIPS = 3_427_00
"""Cents that newcomers give to join; ``ODD_FEE`` comes besides, in January."""
ODD_FEE = 20
GOODS = Yearly(3_900_00)
"""Jars and trays sold."""
JOB_AID = Yearly(3_582_00)
GRANT_SHARE = Yearly(2_300_00)
"""Share of the grants for equipment that goes to the result."""

GIFTS = {
    1: (50, 100, 250),
    2: (20, 150, 250),
    3: (100, 150, 250),
    4: (50, 250, 150),
    5: (100, 250),
    6: (50, 150, 250, 50),
    7: (100, 100),
    8: (50,),
    9: (150, 250, 100),
    10: (100, 250, 250, 20),
    11: (250, 250, 150, 50, 100),
    12: (500, 250, 250, 250, 100, 260),
}
"""Euros of each gift of a month: 6 400 € in a year."""

EVENTS = (
    (1, 16, 620),
    (2, 12, 550),
    (3, 6, 710),
    (3, 20, 480),
    (4, 24, 680),
    (5, 15, 620),
    (5, 29, 850),
    (6, 5, 710),
    (6, 19, 550),
    (7, 3, 850),
    (9, 11, 620),
    (9, 25, 480),
    (10, 9, 710),
    (10, 23, 850),
    (11, 13, 550),
    (11, 27, 480),
    (12, 4, 790),
    (12, 11, 550),
)
"""Month, day and euros of the private meals and workshops: 18 of them, 11 650 €."""

STOCKS = {3: 1_309_00, 6: 1_223_00, 9: 1_352_00, 12: 1_266_00}
"""Food counted at the end of each quarter, in cents: over a year nothing is added."""


def memberships(month: int) -> int:
    """Return the cents that the newcomers of a month of the calendar give to join."""
    halves = Money(MEMBERSHIPS // 50).split([each.newcomers for each in MONTHS.values()])
    return halves[month - 1].cents * 50 + (ODD_FEE if month == 1 else 0)


def stock_before(month: int) -> int:
    """Return the cents of the stock counted last before a month of the calendar."""
    return STOCKS[max((m for m in STOCKS if m < month), default=12)]


def stock_change(month: int) -> int:
    """Return the charge a count adds to a month: what is less on the shelves."""
    return stock_before(month) - STOCKS.get(month, stock_before(month))
