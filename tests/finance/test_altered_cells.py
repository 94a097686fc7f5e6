"""Whatever cell of the accounts another program alters, the check of the book tells which one."""

import sqlite3
from contextlib import closing as closing_file
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Boolean, Date, DateTime, Integer, text

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.finance.cash import closing as cash_closing
from cantine_desktop.finance.cash.depositing import deposit_cash
from cantine_desktop.finance.cash.recording import take
from cantine_desktop.finance.checks import check_finance
from cantine_desktop.finance.fec.exporting import register
from cantine_desktop.finance.fec.writing import write_fec
from cantine_desktop.finance.ledger import closing
from cantine_desktop.finance.ledger.accounts import find_or_add_party
from cantine_desktop.finance.ledger.lettering import letter
from cantine_desktop.finance.ledger.model import PartyKind
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.finance.ledger.years import find_year
from cantine_desktop.finance.postings.facts import PurchaseFacts, Share, TakingsFacts
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.finance.postings.purchases import post_purchase
from cantine_desktop.schema import Base
from cantine_desktop.storage.verify import guarded, verify
from cantine_desktop.values.money import Money

LATER = datetime(2027, 2, 1, 9, tzinfo=UTC)
DAY = date(2026, 2, 3)
TABLES = (
    "fiscal_year",
    "account",
    "journal",
    "party",
    "section",
    "entry",
    "line",
    "lettering",
    "lettered_line",
    "lock_change",
    "takings",
    "takings_part",
    "cash_event",
    "cash_deposit",
    "period_closing",
    "export_register",
    "number_series",
)


class Nowhere:
    def write(self, content):
        return len(content)


@pytest.fixture
def kept(book):
    """Return a book with a closed year, a till that was closed, letterings and an export."""
    with book.action("année", undoable=False) as session:
        session.add(Canteen(name="La Tablée", siren="123456782"))
        party = find_or_add_party(session, "Biocoop", PartyKind.SUPPLIER).id
        parts = {(Means.CASH, Purpose.MEALS): Money(9_000)}
        take(session, TakingsFacts(DAY, "Déjeuner", parts, 12), LATER)
        deposit_cash(session, DAY, Money(5_000), LATER)
        shares = (Share("601000", Money(1_234)),)
        bill = post_purchase(session, PurchaseFacts(party, DAY, "F1", "Légumes", shares))
        paid = debit("401000", Money(1_234), party=party), credit("512000", Money(1_234))
        payment = post(session, DraftEntry("BQ1", DAY, "Virement", "V1", paid))
        owed = next(line for line in bill.lines if line.credit)
        letter(session, [owed.id, payment.lines[0].id], DAY)
        cash_closing.close_day(session, DAY, LATER)
        closing.close_year(session, find_year(session, DAY), LATER)
        year = find_year(session, DAY)
        register(session, year, write_fec(session, year, Nowhere(), LATER), LATER, "Trésorerie")
    return book


def other(column, value):
    """Return another value that a cell could hold, as stored."""
    if isinstance(column.type, Boolean):
        return 1 - value
    if isinstance(value, int):
        return value + 100_000
    if isinstance(column.type, Date):
        return "2026-02-04" if value != "2026-02-04" else "2026-02-05"
    if isinstance(column.type, DateTime):
        return "2026-02-04 09:30:00.000000"
    if value is None:
        return 1 if isinstance(column.type, Integer) else "x"
    return f"{value}x"


def outside(book, statement, *values):
    """Change the file as another program would, which keeps no rule of ours."""
    with closing_file(sqlite3.connect(book.engine.url.database)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        assert connection.execute(statement, values).rowcount == 1
        connection.commit()


def alter(book, table, column, key, value):
    outside(book, f'UPDATE "{table}" SET "{column}" = ? WHERE id = ?', value, key)


def told(book):
    """Return what is found by the checks that read rows."""
    with book.read() as session:
        connection = session.connection()
        return [
            *guarded(connection, "finance", lambda _connection: check_finance(session)),
            *verify(session),
        ]


@pytest.mark.parametrize("table", TABLES)
def test_every_altered_cell_is_told_with_its_row(kept, table):
    columns = Base.metadata.tables[table].columns
    with kept.engine.connect() as connection:
        row = connection.execute(text(f'SELECT * FROM "{table}" ORDER BY id')).mappings().first()
    assert row is not None
    for column in columns:
        if column.name == "id":
            continue
        value = row[column.name]
        alter(kept, table, column.name, row["id"], other(column, value))
        places = {(f.table, f.key) for f in told(kept)}
        assert (table, row["id"]) in places, column.name
        alter(kept, table, column.name, row["id"], value)
    assert told(kept) == []


@pytest.mark.parametrize("table", ["entry", "line", "lettered_line", "cash_event", "lock_change"])
def test_a_row_that_was_deleted_is_told(kept, table):
    with kept.engine.connect() as connection:
        key = connection.scalar(text(f'SELECT max(id) FROM "{table}"'))
    outside(kept, f'DELETE FROM "{table}" WHERE id = ?', key)
    assert (table, key) in {(f.table, f.key) for f in told(kept)}


def test_the_words_name_the_column_and_both_values(kept):
    alter(kept, "entry", "label", 1, "Autre chose")
    words = " ".join(f.text for f in told(kept) if (f.table, f.key) == ("entry", 1))
    assert "label" in words
    assert "Autre chose" in words
