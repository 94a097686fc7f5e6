"""An archive of the till is verified from a terminal, without the window."""

import json
import zipfile
from datetime import date

import pytest

from cantine_desktop.finance.cash import recording
from cantine_desktop.finance.postings.facts import TakingsFacts
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.schema.upgrade import create_book
from cantine_desktop.values.money import Money
from tests.conftest import NOW


@pytest.fixture
def till(tmp_path):
    """Return the path of a book with some takings."""
    path = tmp_path / "Tablée.cantine"
    opened = create_book(str(path), lambda: NOW)
    parts = {(Means.CASH, Purpose.MEALS): Money(12_000)}
    with opened.book.action("caisse") as session:
        for day in range(1, 6):
            facts = TakingsFacts(date(2026, 10, day), "Déjeuner", parts, 12)
            recording.take(session, facts, NOW)
    opened.close()
    return path


@pytest.fixture
def archive(run, till, tmp_path):
    path = tmp_path / "caisse.zip"
    done = run(
        "export", "cash-archive", "--book", till,
        "--from", "2026-01-01", "--to", "2026-12-31", "--out", path,
    )  # fmt: skip
    assert done.code == 0, done.err
    return path


def test_an_archive_is_intact_and_the_books(run, till, archive):
    told = run("till-check", archive, "--book", till)
    assert told.code == 0, told.out
    assert "intacte" in told.out
    assert "bien celle de ce livre" in told.out


def test_a_line_removed_is_told_with_its_place(run, archive, tmp_path):
    with zipfile.ZipFile(archive) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    lines = files["evenements.jsonl"].splitlines(keepends=True)
    files["evenements.jsonl"] = b"".join(lines[:3] + lines[4:])
    forged = tmp_path / "forgée.zip"
    with zipfile.ZipFile(forged, "w") as written:
        for name, content in files.items():
            written.writestr(name, content)
    told = run("till-check", forged, "--json")
    assert told.code == 1
    assert any(problem["line"] == 4 for problem in json.loads(told.out)["problems"])


def test_what_is_no_archive_is_refused(run, tmp_path):
    path = tmp_path / "rien.zip"
    path.write_bytes(b"rien")
    assert run("till-check", path).code == 1
    assert run("till-check", tmp_path / "absent.zip").code == 1
