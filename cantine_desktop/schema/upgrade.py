"""Making a book, opening it, and bringing it to the present schema.

A book lives in a file (``x.cantine``) or in a PostgreSQL database
(``postgresql://user:password@host/base``).
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from cantine_desktop.clock import Clock, system_clock
from cantine_desktop.errors import CorruptBookError, NewerBookError, UserError
from cantine_desktop.i18n import tr
from cantine_desktop.people import profiles
from cantine_desktop.schema.making import (
    HEAD,
    file_engine,
    fill_server,
    make_file,
    stored_revision,
)
from cantine_desktop.schema.server import is_server, open_server, spoken
from cantine_desktop.storage import place
from cantine_desktop.storage.backup import Backup, Reason, back_up, default_folder, way_out
from cantine_desktop.storage.book import Book
from cantine_desktop.storage.lock import BookLock
from cantine_desktop.storage.recognition import check_pages, check_writable, recognise
from cantine_desktop.storage.scrubbing import scrub

__all__ = ["HEAD", "Opened", "create_book", "open_book", "open_to_read"]

_BIG = 200 << 20
"""Bytes above which a book's pages are only read at opening after a crash.

The daily backup reads them in any case.
"""


@dataclass
class Opened:
    """A book ready for work.

    Attributes:
        book: The book; closing it gives the lock back.
        location: Its path, or its address without the password.
        notices: Sentences the person should read now.
    """

    book: Book
    location: str
    notices: list[str] = field(default_factory=list[str])
    engine: Engine = field(kw_only=True, repr=False)

    def close(self) -> None:
        """Let the book go, and give its lock back."""
        self.engine.dispose()


def create_book(location: str | Path, clock: Clock = system_clock) -> Opened:
    """Make a book that holds its profiles and nothing else, and open it.

    Args:
        location: Path of a new file, or address of an empty PostgreSQL database.
        clock: Tells the present instant.

    Raises:
        UserError: There is something there already, or it cannot be written.
    """
    if is_server(str(location)):
        fill_server(str(location))
    else:
        path = Path(location)
        if path.exists():
            raise UserError(
                tr(
                    "Il y a déjà un fichier « {path} ». Ouvrez-le, ou choisissez un autre nom."
                ).format(path=path)
            )
        make_file(path)
    opened = open_book(location, clock)
    with opened.book.action(tr("Création du livre"), undoable=False) as session:
        profiles.seed(session)
    return opened


def open_book(
    location: str | Path,
    clock: Clock = system_clock,
    *,
    folders: Sequence[Path] = (),
    take_over: bool = False,
) -> Opened:
    """Open a book for work: recognised, locked, checked and of the present schema.

    Args:
        location: Path of a file, or address of a PostgreSQL database.
        clock: Tells the present instant.
        folders: Where its backups are, besides the folder beside it.
        take_over: Open it although another machine says to have it open.

    Raises:
        MissingBookError: There is nothing there.
        ForeignFileError: There is something else than a book.
        CorruptBookError: The book is damaged.
        LockedError: It is open elsewhere.
        NewerBookError: It needs a later version of the application.
        UnreachableServerError: The server does not answer or does not let us in.
        UserError: It cannot be read or written.
    """
    if is_server(str(location)):
        return _open_server(str(location), clock, folders)
    path = Path(location)
    try:
        return _open_file(path, clock, folders, take_over=take_over)
    except CorruptBookError as error:
        advice, backup = way_out(path, folders)
        raise CorruptBookError(f"{error} {advice}", backup) from error


def open_to_read(location: str | Path, clock: Clock = system_clock) -> Opened:
    """Open a book that must not change, also while another process writes in it.

    Raises:
        UserError: As ``open_book``; or the book is of an older schema.
    """
    if is_server(str(location)):
        engine = open_server(str(location))
    else:
        recognise(Path(location))
        engine = file_engine(Path(location))
        event.listen(engine, "connect", _forbid_writing)
    with ExitStack() as on_failure:
        on_failure.callback(engine.dispose)
        if stored_revision(engine, str(location)) != HEAD:
            raise UserError(
                tr(
                    "« {name} » est d’une autre version de l’application. Ouvrez-le une fois dans "
                    "la fenêtre pour le mettre à jour."
                ).format(name=_name(str(location)))
            )
        on_failure.pop_all()
    return Opened(Book(engine, clock), _name(str(location)), engine=engine)


def _open_file(path: Path, clock: Clock, folders: Sequence[Path], *, take_over: bool) -> Opened:
    recognise(path)
    check_writable(path)
    lock = BookLock(path)
    lock.acquire(clock(), take_over=take_over)
    with ExitStack() as on_failure:
        on_failure.callback(lock.release)
        if lock.left_open or path.stat().st_size < _BIG:
            check_pages(path, thorough=lock.left_open)
        engine = file_engine(path)
        on_failure.callback(engine.dispose)
        notices = _notices(path, left_open=lock.left_open)
        found = stored_revision(engine, str(path))
        if found != HEAD:
            folder = next(iter(folders), default_folder(path))
            save = partial(back_up, path, folder, clock(), Reason.BEFORE_UPGRADE)
            notices.append(_bring_up_to_date(engine, found, path.name, save))
        scrub(engine)
        on_failure.pop_all()

    def give_back(_engine: Engine) -> None:
        lock.release()

    event.listen(engine, "engine_disposed", give_back)
    return Opened(Book(engine, clock), str(path), notices, engine=engine)


def _notices(path: Path, *, left_open: bool) -> list[str]:
    notices = [warned] if (warned := place.warning(path)) else []
    if left_open:
        notices.append(
            tr(
                "L’application s’est arrêtée brutalement la dernière fois. Le fichier a été "
                "vérifié : tout ce qui était enregistré y est."
            )
        )
    return notices


def _open_server(location: str, clock: Clock, folders: Sequence[Path]) -> Opened:
    engine = open_server(location)
    notices: list[str] = []
    with ExitStack() as on_failure:
        on_failure.callback(engine.dispose)
        found = stored_revision(engine, location)
        if found != HEAD:
            save = partial(_save_server, engine, folders, clock())
            notices.append(_bring_up_to_date(engine, found, spoken(location), save))
        scrub(engine)
        on_failure.pop_all()
    return Opened(Book(engine, clock), spoken(location), notices, engine=engine)


def _save_server(engine: Engine, folders: Sequence[Path], now: datetime) -> Backup:
    from cantine_desktop.schema.copying import back_up_server  # noqa: PLC0415  -- seldom needed

    if not folders:
        raise UserError(
            tr(
                "La base doit être mise à jour, ce qui demande d’abord une sauvegarde. Choisissez "
                "un dossier de sauvegarde dans les préférences."
            )
        )
    return back_up_server(engine, folders[0], now, Reason.BEFORE_UPGRADE)


def _bring_up_to_date(engine: Engine, found: str, name: str, save: Callable[[], Backup]) -> str:
    """Migrate a book after a proved backup, and return the sentence that says so.

    Raises:
        NewerBookError: Its schema is not known here.
        UserError: The migration failed; the book is as it was.
    """
    from cantine_desktop.schema.migrate import DamagedByMigrationError, migrate  # noqa: PLC0415  -- Alembic

    if not found.isdecimal() or found > HEAD:
        raise NewerBookError(
            tr(
                "« {name} » a été écrit par une version plus récente de l’application (données en "
                "version {found} ; celle-ci lit jusqu’à {head}). Mettez l’application à jour sur "
                "ce poste. Rien n’a été changé."
            ).format(name=name, found=found, head=HEAD)
        )
    backup = save()
    try:
        migrate(engine)
    except (SQLAlchemyError, DamagedByMigrationError) as error:
        raise UserError(
            tr(
                "La mise à jour de « {name} » n’a pas abouti ; rien n’a été changé, "
                "et une copie est gardée : « {backup} ». Continuez avec la version précédente de "
                "l’application et envoyez le rapport d’erreur."
            ).format(name=name, backup=backup.path)
        ) from error
    return tr(
        "« {name} » a été mis à jour pour cette version de l’application. Une copie d’avant la "
        "mise à jour est gardée : « {backup} »."
    ).format(name=name, backup=backup.path)


def _forbid_writing(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA query_only = ON")


def _name(location: str) -> str:
    return spoken(location) if is_server(location) else Path(location).name
