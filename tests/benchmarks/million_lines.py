"""A book whose one year holds a million validated lines; the same one every time."""

import random
from datetime import date, timedelta
from itertools import islice

from sqlalchemy import select

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.finance.ledger.model import Account, Journal, Party, PartyKind
from cantine_desktop.finance.ledger.years import open_year
from cantine_desktop.schema import Base
from cantine_desktop.storage.book import Book
from cantine_desktop.storage.engine import open_engine
from cantine_desktop.values.period import Period

NAME = "123456782FEC20251231.txt"
FIRST = date(2025, 1, 1)
_ENTRY = (
    "INSERT INTO entry (id, fiscal_year_id, journal_id, day, label, piece_ref, piece_day, number,"
    " rank, validated_on, fact, origin_table) VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, '', '')"
)
_LINE = (
    "INSERT INTO line (id, entry_id, rank, account_id, debit, credit, party_id, label)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, '')"
)


def million(folder, lines):
    """Write the book and return it with its path.

    Args:
        folder: Where.
        lines: How many, four more than a multiple of three.
    """
    path = folder / f"lines-{lines}.cantine"
    engine = open_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    book = Book(engine)
    with book.action("names") as session:
        session.add(Canteen(name="La Tablée", siren="123456782"))
        open_year(session, Period.year(FIRST))
        session.add_all(
            Party(code=f"F{n:03d}", name=f"Fournisseur nº {n}", kind=PartyKind.SUPPLIER)
            for n in range(300)
        )
    with book.read() as session:
        journals = {j.code: j.id for j in session.scalars(select(Journal))}
        accounts = {a.number: a.id for a in session.scalars(select(Account))}
    with engine.begin() as connection:
        driver = connection.connection.driver_connection
        _fill(driver, journals, accounts, lines)
    with engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE")
    return book, path


def _fill(driver, journals, accounts, lines):
    entries, rows = [], []
    for entry, row in islice(_made(journals, accounts, lines // 3), lines):
        if entry is not None:
            entries.append(entry)
        rows.append(row)
        if len(rows) >= 50_000:
            driver.executemany(_ENTRY, entries)
            driver.executemany(_LINE, rows)
            entries, rows = [], []
    driver.executemany(_ENTRY, entries)
    driver.executemany(_LINE, rows)


def _made(journals, accounts, total):
    """Make an opening of four lines, then entries of three lines, for a year."""
    luck = random.Random(7)
    numbers = dict.fromkeys(journals, 0)
    line = entry = 0
    openings = (
        ("512000", 9_000_000_000, 0),
        ("530000", 10_000, 0),
        ("106800", 0, 10_000),
        ("110000", 0, 9_000_000_000),
    )
    while True:
        entry += 1
        code = "AN" if entry == 1 else luck.choice(("HA", "VE", "OD"))
        numbers[code] += 1
        day = FIRST + timedelta(days=min(entry * 364 // total, 364))
        head = (
            entry, journals[code], day.isoformat(), f"Écriture nº {entry} du marché d’été",
            f"P-{entry}", day.isoformat(), numbers[code], entry, "2026-01-15",
        )  # fmt: skip
        cents = luck.randrange(100, 90_000)
        half = cents // 2
        party = luck.randrange(1, 301)
        parts = openings if entry == 1 else _PARTS[code](cents, half)
        for rank, (account, debit, credit) in enumerate(parts, 1):
            line += 1
            row = (
                line, entry, rank, accounts[account], debit, credit,
                party if account in {"401000", "411000"} else None,
            )  # fmt: skip
            yield (head if rank == 1 else None), row


_PARTS = {
    "HA": lambda cents, half: (
        ("601000", half, 0),
        ("606300", cents - half, 0),
        ("401000", 0, cents),
    ),
    "VE": lambda cents, half: (
        ("411000", cents, 0),
        ("706000", 0, half),
        ("756100", 0, cents - half),
    ),
    "OD": lambda cents, half: (
        ("626000", cents, 0),
        ("512000", 0, half),
        ("468600", 0, cents - half),
    ),
}
