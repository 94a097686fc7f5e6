"""What each account holds for the statements: over a year, and on a day."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.finance.ledger.model import (
    Account,
    Entry,
    FiscalYear,
    Journal,
    JournalKind,
    Line,
)
from cantine_desktop.values.money import Money


class AccountSum(NamedTuple):
    """An account and its balance.

    Attributes:
        net: Debit less credit.
    """

    number: str
    title: str
    net: Money


class Position(NamedTuple):
    """What the accounts hold on a day.

    Attributes:
        accounts: Accounts of classes 1 to 5, by number; those at zero are left out.
        carried: Result of earlier years that no opening entry carried yet; positive is a
            surplus.
        result: Result of the year so far; positive is a surplus.
    """

    accounts: list[AccountSum]
    carried: Money
    result: Money


def year_sums(session: Session, year: FiscalYear, before: date | None = None) -> list[AccountSum]:
    """Return the accounts of classes 6 to 8 that moved in a year, by number.

    Args:
        session: A session that reads.
        year: The year.
        before: Only days before this one; ``None`` for the whole year.
    """
    end = min(before, year.end) if before else year.end
    found = _nets(session, year.first, end)
    return [one for one in found if one.number[0] in "678"]


def position(session: Session, year: FiscalYear, before: date | None = None) -> Position:
    """Return what the accounts hold at the end of a year, or before a day of it.

    It starts from the last opening entries there are; years without any are summed from
    the year before, as if they had been opened.
    """
    end = min(before, year.end) if before else year.end
    start = _last_opening(session, year)
    found = _nets(session, start, end)
    carried = _result(_nets(session, start, min(year.first, end)))
    return Position(
        [one for one in found if one.number[0] in "12345" and one.net],
        carried,
        _result(found) - carried,
    )


def years_of(session: Session) -> list[FiscalYear]:
    """Return the fiscal years, the last one first."""
    return list(session.scalars(select(FiscalYear).order_by(FiscalYear.first.desc())))


def year_before(session: Session, year: FiscalYear) -> FiscalYear | None:
    """Return the year that ends where a year begins, or ``None``."""
    return session.scalar(select(FiscalYear).where(FiscalYear.end == year.first))


def _result(sums: list[AccountSum]) -> Money:
    return Money(-sum(one.net.cents for one in sums if one.number[0] in "67"))


def _last_opening(session: Session, year: FiscalYear) -> date:
    """Return the first day of the last year, up to this one, that has opening entries."""
    opened = (
        select(func.max(FiscalYear.first))
        .join(Entry, Entry.fiscal_year_id == FiscalYear.id)
        .join(Journal, Entry.journal_id == Journal.id)
        .where(Journal.kind == JournalKind.OPENING, FiscalYear.first <= year.first)
    )
    found = session.scalar(opened)
    return found or session.scalar(select(func.min(FiscalYear.first))) or year.first


def _nets(session: Session, first: date, end: date) -> list[AccountSum]:
    if end <= first:
        return []
    query = (
        select(
            Account.number,
            Account.title,
            func.sum(Line.debit),
            func.sum(Line.credit),
        )
        .join(Line, Line.account_id == Account.id)
        .join(Entry, Line.entry_id == Entry.id)
        .where(Entry.day >= first, Entry.day < end)
        .group_by(Account.number, Account.title)
        .order_by(Account.number)
    )
    return [
        AccountSum(number, title, taken - given)
        for number, title, taken, given in session.execute(query)
    ]
