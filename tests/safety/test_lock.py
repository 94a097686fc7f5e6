"""One process at a time writes in a book; the others are told who has it."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from cantine_desktop.errors import LockedError, UserError
from cantine_desktop.schema.upgrade import create_book, open_book
from cantine_desktop.storage import lock
from cantine_desktop.storage.lock import BookLock, holder_file, holder_of

NOW = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)
HOLD = """
import sys, time
from datetime import datetime, UTC
from pathlib import Path
from cantine_desktop.storage.lock import BookLock
held = BookLock(Path(sys.argv[1]))
held.acquire(datetime(2026, 11, 22, 7, 30, tzinfo=UTC))
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "Port.cantine"
    create_book(path).close()
    return path


@pytest.fixture
def other(path):
    """Yield another process that has the book open."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, path], cwd=Path(__file__).parents[2], stdout=subprocess.PIPE
    )
    assert process.stdout.readline().split() == [b"held"]
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_second_process_is_refused_and_told_who_has_the_book(path, other):
    with pytest.raises(LockedError) as caught:
        open_book(path)
    error = caught.value
    assert error.machine == lock.this_machine()
    assert error.since == NOW
    assert not error.may_take_over
    assert f"poste {error.machine} depuis le 22/11/2026 à 08:30" in str(error)
    assert holder_of(path).process == other.pid


def test_a_killed_process_leaves_no_lock_and_the_next_one_checks_the_book(path, other):
    other.kill()
    other.wait()
    assert holder_of(path)
    opened = open_book(path)
    assert ["s’est arrêtée brutalement" in notice for notice in opened.notices] == [True]
    assert holder_of(path).process == os.getpid()
    opened.close()
    assert open_book(path).notices == []


def test_the_same_process_cannot_open_a_book_twice(path):
    first = open_book(path)
    with pytest.raises(LockedError, match="une seule fenêtre"):
        open_book(path)
    first.book.close()
    open_book(path).close()


def test_a_book_open_on_another_machine_is_refused_until_the_person_decides(path, monkeypatch):
    monkeypatch.setattr(lock, "this_machine", lambda: "cuisine")
    there = BookLock(path)
    there.acquire(NOW)
    witness = holder_file(path).read_bytes()
    there.release()
    holder_file(path).write_bytes(witness)  # a synced folder brings it here
    monkeypatch.setattr(lock, "this_machine", lambda: "bureau")
    with pytest.raises(LockedError, match="poste cuisine depuis le 22/11/2026 à 08:30") as caught:
        open_book(path)
    assert caught.value.may_take_over
    assert holder_of(path).machine == "cuisine"
    opened = open_book(path, take_over=True)
    assert holder_of(path).machine == "bureau"
    opened.close()


def test_the_witness_can_be_read_by_anyone(path):
    held = BookLock(path)
    held.acquire(LATER)
    said = json.loads(holder_file(path).read_text("utf-8"))
    assert said == {
        "machine": lock.this_machine(),
        "process": os.getpid(),
        "since": "2026-11-22T09:30:00Z",
    }
    held.release()
    assert not holder_file(path).exists()
    held.release()


@pytest.mark.parametrize("junk", [b"", b"{", b"\xff\xfe", b'{"machine": 3}', b"[]"])
def test_a_spoilt_witness_stops_nobody(path, junk):
    holder_file(path).write_bytes(junk)
    opened = open_book(path)
    assert len(opened.notices) == 1
    opened.close()


def test_a_folder_that_cannot_be_written_is_said_so(path):
    path.with_name(f".~lock.{path.name}#").unlink(missing_ok=True)
    path.with_name(f".~lock.{path.name}#").mkdir()
    with pytest.raises(UserError, match="ne peut pas être écrit"):
        open_book(path)


def test_a_lock_is_given_back_by_any_thread(path):
    held = BookLock(path)
    opening = Thread(target=held.acquire, args=(NOW,))
    opening.start()
    opening.join()
    assert held.is_held
    held.release()
    assert not held.is_held
    BookLock(path).acquire(NOW)
