"""Telling a canteen's book from any other file, and a sound one from a damaged one.

Nothing here opens a transaction or changes a byte.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from cantine_desktop.errors import CorruptBookError, ForeignFileError, MissingBookError, UserError
from cantine_desktop.i18n import tr
from cantine_desktop.storage.bare import BareConnection

SUFFIX = ".cantine"
"""Extension of a book's file."""

APPLICATION_ID = int.from_bytes(b"CANT")
"""What a book says of itself in bytes 68 to 71, where SQLite leaves room for it."""

_SQLITE = b"SQLite format 3\x00"
_NEVER_IN_TEXT = set(range(32)) - set(b"\t\n\f\r\x1b")


def recognise(path: Path) -> None:
    """Look at the head of a file and refuse what is not a book.

    Raises:
        MissingBookError: There is no such file.
        ForeignFileError: A folder, an empty file, a text, an archive, another database…
        CorruptBookError: It was a book, whose head is destroyed.
        UserError: The system does not let us read the file.
    """
    try:
        head, rest = _first_bytes(path)
    except IsADirectoryError:
        raise ForeignFileError(_foreign(path, tr("c’est un dossier"))) from None
    except FileNotFoundError:
        raise MissingBookError(
            tr(
                "Le fichier « {path} » n’existe pas, ou n’existe plus à cet endroit. Vérifiez que "
                "la clé ou le disque est branché, ou choisissez un autre fichier."
            ).format(path=path)
        ) from None
    except OSError as error:
        raise UserError(unreadable(path, error.strerror or "")) from error
    if not head:
        raise ForeignFileError(_foreign(path, tr("il est vide")))
    if not head.startswith(_SQLITE):
        if _was_a_database(head, rest):
            raise CorruptBookError(damaged(path))
        raise ForeignFileError(_foreign(path, _nature(head)))
    if int.from_bytes(head[68:72]) != APPLICATION_ID:
        raise ForeignFileError(_foreign(path, tr("c’est la base de données d’un autre logiciel")))


def check_pages(path: Path, *, thorough: bool = False) -> None:
    """Read a book's pages and refuse a damaged one.

    Args:
        path: A file that ``recognise`` has accepted.
        thorough: Also compare indexes with tables, and references with what they point at.

    Raises:
        CorruptBookError: A page is damaged.
        UserError: The system does not let us read the file.
    """
    try:
        with closing(sqlite3.connect(path, factory=BareConnection)) as connection:
            problems = connection.execute(
                "PRAGMA integrity_check(1)" if thorough else "PRAGMA quick_check(1)"
            ).fetchall()
            if thorough:
                problems += connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            raise CorruptBookError(damaged(path)) from error
        raise UserError(unreadable(path, str(error))) from error
    if problems != [("ok",)]:
        raise CorruptBookError(damaged(path))


def check_writable(path: Path) -> None:
    """Refuse a book in which nothing could be kept.

    Raises:
        UserError: The file is marked as read-only, or belongs to somebody else.
    """
    if not os.access(path, os.W_OK):
        raise UserError(
            tr(
                "Le fichier « {path} » est en lecture seule : rien ne pourrait y être gardé. "
                "Retirez cette protection, ou copiez-le dans un dossier à vous, par exemple "
                "Documents."
            ).format(path=path)
        )


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Tell an error due to damaged pages from a full, locked or forbidden file."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def damaged(path: Path) -> str:
    """Say that a book is damaged; who knows of a backup says the rest."""
    return tr(
        "Le fichier « {name} » est abîmé : il ne peut pas être lu en entier. Rien n’y a été changé."
    ).format(name=path.name)


def unreadable(path: Path, reason: str) -> str:
    """Say that the system does not let us read a file."""
    return tr(
        "Le fichier « {path} » ne peut pas être lu ({reason}). Vérifiez vos droits sur ce "
        "fichier et sur son dossier."
    ).format(path=path, reason=reason)


def _foreign(path: Path, reason: str) -> str:
    return tr(
        "« {name} » n’est pas un fichier de cantine : {reason}. Choisissez un fichier dont le "
        "nom finit par {suffix}."
    ).format(name=path.name, reason=reason, suffix=SUFFIX)


def _first_bytes(path: Path) -> tuple[bytes, bytes]:
    """Return the head of a file, and as much of the rest as tells what it was.

    Raises:
        IsADirectoryError: It is a folder.
        OSError: It cannot be read.
    """
    if path.is_dir():
        raise IsADirectoryError(path)
    with path.open("rb") as file:
        head = file.read(100)
        return head, b"" if head.startswith(_SQLITE) else file.read(1 << 20)


def _was_a_database(head: bytes, rest: bytes) -> bool:
    """Tell a book whose first bytes are destroyed: SQLite keeps its tables' SQL near them."""
    return len(head) == 100 and b"CREATE TABLE" in rest and b"alembic_version" in rest


def _nature(head: bytes) -> str:
    if head.startswith(b"PK"):
        return tr("c’est une archive ZIP ou un document de bureau")
    if head.startswith(b"%PDF"):
        return tr("c’est un document PDF")
    if not set(head).intersection(_NEVER_IN_TEXT):
        return tr("c’est un fichier de texte")
    return tr("son contenu est d’une autre nature")
