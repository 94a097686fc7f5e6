"""A trial balance and a page of an account, beside the raw database and plain text accounting.

``CANTINE_BENCH_ENTRIES`` says how many lines the ledger holds instead of a hundred thousand.
hledger, ledger and beancount read the journal we export; each that is not installed is skipped,
and the line says so.
"""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from importlib.util import find_spec

from cantine_desktop.finance.ledger.beancount_text import write_beancount
from cantine_desktop.finance.ledger.lines import account_lines
from cantine_desktop.finance.ledger.plain_text import write_plain_text
from cantine_desktop.finance.ledger.trial import trial_balance
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.benchmarks.measuring import Cost, Row, in_turn, middle, timed
from tests.benchmarks.million_lines import FIRST, million

LINES = int(os.environ.get("CANTINE_BENCH_ENTRIES", "100000"))
NOW = datetime(2026, 1, 20, 8, tzinfo=UTC)
YEAR = Period.year(FIRST)
MARCH = Period.month(date(2025, 3, 1))
ACCOUNT = "606300"
GROUPED = """
SELECT a.number, sum(l.debit) - sum(l.credit) FROM entry e JOIN line l ON l.entry_id = e.id
JOIN account a ON a.id = l.account_id WHERE e.day >= '2025-01-01' AND e.day < '2026-01-01'
GROUP BY a.number ORDER BY a.number
"""
RUNNING = """
SELECT e.day, e.label, l.debit, l.credit, sum(l.debit - l.credit) OVER (ORDER BY e.day, l.id)
FROM entry e JOIN line l ON l.entry_id = e.id JOIN account a ON a.id = l.account_id
WHERE a.number = ? AND e.day < '2025-04-01' ORDER BY e.day, l.id
"""
SHOWN = "%(account)\t%(quantity(scrub(amount)))\n"
PROGRAMS = {
    "hledger": ["hledger", "-f", "{}", "bal", "--flat", "-N", "-O", "csv"],
    "ledger": ["ledger", "-f", "{}", "bal", "--flat", "--no-total", "--balance-format", SHOWN],
}
BEANCOUNT = r"""
import os, sys
os.environ["BEANCOUNT_DISABLE_LOAD_CACHE"] = "1"
from collections import Counter
from beancount.core.data import filter_txns
from beancount.loader import load_file
entries, errors, _options = load_file(sys.argv[1])
assert not errors, errors[:3]
held = Counter()
for entry in filter_txns(entries):
    for posting in entry.postings:
        held[posting.account.partition(":")[2]] += posting.units.number
print("account\tbalance")
print("\n".join(f"{name}\t{number}" for name, number in held.items()))
"""


def measure(folder):
    book, path = million(folder, LINES)
    connection = sqlite3.connect(path)

    def ours():
        with book.read() as session:
            return trial_balance(session, YEAR)

    def raw():
        return connection.execute(GROUPED).fetchall()

    wanted = {number: cents for number, cents in raw() if cents}
    assert {line.number: line.closing.cents for line in ours() if line.closing} == wanted
    assert not sum(wanted.values())
    yield Row(f"trial balance of {LINES:,} lines", *in_turn(ours, raw, 5), "raw GROUP BY", 1.5)
    yield from _registers(book, connection)
    texts = folder / "ledger.journal", folder / "ledger.beancount"
    for text, write in zip(texts, (write_plain_text, write_beancount), strict=True):
        with book.read() as session, text.open("wb") as file:
            write(session, YEAR, NOW, file)
    yield from _programs(ours, texts, wanted)
    connection.close()


def _registers(book, connection):
    def page():
        with book.read() as session:
            return list(account_lines(session, ACCOUNT, MARCH))

    def running():
        every = connection.execute(RUNNING, (ACCOUNT,)).fetchall()
        return [row for row in every if row[0] >= "2025-03-01"]

    mine, theirs = page(), running()
    assert len(mine) == len(theirs) > 0
    assert mine[-1].balance.cents == theirs[-1][4]
    costs = in_turn(page, running, 5)
    note = f"{len(mine)} lines"
    yield Row("month of an account", *costs, "window over the year so far", 1.0, note)


def _programs(ours, texts, wanted):
    journal, beancount = texts
    commands = {
        name: [part.format(journal) for part in command] for name, command in PROGRAMS.items()
    }
    commands["beancount"] = [sys.executable, "-c", BEANCOUNT, str(beancount)]
    for name, command in commands.items():
        found = find_spec(name) if name == "beancount" else shutil.which(name)
        if not found:
            _skip(name)
            continue
        said, theirs = _timed(command)
        assert _balances(said) == wanted, name
        mine = middle([timed(ours) for _ in range(3)])
        yield Row(f"trial balance of {LINES:,} lines", mine, theirs, f"{name} bal", 0.1)


def _skip(name):
    sys.stderr.write(f"{'trial balance':34} skipped beside {name}: not installed\n")


def _timed(command):
    """Run a program once and return what it said and took."""
    before, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return said, Cost(time.perf_counter() - wall, cpu)


def _balances(said):
    """Return cents by account of what a program wrote, parties summed into their account."""
    found = {}
    for line in said.splitlines():
        account, _tab, amount = line.replace('","', "\t").replace('"', "").partition("\t")
        number = account.strip().partition(":")[0]
        if not number.isdigit():
            continue
        cents = Money.parse(amount.replace("EUR", "").strip()).cents
        found[number] = found.get(number, 0) + cents
    return {number: cents for number, cents in found.items() if cents}
