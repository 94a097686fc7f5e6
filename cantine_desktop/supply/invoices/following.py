"""Invoices after a reception was put right: what is expected follows, what is paid stays a cost."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.supply.deliveries.model import DeliveryLine
from cantine_desktop.supply.deliveries.standing import corrected_lines, standing
from cantine_desktop.supply.deliveries.value import cost
from cantine_desktop.supply.invoices.judging import judge_again
from cantine_desktop.supply.invoices.model import Settlement, SupplierInvoice, SupplierInvoiceLine
from cantine_desktop.supply.products.model import Product
from cantine_desktop.supply.stock.model import Lot
from cantine_desktop.supply.stock.revaluing import revalue_lot
from cantine_desktop.supply.stock.vat import with_vat
from cantine_desktop.values.money import Money

NOTHING = Money(0)


class PutRight(NamedTuple):
    """What a line of a reception cost as it was written first, and as it stands now."""

    first: Money | None
    now: Money | None


def bills_of(session: Session, line_id: int) -> list[tuple[SupplierInvoiceLine, SupplierInvoice]]:
    """Return what bills a line of a reception, and in which invoice, the oldest first."""
    query = (
        select(SupplierInvoiceLine, SupplierInvoice)
        .join(SupplierInvoice, SupplierInvoiceLine.invoice_id == SupplierInvoice.id)
        .where(SupplierInvoiceLine.delivery_line_id == line_id)
        .order_by(SupplierInvoice.id, SupplierInvoiceLine.rank)
    )
    return [(line, invoice) for line, invoice in session.execute(query)]


def follow_correction(
    session: Session, line_id: int, gap: PutRight, now: datetime, reason: str
) -> None:
    """Hold what bills a line of a reception beside what it is worth once put right.

    An invoice that is not in the accounts is judged again. One that is stands as it is: what
    was paid remains what the lot cost, unless it is claimed back.

    Args:
        session: The session of an action.
        line_id: The line of the reception, as it was written first.
        gap: What it cost before the correction and after it.
        now: Present instant, aware.
        reason: Why.

    Raises:
        UserError: The lot would cost less than nothing.
    """
    before, after = gap
    if before == after:
        return
    for line, invoice in bills_of(session, line_id):
        if invoice.entry_id is None:
            line.expected = after
            judge_again(line)
        elif line.settlement is not Settlement.CLAIMED:
            _keep_paid(session, line, (before or NOTHING) - (after or NOTHING), now, reason)
    session.flush()


def put_right_costs(session: Session, lines: Iterable[int | None]) -> dict[int, PutRight]:
    """Return what lines of receptions cost first and now, for those that were put right."""
    right = corrected_lines(session)
    wanted = {key for key in lines if key is not None}
    if not right or not wanted:
        return {}
    found: dict[int, PutRight] = {}
    for first in session.scalars(select(DeliveryLine).where(DeliveryLine.id.in_(wanted))):
        last = standing(first, right)
        if last is not first:
            product = None if first.product_id is None else session.get(Product, first.product_id)
            found[first.id] = PutRight(cost(first, product), cost(last, product))
    return found


def _keep_paid(
    session: Session, line: SupplierInvoiceLine, value: Money, now: datetime, reason: str
) -> None:
    if line.delivery_line_id is None:
        return
    rate = session.get_one(DeliveryLine, line.delivery_line_id).vat
    value = with_vat(session, value, rate)
    query = select(Lot.id).where(Lot.delivery_line_id == line.delivery_line_id).order_by(Lot.id)
    lot = session.scalar(query.limit(1))
    if lot is not None and value:
        origin = (SupplierInvoiceLine.__tablename__, line.id)
        revalue_lot(session, lot, value, now, reason=reason, origin=origin)
