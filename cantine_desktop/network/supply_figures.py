"""The figures of food: what a meal costs of it, what is given, organic, local, from close by."""

from decimal import Decimal
from typing import NamedTuple

from sqlalchemy.orm import Session

from cantine_desktop.finance.ledger.balances import balances
from cantine_desktop.i18n import round_half_up
from cantine_desktop.network.meal_figures import counted
from cantine_desktop.supply.deliveries.model import Coming
from cantine_desktop.supply.deliveries.queries import lines_of
from cantine_desktop.supply.egalim.purchases_file import bought_lines
from cantine_desktop.supply.egalim.shares import Share, share_of
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

FOOD = ("601", "603")
"""Accounts of food bought, and of what the stock gave or took."""


class Food(NamedTuple):
    """Food that came in over a period, in cents, taxes left out.

    Attributes:
        bought: What was paid for; ``given``, what gifts are worth.
        organic: Of what was bought; so are ``local`` and ``short``, from the grower or with
            one go-between.
        chosen: Bought organic or local, and gifts: what the network of canteens counts.
    """

    bought: int
    given: int
    organic: int
    local: int
    short: int
    chosen: int


def food(session: Session, period: Period) -> Food:
    """Return the food that came in over a period, by what it is."""
    bought = organic = local = short = chosen = 0
    for _delivery, line, amount in bought_lines(session, period):
        is_organic = share_of(line.labels) is Share.ORGANIC
        bought += amount.cents
        organic += amount.cents if is_organic else 0
        local += amount.cents if line.is_local else 0
        short += amount.cents if line.is_short else 0
        chosen += amount.cents if is_organic or line.is_local else 0
    given = sum(
        (line.value or Money(0)).cents
        for delivery, line in lines_of(session, period)
        if delivery.coming is Coming.DONATED
    )
    return Food(bought, given, organic, local, short, chosen + given)


def food_cost(session: Session, period: Period) -> Decimal | None:
    """Return what food a meal costs, in euros: the accounts of food by the meals served (K17)."""
    meals = counted("meals", session, period)
    found = balances(session, period, beginning="60", opening=False)
    cents = sum(each.net.cents for each in found if each.number.startswith(FOOD))
    if not meals or not cents:
        return None
    return round_half_up(Decimal(cents) / 100 / meals, 2)


def surplus(session: Session, period: Period) -> Decimal | None:
    """Return the share of gifts in all food, by value (K18)."""
    found = food(session, period)
    return _share(found.given, found.bought + found.given)


def part(name: str, session: Session, period: Period) -> Decimal | None:
    """Return the share of what was bought that is ``organic``, ``local`` or ``short`` (K19)."""
    found = food(session, period)
    return _share(getattr(found, name), found.bought)


def chosen(session: Session, period: Period) -> Decimal | None:
    """Return the share of food that is organic, local or given: the network's rule (K19)."""
    found = food(session, period)
    return _share(found.chosen, found.bought + found.given)


def _share(top: int, whole: int) -> Decimal | None:
    return round_half_up(Decimal(100 * top) / whole, 1) if whole else None
