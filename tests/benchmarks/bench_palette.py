"""A keystroke in the palette on a book of five years, beside LIKE on the same lines."""

import sqlite3
from datetime import UTC, datetime

from cantine_desktop.schema.upgrade import open_book
from cantine_desktop.storage.search import INDEX, find
from tests.benchmarks.five_years import RECORDS, five_years
from tests.benchmarks.measuring import Row, in_turn

TYPED = ("o", "od", "odi", "odil", "odile", "odile c", "odile co", "odile cœ", "bœuf 59")
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


def measure(folder):
    path = five_years(folder)
    opened = open_book(path, lambda: NOW)
    raw = sqlite3.connect(path)

    def ours():
        with opened.book.read() as session:
            return [find(session, typed, 20) for typed in TYPED]

    def like():
        question = f"SELECT text FROM {INDEX} WHERE " + " AND ".join(["words LIKE ?"] * 2)
        return [
            raw.execute(
                question + " ORDER BY rowid DESC LIMIT 20",
                [f"% {word}%" for word in (typed.replace("œ", "oe").split() * 2)[:2]],
            ).fetchall()
            for typed in TYPED
        ]

    for hits, rows in zip(ours(), like(), strict=True):
        assert hits
        assert {hit.text for hit in hits if hit.key >= 1_000_000} <= {text for (text,) in rows} or (
            len(hits) == len(rows) == 20
        )
    mine, theirs = in_turn(ours, like)
    raw.close()
    opened.book.close()
    opened.close()
    note = f"{mine.wall / len(TYPED) * 1000:.1f} ms a keystroke, {RECORDS} records"
    yield Row("palette keystrokes", mine, theirs, "LIKE on the same lines", None, note)
