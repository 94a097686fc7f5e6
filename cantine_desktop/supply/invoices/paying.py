"""An invoice is not paid while something of it is claimed, unless somebody says why."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import money, tr
from cantine_desktop.supply.invoices.credits import open_claims
from cantine_desktop.supply.invoices.model import SupplierInvoice
from cantine_desktop.values.money import Money


def why_not_pay(session: Session, invoice_id: int) -> str:
    """Say why an invoice is not to be paid yet; empty when it may be."""
    invoice = session.get_one(SupplierInvoice, invoice_id)
    if invoice.pay_reason:
        return ""
    claims = [each for each in open_claims(session) if each.invoice_id == invoice_id]
    if not claims:
        return ""
    left = Money(sum(each.left.cents for each in claims))
    names = ", ".join(each.name for each in claims)
    return tr("Avoir attendu de {left} HT ({names}) : ne payez pas encore.").format(
        left=money(left), names=names
    )


def allow_payment(session: Session, invoice_id: int, reason: str) -> None:
    """Let an invoice be paid though a claim is open.

    Raises:
        UserError: Nobody says why.
    """
    if not reason.strip():
        raise UserError(tr("Dites pourquoi cette facture peut être payée quand même."))
    session.get_one(SupplierInvoice, invoice_id).pay_reason = reason.strip()
    session.flush()


def held_payments(session: Session) -> dict[int, str]:
    """Return why each entry of an invoice is not to be paid yet, by the key of the entry."""
    keys = {each.invoice_id for each in open_claims(session)}
    query = select(SupplierInvoice).where(
        SupplierInvoice.id.in_(keys), SupplierInvoice.entry_id.is_not(None)
    )
    found: dict[int, str] = {}
    for invoice in session.scalars(query):
        words = why_not_pay(session, invoice.id)
        if words and invoice.entry_id is not None:
            found[invoice.entry_id] = words
    return found
