"""Sums of the ledger: what every figure is made of."""

from datetime import date
from functools import cache
from itertools import starmap
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlalchemy.orm import Session

from cantine_desktop.finance.chart.numbering import Nature
from cantine_desktop.finance.ledger.model import (
    Account,
    Entry,
    FiscalYear,
    Journal,
    JournalKind,
    Line,
    Section,
)
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period


class Balance(NamedTuple):
    """What an account took and gave in a period."""

    number: str
    title: str
    nature: Nature
    debit: Money
    credit: Money

    @property
    def net(self) -> Money:
        """Debit less credit."""
        return self.debit - self.credit


def balances(
    session: Session,
    period: Period,
    *,
    beginning: str = "",
    activity: str = "",
    project: str = "",
    opening: bool = True,
) -> list[Balance]:
    """Return the sums of each account that moved in a period, drafts included, by number.

    Args:
        session: A session that reads.
        period: Accounting days.
        beginning: First digits of the accounts, empty for all.
        activity: Only lines of that section.
        project: Only lines of that section.
        opening: Whether opening entries count.
    """
    query = (
        select(
            Account.number,
            Account.title,
            Account.nature,
            func.sum(Line.debit),
            func.sum(Line.credit),
        )
        .join(Line, Line.account_id == Account.id)
        .join(Entry, Line.entry_id == Entry.id)
        .where(Entry.day >= period.first, Entry.day < period.end)
        .group_by(Account.number, Account.title, Account.nature)
        .order_by(Account.number)
    )
    if beginning:
        query = query.where(Account.number.startswith(beginning))
    if activity:
        query = query.where(Line.activity_id == _section(activity))
    if project:
        query = query.where(Line.project_id == _section(project))
    if not opening:
        query = query.join(Journal, Entry.journal_id == Journal.id)
        query = query.where(Journal.kind != JournalKind.OPENING)
    return list(starmap(Balance, session.execute(query)))


def net_of(session: Session, account: str, before: date | None = None) -> Money:
    """Return debit less credit of all accounts whose number begins so, over all time.

    With years closed and opened again the opening entries are left out, so that the sum
    runs on over the years.

    Args:
        session: A session that reads.
        account: First digits of the accounts.
        before: Only entries dated before a day.
    """
    query, values = _net(is_dated=before is not None), {"beginning": f"{account}%"}
    taken, given = session.execute(query, values | {"before": before}).one()
    return _money(taken) - _money(given)


@cache
def _net(*, is_dated: bool) -> Select[Money, Money]:
    """Build once what every count of the till asks."""
    first_year = select(FiscalYear.id).order_by(FiscalYear.first).limit(1).scalar_subquery()
    query = (
        select(func.coalesce(func.sum(Line.debit), 0), func.coalesce(func.sum(Line.credit), 0))
        .select_from(Line)
        .join(Account, Line.account_id == Account.id)
        .join(Entry, Line.entry_id == Entry.id)
        .join(Journal, Entry.journal_id == Journal.id)
        .where(Account.number.like(bindparam("beginning")))
        .where((Journal.kind != JournalKind.OPENING) | (Entry.fiscal_year_id == first_year))
    )
    return query.where(Entry.day < bindparam("before")) if is_dated else query


def _money(value: object) -> Money:
    return value if isinstance(value, Money) else Money(int(str(value)))


def _section(code: str) -> ColumnElement[int]:
    return select(Section.id).where(Section.code == code).scalar_subquery()
