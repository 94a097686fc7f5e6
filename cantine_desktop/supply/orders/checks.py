"""What is proved of orders when a book is verified: what left has its proof and its number."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.i18n import tr
from cantine_desktop.storage.findings import Finding, at
from cantine_desktop.supply.orders.model import OrderState, PurchaseOrder

LEFT = frozenset({OrderState.SENT, OrderState.CONFIRMED, OrderState.RECEIVED})


def check(session: Session) -> Iterator[Finding]:
    """Find orders that left without a number or a proof, and revisions nobody sent."""
    query = select(PurchaseOrder).options(selectinload(PurchaseOrder.sendings))
    for order in session.scalars(query.order_by(PurchaseOrder.id)):
        spot = PurchaseOrder.__tablename__, order.id
        if order.state in LEFT and not order.number:
            yield at(spot, tr("elle est partie sans numéro"))
        sent = {each.revision for each in order.sendings if not each.is_cancelling}
        if set(range(1, order.revision + 1)) != sent:
            yield at(spot, tr("un de ses envois n’a pas de preuve"))
