"""How far the accounts of the bank are at the end of a month: imported, matched, agreed."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.finance.bank.model import AccountKind, BankAccount, BankLine, BankStatement
from cantine_desktop.finance.matching.model import MatchedBankLine
from cantine_desktop.finance.matching.reconciliation import statement_at
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period


class AccountMonth(NamedTuple):
    """An account at the end of a month.

    Attributes:
        last: Last day its statements speak of; ``None`` before the first one.
        lines: Lines of the month.
        waiting: Lines of the month and before that are not matched.
        gap: What neither open lines nor the opening explain between statement and ledger;
            nothing while the statement of the month is not there.
        is_imported: Whether a statement reaches the end of the month.
    """

    id: int
    name: str
    last: date | None
    lines: int
    waiting: int
    gap: Money
    is_imported: bool

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to import, to match or to explain."""
        return self.is_imported and not self.waiting and not self.gap


def account_months(session: Session, month: Period, *, with_gap: bool = True) -> list[AccountMonth]:
    """Return how far each account in use is at the end of a month, the first added first.

    Args:
        session: A session that reads.
        month: A calendar month.
        with_gap: Whether statements are compared with the accounts, which reads their whole past.
    """
    asked = (
        select(BankAccount.id, BankAccount.name)
        .where(BankAccount.is_active)
        .where(BankAccount.kind.in_((AccountKind.BANK, AccountKind.SAVINGS)))
        .order_by(BankAccount.id)
    )
    return [
        _account_month(session, key, name, month, with_gap=with_gap)
        for key, name in session.execute(asked)
    ]


def account_to_do(session: Session, month: Period) -> int | None:
    """Return the first account with something left to do at the end of a month."""
    found = account_months(session, month)
    return next((each.id for each in found if not each.is_done), None)


def last_day(session: Session, account: int) -> date | None:
    """Return the last day the statements of an account speak of."""
    asked = select(func.max(BankStatement.last))
    return session.scalar(asked.where(BankStatement.bank_account_id == account))


def _account_month(
    session: Session, key: int, name: str, month: Period, *, with_gap: bool
) -> AccountMonth:
    last = last_day(session, key)
    counted = select(func.count(BankLine.id)).where(
        BankLine.bank_account_id == key, BankLine.day < month.end
    )
    lines = session.scalar(counted.where(BankLine.day >= month.first)) or 0
    matched = select(MatchedBankLine.bank_line_id)
    waiting = session.scalar(counted.where(BankLine.id.not_in(matched))) or 0
    is_imported = last is not None and last >= month.last
    gap = Money(0)
    if is_imported and with_gap:
        there = statement_at(session, key, month.last)
        gap = there.unexplained + there.opening_gap if there.bank_balance is not None else gap
    return AccountMonth(key, name, last, lines, waiting, gap, is_imported)
