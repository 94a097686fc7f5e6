"""The result and the balance sheet of a fiscal year, as CSV files."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from cantine_desktop.exchange.registry import Export, Import
from cantine_desktop.exchange.writers import Table, Value, csv_export
from cantine_desktop.finance.ledger.years import find_year
from cantine_desktop.finance.statements.layout import Kind
from cantine_desktop.finance.statements.tables import StatementRow, balance_sheet, result
from cantine_desktop.i18n import mark
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

RESULT_HEADINGS = ("rubrique", "ligne", "compte", "intitulé", "exercice", "exercice précédent")
ASSET_HEADINGS = (
    *("côté", "rubrique", "ligne", "compte", "intitulé"),
    *("brut", "amortissements", "net", "net précédent"),
)
"""Columns of the files, the same in every language; a line has an empty account, then come the
accounts behind it."""


def result_table(session: Session, period: Period, _now: datetime) -> Table:
    """Return the result of the fiscal year a period ends in, with the accounts behind it."""
    year = find_year(session, period.last) or find_year(session, period.first)
    if year is None:
        return Table(RESULT_HEADINGS, [])
    found = result(session, year)
    return Table(RESULT_HEADINGS, list(_flat(found.rows, (0, 1))))


def balance_table(session: Session, period: Period, _now: datetime) -> Table:
    """Return the balance sheet of the fiscal year a period ends in, assets then liabilities."""
    year = find_year(session, period.last) or find_year(session, period.first)
    if year is None:
        return Table(ASSET_HEADINGS, [])
    found = balance_sheet(session, year)
    rows: list[Sequence[Value]] = [("actif", *row) for row in _flat(found.assets, range(4))]
    for row in _flat(found.liabilities, (0, 1)):
        *words, now, before = row
        rows.append(("passif", *words, None, None, now, before))
    return Table(ASSET_HEADINGS, rows)


def _flat(rows: Sequence[StatementRow], columns: Sequence[int]) -> Iterator[list[Value]]:
    """Yield lines, each account once behind the one it belongs to; heads are left out."""
    for row in rows:
        if row.kind is Kind.HEAD or not row.values:
            continue
        yield [row.key, row.title, None, None, *_of(row.values, columns)]
        for account in row.accounts if row.kind is Kind.LEAF else ():
            yield [row.key, row.title, account.number, account.title, *_of(account.values, columns)]


def _of(values: Sequence[Money], columns: Sequence[int]) -> list[Value]:
    return [values[column] for column in columns]


EXPORTS: tuple[Export, ...] = (
    csv_export("result", mark("Compte de résultat"), result_table, "finance"),
    csv_export("balance-sheet", mark("Bilan"), balance_table, "finance"),
)
IMPORTS: tuple[Import, ...] = ()
