"""The paper of an order with its Order-X inside: people read one, programs the other."""

from datetime import datetime
from typing import IO

from sqlalchemy.orm import Session

from cantine_desktop.documents.archive import Attached, Hybrid, Relation
from cantine_desktop.i18n import tr
from cantine_desktop.supply.orders.model import PurchaseOrder
from cantine_desktop.supply.orders.order_sheet import write_orders
from cantine_desktop.supply.orders.order_text import revision_to_print
from cantine_desktop.supply.orders.order_x import order_x
from cantine_desktop.values.period import DAY, Period

NAME = "order-x.xml"
ORDER_X = "urn:factur-x:pdfa:CrossIndustryDocument:1p0#"
"""Namespace of the properties that name the embedded order (Order-X 1.0, chapter 7)."""


def write_hybrid(session: Session, order_id: int, now: datetime, target: IO[bytes]) -> None:
    """Write one order as a PDF/A-3b that carries it as Order-X.

    Args:
        session: Where to read.
        order_id: The order; it has its number.
        now: Present instant, aware.
        target: Receives the PDF.

    Raises:
        UserError: It cannot be written as Order-X; the sentence says why.
    """
    order = session.get_one(PurchaseOrder, order_id)
    xml = order_x(session, order_id, now)
    kind = "ORDER_CHANGE" if revision_to_print(order) > 1 else "ORDER"
    hybrid = Hybrid(
        Attached(NAME, xml, "text/xml", Relation.DATA, tr("La commande, pour un programme")),
        space=ORDER_X,
        kind=kind,
        version="1.0",
        profile="BASIC",
    )
    day = order.delivery_day
    write_orders(session, Period(day, day + DAY), now, target, key=order_id, hybrid=hybrid)
