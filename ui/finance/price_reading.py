"""What the screen of the price shows, read beside the window."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from cantine_desktop.finance.ledger.years import find_year
from cantine_desktop.finance.price.comparing import Change, Compared, changes, compare
from cantine_desktop.finance.price.contributions import Spread, meals_of, spread_of
from cantine_desktop.finance.price.costing import (
    Basis,
    Costing,
    costing,
    planned_costing,
    usual_costing,
)
from cantine_desktop.finance.price.displaying import Displayed, prices
from cantine_desktop.finance.price.simulating import Ground, ground_of
from cantine_desktop.values.period import DAY, Period

PERIODS = ("usual", "month", "last-month", "year", "budget")
PLANNED_SERVICES = 200
"""Services of a year supposed for a canteen that never held one."""


@dataclass
class Found:
    """What the screen shows.

    Attributes:
        cost: What meals cost; ``None`` without meals or charges.
        spread: What people give; ``None`` for a budget.
        known: Every displayed price, the last one first.
        changes: What contributions may be compared around.
        compared: Before and after the one asked; ``None`` while nothing is after it.
        ground: What a simulation starts from.
    """

    cost: Costing | None
    spread: Spread | None
    known: list[Displayed] = field(default_factory=list[Displayed])
    changes: list[Change] = field(default_factory=list[Change])
    compared: Compared | None = None
    ground: Ground | None = None


def read_price(session: Session, key: str, today: date, place: int, weeks: int) -> Found:
    """Read everything.

    Args:
        session: A session that reads.
        key: One of ``PERIODS``.
        today: The present civil day.
        place: Rank of the change compared.
        weeks: Weeks on either side of it.
    """
    cost = cost_of(session, key, today)
    real = cost is not None and cost.basis is not Basis.BUDGET
    spread = spread_of(session, cost.period) if cost and real else None
    found = Found(cost, spread, prices(session), changes(session))
    if cost is not None:
        services = meals_of(session, cost.period).services if real else PLANNED_SERVICES
        found.ground = ground_of(cost, spread, services)
    found.compared = read_compared(session, found.changes, today, place, weeks)
    return found


def read_compared(
    session: Session, known: list[Change], today: date, place: int, weeks: int
) -> Compared | None:
    """Compare around a change, by its rank."""
    return compare(session, known[place], today, weeks) if place < len(known) else None


def cost_of(session: Session, key: str, today: date) -> Costing | None:
    """Return what meals cost over a period of ``PERIODS``."""
    year = find_year(session, today)
    if key == "usual":
        return usual_costing(session, today)
    if key == "budget":
        return planned_costing(session, year) if year else None
    month = Period.month(today)
    if key == "last-month":
        month = Period.month(month.first - DAY)
    period = month if key != "year" else (year.period if year else Period.year(today))
    found = costing(session, period)
    return found if found.meals and found.charges else None
