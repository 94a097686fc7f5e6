"""Keeping one temperature, history and verdict included, beside the bare SQL insert."""

import sqlite3
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from sqlalchemy import func, select

from cantine_desktop.hygiene.model import ColdUnit, Reading, Slot
from cantine_desktop.hygiene.recording import record_temperature
from cantine_desktop.schema.upgrade import create_book
from tests.benchmarks.measuring import Row, in_turn

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
TURNS = 60
"""Temperatures kept by each way."""

INSERT = (
    'INSERT INTO reading (unit_id, day, slot, celsius, recorded_at, "limit", tolerance, revision,'
    " note, initials, origin) VALUES (1, ?, 'morning', 35, ?, 40, 10, 1, '', '', 'typed')"
)


def measure(folder):
    opened = create_book(str(folder / "ours.cantine"), lambda: NOW)
    with opened.book.action("Installer") as session:
        session.add(ColdUnit(name="CF 1", maximum=Decimal(4), tolerance=Decimal(1)))
    other = create_book(str(folder / "raw.cantine"), lambda: NOW)
    with other.book.action("Installer") as session:
        session.add(ColdUnit(name="CF 1", maximum=Decimal(4), tolerance=Decimal(1)))
    other.book.close()
    raw = sqlite3.connect(folder / "raw.cantine", isolation_level=None)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("PRAGMA synchronous = FULL")
    days = iter(range(10_000))
    others = iter(range(10_000))

    def ours():
        day = NOW.date() - timedelta(days=next(days))
        with opened.book.action("Relevé de température") as session:
            record_temperature(session, 1, day, Slot.MORNING, Decimal("3.5"), NOW)

    def bare():
        day = NOW.date() - timedelta(days=next(others))
        raw.execute("BEGIN IMMEDIATE")
        raw.execute(INSERT, (day.isoformat(), NOW.isoformat()))
        raw.execute("COMMIT")

    mine, theirs = in_turn(ours, bare, TURNS)
    with opened.book.read() as session:
        kept = session.scalar(select(func.count()).select_from(Reading))
    assert kept == raw.execute("SELECT count(*) FROM reading").fetchone()[0] == TURNS + 1
    raw.close()
    opened.book.close()
    opened.close()
    yield Row("action: one temperature", mine, theirs, "bare SQL insert, both synchronous=FULL")
