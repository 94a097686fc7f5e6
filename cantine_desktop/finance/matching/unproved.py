"""What was spent without a piece, lines of the bank that have no entry yet included."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from cantine_desktop.finance.bank.model import BankLine
from cantine_desktop.finance.matching.model import MatchedBankLine
from cantine_desktop.finance.pieces.queries import BankSpending, MissingRow, missing
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period


def bank_spending(session: Session, period: Period) -> list[BankSpending]:
    """Return what went out of the bank in a period and has no entry yet, oldest first."""
    query = (
        select(BankLine)
        .where(
            BankLine.day >= period.first,
            BankLine.day < period.end,
            BankLine.amount < Money(0),
            ~exists().where(MatchedBankLine.bank_line_id == BankLine.id),
        )
        .order_by(BankLine.day, BankLine.id)
    )
    return [
        BankSpending(line.id, line.day, line.label, -line.amount, line.reference)
        for line in session.scalars(query)
    ]


def unproved(session: Session, period: Period) -> list[MissingRow]:
    """Return what was spent in a period and has no piece, in the accounts or at the bank."""
    return missing(session, period, bank_spending(session, period))
