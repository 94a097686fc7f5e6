"""What the canteen holds, what goes out each month, and how long it can hold (K25)."""

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import Integer, Select, exists, func, or_, select, type_coerce
from sqlalchemy.orm import Session, aliased

from cantine_desktop.finance.bank.model import BankAccount, BankStatement
from cantine_desktop.finance.ledger.balances import balances, net_of
from cantine_desktop.finance.ledger.model import Account, Entry, Journal, JournalKind, Line
from cantine_desktop.i18n import round_half_up
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY, Period

MONEY = ("512", "53")
"""What accounts of money at hand begin with: bank, savings, till."""
NOT_PAID = ("603", "68", "69")
"""Charges that nobody pays: stock, depreciation, dedicated funds."""
ALMOST = timedelta(days=6)
"""A month whose bank is told up to these last days is told in full."""


class Runway(NamedTuple):
    """How long the money lasts at the pace of the last three months, or of those there are.

    Attributes:
        balance: In the bank and the till.
        outflow: Average of a month; zero when nothing is known.
        from_charges: The bank shows no outflow yet: charges stand for it.
        period: The full months it is counted over: three, fewer in a young book.
        told_until: Last day the bank is told in the accounts; ``None`` when it never was.
        statement_on: Day of the statement the balance starts from; ``None`` without any.
    """

    balance: Money
    outflow: Money
    from_charges: bool
    period: Period
    told_until: date | None = None
    statement_on: date | None = None

    @property
    def month_count(self) -> int:
        """Full months it is counted over."""
        return _month_count(self.period)

    @property
    def months(self) -> Decimal | None:
        """Balance by outflow, to a tenth; ``None`` when nothing goes out."""
        if self.outflow.cents <= 0:
            return None
        return round_half_up(Decimal(self.balance.cents) / self.outflow.cents, 1)


class Held(NamedTuple):
    """What the canteen really holds: what its bank last said, and the till.

    Attributes:
        amount: In the bank and the till.
        unmatched: How much of it is on a statement and not in the accounts yet.
        statement_on: The oldest of the last statements; ``None`` without any.
    """

    amount: Money
    unmatched: Money
    statement_on: date | None


def held_on(session: Session, day: date) -> Held:
    """Return what the bank, the savings and the till really hold at the end of a day.

    An account of the bank holds what its last statement says, and what the accounts tell
    since; one without any statement holds what the accounts tell.
    """
    told = Money(sum(net_of(session, account, day + DAY).cents for account in MONEY))
    unmatched = 0
    days: list[date] = []
    for number, last, closing in _statements(session, day):
        days.append(last)
        unmatched += closing.cents - net_of(session, number, last + DAY).cents
    return Held(told + Money(unmatched), Money(unmatched), min(days, default=None))


def balance_on(session: Session, day: date) -> Money:
    """Return what the bank, the savings and the till hold at the end of a day."""
    return held_on(session, day).amount


def _statements(session: Session, day: date) -> list[tuple[str, date, Money]]:
    """Return the account, the last day and the balance of the last statement of each bank."""
    rows = session.execute(
        select(Account.number, BankStatement.last, BankStatement.closing)
        .join(BankAccount, BankStatement.bank_account_id == BankAccount.id)
        .join(Account, BankAccount.account_id == Account.id)
        .where(Account.number.startswith("512"), BankAccount.is_active)
        .where(BankStatement.last <= day, BankStatement.closing.is_not(None))
        .order_by(BankStatement.last, BankStatement.id)
    )
    found = {
        number: (number, last, closing)
        for number, last, closing in rows
        if last is not None and closing is not None
    }
    return list(found.values())


def runway(session: Session, today: date) -> Runway:
    """Return how long the money lasts, by the last three months that the bank told in full."""
    told = _told_until(session, today)
    end = min(today, told + ALMOST if told else today).replace(day=1)
    period = Period(_pace_from(session, end), end)
    paid = _paid(session, period)
    from_charges = paid.cents == 0
    if from_charges:
        paid = _charges(session, period)
    average = Money(round(paid.cents / _month_count(period)))
    held = held_on(session, today)
    return Runway(held.amount, average, from_charges, period, told, held.statement_on)


def _pace_from(session: Session, end: date) -> date:
    """Return the first of the three months before a day, or of the first one that holds facts."""
    begun = session.scalar(
        select(func.min(Entry.day))
        .join(Journal, Entry.journal_id == Journal.id)
        .where(Journal.kind != JournalKind.OPENING)
    )
    first = _months_before(end, 3)
    if begun is None or begun >= end:
        return first
    return max(first, begun.replace(day=1))


def _month_count(period: Period) -> int:
    first, end = period.first, period.end
    return (end.year - first.year) * 12 + end.month - first.month


def _told_until(session: Session, today: date) -> date | None:
    query = (
        select(func.max(Entry.day))
        .join(Journal, Entry.journal_id == Journal.id)
        .where(Journal.kind == JournalKind.BANK, Entry.day <= today)
    )
    return session.scalar(query)


def _paid(session: Session, period: Period) -> Money:
    """Return what left the bank and the till, moves between them left out."""
    by_entry = _moves(period).group_by(Entry.id).subquery()
    query = select(func.sum(by_entry.c.given - by_entry.c.taken)).where(
        by_entry.c.given > by_entry.c.taken
    )
    return Money(int(session.scalar(query) or 0))


def _moves(period: Period) -> Select[int, int, int]:
    inner, other = aliased(Line), aliased(Account)
    is_internal = exists().where(
        inner.entry_id == Entry.id, inner.account_id == other.id, other.number.startswith("58")
    )
    return (
        select(
            Entry.id,
            type_coerce(func.sum(Line.debit), Integer).label("taken"),
            type_coerce(func.sum(Line.credit), Integer).label("given"),
        )
        .join(Line, Line.entry_id == Entry.id)
        .join(Account, Line.account_id == Account.id)
        .join(Journal, Entry.journal_id == Journal.id)
        .where(or_(*(Account.number.startswith(each) for each in MONEY)))
        .where(Journal.kind != JournalKind.OPENING, ~is_internal)
        .where(Entry.day >= period.first, Entry.day < period.end)
    )


def _charges(session: Session, period: Period) -> Money:
    found = balances(session, period, beginning="6")
    return Money(sum(b.net.cents for b in found if not b.number.startswith(NOT_PAID)))


def _months_before(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    return date(year, month + 1, 1)
