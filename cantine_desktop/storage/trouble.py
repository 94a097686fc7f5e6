"""Saying in a sentence what happens to a disk or a server under an open book.

A full disk, a key pulled out, a server switched off are no bugs: the action is
taken back whole, the person is told what to do, and goes on when it is done.
"""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from cantine_desktop.errors import CorruptBookError, UnreachableServerError, UserError
from cantine_desktop.i18n import tr
from cantine_desktop.storage.recognition import damaged

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_GONE = {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}
_WAITED_TOO_LONG = {"55P03", "40P01", "57014"}
"""PostgreSQL's codes for a lock not obtained, a deadlock and a statement given up."""


@contextmanager
def told(engine: Engine) -> Generator[None]:
    """Turn what befalls the disk or the server into a sentence.

    Raises:
        CorruptBookError: The file is damaged.
        UnreachableServerError: The server does not answer any more.
        UserError: The disk is full, or the file out of reach, or somebody else is writing.
        DBAPIError: Anything else, as it came.
    """
    try:
        yield
    except DBAPIError as error:
        sentence = _sentence(engine, error)
        if sentence is None:
            raise
        # Not chained: the driver's own message may hold a password.
        raise sentence from None


def busy() -> str:
    """Say that somebody else is writing."""
    return tr("Le livre est occupé par une autre opération. Attendez un instant, puis recommencez.")


def _sentence(engine: Engine, error: DBAPIError) -> UserError | None:
    if engine.dialect.name != "sqlite":
        return _of_server(engine, error)
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    if code in _BUSY:
        return UserError(busy())
    if code in _DAMAGED:
        return CorruptBookError(damaged(Path(engine.url.database or "")))
    if code == sqlite3.SQLITE_FULL:
        return UserError(
            tr(
                "Le disque est plein : la dernière saisie n’a pas été gardée, tout ce qui précède "
                "l’est. Libérez de la place, puis recommencez."
            )
        )
    if code in _GONE:
        return UserError(
            tr(
                "Le fichier de la cantine n’est plus accessible : la dernière saisie n’a pas été "
                "gardée. Vérifiez que le disque ou la clé est branché et que vous avez le droit "
                "d’y écrire, puis recommencez."
            )
        )
    return None


def _of_server(engine: Engine, error: DBAPIError) -> UserError | None:
    state = getattr(error.orig, "sqlstate", None)
    if state in _WAITED_TOO_LONG:
        return UserError(busy())
    if error.connection_invalidated or (state is None and "connection" in str(error.orig)):
        return UnreachableServerError(
            tr(
                "Le serveur « {host} » ne répond plus : ce qui vient d’être saisi n’a pas été "
                "gardé. Vérifiez que ce poste est relié au réseau et que le serveur est allumé ; "
                "le travail reprend ici dès qu’il répond."
            ).format(host=engine.url.host or engine.url.query.get("host", "localhost"))
        )
    return None
