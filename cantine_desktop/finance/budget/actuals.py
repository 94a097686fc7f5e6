"""What really happened, by account, activity and month of a fiscal year."""

from datetime import date
from typing import Any

from sqlalchemy import Select, extract, func, select
from sqlalchemy.orm import Session

from cantine_desktop.finance.budget.months import months_of
from cantine_desktop.finance.ledger.model import Account, Entry, FiscalYear, Line, Section
from cantine_desktop.finance.statements.tables import shown

Key = tuple[str, str]
"""Number of an account, and code of an activity or an empty text."""


def actuals_by_month(
    session: Session, year: FiscalYear, before: date | None = None
) -> dict[Key, list[int]]:
    """Return cents by account and activity, one per month, as the result shows them.

    Args:
        session: A session that reads.
        year: The year.
        before: Only days before this one.
    """
    year_part, month_part = extract("year", Entry.day), extract("month", Entry.day)
    query = _moved(year, before).add_columns(year_part, month_part)
    count = len(months_of(year))
    found: dict[Key, list[int]] = {}
    for number, activity, taken, given, in_year, in_month in session.execute(
        query.group_by(year_part, month_part)
    ):
        index = (int(in_year) - year.first.year) * 12 + int(in_month) - year.first.month
        months = found.setdefault((number, activity or ""), [0] * count)
        months[index] += shown(number, taken - given).cents
    return found


def actuals_of_year(session: Session, year: FiscalYear) -> dict[Key, list[int]]:
    """Return cents by account and activity, one for the whole year, as the result shows them."""
    return {
        (number, activity or ""): [shown(number, taken - given).cents]
        for number, activity, taken, given in session.execute(_moved(year, None))
    }


def _moved(year: FiscalYear, before: date | None) -> Select[*tuple[Any, ...]]:
    return (
        select(Account.number, Section.code, func.sum(Line.debit), func.sum(Line.credit))
        .select_from(Line)
        .join(Account, Line.account_id == Account.id)
        .join(Entry, Line.entry_id == Entry.id)
        .outerjoin(Section, Line.activity_id == Section.id)
        .where(Account.number >= "6", Account.number < "9")
        .where(Entry.day >= year.first, Entry.day < min(before or year.end, year.end))
        .group_by(Account.number, Section.code)
    )
