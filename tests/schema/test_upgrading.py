"""Books of earlier schemas are brought to the present one, or left exactly as they were."""

import gzip
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.errors import NewerBookError, UserError
from cantine_desktop.schema import migrate, upgrade
from cantine_desktop.schema.server import open_server
from cantine_desktop.schema.upgrade import create_book, open_book, open_to_read
from cantine_desktop.storage.backup import Reason, default_folder, list_backups, preview
from cantine_desktop.storage.verify import verify
from tests.schema.later import write_later_scripts

NOW = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
BOOKS = Path(__file__).parents[1] / "corpora" / "books"
STORED = sorted(BOOKS.glob("*.cantine.gz"))


def clock():
    return NOW


@pytest.fixture
def path(tmp_path):
    """Return a closed book of the present schema."""
    path = tmp_path / "Port.cantine"
    opened = create_book(path, clock)
    with opened.book.action("Nommer la cantine") as session:
        session.add(Canteen(name="Cantine du port"))
    with opened.book.action("Ajouter par erreur") as session:
        session.add(Canteen(name="Faute"))
    opened.book.undo()
    opened.book.close()
    return path


@pytest.fixture
def later(tmp_path, monkeypatch):
    """Turn this into the application of a later schema, and return a way to add to it."""

    def write(extra=""):
        monkeypatch.setattr(migrate, "SCRIPTS", write_later_scripts(tmp_path / "scripts", extra))
        monkeypatch.setattr(upgrade, "HEAD", "0002")

    return write


def rows(path):
    """Return everything a book holds, by table and column."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        names = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith(("sqlite_", "search_", "alembic_"))
        ]
        return {
            name: [dict(row) for row in connection.execute(f'SELECT * FROM "{name}" ORDER BY id')]
            for name in names
        }


def as_before(after, before):
    """Return the tables and columns that were there before."""
    return {
        name: [{k: row[k] for k in old} for row, old in zip(after[name], kept, strict=True)]
        for name, kept in before.items()
    }


def test_an_old_book_is_upgraded_after_a_backup_and_says_so(path, later):
    before = rows(path)
    later()
    opened = open_book(path, clock)
    [notice] = opened.notices
    assert "mis à jour" in notice
    with opened.book.read() as session:
        assert session.get_one(Canteen, 1).name == "Cantine du port"
        assert verify(session) == []
    opened.close()
    after = rows(path)
    assert as_before(after, before) == before
    assert not after["canteen"][0]["motto"]
    [saved] = list_backups(default_folder(path))
    assert saved.reason is Reason.BEFORE_UPGRADE
    assert str(saved.path) in notice
    assert rows(saved.path) == before
    assert open_book(path, clock).notices == []


def test_an_upgrade_never_gives_the_key_of_a_deleted_row_again(path, later):
    later()
    opened = open_book(path, clock)
    with opened.book.action("Ajouter") as session:
        session.add(added := Canteen(name="Vraie"))
        session.flush()
        assert added.id == 3
    opened.close()


@pytest.mark.parametrize(
    "failure",
    [
        '    raise sa.exc.OperationalError("x", {}, Exception("disk full"))\n',
        '    op.execute("INSERT INTO nowhere VALUES (1)")\n',
        '    op.execute("DELETE FROM action WHERE id = 1")\n',
    ],
)
def test_a_failed_upgrade_leaves_the_book_as_it_was(path, later, failure, monkeypatch):
    before = rows(path)
    later(failure)
    with pytest.raises(UserError, match="rien n’a été changé") as caught:
        open_book(path, clock)
    monkeypatch.undo()
    [saved] = list_backups(default_folder(path))
    assert str(saved.path) in str(caught.value)
    opened = open_book(path, clock)
    assert opened.notices == []
    with opened.book.action("Travailler") as session:
        session.get_one(Canteen, 1).seats = 12
    opened.close()
    assert rows(saved.path) == before
    assert preview(path).revision == "0001"


def test_a_book_to_upgrade_is_not_opened_for_reading_alone(path, later):
    later()
    with pytest.raises(UserError, match="autre version"):
        open_to_read(path, clock)
    assert preview(path).revision == "0001"


def test_an_old_book_is_not_upgraded_without_its_backup(path, later):
    default_folder(path).write_text("a file where the folder should be")
    later()
    with pytest.raises(UserError, match="n’a pas pu être écrit"):
        open_book(path, clock)
    assert preview(path).revision == "0001"


def test_every_released_schema_has_a_stored_book():
    assert [stored.name.partition("-")[0] for stored in STORED] == migrate.revisions()


@pytest.mark.parametrize("stored", STORED, ids=[stored.name for stored in STORED])
def test_a_stored_book_of_each_released_schema_opens_with_all_its_rows(stored, tmp_path):
    path = tmp_path / "old.cantine"
    path.write_bytes(gzip.decompress(stored.read_bytes()))
    before = rows(path)
    assert sum(map(len, before.values())) > 20
    opened = open_book(path, clock)
    with opened.book.read() as session:
        assert verify(session) == []
    opened.close()
    after = rows(path)
    for name, kept in before.items():
        assert [
            {k: row[k] for k in old} for row, old in zip(after[name], kept, strict=True)
        ] == kept
    assert preview(path).revision == upgrade.HEAD


@pytest.fixture
def server_book(postgres):
    name = postgres.create_database()
    opened = create_book(postgres.url(name), clock)
    with opened.book.action("Nommer la cantine") as session:
        session.add(Canteen(name="Cantine du port"))
    opened.close()
    yield postgres.url(name)
    postgres.drop_database(name)


def test_a_book_on_a_server_is_upgraded_after_a_backup_into_a_file(server_book, later, tmp_path):
    later()
    with pytest.raises(UserError, match="dossier de sauvegarde"):
        open_book(server_book, clock)
    opened = open_book(server_book, clock, folders=[tmp_path / "b"])
    columns = {c["name"] for c in inspect(opened.book.engine).get_columns("canteen")}
    assert "motto" in columns
    with opened.book.read() as session:
        assert verify(session) == []
    opened.close()
    [saved] = list_backups(tmp_path / "b")
    seen = preview(saved.path)
    assert (seen.revision, seen.canteen) == ("0001", "Cantine du port")


def test_a_failed_upgrade_leaves_the_server_as_it_was(server_book, later, tmp_path, monkeypatch):
    later('    op.execute("INSERT INTO nowhere VALUES (1)")\n')
    with pytest.raises(UserError, match="rien n’a été changé"):
        open_book(server_book, clock, folders=[tmp_path / "b"])
    monkeypatch.undo()
    opened = open_book(server_book, clock)
    assert opened.notices == []
    opened.close()


def test_a_server_of_a_later_version_is_refused(server_book):
    engine = open_server(server_book)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(NewerBookError, match="9999"):
        open_book(server_book, clock)
