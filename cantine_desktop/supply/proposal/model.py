"""What is to be covered, by whom it may be brought, and what was decided: plain exact data.

Nothing here knows a database: the same data may be solved in another process.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import NamedTuple

Place = tuple[int, date]
"""A supplier and a day it delivers."""
Choice = tuple[int, date]
"""An offer and the day it is delivered."""


class NeedAt(NamedTuple):
    """What a day cooks of a product, beyond what is there already.

    Attributes:
        quantity: In the canonical unit of the product, above zero.
    """

    product: int
    day: date
    quantity: Fraction


@dataclass(frozen=True)
class Offer:
    """An article as it may be ordered.

    Attributes:
        key: Of the article.
        content: What an order unit holds, in the canonical unit of its product.
        cents: What an order unit costs, exact, delivered from ``since`` until before
            ``until``; ``None`` for no such day. An article whose price changes is two offers.
        grain: Part of an order unit it goes up by: 1, 1/2, 1/3…
        least: Least order units at a time; zero for none.
        grams: Weight of an order unit; ``litres``, its room in the cold.
        keeps: Days it may still be cooked after its delivery; ``None`` for long enough.
        is_preferred: Organic or local, as the canteen wants more of.
    """

    key: int
    supplier: int
    product: int
    content: Fraction
    cents: Fraction
    grain: Fraction = Fraction(1)
    least: Fraction = Fraction(0)
    grams: Fraction = Fraction(0)
    litres: Fraction = Fraction(0)
    keeps: int | None = None
    is_preferred: bool = False
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Terms:
    """What a supplier asks of an order.

    Attributes:
        days: Days it delivers.
        minimum: Least cents of an order; ``minimum_grams``, ``minimum_boxes`` likewise.
        free_from: Cents from which it delivers free; ``None``: the fee is always due.
        fee: Cents a delivery costs below.
    """

    key: int
    days: tuple[date, ...]
    minimum: Fraction = Fraction(0)
    minimum_grams: Fraction = Fraction(0)
    minimum_boxes: Fraction = Fraction(0)
    free_from: Fraction | None = None
    fee: Fraction = Fraction(0)


@dataclass(frozen=True)
class Problem:
    """What is asked.

    Attributes:
        cold_litres: Room in the cold on any day of delivery; ``None`` without a limit.
        preferred: Part of the money that should go to preferred offers, of one.
        spared: Cents that a cent missing there may cost more: how much it is worth.
        waste: Part of its price that food bought for nothing costs besides.
    """

    offers: tuple[Offer, ...]
    suppliers: tuple[Terms, ...]
    needs: tuple[NeedAt, ...]
    cold_litres: Fraction | None = None
    preferred: Fraction = Fraction(0)
    spared: Fraction = Fraction(1, 10)
    waste: Fraction = Fraction(1, 5)


@dataclass(frozen=True)
class Plan:
    """What to order.

    Attributes:
        units: Order units of each offer on each day, above zero.
        is_proved: Whether nothing cheaper exists.
        gap: How much cheaper something might be at most, of one; ``None`` when nobody knows.
    """

    units: Mapping[Choice, Fraction] = field(default_factory=dict[Choice, Fraction])
    is_proved: bool = False
    gap: float | None = None


def serves(offer: Offer, delivery: date, day: date) -> bool:
    """Tell whether what is delivered on a day, at its price, may still be cooked on another."""
    if delivery > day or (offer.since is not None and delivery < offer.since):
        return False
    if offer.until is not None and delivery >= offer.until:
        return False
    return offer.keeps is None or (day - delivery).days <= offer.keeps


def choices(problem: Problem) -> list[Choice]:
    """Return each offer on each day of its supplier that may serve a need, in order."""
    days = {terms.key: terms.days for terms in problem.suppliers}
    wanted: dict[int, list[date]] = {}
    for need in problem.needs:
        wanted.setdefault(need.product, []).append(need.day)
    return [
        (rank, delivery)
        for rank, offer in enumerate(problem.offers)
        for delivery in days.get(offer.supplier, ())
        if any(serves(offer, delivery, day) for day in wanted.get(offer.product, ()))
    ]
