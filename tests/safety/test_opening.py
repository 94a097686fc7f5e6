"""A book is made, opened, recognised, and everything else refused with a sentence."""

import os
import shutil
import sqlite3
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.errors import (
    CorruptBookError,
    ForeignFileError,
    MissingBookError,
    NewerBookError,
    UserError,
)
from cantine_desktop.schema.upgrade import create_book, open_book, open_to_read
from cantine_desktop.storage import backup, recognition
from cantine_desktop.storage.backup import back_up

NOW = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)


def clock():
    return NOW


@pytest.fixture
def path(tmp_path):
    """Return a closed book with one action in it."""
    path = tmp_path / "Port.cantine"
    opened = create_book(path, clock)
    with opened.book.action("Nommer la cantine") as session:
        session.add(Canteen(name="Cantine du port"))
    opened.book.close()
    return path


def name_of(opened):
    with opened.book.read() as session:
        return session.get_one(Canteen, 1).name


def test_what_was_typed_is_there_when_the_book_opens_again(path):
    opened = open_book(path, clock)
    assert name_of(opened) == "Cantine du port"
    assert opened.notices == []
    opened.close()


def test_a_closed_book_is_one_file(path):
    assert {p.name for p in path.parent.iterdir() if not p.name.startswith(".~lock")} == {path.name}


@pytest.mark.parametrize("name", ["Été ’26 ?.cantine", "50%20 #1.cantine", "à b&c=d.cantine"])
def test_a_path_may_hold_any_character(tmp_path, name):
    if os.name == "nt" and "?" in name:
        pytest.skip("no name holds a question mark there")
    create_book(tmp_path / name, clock).close()
    assert (tmp_path / name).exists()
    open_book(tmp_path / name, clock).close()


def test_a_new_book_never_replaces_a_file(path):
    before = path.read_bytes()
    with pytest.raises(UserError, match="déjà un fichier"):
        create_book(path, clock)
    assert path.read_bytes() == before


def write_zip(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "a")


def write_database(path):
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE action (id INTEGER)")
    connection.commit()
    connection.close()


def write_huge(path):
    with path.open("wb") as file:
        file.write(os.urandom(4096))
        file.truncate(3 << 30)


@pytest.mark.parametrize(
    ("write", "reason"),
    [
        (Path.touch, "vide"),
        (Path.mkdir, "dossier"),
        (lambda path: path.write_text("Bonjour, voici mes comptes de la semaine." * 9), "texte"),
        (write_zip, "ZIP"),
        (lambda path: path.write_bytes(b"%PDF-1.7\n" + bytes(500)), "PDF"),
        (lambda path: path.write_bytes(os.urandom(900) + b"\0"), "nature"),
        (write_huge, "nature"),
        (write_database, "autre logiciel"),
    ],
)
def test_a_foreign_file_is_refused_and_left_alone(tmp_path, write, reason):
    path = tmp_path / "x.cantine"
    write(path)
    before = path.stat().st_size, path.stat().st_mtime_ns
    for look in (open_book, open_to_read, backup.preview):
        with pytest.raises(ForeignFileError, match=reason):
            look(path)
    assert (path.stat().st_size, path.stat().st_mtime_ns) == before
    assert [p.name for p in tmp_path.iterdir()] == ["x.cantine"]


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    with pytest.raises(MissingBookError, match="n’existe pas"):
        open_book(tmp_path / "none.cantine")


@pytest.mark.skipif(os.name == "nt", reason="rights are of another kind there")
def test_a_file_that_may_not_be_read_is_said_so(path):
    path.chmod(0)

    def look():
        try:
            recognition.recognise(path)
        except UserError as error:
            return "droits" in str(error)
        return False

    assert as_a_stranger(look)


@pytest.mark.skipif(os.name == "nt", reason="rights are of another kind there")
def test_a_book_in_which_nothing_could_be_kept_is_not_opened(path):
    with tempfile.TemporaryDirectory(dir="/tmp") as open_to_all:
        folder = Path(open_to_all)
        folder.chmod(0o777)
        locked = folder / "x.cantine"
        shutil.copy(path, locked)
        locked.chmod(0o444)

        def look():
            try:
                open_book(locked, clock).close()
            except UserError as error:
                return "lecture seule" in str(error)
            return False

        assert as_a_stranger(look)
        locked.chmod(0o666)
        assert not as_a_stranger(look)


def as_a_stranger(look):
    """Tell what a function answers to a user without rights on the file."""
    if os.geteuid() != 0:
        return look()
    child = os.fork()
    if not child:
        os.setuid(65534)
        os._exit(0 if look() else 1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def spoil(path, start, length):
    with path.open("r+b") as file:
        file.seek(start)
        file.write(b"\xff" * length)


@pytest.mark.parametrize(("start", "length"), [(0, 60), (4096, 4096), (3900, 196), (28672, 8000)])
def test_a_damaged_book_is_refused_with_a_way_out(path, start, length):
    good = back_up(path, backup.default_folder(path), NOW)
    spoil(path, start, length)
    spoilt = path.read_bytes()
    with pytest.raises(CorruptBookError, match="22/11/2026 à 08:30") as caught:
        open_book(path, clock)
    assert caught.value.backup == good.path
    assert str(good.path) in str(caught.value)
    assert "Restaurer" in str(caught.value)
    assert path.read_bytes() == spoilt


def test_a_truncated_book_without_backup_says_where_to_look(path):
    os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(CorruptBookError, match="Aucune sauvegarde"):
        open_book(path, clock)


def test_a_damaged_book_gives_its_lock_back(path):
    whole = path.read_bytes()
    spoil(path, 4096, 4096)
    with pytest.raises(CorruptBookError):
        open_book(path, clock)
    path.write_bytes(whole)
    open_book(path, clock).close()


def test_a_book_of_a_later_version_is_refused_and_left_alone(path):
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(NewerBookError, match="version plus récente") as caught:
        open_book(path, clock)
    assert "9999" in str(caught.value)
    assert path.read_bytes() == before


def test_a_book_can_be_read_while_another_process_writes_in_it(path):
    writer = open_book(path, clock)
    reader = open_to_read(path, clock)
    with writer.book.action("Renommer") as session:
        session.get_one(Canteen, 1).name = "Cantine du quai"
    assert name_of(reader) == "Cantine du quai"
    with pytest.raises(UserError), reader.book.action("x") as session:
        session.get_one(Canteen, 1).name = "y"
    reader.close()
    writer.close()
