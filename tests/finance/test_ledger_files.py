"""Other programs read the ledger: hledger, ledger and beancount find the same balances."""

import csv
import shutil
import subprocess
from collections import Counter
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from io import BytesIO, StringIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cantine_desktop.finance.ledger import closing
from cantine_desktop.finance.ledger.accounts import find_or_add_party
from cantine_desktop.finance.ledger.files import EXPORTS
from cantine_desktop.finance.ledger.model import PartyKind
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.finance.ledger.queries import party_balances, trial_balance
from cantine_desktop.finance.ledger.validating import drafts_before, validate
from cantine_desktop.finance.ledger.years import find_year
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.conftest import NOW

YEAR = Period.year(date(2026, 1, 1))
ACCOUNTS = ("401000", "411000", "512000", "530000", "601000", "706000", "864000")
words = st.text(min_size=1, max_size=40).filter(lambda text: text.strip())
moves = st.lists(
    st.tuples(
        st.integers(0, 364),
        st.sampled_from(ACCOUNTS),
        st.sampled_from(ACCOUNTS),
        st.integers(1, 10**9),
        words,
        words,
    ),
    min_size=1,
    max_size=12,
)

needs_hledger = pytest.mark.skipif(
    shutil.which("hledger") is None, reason="hledger is not on this machine"
)
needs_ledger = pytest.mark.skipif(
    shutil.which("ledger") is None, reason="ledger is not on this machine"
)
often = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


class Enough(Exception):  # noqa: N818  -- not an error
    """Ends an action: the next ledger begins with an empty book."""


def exported(session, key="ledger-journal", period=YEAR):
    target = BytesIO()
    next(each for each in EXPORTS if each.key == key).write(session, period, NOW, target)
    return target.getvalue().decode()


def by_hledger(text):
    """Return what hledger says each account and party holds, in cents."""
    done = subprocess.run(
        [shutil.which("hledger"), "-f-", "--ignore-assertions", "bal", "--flat", "-N", "-O", "csv"],
        input=text.encode(),
        capture_output=True,
        check=False,
        env={"LANG": "C.UTF-8", "HOME": "/nonexistent"},
    )
    assert done.returncode == 0, done.stderr.decode()
    rows = list(csv.reader(StringIO(done.stdout.decode())))[1:]
    return {name: Money.parse(held.split(" ")[0]).cents for name, held in rows if held != "0"}


def by_ledger(text):
    """Return what ledger says each account and party holds, in cents."""
    shown = "%(account)\t%(quantity(scrub(amount)))\n"
    command = [shutil.which("ledger"), "-f", "-", "bal", "--flat", "--no-total"]
    done = subprocess.run(
        [*command, "--balance-format", shown],
        input=text.encode(),
        capture_output=True,
        check=False,
        env={"LANG": "C.UTF-8", "HOME": "/nonexistent"},
    )
    assert (done.returncode, done.stderr) == (0, b"")
    rows = [line.split("\t") for line in done.stdout.decode().splitlines()]
    return {name.strip(): Money.parse(held).cents for name, held in rows if float(held)}


def by_beancount(text):
    """Return what beancount says each account and party holds, in cents."""
    loader = pytest.importorskip("beancount.loader", reason="beancount is not installed")
    data = pytest.importorskip("beancount.core.data")
    read, errors, _options = loader.load_string(text)
    assert errors == []
    held = Counter()
    for entry in data.filter_txns(read):
        for posting in entry.postings:
            name = posting.account.partition(":")[2]
            held[name] += int(posting.units.number * 100)
    return {name: cents for name, cents in held.items() if cents}


def by_us(session, period=YEAR):
    """Return the same of ours: parties apart, and what is left of their accounts."""
    held = Counter({r.number: r.closing.cents for r in trial_balance(session, period)})
    for row in party_balances(session, period, beginning=""):
        held[row.number] -= row.closing.cents
        held[f"{row.number}:{row.code}"] += row.closing.cents
    return {name: cents for name, cents in held.items() if cents}


def write(session, drawn, first=YEAR.first):
    parties = [find_or_add_party(session, name, PartyKind.OTHER).id for name in ("Été", "B & co")]
    for days, debited, credited, cents, label, piece in drawn:
        lines = (
            debit(debited, Money(cents), party=parties[cents % 2], label=label),
            credit(credited, Money(cents), party=parties[0], activity="REPAS"),
        )
        draft = DraftEntry("OD", first + timedelta(days=days), label, piece, lines)
        post(session, draft)


@needs_hledger
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(moves)
def test_hledger_finds_the_same_balances_on_ledgers_made_by_chance(book, drawn):
    with suppress(Enough), book.action("écritures") as session:
        write(session, drawn)
        assert by_hledger(exported(session)) == by_us(session)
        raise Enough


@needs_ledger
@often
@given(moves)
def test_ledger_finds_the_same_balances_on_ledgers_made_by_chance(book, drawn):
    with suppress(Enough), book.action("écritures") as session:
        write(session, drawn)
        assert by_ledger(exported(session)) == by_us(session)
        raise Enough


@often
@given(moves)
def test_beancount_finds_the_same_balances_on_ledgers_made_by_chance(book, drawn):
    with suppress(Enough), book.action("écritures") as session:
        write(session, drawn)
        assert by_beancount(exported(session, "ledger-beancount")) == by_us(session)
        raise Enough


@pytest.mark.parametrize(
    ("key", "read"),
    [
        pytest.param("ledger-journal", by_hledger, marks=needs_hledger, id="hledger"),
        pytest.param("ledger-journal", by_ledger, marks=needs_ledger, id="ledger"),
        pytest.param("ledger-beancount", by_beancount, id="beancount"),
    ],
)
@pytest.mark.parametrize("is_closed", [False, True])
def test_years_of_both_charts_are_read_one_after_the_other(book, key, read, is_closed):
    old, new = Period.year(date(2024, 1, 1)), Period.year(date(2025, 1, 1))
    drawn = [
        (40, "512000", "706000", 5_000, "Déjeuner", "S1"),
        (50, "601000", "401000", 777, "a", "b"),
        (60, "467100", "757000", 1_234, "c", "d"),
    ]
    with book.action("écritures") as session:
        write(session, drawn, old.first)
        write(session, drawn[:2], new.first)
        if is_closed:
            closing.close_year(session, find_year(session, old.first), NOW)
        for period in (old, new):
            assert read(exported(session, key, period)) == by_us(session, period)


@needs_hledger
def test_hledger_opens_a_year_as_we_do_before_and_after_the_closing(book):
    later = datetime(2027, 5, 1, tzinfo=UTC)
    following = Period.year(date(2027, 1, 1))
    both = Period(YEAR.first, following.end)
    drawn = [
        (40, "512000", "706000", 5_000, "Déjeuner", "S1"),
        (50, "601000", "401000", 777, "a", "b"),
    ]
    with book.action("écritures") as session:
        write(session, drawn)
        write(session, drawn[:1], following.first)
        assert by_hledger(exported(session, period=following)) == by_us(session, following)
        running = by_hledger(exported(session, period=both))
        closing.close_year(session, find_year(session, YEAR.first), later)
        assert by_hledger(exported(session, period=following)) == by_us(session, following)
        assert by_hledger(exported(session, period=both)) == running
        assert sum(running[name] for name in running if name.startswith("512000")) == 10_000


def test_the_lines_say_which_are_drafts_and_their_sections(book):
    with book.action("écritures") as session:
        write(session, [(40, "512000", "706000", 5_000, "Déjeuner ; midi", "S|1")])
        text = exported(session)
        assert "2026-02-10 ! (OD) Déjeuner midi  ; S 1\n" in text
        assert "50.00 EUR\n" in text.split("2026-02-10")[1]
        assert "; activite:REPAS" in text
        validate(session, drafts_before(session, YEAR.end), NOW)
        assert "2026-02-10 * (OD 1)" in exported(session)
        rows = list(csv.DictReader(StringIO(exported(session, "ledger-lines"))))
        assert [(r["numero"], r["compte"], r["debit"], r["credit"]) for r in rows] == [
            ("1", "512000", "50.00", "0.00"),
            ("1", "706000", "0.00", "50.00"),
        ]
        balances = list(csv.DictReader(StringIO(exported(session, "trial-balance"))))
        assert [row["solde"] for row in balances] == ["50.00", "-50.00"]


def test_beancount_is_told_numbers_pieces_sections_and_titles(book):
    with book.action("écritures") as session:
        write(session, [(40, "512000", "706000", 5_000, 'Déjeuner "midi"', "S\\1")])
        validate(session, drafts_before(session, YEAR.end), NOW)
        text = exported(session, "ledger-beancount")
    assert '2026-02-10 * "Déjeuner \\"midi\\""\n  numero: "OD 1"\n  piece: "S\\\\1"\n' in text
    assert '    activite: "REPAS"\n' in text
    assert "2026-01-01 open Assets:512000:" in text
    assert '  titre: "Banque' in text
    assert by_beancount(text)
