"""What is billed held beside what came: within a tolerance it agrees, beyond it somebody says."""

from fractions import Fraction

from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.invoices.model import Settlement, SupplierInvoice, SupplierInvoiceLine
from cantine_desktop.values.money import Money

MOST_CENTS = 100
"""A line agrees when it differs by a euro at most…"""

MOST_SHARE = Fraction(2, 100)
"""… or by two hundredths of what was expected."""

NOTHING = Money(0)


def agrees(expected: Money | None, billed: Money) -> bool:
    """Tell whether what is billed is near enough to what the delivery makes of it."""
    if expected is None:
        return False
    gap = abs(billed.cents - expected.cents)
    return gap <= MOST_CENTS or gap <= abs(expected.cents) * MOST_SHARE


def gap_of(line: SupplierInvoiceLine) -> Money | None:
    """Return what is billed above what was expected; ``None`` when nothing answers the line."""
    return None if line.expected is None else line.amount - line.expected


def judge_again(line: SupplierInvoiceLine) -> None:
    """Say anew how a line stands after its amount changed: what was decided is forgotten."""
    line.claimed, line.reason = NOTHING, ""
    line.settlement = Settlement.AGREED if agrees(line.expected, line.amount) else Settlement.TO_SEE


def accept(session: Session, line_id: int, reason: str = "") -> None:
    """Take a line as it is billed.

    Raises:
        UserError: Its invoice is in the accounts already.
    """
    line = open_line(session, line_id)
    line.settlement, line.claimed, line.reason = Settlement.ACCEPTED, NOTHING, reason.strip()
    session.flush()


def claim(session: Session, line_id: int, reason: str, amount: Money | None = None) -> None:
    """Claim part of a line back: a credit note is awaited, the invoice is not paid meanwhile.

    Args:
        session: The session of an action.
        line_id: The line.
        reason: What is wrong, for the supplier.
        amount: Taxes left out; ``None`` for all that is billed above what came.

    Raises:
        UserError: Nobody says why, there is nothing to claim, more is claimed than is billed,
            or the invoice is in the accounts already.
    """
    line = open_line(session, line_id)
    asked = line.amount - (line.expected or NOTHING) if amount is None else amount
    refuse_claim(line, reason, asked)
    line.settlement, line.claimed, line.reason = Settlement.CLAIMED, asked, reason.strip()
    session.flush()


def refuse_claim(line: SupplierInvoiceLine, reason: str, asked: Money) -> None:
    """Let a claim that can be made pass.

    Raises:
        UserError: Nobody says why, there is nothing to claim, or more is claimed than billed.
    """
    if not reason.strip():
        raise UserError(tr("Dites au fournisseur pourquoi vous réclamez."))
    if asked.cents <= 0:
        raise UserError(
            tr(
                "« {name} » n’est pas facturé plus cher que reçu : il n’y a rien à réclamer."
            ).format(name=line.name)
        )
    if asked > line.amount:
        raise UserError(tr("On ne réclame pas plus que ce qui est facturé."))


def open_line(session: Session, line_id: int) -> SupplierInvoiceLine:
    """Return a line of an invoice that is not in the accounts yet.

    Raises:
        UserError: It is there already.
    """
    line = session.get_one(SupplierInvoiceLine, line_id)
    open_invoice(session, line.invoice_id)
    return line


def open_invoice(session: Session, invoice_id: int) -> SupplierInvoice:
    """Return an invoice that is not in the accounts yet.

    Raises:
        UserError: It is there already.
    """
    invoice = session.get_one(SupplierInvoice, invoice_id)
    if invoice.entry_id is not None:
        raise UserError(
            tr("La facture {number} est déjà dans les comptes : elle ne change plus.").format(
                number=invoice.number
            )
        )
    return invoice
