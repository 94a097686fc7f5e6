"""What can be proved of bank lines when a book is verified."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.finance.bank.inbox import fingerprint
from cantine_desktop.finance.bank.model import BankLine
from cantine_desktop.i18n import short_day, tr
from cantine_desktop.storage.findings import Finding, at


def check(session: Session) -> Iterator[Finding]:
    """Find lines that are no longer what the bank said when they were imported."""
    columns = select(
        BankLine.id, BankLine.day, BankLine.amount, BankLine.label, BankLine.fingerprint
    )
    for key, day, amount, label, told in session.execute(columns.order_by(BankLine.id)):
        if fingerprint(day, amount, label) != told:
            text = tr("la ligne du {date} n’est plus celle que la banque a donnée")
            yield at(("bank_line", key), text, date=short_day(day))
