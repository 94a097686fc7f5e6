"""Any ledger goes out as a FEC and comes back the same; any words stay on their line."""

import contextlib
import io
import tempfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from accounting_fr.fec_check import check_fec as second_opinion
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from cantine_desktop.errors import UserError
from cantine_desktop.finance.fec import fields
from cantine_desktop.finance.fec.checking import check_fec
from cantine_desktop.finance.fec.reading import read_cents, read_day, read_fec
from cantine_desktop.finance.fec.writing import write_fec
from cantine_desktop.finance.ledger.model import Account, Entry, Party, PartyKind
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.finance.ledger.validating import validate
from cantine_desktop.finance.ledger.years import find_year
from cantine_desktop.schema import Base
from cantine_desktop.storage.book import Book
from cantine_desktop.storage.engine import open_engine
from cantine_desktop.values.money import Money
from tests.conftest import NOW
from tests.finance.fec_sample import TODAY, Sample

NAME = "123456782FEC20261231.txt"
FIRST = date(2026, 1, 1)
words = st.text(min_size=1, max_size=40).filter(lambda text: text.split())
accounts = st.sampled_from(["512000", "601000", "606300", "706000", "756100", "641100", "626000"])
amounts = st.integers(1, 10**9)
days = st.integers(0, 324).map(lambda n: FIRST + timedelta(days=n))


@st.composite
def entries(draw):
    """Return an entry that balances: any words, one to four lines against one."""
    parts = draw(st.lists(st.tuples(accounts, amounts, words), min_size=1, max_size=4))
    total = Money(sum(cents for _account, cents, _label in parts))
    lines = [debit(account, Money(cents), label=label) for account, cents, label in parts]
    closing = credit("401000", total, party=1) if draw(st.booleans()) else credit("530000", total)
    if closing.account == "530000":
        lines, closing = [_turned(line) for line in lines], debit("530000", total)
    return DraftEntry(
        draw(st.sampled_from(["OD", "HA", "VE", "BQ1"])),
        draw(days),
        draw(words),
        draw(words),
        (*lines, closing),
        piece_day=draw(days),
    )


def _turned(line):
    return credit(line.account, line.debit, label=line.label)


@pytest.fixture(scope="module")
def blank():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "blank.cantine"
        engine = open_engine(f"sqlite:///{path}")
        Base.metadata.create_all(engine)
        engine.dispose()
        yield path.read_bytes()


def book_of(folder, blank):
    path = Path(folder) / "year.cantine"
    path.write_bytes(blank)
    engine = open_engine(f"sqlite:///{path}")
    return Book(engine, clock=lambda: NOW), engine


def stored(session):
    """Return what the ledger holds, as a FEC says it, without the words."""
    numbers = dict(session.execute(select(Account.id, Account.number)).all())
    return Counter(
        (entry.number, entry.day, numbers[line.account_id], line.debit, line.credit, line.party_id)
        for entry in session.scalars(select(Entry).where(Entry.number.is_not(None)))
        for line in entry.lines
    )


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(drafts=st.lists(entries(), min_size=1, max_size=12))
def test_any_ledger_comes_back_the_same(blank, drafts):
    with tempfile.TemporaryDirectory() as folder:
        book, engine = book_of(folder, blank)
        with book.action("écritures", undoable=False) as session:
            session.add(Party(code="BIO", name="Bio Coop", kind=PartyKind.SUPPLIER))
            session.flush()
            validate(session, [post(session, draft) for draft in drafts], NOW)
        target = io.BytesIO()
        with book.read() as session:
            totals = write_fec(session, find_year(session, FIRST), target, NOW)
            wanted = stored(session)
        engine.dispose()
    lines = list(read_fec(target))
    assert wanted == Counter(
        (
            int(line.number.rpartition("-")[2]),
            line.day,
            line.account,
            line.debit,
            line.credit,
            1 if line.party else None,
        )
        for line in lines
    )
    assert (len(lines), sum(line.debit.cents for line in lines)) == (
        totals.lines,
        totals.debit.cents,
    )
    report = check_fec(target, NAME, today=NOW.date())
    assert report.codes <= {"G04", "E07"}, report.faults
    assert second_opinion(target.getvalue(), NAME).ok


@given(text=st.text(max_size=300))
@example("a\tb|c\r\nd\x0b\x0ce\u2028f\u0085")
@example("½¼¾¤¦¨\u00b4\u00b8")
@example("💶 “Fête” – l’été… ŒœŸ €")
def test_words_of_any_alphabet_never_break_a_line(text):
    plain = fields.plain(text)
    assert plain.encode(fields.ENCODING).decode(fields.ENCODING) == plain
    assert not set(plain) & set('\t\r\n|"\x0b\x0c\x85\u2028')
    assert len(f"x{plain}x".splitlines()) == 1
    assert fields.plain(plain) == plain


@given(cents=st.integers(-(10**14), 10**14))
def test_amounts_are_read_back(cents):
    assert read_cents(fields.amount(cents)) == cents


@given(day=st.dates(date(1950, 1, 1), date(2200, 1, 1)))
def test_days_are_read_back(day):
    assert read_day(fields.day(day)) == day
    assert read_day(f"{day:%d/%m/%Y}") == day


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(
    place=st.integers(0, len(Sample().content) - 1),
    size=st.integers(0, 40),
    junk=st.binary(max_size=40),
)
def test_a_file_damaged_anywhere_is_still_judged(place, size, junk):
    content = Sample().content
    damaged = content[:place] + junk + content[place + size :]
    report = check_fec(damaged, NAME, today=TODAY)
    assert report.size == len(damaged)
    assert all(fault.words for fault in report.faults)
    with contextlib.suppress(UserError):
        assert sum(1 for _line in read_fec(io.BytesIO(damaged))) <= len(damaged)


@settings(deadline=None)
@given(content=st.binary(max_size=2000))
def test_any_bytes_are_judged(content):
    assert check_fec(content, NAME, today=TODAY).size == len(content)


LIBERTIES = (
    "﻿journalcode|journallib|ecriturenum|ecrituredate|comptenum|comptelib|compauxnum|compauxlib|"
    "pieceref|piecedate|ecriturelib|debit|credit|ecriturelet|datelet|validdate|montantdevise|"
    "idevise|montantTVA\n"
    "BQ|Banque|1|31/12/2025|512000|Banque|-|-|-|2025-12-31|Solde| 00001437.12|-|||20260115|||x\n"
    "BQ|Banque|1|31/12/2025|401000|Fournisseurs|F|Martin|-|31/12/2025|Solde||1 437,12|||||EUR|\n"
)


def test_the_liberties_of_other_programs_are_taken():
    first, second = read_fec(io.BytesIO(LIBERTIES.encode()))
    assert (first.day, first.debit, first.credit) == (date(2025, 12, 31), Money(143_712), Money(0))
    assert (first.party, first.piece_ref, first.more) == ("", "", ("x",))
    assert (second.credit, second.validated_on, second.party) == (Money(143_712), None, "F")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "n\u2019est pas un FEC"),
        (b"hello", "n\u2019est pas un FEC"),
        (b"\0\0\0\0", "lisible"),
        (Sample().content.replace(b"CompteNum", b"Compte"), "CompteNum"),
        (Sample().content.replace(b"20250107", b"20251307"), "ligne 6"),
        (Sample().content.replace(b"86,50", b"x", 1), "ligne 6"),
        (Sample().content + b"x" * 100_000, "lisible"),
    ],
)
def test_a_file_that_is_no_fec_is_refused_with_its_place(content, said):
    with pytest.raises(UserError, match=said):
        list(read_fec(io.BytesIO(content)))
