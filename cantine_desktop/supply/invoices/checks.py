"""What is proved of invoices when a book is verified: the accounts say what they say."""

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.finance.ledger.model import Account, Line
from cantine_desktop.i18n import tr
from cantine_desktop.storage.findings import Finding, at
from cantine_desktop.supply.invoices.model import Settlement, SupplierInvoice, SupplierInvoiceLine

OWED = "401"


def check(session: Session) -> Iterator[Finding]:
    """Find invoices whose entry says another amount, and claims above what is billed."""
    owed: dict[int, int] = defaultdict(int)
    query = (
        select(SupplierInvoice, Line.debit, Line.credit)
        .join(Line, Line.entry_id == SupplierInvoice.entry_id)
        .join(Account, Line.account_id == Account.id)
        .where(Account.number.startswith(OWED))
    )
    for invoice, debit, credit in session.execute(query):
        owed[invoice.id] += credit.cents - debit.cents
    for key, cents in owed.items():
        if cents != session.get_one(SupplierInvoice, key).total.cents:
            spot = SupplierInvoice.__tablename__, key
            yield at(spot, tr("son écriture n’est pas de son montant"))
    claimed = select(SupplierInvoiceLine).where(
        SupplierInvoiceLine.settlement == Settlement.CLAIMED
    )
    for line in session.scalars(claimed):
        if not 0 < line.claimed.cents <= line.amount.cents:
            yield at(
                (SupplierInvoiceLine.__tablename__, line.id),
                tr("il en est réclamé plus qu’il n’en est facturé"),
            )
