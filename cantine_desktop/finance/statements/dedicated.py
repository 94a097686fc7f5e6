"""Dedicated funds of a year, project after project (tableau de variation des fonds dédiés).

Art. 432-22: opening, what was carried, what was used, closing. Source: ANC-2018.
"""

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
    Section,
)
from cantine_desktop.finance.statements.sums import position
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY

FUNDS = "19"
"""What the accounts of dedicated funds begin with."""


class Fund(NamedTuple):
    """A dedicated fund over a year.

    Attributes:
        account: 194 grants, 195 contributions, 196 gifts.
        project: Code of the section; empty when no line says.
        title: Of the project.
        carried: Put aside this year (credits of 19, 689).
        used: Used this year (debits of 19, 789).
    """

    account: str
    project: str
    title: str
    opening: Money
    carried: Money
    used: Money

    @property
    def closing(self) -> Money:
        """What stays dedicated."""
        return self.opening + self.carried - self.used


def dedicated_funds(session: Session, year: FiscalYear, before: date | None = None) -> list[Fund]:
    """Return every dedicated fund that held or moved something in a year, by project.

    Openings are what was put aside less what was used in earlier years, beginning with the
    opening entries of the first one; the other opening entries only repeat it.
    """
    end = min(before, year.end) if before else year.end
    moved = _moves(session, year.first, end, opening=False)
    first = session.scalar(select(func.min(FiscalYear.first))) or year.first
    earlier = _moves(session, first, year.first, opening=False)
    for key, sums in _moves(session, first, first + DAY, opening=True).items():
        known = earlier.get(key, (Money(0), Money(0)))
        earlier[key] = (known[0] + sums[0], known[1] + sums[1])
    titles = {row.code: row.title for row in session.scalars(select(Section))}
    funds = [
        Fund(
            account,
            project,
            titles.get(project, ""),
            _kept(earlier.get((account, project))),
            *moved.get((account, project), (Money(0), Money(0))),
        )
        for account, project in sorted({*moved, *earlier})
    ]
    funds += _unexplained(session, year, funds)
    return [fund for fund in funds if fund.opening or fund.carried or fund.used]


def _kept(sums: tuple[Money, Money] | None) -> Money:
    return sums[0] - sums[1] if sums else Money(0)


def _unexplained(session: Session, year: FiscalYear, funds: list[Fund]) -> list[Fund]:
    """Return what the balance sheet holds on 19 besides these funds: what came with openings."""
    held = {
        one.number: -one.net
        for one in position(session, year).accounts
        if one.number.startswith(FUNDS)
    }
    found: list[Fund] = []
    for account in sorted(held):
        told = sum(fund.closing.cents for fund in funds if fund.account == account)
        if gap := held[account] - Money(told):
            found.append(Fund(account, "", "", gap, Money(0), Money(0)))
    return found


def _moves(
    session: Session, first: date, end: date, *, opening: bool
) -> dict[tuple[str, str], tuple[Money, Money]]:
    """Return credits and debits by account and project, of opening entries or of the others."""
    is_opening = Journal.kind == JournalKind.OPENING
    query = (
        select(Account.number, Section.code, func.sum(Line.credit), func.sum(Line.debit))
        .select_from(Line)
        .join(Account, Line.account_id == Account.id)
        .join(Entry, Line.entry_id == Entry.id)
        .join(Journal, Entry.journal_id == Journal.id)
        .outerjoin(Section, Line.project_id == Section.id)
        .where(Account.number.startswith(FUNDS), is_opening if opening else ~is_opening)
        .where(Entry.day >= first, Entry.day < end)
        .group_by(Account.number, Section.code)
    )
    return {
        (account, project or ""): (given, taken)
        for account, project, given, taken in session.execute(query)
    }
