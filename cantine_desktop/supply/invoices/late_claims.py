"""A claim found once the invoice is in the accounts: its entry stays, a credit note is awaited.

What is owed stays owed until that note comes. The lot had taken what was billed above what came:
it gives back what is claimed of it, and takes it again when the claim is given up.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.deliveries.model import DeliveryLine
from cantine_desktop.supply.invoices.credits import give_up
from cantine_desktop.supply.invoices.judging import refuse_claim
from cantine_desktop.supply.invoices.model import Settlement, SupplierInvoice, SupplierInvoiceLine
from cantine_desktop.supply.stock.model import Lot
from cantine_desktop.supply.stock.revaluing import revalue_lot
from cantine_desktop.supply.stock.vat import with_vat
from cantine_desktop.values.money import Money

NOTHING = Money(0)


def claim_late(
    session: Session, line_id: int, reason: str, amount: Money, now: datetime
) -> SupplierInvoiceLine:
    """Claim part of a line whose invoice is in the accounts already.

    Args:
        session: The session of an action.
        line_id: The line.
        reason: What is wrong, for the supplier.
        amount: Taxes left out, above zero, no more than is billed.
        now: Present instant, aware.

    Raises:
        UserError: Nobody says why, something is claimed of the line already, or the amount
            cannot be.
    """
    line = session.get_one(SupplierInvoiceLine, line_id)
    if session.get_one(SupplierInvoice, line.invoice_id).entry_id is None:
        raise UserError(tr("Cette facture n’est pas en comptes : réclamez sur sa ligne."))
    if line.settlement is Settlement.CLAIMED:
        raise UserError(tr("Une réclamation est déjà ouverte sur cette ligne."))
    refuse_claim(line, reason, amount)
    line.settlement, line.claimed, line.reason = Settlement.CLAIMED, amount, reason.strip()
    session.flush()
    _revalue(session, line, -_taken(line), now)
    return line


def give_up_late(session: Session, line_id: int, reason: str, now: datetime) -> None:
    """Leave a claim of an invoice that is in the accounts: its lot costs what was billed.

    What a credit note gave back already stays given back.

    Raises:
        UserError: Nobody says why, or nothing is claimed.
    """
    line = session.get_one(SupplierInvoiceLine, line_id)
    credit = session.get(SupplierInvoiceLine, line.credit_line_id or 0)
    given = NOTHING if credit is None else -credit.amount
    give_up(session, line_id, reason)
    _revalue(session, line, max(NOTHING, _taken(line) - given), now)


def _taken(line: SupplierInvoiceLine) -> Money:
    """Return what its lot took, or would take, of what is claimed: the gap at most."""
    gap = line.amount - (line.expected or NOTHING)
    return Money(max(0, min(gap.cents, line.claimed.cents)))


def _revalue(session: Session, line: SupplierInvoiceLine, value: Money, now: datetime) -> None:
    if line.delivery_line_id is None or not value:
        return
    query = select(Lot.id).where(Lot.delivery_line_id == line.delivery_line_id).order_by(Lot.id)
    lot = session.scalar(query.limit(1))
    if lot is not None:
        rate = session.get_one(DeliveryLine, line.delivery_line_id).vat
        cost = with_vat(session, value, rate)
        origin = (SupplierInvoiceLine.__tablename__, line.id)
        revalue_lot(session, lot, cost, now, reason=line.reason, origin=origin)
