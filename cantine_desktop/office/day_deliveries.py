"""The deliveries of a day as the day tells them: who comes, with how much, whether it came."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.storage.watch import watch_of
from cantine_desktop.supply.deliveries.announcing import announced
from cantine_desktop.supply.orders.model import OrderState, PurchaseOrder, PurchaseOrderLine
from cantine_desktop.supply.suppliers.model import Supplier

COMING = (OrderState.SENT, OrderState.CONFIRMED, OrderState.RECEIVED)


class DeliveryOfDay(NamedTuple):
    """An order or an announced gift that comes on the day.

    Attributes:
        key: Its key: of the order, or of the gift.
        lines: How many articles.
        is_received: Somebody took it in.
        is_gift: It is given: nobody ordered it.
    """

    key: int
    supplier: str
    lines: int
    is_received: bool
    is_gift: bool = False


def day_deliveries(session: Session, day: date) -> tuple[DeliveryOfDay, ...]:
    """Return what comes on a day, by supplier, gifts last; none to who may not read supply."""
    if not watch_of(session).actor.may_read("supply"):
        return ()
    query = (
        select(PurchaseOrder.id, Supplier.name, PurchaseOrder.state, func.count())
        .join(Supplier, PurchaseOrder.supplier_id == Supplier.id)
        .join(PurchaseOrderLine, PurchaseOrderLine.order_id == PurchaseOrder.id)
        .where(PurchaseOrder.delivery_day == day, PurchaseOrder.state.in_(COMING))
        .group_by(PurchaseOrder.id, Supplier.name, PurchaseOrder.state)
        .order_by(Supplier.name, PurchaseOrder.id)
    )
    bought = [
        DeliveryOfDay(key, supplier, lines, state is OrderState.RECEIVED)
        for key, supplier, state, lines in session.execute(query)
    ]
    given = [
        DeliveryOfDay(
            gift.id,
            session.get_one(Supplier, gift.supplier_id).name,
            len(gift.lines),
            is_received=False,
            is_gift=True,
        )
        for gift in announced(session)
        if gift.day == day
    ]
    return (*bought, *given)
