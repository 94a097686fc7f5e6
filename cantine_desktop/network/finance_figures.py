"""The figures of money: contributions, cost, price, treasury, resources, grants, events."""

from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.finance.cash.queries import cash_figures
from cantine_desktop.finance.grants.following import FollowedGrant, GrantState, followed_grants
from cantine_desktop.finance.ledger.balances import balances
from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.finance.price.contributions import (
    Spread,
    meals_of,
    quartiles,
    share_of,
    spread_of,
)
from cantine_desktop.finance.price.costing import Costing, costing
from cantine_desktop.finance.price.displaying import price_on
from cantine_desktop.finance.statements.tables import shown
from cantine_desktop.finance.treasury.outflow import runway
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

FAMILIES: dict[str, tuple[str, ...]] = {
    "meals": ("7060",),
    "memberships": ("756",),
    "events": ("7061", "7083", "7088", "707"),
    "gifts": ("754",),
    "grants": ("74", "755"),
}
"""Income of each family of resources (K26); the share of investment grants is not one."""
EVENTS = ("7061", "7083")


def average(session: Session, period: Period) -> Decimal | None:
    """Return the average contribution (K4)."""
    return _euros(meals_of(session, period).average)


def quartile(which: int, session: Session, period: Period) -> Decimal | None:
    """Return a quartile of contributions: 0 the first, 1 the median, 2 the third (K5)."""
    found = quartiles(spread_of(session, period).counts)
    return _euros(found[which]) if found else None


def side(name: str, session: Session, period: Period) -> Decimal | None:
    """Return the share of people ``below``, ``at`` or ``above`` the displayed price (K6)."""
    found: Spread = spread_of(session, period)
    return share_of(getattr(found, name), found.below + found.at + found.above)


def displayed(session: Session, period: Period) -> Decimal | None:
    """Return the price displayed at the end of a period (K7)."""
    price = price_on(session, period.last)
    return _euros(price.amount) if price else None


def of_cost(name: str, session: Session, period: Period) -> Decimal | None:
    """Return a figure of the cost of meals (K8, K9), by the name of its property."""
    found: Costing = costing(session, period)
    if not found.charges:
        return None
    return _euros(getattr(found, name))


def covered(session: Session, period: Period) -> Decimal | None:
    """Return the charges that meals cover, in hundredths (K10)."""
    return costing(session, period).covered


def solidarity(session: Session, period: Period) -> Decimal | None:
    """Return the whole meals that contributions above the price pay for (K11)."""
    found = spread_of(session, period)
    return Decimal(found.meals_paid_for) if found.price and found.counted else None


def staff_share(session: Session, period: Period) -> Decimal | None:
    """Return account 64 in hundredths of all charges (K23)."""
    found = balances(session, period, beginning="6", opening=False)
    staff = sum(b.net.cents for b in found if b.number.startswith("64"))
    return share_of(staff, sum(b.net.cents for b in found))


def months_left(session: Session, period: Period) -> Decimal | None:
    """Return the months that the money lasts, seen from the end of a period (K25)."""
    return runway(session, period.last).months


def family_share(family: str, session: Session, period: Period) -> Decimal | None:
    """Return the share of a family in the income that comes in (K26)."""
    found = balances(session, period, beginning="7", opening=False)
    sums = dict.fromkeys(FAMILIES, 0)
    for one in found:
        for name, begins in FAMILIES.items():
            if one.number.startswith(begins) and not one.number.startswith("747"):
                sums[name] += shown(one.number, one.net).cents
    return share_of(sums[family], sum(sums.values()))


def of_grants(name: str, session: Session, period: Period) -> Decimal | None:
    """Return the sum of a figure over the grants of a period (K27)."""
    found = [
        grant
        for grant in followed_grants(session, period.last)
        if _is_in(grant, period) and grant.granted is not None
    ]
    if not found:
        return None
    return _euros(Money(sum((getattr(grant, name) or Money(0)).cents for grant in found)))


def reports_due(session: Session, period: Period) -> Decimal | None:
    """Return the reports due within sixty days of the end of a period, or late (K27)."""
    found = followed_grants(session, period.last)
    if not any(grant.state is GrantState.GRANTED for grant in found):
        return None
    return Decimal(sum(grant.is_urgent for grant in found))


def cash_difference(session: Session, period: Period) -> Decimal | None:
    """Return the sum of the differences of the till, as they were found (K29)."""
    found = cash_figures(session, period)
    return found.total.euros if found.number else None


def unexplained_differences(session: Session, period: Period) -> Decimal | None:
    """Return how many differences above 5 € nothing explains (K29)."""
    found = cash_figures(session, period)
    return Decimal(len(found.unexplained)) if found.number else None


def event_count(session: Session, period: Period) -> Decimal | None:
    """Return the events invoiced, less the invoices that credit notes took back (K30)."""
    query = (
        select(Entry.fact, func.count(Entry.id))
        .where(Entry.fact.in_(("sale", "credit-note")))
        .where(Entry.day >= period.first, Entry.day < period.end)
        .group_by(Entry.fact)
    )
    counts = dict(session.execute(query).all())
    count = counts.get("sale", 0) - counts.get("credit-note", 0)
    return Decimal(count) if count else None


def event_income(session: Session, period: Period) -> Decimal | None:
    """Return what events and rooms brought in (K30)."""
    income = _events(session, period, "7")
    return _euros(income) if income else None


def event_margin(session: Session, period: Period) -> Decimal | None:
    """Return what events brought in less the costs of the activity of workshops (K30)."""
    income = _events(session, period, "7")
    if not income:
        return None
    costs = balances(session, period, beginning="6", activity="ATELIERS", opening=False)
    return _euros(income - Money(sum(b.net.cents for b in costs)))


def _events(session: Session, period: Period, beginning: str) -> Money:
    found = balances(session, period, beginning=beginning, opening=False)
    return Money(sum(shown(b.number, b.net).cents for b in found if b.number.startswith(EVENTS)))


def _is_in(grant: FollowedGrant, period: Period) -> bool:
    if grant.first is None or grant.last is None:
        return True
    return grant.first < period.end and grant.last >= period.first


def _euros(amount: Money | None) -> Decimal | None:
    return None if amount is None else amount.euros
