"""What is proved of receptions when a book is verified: what was kept made its lot."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.i18n import tr
from cantine_desktop.storage.findings import Finding, at
from cantine_desktop.supply.deliveries.model import Delivery, DeliveryLine
from cantine_desktop.supply.deliveries.value import kept_quantity
from cantine_desktop.supply.stock.model import Lot


def check(session: Session) -> Iterator[Finding]:
    """Find closed receptions without a number or a seal, and kept lines without their lot."""
    with_lot = set(session.scalars(select(Lot.delivery_line_id)))
    query = select(Delivery).options(selectinload(Delivery.lines)).order_by(Delivery.id)
    for delivery in session.scalars(query):
        if bool(delivery.number) != delivery.is_sealed:
            spot = Delivery.__tablename__, delivery.id
            yield at(spot, tr("elle a un numéro sans être close, ou l’inverse"))
        if delivery.is_sealed:
            yield from _lines(delivery.lines, with_lot)


def _lines(lines: list[DeliveryLine], with_lot: set[int | None]) -> Iterator[Finding]:
    for line in lines:
        spot = DeliveryLine.__tablename__, line.id
        if line.product_id is not None and kept_quantity(line) and line.id not in with_lot:
            yield at(spot, tr("ce qui a été gardé n’est dans aucun lot"))
        if line.refused > (line.received or 0):
            yield at(spot, tr("il en a été refusé plus qu’il n’en est venu"))
