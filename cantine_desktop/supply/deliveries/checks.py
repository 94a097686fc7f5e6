"""What is proved of receptions when a book is verified: what was kept made its lot."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.i18n import tr
from cantine_desktop.storage.findings import Finding, at
from cantine_desktop.supply.deliveries.model import Delivery, DeliveryLine
from cantine_desktop.supply.deliveries.standing import Right, corrected_lines, standing
from cantine_desktop.supply.deliveries.value import kept_quantity
from cantine_desktop.supply.stock.model import Lot


def check(session: Session) -> Iterator[Finding]:
    """Find closed receptions without a number or a seal, and kept lines without their lot."""
    with_lot = set(session.scalars(select(Lot.delivery_line_id)))
    right = corrected_lines(session)
    query = (
        select(Delivery)
        .where(Delivery.corrects_id.is_(None))
        .options(selectinload(Delivery.lines))
        .order_by(Delivery.id)
    )
    for delivery in session.scalars(query):
        if bool(delivery.number) != delivery.is_sealed:
            spot = Delivery.__tablename__, delivery.id
            yield at(spot, tr("elle a un numéro sans être close, ou l’inverse"))
        if delivery.is_sealed:
            yield from _lines(delivery.lines, right, with_lot)


def _lines(lines: list[DeliveryLine], right: Right, with_lot: set[int | None]) -> Iterator[Finding]:
    for first in lines:
        spot, line = (DeliveryLine.__tablename__, first.id), standing(first, right)
        if line.product_id is not None and kept_quantity(line) and first.id not in with_lot:
            yield at(spot, tr("ce qui a été gardé n’est dans aucun lot"))
        if line.refused > (line.received or 0):
            yield at(spot, tr("il en a été refusé plus qu’il n’en est venu"))
