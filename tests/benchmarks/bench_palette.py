"""A keystroke in the palette on a book of five years, beside LIKE on the same lines."""

import sqlite3
from datetime import UTC, datetime
from functools import partial

from cantine_desktop.schema.upgrade import open_book
from cantine_desktop.storage.search import INDEX, find
from cantine_desktop.values.text import fold
from tests.benchmarks.five_years import FIRST_KEY, RECORDS, five_years
from tests.benchmarks.measuring import Row, in_turn

COMMON = ("o", "od", "odi", "odil", "odile", "odile c", "odile co", "odile cœ")
RARE = ("59123", "bœuf 1", "zoe 4242", "chou 777", "miel 31415")
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


def measure(folder):
    path = five_years(folder)
    opened = open_book(path, lambda: NOW)
    raw = sqlite3.connect(path)

    for name, typed in (("common words", COMMON), ("rare words", RARE)):
        ours = partial(by_index, opened.book, typed)
        theirs = partial(by_scan, raw, typed)
        for hits, rows in zip(ours(), theirs(), strict=True):
            assert [hit.text for hit in hits if hit.key >= FIRST_KEY] == rows[: len(hits)]
        mine, scanned = in_turn(ours, theirs)
        note = f"{mine.wall / len(typed) * 1000:.1f} ms a keystroke, {RECORDS} records"
        yield Row(f"palette: {name}", mine, scanned, "LIKE on the same lines", None, note)
    raw.close()
    opened.book.close()
    opened.close()


def by_index(book, typed):
    """Answer each keystroke as the palette does, a read of the book each."""
    answers = []
    for words in typed:
        with book.read() as session:
            answers.append(find(session, words, 20))
    return answers


def by_scan(connection, typed):
    """Answer each keystroke by LIKE on the folded lines."""
    answers = []
    for words in typed:
        parts = fold(words).split()
        where = " AND ".join(["words LIKE ?"] * len(parts))
        question = f"SELECT text FROM {INDEX} WHERE {where} ORDER BY rowid DESC LIMIT 20"
        given = [f"% {part}%" for part in parts]
        answers.append([text for (text,) in connection.execute(question, given)])
    return answers
