"""The archive of the till: whoever alters, removes or moves a line is found out."""

import hashlib
import io
import json
import shutil
import subprocess
import sys
import zipfile
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from cantine_desktop.exchange.problems import UnreadableError
from cantine_desktop.finance.cash import closing, recording
from cantine_desktop.finance.cash.archive import EVENTS, MANIFEST, README, SUMS, write_archive
from cantine_desktop.finance.cash.archive_check import strangers, verify_archive
from cantine_desktop.finance.cash.checks import check
from cantine_desktop.finance.cash.counting import CountFacts, count
from cantine_desktop.finance.cash.denominations import Pieces
from cantine_desktop.finance.cash.depositing import deposit_cash
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.finance.postings.facts import TakingsFacts
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.finance.postings.takings import post_takings
from cantine_desktop.storage.book import Book
from cantine_desktop.storage.engine import open_engine, writing
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.conftest import NOW

DAY = date(2026, 10, 6)
OCTOBER = Period.month(DAY)


def lunch(day):
    parts = {(Means.CASH, Purpose.MEALS): Money(10_000), (Means.CARD, Purpose.MEALS): Money(500)}
    return TakingsFacts(day, "Déjeuner d’été à l’œuf", parts, meals=10)


def fill(book):
    with book.action("caisse") as session:
        for past in range(4):
            recording.take(session, lunch(DAY + timedelta(past)), NOW)
        pieces = {Money(5_000): Pieces(quantity=8)}
        count(session, CountFacts(DAY + timedelta(3), pieces, "AM", bag="S-1"), NOW)
        deposit_cash(session, DAY + timedelta(3), Money(30_000), NOW, "S-1")
        closing.close_month(session, DAY, NOW)


def archive(book, period=OCTOBER):
    target = io.BytesIO()
    with book.read() as session:
        write_archive(session, period, NOW, target)
    return target.getvalue()


def files_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def zipped(files, *, forge=True):
    """Write files as a ZIP; a forger writes their hashes anew."""
    if forge:
        named = [name for name in files if name != SUMS]
        sums = [f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in named]
        files |= {SUMS: "".join(sums).encode()}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as written:
        for name, content in files.items():
            written.writestr(name, content)
    return target.getvalue()


def with_lines(content, change, *, forge=True):
    files = files_of(content)
    lines = files[EVENTS].splitlines(keepends=True)
    return zipped(files | {EVENTS: b"".join(change(lines))}, forge=forge)


def test_an_archive_is_intact_and_ours(any_book):
    fill(any_book)
    content = archive(any_book)
    report = verify_archive(content)
    assert report.is_intact
    assert (report.events, report.numbers) == (11, (1, 11))
    assert report.total == Money(42_000)
    with any_book.read() as session:
        assert not strangers(session, report, content)
    assert archive(any_book) == content


def test_the_archive_of_a_later_month_begins_where_the_one_before_ended(book):
    fill(book)
    with book.action("recette") as session:
        recording.take(session, lunch(date(2026, 11, 3)), NOW)
    october, november = verify_archive(archive(book)), archive(book, Period.month(NOW.date()))
    assert json.loads(files_of(november)[MANIFEST])["previous"] == october.last
    assert verify_archive(november).is_intact


def test_an_archive_without_events_is_intact(book):
    report = verify_archive(archive(book))
    assert report.is_intact
    assert report.events == 0


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_line_altered_removed_or_moved_is_found(made, data):
    number = len(files_of(made)[EVENTS].splitlines())
    line = data.draw(st.integers(0, number - 1))
    deed = data.draw(st.sampled_from(["alter", "remove", "move", "repeat", "cut"]))

    def change(lines):
        if deed == "alter":
            spot = data.draw(st.integers(0, len(lines[line]) - 2))
            letter = data.draw(st.sampled_from(list(b"0123456789abcxyz,: ")))
            before = lines[line]
            lines[line] = before[:spot] + bytes([letter]) + before[spot + 1 :]
            return lines
        if deed == "remove":
            return lines[:line] + lines[line + 1 :]
        if deed == "cut":
            return lines[:line]
        if deed == "repeat":
            return [*lines[: line + 1], *lines[line:]]
        other = data.draw(st.integers(0, number - 1))
        lines[line], lines[other] = lines[other], lines[line]
        return lines

    changed = with_lines(made, change)
    same = files_of(changed)[EVENTS] == files_of(made)[EVENTS]
    assert verify_archive(changed).is_intact is same


FIELDS = ("amount", "at", "by", "cash", "content", "corrects", "day", "kind", "number", "origin")


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_changed_in_any_event_is_found_at_its_line(made, name):
    """Alter one field of each event in turn, as a forger who writes the file hashes anew."""
    lines = files_of(made)[EVENTS].splitlines(keepends=True)
    assert set(json.loads(lines[0])["event"]) == set(FIELDS)
    for rank, line in enumerate(lines):
        link = json.loads(line)
        was = link["event"][name]
        link["event"][name] = was + 1 if isinstance(was, int) else f"{was}x"
        text = json.dumps(link, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        forged = f"{text}\n".encode()
        report = verify_archive(
            with_lines(made, lambda found, r=rank, f=forged: [*found[:r], f, *found[r + 1 :]])
        )
        assert any(problem.line == rank + 1 for problem in report.problems), (name, rank)


@pytest.fixture(scope="module")
def made(tmp_path_factory, _blank_file):
    """Return an archive of seven events, made once."""
    path = shutil.copy(_blank_file, tmp_path_factory.mktemp("till") / "canteen.db")
    engine = open_engine(f"sqlite:///{path}")
    book = Book(engine, clock=lambda: NOW)
    fill(book)
    yield archive(book)
    engine.dispose()


def test_a_file_changed_without_its_hash_is_found(made):
    for name in (EVENTS, MANIFEST, README):
        files = files_of(made)
        found = verify_archive(zipped(files | {name: files[name] + b" "}, forge=False))
        assert any(problem.column == name for problem in found.problems)
    added = zipped(files_of(made) | {"autre.txt": b"x"}, forge=False)
    assert not verify_archive(added).is_intact


def test_an_archive_written_anew_with_a_whole_new_chain_is_not_the_books(book, made):
    fill(book)
    files = files_of(made)
    links = [json.loads(line) for line in files[EVENTS].splitlines()]
    before = ""
    for link in links:
        if link["event"]["number"] == 2:
            link["event"]["amount"] = 1
        link["previous"] = before
        told = json.dumps(link["event"], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        before = link["hash"] = hashlib.sha256((before + told).encode()).hexdigest()
    lines = [
        json.dumps(link, sort_keys=True, ensure_ascii=False, separators=(",", ":")) + "\n"
        for link in links
    ]
    manifest = json.loads(files[MANIFEST]) | {"last": before}
    forged = zipped(
        files | {EVENTS: "".join(lines).encode(), MANIFEST: json.dumps(manifest).encode()}
    )
    report = verify_archive(forged)
    assert report.is_intact
    assert report.last != verify_archive(made).last
    with book.read() as session:
        assert strangers(session, report, forged)


@pytest.mark.parametrize(
    "content",
    [b"", b"no zip", zipped({"x": b""}, forge=False)],
    ids=["empty", "no zip", "a zip without a manifest"],
)
def test_what_is_no_archive_is_said_to_be_none(content):
    with pytest.raises(UnreadableError):
        verify_archive(content)


@pytest.mark.parametrize("content", [b"[]", b"{}", b'{"format":"other"}', b"[" * 100_000, b"\xff"])
def test_a_manifest_that_says_nothing_is_refused(made, content):
    with pytest.raises(UnreadableError, match="manifeste"):
        verify_archive(zipped(files_of(made) | {MANIFEST: content}))


def test_hostile_lines_are_told_with_their_place(made):
    for line in (
        b"[" * 50_000,
        b"{}",
        b'{"event":{"number":"1"},"hash":"","previous":""}',
        b"\xff",
    ):
        report = verify_archive(with_lines(made, lambda lines, line=line: [line + b"\n", *lines]))
        assert any(problem.line == 1 for problem in report.problems)


def test_the_ten_lines_of_the_note_verify_it_without_us(made, tmp_path):
    for name, content in files_of(made).items():
        (tmp_path / name).write_bytes(content)
    note = (tmp_path / README).read_text(encoding="utf-8")
    start, end = note.index("       import hashlib"), note.index("3. La dernière")
    program = "\n".join(line[7:] for line in note[start:end].splitlines())
    ran = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, check=False)
    assert ran.returncode == 0
    lines = (tmp_path / EVENTS).read_bytes().splitlines(keepends=True)
    (tmp_path / EVENTS).write_bytes(b"".join(lines[:2] + lines[3:]))
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, check=False, capture_output=True
    )
    assert ran.returncode != 0


def found_in(book):
    with book.read() as session:
        return [finding.text for finding in check(session)]


def test_a_till_that_is_in_order_gives_no_finding(any_book):
    fill(any_book)
    assert not found_in(any_book)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE cash_event SET amount = 1 WHERE number = 2", "tel qu’il a été écrit"),
        ("UPDATE cash_event SET content = '{' WHERE number = 2", "tel qu’il a été écrit"),
        ("DELETE FROM cash_event WHERE number = 3", "manque avant"),
        ("UPDATE period_closing SET total = 5 WHERE number = 1", "ne suit pas"),
        ("UPDATE period_closing SET perpetual_total = 5", "total perpétuel est"),
        ("UPDATE period_closing SET grand_total = 5", "ne dit plus ce que la chaîne"),
        ("UPDATE period_closing SET count = 5", "ne dit plus ce que la chaîne"),
        ("UPDATE period_closing SET cash = 5", "ne dit plus ce que la chaîne"),
        (
            "UPDATE period_closing SET first = '2026-10-02' WHERE kind = 'month'",
            "ne dit plus ce que la chaîne",
        ),
        ("UPDATE count_line SET quantity = 7", "ne font pas la somme"),
        ("UPDATE cash_count SET entry_id = NULL, expected = 1", "pas dans les comptes"),
    ],
)
def test_what_another_program_changed_is_found(book, statement, words):
    fill(book)
    with writing(book.engine).begin() as connection:
        connection.execute(text(statement))
    assert any(words in each for each in found_in(book))


def test_an_event_written_before_the_one_before_it_is_told(book):
    with book.action("recettes") as session:
        recording.take(session, lunch(DAY), NOW)
        recording.take(session, lunch(DAY), NOW - timedelta(days=2))
    assert any("l’horloge avait reculé" in each for each in found_in(book))


def test_takings_outside_the_chain_and_a_till_below_nothing_are_found(any_book):
    with any_book.action("recette") as session:
        post_takings(session, lunch(DAY), NOW)
        lines = (credit("530000", Money(10_001)), debit("601000", Money(10_001)))
        post(session, DraftEntry("CA", DAY, "Marché", "T1", lines))
    found = found_in(any_book)
    assert any("pas dans la chaîne" in each for each in found)
    assert any("0,01" in each for each in found)
