"""A book goes from a file to a server and back, and nothing of it changes."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select, text

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.errors import (
    ForeignFileError,
    MissingBookError,
    UnreachableServerError,
    UserError,
)
from cantine_desktop.hygiene.model import ColdUnit
from cantine_desktop.schema.copying import back_up_server, copy_book
from cantine_desktop.schema.making import file_engine
from cantine_desktop.schema.safekeeping import keep_safe, restore_to_server
from cantine_desktop.schema.server import open_server, spoken
from cantine_desktop.schema.upgrade import create_book, open_book
from cantine_desktop.storage.attachments import Attachment, attach, read
from cantine_desktop.storage.backup import list_backups, preview
from cantine_desktop.storage.history import Action
from cantine_desktop.storage.verify import verify
from tests.schema.test_upgrading import rows

NOW = datetime(2026, 11, 22, 7, 30, 15, 250000, tzinfo=UTC)
PAPER = bytes(range(256)) * 4000


def clock():
    return NOW


def work(book):
    """Do a little of everything in a book: add, join a file, change, delete, undo."""
    with book.action("Nommer la cantine") as session:
        session.add(Canteen(name="Cantine du « port » — 100 % œufs\u202f!\n\t\\ ' \"", seats=40))
    with book.action("Joindre") as session:
        attach(session, PAPER, "plan.pdf", "application/pdf", NOW)
    with book.action("Ajouter par erreur") as session:
        session.add(Canteen(name="Faute", is_demo=True))
    book.undo()
    with book.action("Compter") as session:
        session.get_one(Canteen, 1).seats = 35


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "Port.cantine"
    opened = create_book(path, clock)
    work(opened.book)
    opened.close()
    return path


@pytest.fixture
def empty(postgres):
    name = postgres.create_database()
    yield postgres.url(name)
    postgres.drop_database(name)


def proved(book):
    """Assert that everything a book says of itself still holds, and that it goes on."""
    with book.read() as session:
        assert verify(session) == []
        assert session.get_one(Canteen, 1).seats == 35
        kept = session.scalars(select(Attachment)).one()
        assert read(session, kept) == PAPER
    with book.action("Continuer") as session:
        session.add(added := Canteen(name="Suivante"))
        session.flush()
        assert added.id == 3, "the key of a deleted row came back"
    book.undo()
    with book.read() as session:
        assert verify(session) == []


def test_a_file_goes_to_a_server_and_back_without_losing_a_bit(path, empty, tmp_path):
    before = rows(path)
    told = []
    counts = restore_to_server(path, empty, told.append)
    assert counts == {name: len(kept) for name, kept in before.items()}
    assert told[-1] == 1
    [back] = keep_safe(empty, [tmp_path / "b"], NOW).backups
    assert rows(back.path) == before
    assert rows(path) == before
    there, here = open_book(empty, clock), open_book(back.path, clock)
    proved(there.book)
    proved(here.book)
    there.close()
    here.close()


def test_a_book_born_on_a_server_is_backed_up_into_one_sound_file(empty, tmp_path):
    opened = create_book(empty, clock)
    work(opened.book)
    made = back_up_server(opened.book.engine, tmp_path / "b", NOW)
    assert [p.name for p in (tmp_path / "b").iterdir()] == [made.path.name]
    assert preview(made.path).last_action == NOW
    again = open_book(made.path, clock)
    with opened.book.read() as there, again.book.read() as here:
        last = select(Action.hash).order_by(Action.id.desc()).limit(1)
        assert there.scalar(last) == here.scalar(last)
    proved(again.book)
    again.close()
    opened.close()


def test_a_backup_of_a_server_is_rotated_like_another(empty, tmp_path):
    create_book(empty, clock).close()
    folders = [tmp_path / "b", tmp_path / "cle"]
    days = [NOW.replace(minute=n) for n in range(3)] + [NOW + timedelta(days=3)]
    for at in days:
        keep_safe(empty, folders, at)
    for folder in folders:
        kept = [backup.at for backup in list_backups(folder)]
        assert kept == [at.replace(microsecond=0) for at in reversed(days[2:])]


def test_nothing_is_copied_over_what_is_there(path, empty):
    restore_to_server(path, empty)
    with pytest.raises(UserError, match="pas vide"):
        restore_to_server(path, empty)
    with pytest.raises(UserError, match="pas vide"):
        create_book(empty)


class CancelledError(Exception):
    """Stands for the person's click on Cancel."""


def test_a_cancelled_copy_leaves_the_target_empty(path, empty):
    def cancel(_share):
        raise CancelledError

    with pytest.raises(CancelledError):
        restore_to_server(path, empty, cancel)
    target = open_server(empty)
    with target.connect() as connection:
        assert connection.execute(select(func.count()).select_from(Canteen)).scalar_one() == 0
    source = file_engine(path)
    assert copy_book(source, target)["canteen"] == 1
    source.dispose()
    target.dispose()


def test_amounts_and_days_are_copied_as_they_are_stored(empty, tmp_path):
    opened = create_book(tmp_path / "Froid.cantine", clock)
    with opened.book.action("Ajouter") as session:
        session.add(ColdUnit(name="Frigo", maximum=Decimal("-18.5"), tolerance=Decimal("0.1")))
    opened.close()
    restore_to_server(tmp_path / "Froid.cantine", empty)
    there = open_book(empty, clock)
    with there.book.read() as session:
        unit = session.scalars(select(ColdUnit)).one()
        assert (unit.maximum, unit.tolerance) == (Decimal("-18.5"), Decimal("0.1"))
    there.close()


def test_a_server_that_is_off_or_far_is_said_so_without_the_password(tmp_path):
    for address in (
        f"postgresql://ana:motsecret@/cantine?host={tmp_path}",
        "postgresql://ana:motsecret@127.0.0.1:1/cantine",
        "postgresql://ana:motsecret@serveur.invalid/cantine",
    ):
        with pytest.raises(UnreachableServerError, match="ne répond pas") as caught:
            open_book(address)
        assert_silent(caught.value)


def assert_silent(error):
    """Assert that neither an error nor those behind it tell the password."""
    while error is not None:
        assert "motsecret" not in str(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def test_a_wrong_password_a_wrong_database_and_an_empty_one_are_told_apart(postgres, empty):
    with pytest.raises(UnreachableServerError, match="n’a pas de base « absente »"):
        open_book(postgres.url("absente"))
    with pytest.raises(MissingBookError, match="vide"):
        open_book(empty)
    engine = open_server(empty)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE facture (id integer)"))
    engine.dispose()
    with pytest.raises(ForeignFileError, match="autre chose"):
        open_book(empty)
    with pytest.raises(UserError, match="pas vide"):
        create_book(empty)


def test_a_refused_password_is_said_so(postgres):
    rules = postgres.folder / "data" / "pg_hba.conf"
    usual = rules.read_text()
    engine = open_server(postgres.url("postgres"))
    with engine.begin() as connection:
        connection.execute(text("CREATE ROLE ana LOGIN PASSWORD 'juste'"))
    rules.write_text("local all ana scram-sha-256\n" + usual)
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_reload_conf()"))
    address = f"postgresql://ana:motsecret@/postgres?host={postgres.folder}"
    with pytest.raises(UnreachableServerError, match="refuse l’utilisateur « ana »") as caught:
        open_book(address)
    assert_silent(caught.value)
    rules.write_text(usual)
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_reload_conf()"))
        connection.execute(text("DROP ROLE ana"))
    engine.dispose()


@pytest.mark.parametrize("address", ["postgresql://", "postgresql://ana:motsecret@h:port/x"])
def test_an_address_that_makes_no_sense_is_said_so(address):
    with pytest.raises(UserError) as caught:
        open_book(address)
    assert_silent(caught.value)


def test_an_address_is_shown_without_its_password():
    assert spoken("postgresql://ana:motsecret@serveur/cantine") == (
        "postgresql://ana:***@serveur/cantine"
    )
