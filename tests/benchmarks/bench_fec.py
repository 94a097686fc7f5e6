"""The FEC of a year of a million lines: written beside a raw dump, then checked.

``CANTINE_BENCH_LINES`` says how many lines instead of a million.
"""

import hashlib
import io
import os
import resource
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import which

from accounting_fr.fec_check import check_fec as other_check

from cantine_desktop.finance.fec import writing
from cantine_desktop.finance.fec.checking import check_fec
from cantine_desktop.finance.fec.writing import write_fec
from cantine_desktop.finance.ledger.model import FiscalYear
from tests.benchmarks.measuring import Cost, Row, in_turn, middle, timed
from tests.benchmarks.million_lines import NAME, million

LINES = int(os.environ.get("CANTINE_BENCH_LINES", "1000000"))
NOW = datetime(2026, 1, 20, 8, tzinfo=UTC)
TODAY = date(2026, 1, 20)
DUMP = """
SELECT j.code, j.title, e.number, e.day, a.number, a.title, p.code, p.name, e.piece_ref,
  e.piece_day, e.label, l.debit, l.credit, g.code, g.lettered_on, e.validated_on, '', ''
FROM entry e JOIN journal j ON j.id = e.journal_id JOIN line l ON l.entry_id = e.id
JOIN account a ON a.id = l.account_id LEFT JOIN party p ON p.id = l.party_id
LEFT JOIN lettered_line ll ON ll.line_id = l.id LEFT JOIN lettering g ON g.id = ll.lettering_id
WHERE e.fiscal_year_id = 1 ORDER BY e.rank, l.rank;
"""
ALONE = """
import sys
from datetime import UTC, datetime
from tests.benchmarks.measuring import peak
from cantine_desktop.finance.fec.writing import write_fec
from cantine_desktop.finance.ledger.model import FiscalYear
from cantine_desktop.storage.book import Book
from cantine_desktop.storage.engine import open_engine
from cantine_desktop.schema import Base
book = Book(open_engine(f"sqlite:///{sys.argv[1]}"))
with book.read() as session:
    year = session.get_one(FiscalYear, 1)
    before = peak()
    with open(sys.argv[2], "wb") as target:
        write_fec(session, year, target, datetime(2026, 1, 20, 8, tzinfo=UTC))
print(before, peak())
"""
CHECK_ALONE = """
import sys
from datetime import date
from tests.benchmarks.measuring import peak
from pathlib import Path
from cantine_desktop.finance.fec.checking import check_fec
before = peak()
with open(sys.argv[1], "rb") as source:
    check_fec(source, Path(sys.argv[1]).name, today=date(2026, 1, 20))
print(before, peak())
"""


def measure(folder):
    book, path = million(folder, LINES)
    target = folder / NAME

    def ours():
        with book.read() as session, target.open("wb") as file:
            return write_fec(session, session.get_one(FiscalYear, 1), file, NOW)

    totals = ours()
    assert (totals.lines, totals.debit) == (LINES, totals.credit)
    assert hashlib.sha256(target.read_bytes()).hexdigest() == totals.sha256
    _require_same_bytes(book, totals)
    with_ratio, beside = _beside_dump(ours, path, folder)
    yield Row(
        f"FEC of {LINES:,} lines",
        *with_ratio,
        beside,
        1.5,
        _memory(ALONE, path, folder / "alone.txt"),
    )
    yield _check_row(target)


def _require_same_bytes(book, totals):
    """Compare the pages of SQLite with those of rows, by hash, on the whole file."""
    fast, writing._pages_of_sqlite = writing._pages_of_sqlite, writing._pages_of_rows
    try:
        with book.read() as session:
            slow = write_fec(session, session.get_one(FiscalYear, 1), _Nowhere(), NOW)
    finally:
        writing._pages_of_sqlite = fast
    assert slow == totals


class _Nowhere(io.RawIOBase):
    def write(self, content):
        return len(content)


def _beside_dump(ours, path, folder):
    """Measure in turn with the shell of SQLite when it is there, or with a raw dump in Python."""
    shell = which("sqlite3")
    out = folder / "dump.txt"

    def by_shell():
        script = f".mode tabs\n.output {out}\n{DUMP}"
        subprocess.run([shell, "-readonly", str(path)], input=script, text=True, check=True)

    def by_python():
        connection = sqlite3.connect(path)
        with out.open("w", encoding="utf-8") as file:
            for row in connection.execute(DUMP):
                file.write("\t".join(map(str, row)) + "\n")
        connection.close()

    if not shell:
        return in_turn(ours, by_python, turns=3), "raw dump by sqlite3 in Python"
    costs = [(timed(ours), _timed_child(by_shell)) for _ in range(3)]
    assert out.read_bytes().count(b"\n") == LINES
    pair = middle([mine for mine, _ in costs]), middle([theirs for _, theirs in costs])
    return pair, "sqlite3 .mode tabs raw dump"


def _timed_child(work):
    """Do something in another process and return what that took."""
    before, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(time.perf_counter() - wall, cpu)


def _memory(script, *arguments):
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    before, after = map(int, done.stdout.split())
    return f"RSS {after / 1024:.0f} MB, {(after - before) / 1024:.0f} MB above its imports"


def _check_row(path):
    """Check the file beside the other checker, which holds all of it in memory."""
    small = LINES > 200_000
    content = path.read_bytes()

    def ours():
        with path.open("rb") as source:
            report = check_fec(source, NAME, today=TODAY)
        assert not report.errors, report.counts
        assert (report.lines, report.size) == (LINES, len(content))

    mine = middle([timed(ours) for _ in range(3)])
    head = b"\r\n".join(content.split(b"\r\n", 60_002)[:60_001]) + b"\r\n" if small else content
    cut = head.count(b"\n") - 1
    theirs = timed(lambda: other_check(head, NAME))
    scaled = Cost(theirs.wall * LINES / cut, theirs.cpu * LINES / cut)
    note = f"{LINES / mine.cpu / 1000:.0f} k lines a CPU second, {_memory(CHECK_ALONE, path)}"
    return Row(
        f"check of {LINES:,} lines",
        mine,
        scaled,
        f"accounting_fr.fec_check, from {cut:,} lines",
        None,
        note,
    )
