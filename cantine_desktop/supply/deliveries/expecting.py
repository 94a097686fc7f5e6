"""What is still to come of orders: ordered, less what came to the door, kept or refused.

What was refused is no longer awaited, nor what another article came in the place of: the
supplier owes a credit, or a new order is made.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from sqlalchemy.orm import Session

from cantine_desktop.supply.articles.packing import exact_units
from cantine_desktop.supply.deliveries.model import DeliveryLine, LineOutcome
from cantine_desktop.supply.deliveries.standing import answers_to
from cantine_desktop.supply.orders.model import OrderState, PurchaseOrderLine
from cantine_desktop.supply.orders.queries import ON_THE_WAY, awaited
from cantine_desktop.values.period import DAY, Period

LATE = timedelta(days=2)
"""A delivery later than this is told among what waits, and nobody counts on it."""


def answered(session: Session, lines: Iterable[PurchaseOrderLine]) -> dict[int, Decimal]:
    """Return the order units that lines of orders no longer wait for, by line."""
    wanted = {line.id: line.units for line in lines}
    found: dict[int, Decimal] = defaultdict(Decimal)
    for each in answers_to(session, wanted):
        if each.order_line_id is not None:
            found[each.order_line_id] += _counted(each, wanted[each.order_line_id])
    return dict(found)


def _counted(answer: DeliveryLine, wanted: Decimal) -> Decimal:
    """Return what an answer settles: what came, or all of it when something else came."""
    came = answer.received or Decimal(0)
    return wanted if came and answer.outcome is LineOutcome.SUBSTITUTED else came


def expected(
    session: Session,
    today: date,
    until: date,
    states: Sequence[OrderState] = ON_THE_WAY,
    revision: int = 0,
) -> Mapping[int, list[tuple[date, Fraction]]]:
    """Return what is still to come of orders, by product.

    Args:
        session: Where to read.
        today: Present civil day: what is late by more than two days is no longer counted on.
        until: Last civil day of delivery that counts.
        states: Of the orders that count.
        revision: How often they left at least.

    Returns:
        Day of delivery and quantity in the canonical unit, as announced, the nearest first.
    """
    found: dict[int, list[tuple[date, Fraction]]] = defaultdict(list)
    if until + DAY <= today - LATE:
        return found
    lines = awaited(session, Period(today - LATE, until + DAY), states, revision)
    models = [session.get_one(PurchaseOrderLine, each.key) for each in lines]
    settled = answered(session, models)
    for each, model in zip(lines, models, strict=True):
        done = exact_units(settled.get(each.key, Decimal(0)), model.cut_in)
        left = each.units - done
        if left > 0 and each.units:
            found[each.product].append((each.day, each.quantity * left / each.units))
    return dict(found)
