"""An order leaves with its paper: what the supplier has is kept as it was."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO

from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.storage.attachments import attach
from cantine_desktop.supply.orders.model import OrderSending, PurchaseOrder
from cantine_desktop.supply.orders.order_hybrid import write_hybrid
from cantine_desktop.supply.orders.order_sheet import write_orders
from cantine_desktop.supply.orders.order_text import revision_to_print
from cantine_desktop.supply.orders.sending import Sent, mark_sent, number_for
from cantine_desktop.values.period import DAY, Period


def leave(
    session: Session,
    order_id: int,
    sent: Sent,
    now: datetime,
    paper: bytes = b"",
    *,
    below_minimum: bool = False,
) -> OrderSending:
    """Say that an order left, and keep its paper with the proof.

    Args:
        session: The session of an action.
        order_id: The order.
        sent: How it left.
        now: Present instant, aware.
        paper: The PDF that was sent; empty to make it now.
        below_minimum: Sent all the same though its supplier asks for more.

    Raises:
        UserError: It left already, it asks for nothing, or its supplier asks for more.
    """
    number = number_for(session, order_id, now)
    revision = revision_to_print(session.get_one(PurchaseOrder, order_id))
    made = paper or order_paper(session, order_id, now)
    kept = attach(
        session, made, f"{number}-R{revision}.pdf", "application/pdf", now, area=PurchaseOrder.area
    )
    told = replace(sent, attachment_id=kept.id)
    return mark_sent(session, order_id, told, now, below_minimum=below_minimum)


def order_paper(session: Session, order_id: int, now: datetime) -> bytes:
    """Return one order as PDF, readable by a program where the standard knows how."""
    target = BytesIO()
    try:
        write_hybrid(session, order_id, now, target)
    except UserError:
        target = BytesIO()
        day = session.get_one(PurchaseOrder, order_id).delivery_day
        write_orders(session, Period(day, day + DAY), now, target, key=order_id)
    return target.getvalue()
