"""A full disk or a lost server is said in a sentence, keeps what was kept, and is no dead end."""

import sqlite3
from datetime import UTC, datetime

import pytest
from sqlalchemy import event, select

from cantine_desktop.errors import CorruptBookError, UnreachableServerError, UserError
from cantine_desktop.people.model import Profile
from cantine_desktop.schema.upgrade import create_book, open_book
from cantine_desktop.storage.backup import back_up
from cantine_desktop.storage.book import Book
from cantine_desktop.storage.engine import open_engine
from cantine_desktop.storage.verify import verify
from tests.postgres import Server, UnavailableError
from ui.desk import NEWS_EVERY_MS, Desk


def names(book):
    with book.read() as session:
        return list(session.scalars(select(Profile.name).order_by(Profile.id)))


def rename(book, name, key=2):
    with book.action("Renommer") as session:
        session.get_one(Profile, key).name = name


def test_a_disk_that_fills_up_loses_only_what_is_being_typed(tmp_path):
    opened = create_book(tmp_path / "x.cantine")
    book = opened.book
    limits = []

    @event.listens_for(opened.engine, "begin")
    def fill(connection):
        driver = connection.connection.driver_connection
        pages = limits[0] if limits else driver.execute("PRAGMA page_count").fetchone()[0] + 1000
        driver.execute(f"PRAGMA max_page_count = {pages}")

    rename(book, "Marie")
    limits.append(1)
    with pytest.raises(UserError, match="disque est plein"):
        rename(book, "x" * 100_000)
    assert names(book)[1] == "Marie"
    limits.clear()
    rename(book, "Paul")
    assert names(book)[1] == "Paul"
    with book.read() as session:
        assert verify(session) == []
    opened.close()


def test_a_file_damaged_under_an_open_book_is_said_to_be(tmp_path):
    path = tmp_path / "x.cantine"
    opened = create_book(path)
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'profile'").fetchone()[
            0
        ]
    raw.close()
    size = 4096
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xaa" * size)
    opened.engine.pool.dispose()
    with pytest.raises(CorruptBookError, match="abîmé"):
        names(opened.book)
    opened.close()


def test_a_backup_that_may_not_be_written_to_is_read_all_the_same(tmp_path):
    create_book(tmp_path / "x.cantine").close()
    made = back_up(tmp_path / "x.cantine", tmp_path, datetime(2026, 11, 22, tzinfo=UTC))
    engine = open_engine(f"sqlite:///file:{made.path}?mode=ro&uri=true")
    book = Book(engine)
    assert len(names(book)) == 5
    with pytest.raises(UserError, match="droit d’y écrire"):
        rename(book, "x")
    engine.dispose()


@pytest.fixture
def own_server():
    try:
        server = Server()
    except UnavailableError as error:
        pytest.skip(str(error))
    yield server
    server.stop()


def test_a_server_that_goes_away_is_told_once_and_work_goes_on_when_it_is_back(own_server, qtbot):
    location = own_server.url(own_server.create_database())
    mine, theirs = create_book(location), open_book(location)
    rename(theirs.book, "Marie")
    desk = Desk(mine.book)
    told, changed = [], []
    desk.told.connect(lambda text, _undo: told.append(text))
    desk.changed.connect(changed.append)
    own_server.halt()
    for pause in (2, 4, 8):
        desk._ask_news()
        qtbot.waitUntil(lambda pause=pause: desk._watch.interval() >= pause * NEWS_EVERY_MS)
    assert len(told) == 1
    assert "ne répond plus" in told[0]
    for attempt in (names, mine.book.__class__.undo, lambda book: rename(book, "perdu")):
        with pytest.raises(UnreachableServerError):
            attempt(theirs.book)
    own_server.start()
    desk._ask_news()
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told[1:] == ["Le serveur répond de nouveau."]
    assert "profile" in changed[-1]
    qtbot.waitUntil(lambda: desk._watch.interval() == NEWS_EVERY_MS)
    assert names(mine.book)[1] == "Marie"
    rename(mine.book, "Paul")
    assert names(theirs.book)[1] == "Paul"
    desk.close()
    mine.close()
    theirs.close()
