"""Claims that wait for their credit note, and what it gives back."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.invoices.judging import open_invoice
from cantine_desktop.supply.invoices.model import Settlement, SupplierInvoice, SupplierInvoiceLine
from cantine_desktop.supply.suppliers.model import Supplier
from cantine_desktop.values.money import Money


@dataclass(frozen=True)
class Claim:
    """What is claimed from a supplier and has not come back yet.

    Attributes:
        key: The line that is claimed.
        left: Taxes left out, above zero.
    """

    key: int
    supplier_id: int
    supplier: str
    invoice_id: int
    invoice: str
    day: date
    name: str
    reason: str
    claimed: Money
    left: Money


def open_claims(session: Session, supplier_id: int | None = None) -> list[Claim]:
    """Return the claims that wait for a credit note, the oldest first; of one supplier if said."""
    credit = aliased(SupplierInvoiceLine)
    query = (
        select(SupplierInvoiceLine, SupplierInvoice, Supplier.name, credit.amount)
        .join(SupplierInvoice, SupplierInvoiceLine.invoice_id == SupplierInvoice.id)
        .join(Supplier, SupplierInvoice.supplier_id == Supplier.id)
        .outerjoin(credit, SupplierInvoiceLine.credit_line_id == credit.id)
        .where(SupplierInvoiceLine.settlement == Settlement.CLAIMED)
        .order_by(SupplierInvoice.day, SupplierInvoiceLine.id)
    )
    if supplier_id is not None:
        query = query.where(SupplierInvoice.supplier_id == supplier_id)
    found: list[Claim] = []
    for line, invoice, supplier, given in session.execute(query):
        left = line.claimed + (given or Money(0))
        if left.cents > 0:
            found.append(
                Claim(
                    key=line.id,
                    supplier_id=invoice.supplier_id,
                    supplier=supplier,
                    invoice_id=invoice.id,
                    invoice=invoice.number,
                    day=invoice.day,
                    name=line.name,
                    reason=line.reason,
                    claimed=line.claimed,
                    left=left,
                )
            )
    return found


def credit_claim(
    session: Session, invoice_id: int, claim_line: int, amount: Money | None = None
) -> SupplierInvoiceLine:
    """Write on a credit note what it gives back for a claim.

    Args:
        session: The session of an action.
        invoice_id: The credit note.
        claim_line: The line that was claimed.
        amount: What it gives back, taxes left out, above zero; ``None`` for all of it.

    Raises:
        UserError: It is no credit note, the claim is another supplier's, is settled, or was
            given more than was claimed.
    """
    note = open_invoice(session, invoice_id)
    if note.total.cents >= 0:
        raise UserError(tr("Ce n’est pas un avoir : son total doit être négatif."))
    claims = {each.key: each for each in open_claims(session, note.supplier_id)}
    if claim_line not in claims:
        raise UserError(tr("Cette réclamation est réglée, ou concerne un autre fournisseur."))
    claim = claims[claim_line]
    given = claim.left if amount is None else amount
    if not 0 < given.cents <= claim.left.cents:
        raise UserError(tr("Un avoir rend au plus ce qui a été réclamé."))
    claimed = session.get_one(SupplierInvoiceLine, claim_line)
    if claimed.credit_line_id is not None:
        raise UserError(
            tr("Un avoir répond déjà à cette réclamation : acceptez ou réclamez le reste.")
        )
    line = SupplierInvoiceLine(
        rank=len(note.lines) + 1,
        name=tr("Avoir : {name}").format(name=claim.name),
        amount=-given,
        expected=-given,
        settlement=Settlement.AGREED,
    )
    note.lines.append(line)
    session.flush()
    claimed.credit_line_id = line.id
    session.flush()
    return line


def give_up(session: Session, claim_line: int, reason: str) -> None:
    """Leave a claim: what was billed is taken as it is.

    Raises:
        UserError: Nobody says why, or nothing is claimed.
    """
    line = session.get_one(SupplierInvoiceLine, claim_line)
    if line.settlement is not Settlement.CLAIMED:
        raise UserError(tr("Rien n’est réclamé sur cette ligne."))
    if not reason.strip():
        raise UserError(tr("Dites pourquoi vous ne réclamez plus."))
    line.settlement, line.reason = Settlement.ACCEPTED, reason.strip()
    session.flush()
