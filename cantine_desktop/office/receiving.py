"""A delivery is closed: stock, orders and the hygiene record, from one entry and in one action."""

from collections.abc import Collection, Iterator
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from cantine_desktop.hygiene.food.choices import Decision, Supply, Ware
from cantine_desktop.hygiene.food.facts import GoodsChecked, record_goods
from cantine_desktop.supply.articles.wording import plain
from cantine_desktop.supply.deliveries.closing import Closed, close
from cantine_desktop.supply.deliveries.judging import Question
from cantine_desktop.supply.deliveries.model import Coming, Delivery, DeliveryLine
from cantine_desktop.supply.deliveries.value import kept_units
from cantine_desktop.supply.suppliers.model import Supplier

CAME = {
    Coming.DELIVERED: Supply.DELIVERED,
    Coming.COLLECTED: Supply.COLLECTED,
    Coming.DONATED: Supply.DONATED,
}


def receive(
    session: Session,
    delivery_id: int,
    by: str,
    now: datetime,
    *,
    agreed: Collection[Question] = (),
    closes_short: bool = True,
) -> Closed:
    """Close a reception and write its sheet of hygiene, line by line.

    What is refused is written as refused, which opens its breach as on the sheet; what did
    not come is no matter of hygiene.

    Args:
        session: The session of an action.
        delivery_id: The reception.
        by: Initials of who checked.
        now: Present instant, aware.
        agreed: Questions that somebody said yes to.
        closes_short: What did not come is expected no more.

    Raises:
        SealedError: The week of hygiene is signed.
        UserError: It cannot be closed as it is.
    """
    closed = close(session, delivery_id, by, now, agreed=agreed, closes_short=closes_short)
    delivery = session.get_one(Delivery, delivery_id)
    supplier = session.get_one(Supplier, delivery.supplier_id)
    lots = {lot.delivery_line_id: lot.code for lot in closed.lots}
    for line in delivery.lines:
        for checked in checked_of(delivery, line, supplier.name, lots.get(line.id, "")):
            record_goods(session, checked, now)
    return closed


def checked_of(
    delivery: Delivery, line: DeliveryLine, supplier: str, lot: str
) -> Iterator[GoodsChecked]:
    """Yield what a line says on the sheet of hygiene: what was kept, then what went back.

    Args:
        delivery: The reception.
        line: What is right of the line.
        supplier: Who brought it, by name.
        lot: Number of the lot it made, or empty.
    """
    if not line.received:
        return
    parts: list[tuple[Decimal, Decision]] = []
    if kept_units(line):
        parts.append((kept_units(line), Decision.ACCEPTED))
    if line.refused:
        parts.append((min(line.refused, line.received), Decision.REFUSED))
    for units, decision in parts:
        is_kept = decision is Decision.ACCEPTED
        yield GoodsChecked(
            day=delivery.day,
            product=line.name,
            supplier=supplier,
            ware=_ware(line.ware),
            came=CAME[delivery.coming],
            occurred_at=delivery.arrived_at,
            delivery_note=delivery.note_number,
            quantity=" ".join((plain(units), line.unit_name)).strip(),
            lot=lot if is_kept else line.lot_code,
            use_by=line.use_by,
            best_before=line.best_before,
            celsius=line.celsius,
            sound=is_kept,
            wrapped=delivery.wrapped if is_kept else None,
            labelled=delivery.labelled if is_kept else None,
            decision=decision,
            note=line.reason,
            initials=delivery.by,
        )


def _ware(name: str) -> Ware | None:
    return Ware(name) if name in {ware.value for ware in Ware} else None
