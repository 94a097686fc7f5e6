"""When an order must leave and when it comes: cut-off hours, closures, public holidays."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.holidays import public_holiday
from cantine_desktop.canteen.model import Canteen
from cantine_desktop.clock import PARIS, civil_date
from cantine_desktop.supply.suppliers.model import OrderDay, Supplier

LOOKED_AHEAD = 120
"""Civil days after which a supplier that is still closed has no delivery to tell."""
DAY = timedelta(days=1)


class Slot(NamedTuple):
    """A delivery that can still be ordered.

    Attributes:
        delivery: Civil day it comes.
        order_by: Last instant the order may leave, aware.
    """

    delivery: date
    order_by: datetime


def deliveries_from(
    session: Session, supplier_id: int, now: datetime, *, count: int = 4
) -> list[Slot]:
    """Return the next deliveries of a supplier that can still be ordered.

    One whose cut-off has passed, be it by a minute, leaves for the next; the days of a closure
    and public holidays neither prepare nor deliver. A day that two rules reach keeps the
    latest cut-off.

    Args:
        session: Where to read.
        supplier_id: The supplier.
        now: Present instant, aware.
        count: How many at most.
    """
    supplier = session.get_one(Supplier, supplier_id)
    department = session.scalar(select(Canteen.department).limit(1)) or ""
    found: dict[date, Slot] = {}
    for slot in _slots(supplier, department, now):
        known = found.get(slot.delivery)
        if known is None or known.order_by < slot.order_by:
            found[slot.delivery] = slot
    return sorted(found.values())[:count]


def slot_for(session: Session, supplier_id: int, day: date, now: datetime) -> Slot | None:
    """Return the latest delivery on or before a day that can still be ordered; else nothing."""
    every = deliveries_from(session, supplier_id, now, count=LOOKED_AHEAD)
    return max((slot for slot in every if slot.delivery <= day), default=None)


def _slots(supplier: Supplier, department: str, now: datetime) -> Iterator[Slot]:
    first = civil_date(now)
    for ahead in range(LOOKED_AHEAD):
        day = first + ahead * DAY
        for rule in supplier.days:
            if rule.weekday != day.weekday():
                continue
            order_by, delivery = _cut_off(rule, day), day + rule.lead_days * DAY
            works = all(_works(supplier, department, each) for each in (day, delivery))
            if order_by >= now and works:
                yield Slot(delivery, order_by)


def _cut_off(rule: OrderDay, day: date) -> datetime:
    """Return the instant an order must have left by; 24 h is midnight at the end of the day."""
    days, minutes = divmod(rule.cut_off, 24 * 60)
    hour = time(minutes // 60, minutes % 60)
    return datetime.combine(day + days * DAY, hour, PARIS)


def _works(supplier: Supplier, department: str, day: date) -> bool:
    if public_holiday(department, day):
        return False
    return not any(closure.first <= day < closure.end for closure in supplier.closures)
