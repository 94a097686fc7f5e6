"""A book whose money is five years old: the year of the demonstration, repeated before it.

Every row of the ledger, the till, the bank and the pieces is copied for each earlier year, its
days moved back and its references with them. Seals and the history are not copied: the book
is for looking at, and ``check`` would refuse it.
"""

import sqlite3
from contextlib import closing

from sqlalchemy import Table

from cantine_desktop.storage.base import tables_by_name

YEARS = 4
"""Years written before the demonstration’s own."""
FAR = 1_000_000
"""Between the keys of one year and those of the next."""
KEPT = frozenset({
    "account",
    "bank_account",
    "displayed_price",
    "finance_policy",
    "fiscal_year",
    "journal",
    "matching_rule",
    "party",
    "planned_flow",
    "price_part",
    "scenario",
    "section",
})
"""Tables whose rows serve every year."""
DAYS = ("Date", "DateTime", "UtcDateTime")
OWN = {
    "entry.fiscal_year_id": "(SELECT f.id FROM fiscal_year f"
    " WHERE date(entry.day, '-{years} years') >= f.first"
    " AND date(entry.day, '-{years} years') < f.\"end\")",
    "entry.number": "id + {far}",
    "entry.rank": "id + {far}",
    "entry.validated_on": "coalesce(date(validated_on, '-{years} years'), piece_day)",
    "entry.origin_key": "CASE origin_table WHEN '' THEN NULL ELSE origin_key + {far} END",
    "cash_event.number": "number - {far}",
    "cash_event.origin_key": "origin_key + {far}",
    "period_closing.number": "number - {far}",
    "period_closing.up_to": "up_to - {far}",
    "lettering.code": "code || '{years}'",
    "bank_line.fingerprint": "substr(fingerprint, 2) || '{years}'",
    "piece.sha256": "substr(sha256, 2) || '{years}'",
    "piece.number": "(substr(number, 1, 4) - {years}) || '-{years}' || substr(number, 6)",
}
"""What some columns of the copy are; the others keep their value."""


def grow(path):
    """Write four years before the demonstration’s into its book, a file of SQLite."""
    tables = [
        made.__table__
        for name, made in tables_by_name().items()
        if made.area == "finance" and name not in KEPT
    ]
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        first = connection.execute("SELECT min(first) FROM fiscal_year").fetchone()[0]
        _add_years(connection, int(first[:4]))
        for years in range(1, YEARS + 1):
            for table in tables:
                if table.name not in {"budget", "budget_line", "lock_change"}:
                    _repeat(connection, table, years)


def _add_years(connection, before):
    """Write the fiscal years before one, closed and locked."""
    for year in range(before - YEARS, before):
        connection.execute(
            'INSERT INTO fiscal_year (id, first, "end", numbering, locked_until, sealed_at)'
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                FAR + year,
                f"{year}-01-01",
                f"{year + 1}-01-01",
                "from_2025" if year >= 2025 else "before_2025",
                f"{year + 1}-01-01",
                f"{year + 1}-01-05 09:30:00.000000",
            ),
        )


def _repeat(connection, table: Table, years):
    """Copy the demonstration’s rows of a table, so many years before."""
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    values = ", ".join(_value(table, column, years) for column in table.columns)
    connection.execute(
        f'INSERT INTO "{table.name}" ({names}) SELECT {values} FROM "{table.name}" WHERE id < {FAR}'
    )


def _value(table, column, years):
    """Return what a column of the copy is, in SQL."""
    name, far = f'"{column.name}"', FAR * years
    if own := OWN.get(f"{table.name}.{column.name}"):
        return own.format(years=years, far=far)
    seen = {key.column.table.name for key in column.foreign_keys}
    if column.name == "id" or seen - KEPT - {"attachment"}:
        return f"{name} + {far}"
    if column.name == "reference" and table.name != "bank_line":
        return f"{name} || '.{years}'"
    kind = type(column.type).__name__
    if kind == "Date":
        return f"date({name}, '-{years} years')"
    if kind in DAYS:
        return f"strftime('%Y-%m-%d %H:%M:%f000', {name}, '-{years} years')"
    return name
