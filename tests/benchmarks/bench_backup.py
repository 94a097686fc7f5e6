"""A proved backup of a book of five years, beside copying its file."""

import os
import shutil
import sqlite3
from datetime import UTC, datetime

from cantine_desktop.storage.backup import back_up
from tests.benchmarks.five_years import five_years
from tests.benchmarks.measuring import Row, in_turn

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


def measure(folder):
    path = five_years(folder)
    backups = folder / "backups"
    backups.mkdir()
    made = back_up(path, backups, NOW)
    with sqlite3.connect(path) as book, sqlite3.connect(made.path) as copy:
        for table, count in made.counts.items():
            question = f'SELECT count(*) FROM "{table}"'
            assert copy.execute(question).fetchone()[0] == count
            assert book.execute(question).fetchone()[0] == count

    def copy_file():
        target = folder / "copy"
        shutil.copy(path, target)
        with target.open("rb") as opened:
            os.fsync(opened.fileno())

    mine, theirs = in_turn(lambda: back_up(path, backups, NOW), copy_file, turns=5)
    note = f"{path.stat().st_size / 1e6:.0f} MB, opened, checked and counted"
    yield Row("backup", mine, theirs, "copy of the file", None, note)
