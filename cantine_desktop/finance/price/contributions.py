"""What people gave for their meals: average, median, beside the displayed price (K4–K6, K11)."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.finance.postings.held import held
from cantine_desktop.finance.postings.means import Purpose
from cantine_desktop.finance.postings.model import Takings, TakingsPart, TallyLine
from cantine_desktop.finance.price.displaying import Displayed, prices
from cantine_desktop.i18n import round_half_up
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period


class Spread(NamedTuple):
    """Contributions beside the price displayed on their day.

    Attributes:
        counts: People by amount.
        below: People who gave less than the displayed price; ``at``, the price; ``above``, more.
        surplus: Given above the price, in all.
        gap: Missing to the price, in all.
        price: The last price displayed in the period; ``None`` without any.
    """

    counts: dict[Money, int]
    below: int
    at: int
    above: int
    surplus: Money
    gap: Money
    price: Money | None

    @property
    def counted(self) -> int:
        """People counted."""
        return sum(self.counts.values())

    @property
    def meals_paid_for(self) -> int:
        """Whole meals at the displayed price that the surplus pays for."""
        return self.surplus.cents // self.price.cents if self.price else 0


class Tallied(NamedTuple):
    """People who gave an amount while a price was displayed; ``None`` while none was."""

    amount: Money
    price: Money | None
    people: int


class Meals(NamedTuple):
    """Meals of a period.

    Attributes:
        paid: Paid for, contributions of zero included.
        offered: Offered or sponsored.
        contributions: What came for them.
        services: Closed services.
    """

    paid: int
    offered: int
    contributions: Money
    services: int

    @property
    def served(self) -> int:
        """All of them."""
        return self.paid + self.offered

    @property
    def average(self) -> Money | None:
        """Contribution of a meal, offered ones left out (K4)."""
        return by(self.contributions, self.paid)


def by(amount: Money, count: int) -> Money | None:
    """Return an amount by a count, to the cent; ``None`` for none."""
    return Money.from_decimal(amount.euros / count) if count else None


def share_of(part: int, whole: int) -> Decimal | None:
    """Return a part in hundredths of a whole, to a tenth; ``None`` without a whole."""
    return round_half_up(Decimal(100 * part) / whole, 1) if whole else None


def meals_of(session: Session, period: Period) -> Meals:
    """Return the meals of the services of a period, corrected takings counted once."""
    query = select(
        func.sum(Takings.meals), func.sum(Takings.offered), func.count(Takings.id)
    ).where(*held(period))
    paid, offered, services = session.execute(query).one()
    given = (
        select(func.sum(TakingsPart.amount))
        .join(Takings, TakingsPart.takings_id == Takings.id)
        .where(TakingsPart.purpose == Purpose.MEALS, *held(period))
    )
    return Meals(int(paid or 0), int(offered or 0), session.scalar(given) or Money(0), services)


def tally_of(session: Session, period: Period) -> list[Tallied]:
    """Return how many gave each amount, beside the price displayed on their day."""
    query = (
        select(Takings.day, Takings.displayed_price, TallyLine.amount, func.sum(TallyLine.count))
        .join(TallyLine, TallyLine.takings_id == Takings.id)
        .where(*held(period))
        .group_by(Takings.day, Takings.displayed_price, TallyLine.amount)
    )
    versions = prices(session)
    counts: dict[tuple[Money, Money | None], int] = {}
    for day, told, amount, people in session.execute(query):
        key = amount, told or _price_on(versions, day)
        counts[key] = counts.get(key, 0) + int(people)
    return sorted((Tallied(*key, n) for key, n in counts.items()), key=_by_amount)


def _by_amount(row: Tallied) -> tuple[Money, Money]:
    return row.amount, row.price or Money(0)


def spread_of(session: Session, period: Period) -> Spread:
    """Return contributions by amount, beside the price displayed on each day."""
    counts: dict[Money, int] = {}
    sides, sums = [0, 0, 0], [0, 0]
    for amount, price, count in tally_of(session, period):
        counts[amount] = counts.get(amount, 0) + count
        if price is None:
            continue
        gap = amount.cents - price.cents
        sides[(gap > 0) - (gap < 0) + 1] += count
        sums[0] += max(gap, 0) * count
        sums[1] += max(-gap, 0) * count
    last = _price_on(prices(session), period.last) or _last_told(session, period)
    below, at, above = sides
    return Spread(counts, below, at, above, Money(sums[0]), Money(sums[1]), last)


def quartiles(counts: dict[Money, int]) -> tuple[Money, Money, Money] | None:
    """Return the first quartile, the median and the third one, or ``None`` without any.

    Each is the least amount that a quarter, half, three quarters of people do not exceed;
    a median between two amounts is their middle.
    """
    total = sum(counts.values())
    if not total:
        return None
    return _rank(counts, total, 1), _rank(counts, total, 2), _rank(counts, total, 3)


def _rank(counts: dict[Money, int], total: int, quarter: int) -> Money:
    exact, rest = divmod(total * quarter, 4)
    low, high = _nth(counts, exact + (rest > 0)), _nth(counts, exact + 1)
    return Money((low.cents + high.cents) // 2)


def _nth(counts: dict[Money, int], rank: int) -> Money:
    so_far = 0
    for amount in sorted(counts):
        so_far += counts[amount]
        if so_far >= max(rank, 1):
            return amount
    return max(counts)


def _price_on(versions: list[Displayed], day: date) -> Money | None:
    return next((price.amount for price in versions if price.since <= day), None)


def _last_told(session: Session, period: Period) -> Money | None:
    query = (
        select(Takings.displayed_price)
        .where(*held(period), Takings.displayed_price.is_not(None))
        .order_by(Takings.day.desc())
        .limit(1)
    )
    return session.scalar(query)
