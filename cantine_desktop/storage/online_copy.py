"""Copying a book's file while others write in it, and proving the copy.

A copy is written beside its place under another name, flushed to the disk,
opened, read through and counted; only then does it take its name. A process
that dies, a disk that fills up or a person who cancels leaves no half copy.
"""

import errno
import os
import sqlite3
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import get_ident

from cantine_desktop.errors import CorruptBookError, UserError
from cantine_desktop.i18n import tr
from cantine_desktop.replacing import put_in_place
from cantine_desktop.storage.bare import BareConnection
from cantine_desktop.storage.recognition import damaged, is_damage

Progress = Callable[[float], None]
"""Told the share done, from 0 to 1; what it raises cancels the work and comes out again."""

_PAGES_PER_STEP = 256


@contextmanager
def finished_file(target: Path, source: Path | None = None) -> Generator[Path]:
    """Lend a place to write in, which takes its name if all goes well, else vanishes.

    Args:
        target: The name to take.
        source: The book being read meanwhile, to say which file is damaged.

    Raises:
        CorruptBookError: What is read is damaged.
        UserError: The disk is full or may not be written to.
    """
    # The daily backup and one asked for by hand may start in the same second.
    unfinished = target.with_name(f".{target.name}.{os.getpid()}-{get_ident()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        yield unfinished
        flush(unfinished)
        put_in_place(unfinished, target)
        flush(target.parent)
    except (OSError, sqlite3.DatabaseError) as error:
        if isinstance(error, sqlite3.DatabaseError) and is_damage(error):
            raise CorruptBookError(damaged(source or target)) from error
        raise UserError(_explanation(error, target)) from error
    finally:
        for suffix in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                Path(f"{unfinished}{suffix}").unlink()


def copy_book_file(source: Path, target: Path, progress: Progress | None = None) -> dict[str, int]:
    """Copy a book's file as it stands now, prove the copy, and return its rows by table.

    Writers are not held up: the copy shows the book at the instant it began.

    Args:
        source: A book's file, in use or not.
        target: Where the copy goes, replacing what is there.
        progress: Told how far the copy is.

    Raises:
        CorruptBookError: The source is damaged.
        UserError: The copy cannot be written, or does not hold what the source holds.
    """
    with finished_file(target, source) as unfinished:
        with closing(connect(source)) as book, closing(connect(unfinished)) as copy:
            # A read transaction keeps the same instant for all steps; without it each
            # write by others would start the copy afresh.
            book.execute("BEGIN")
            counts = count_rows(book)
            book.backup(copy, pages=_PAGES_PER_STEP, progress=_teller(progress))
            book.execute("COMMIT")
            # A book at work keeps two more files beside it; a copy is one file.
            copy.execute("PRAGMA journal_mode = DELETE")
        prove(unfinished, counts, source)
    return counts


def connect(path: Path) -> sqlite3.Connection:
    """Return a bare connection without hidden transactions."""
    return sqlite3.connect(path, isolation_level=None, timeout=30, factory=BareConnection)


def count_rows(connection: sqlite3.Connection) -> dict[str, int]:
    """Return the number of rows of each table; the search index follows from the others."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table'"
        " AND name NOT LIKE 'search\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        " ORDER BY name"
    ).fetchall()
    counted: dict[str, int] = {}
    for (name,) in names:
        counted[name] = connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608  -- names of our own tables
    return counted


def prove(copy: Path, counts: dict[str, int], source: Path) -> None:
    """Open a copy, read every page and count every row.

    Raises:
        CorruptBookError: A page is damaged, then in the source too.
        UserError: The copy is not what was copied.
    """
    with closing(connect(copy)) as connection:
        sound = connection.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)]
        whole = not connection.execute("PRAGMA foreign_key_check").fetchall()
        if sound and whole and count_rows(connection) == counts:
            return
    if not sound:
        raise CorruptBookError(damaged(source))
    raise UserError(
        tr(
            "La copie de « {name} » ne contient pas tout ce qui a été copié ; elle n’a pas été "
            "gardée. Recommencez, sur un autre disque si cela se répète."
        ).format(name=source.name)
    )


def flush(path: Path) -> None:
    """Wait until a file, or a folder's list of names, is on the disk."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _teller(progress: Progress | None) -> Callable[[int, int, int], None] | None:
    if progress is None:
        return None

    def tell(_status: int, remaining: int, total: int) -> None:
        progress(1 - remaining / max(total, 1))

    return tell


def _explanation(error: OSError | sqlite3.DatabaseError, target: Path) -> str:
    """Say what to do about a copy that could not be written."""
    if isinstance(error, OSError):
        reason, is_full = error.strerror or str(error), error.errno in {errno.ENOSPC, errno.EDQUOT}
    else:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        reason, is_full = str(error), code == sqlite3.SQLITE_FULL
    if is_full:
        text = tr(
            "Le disque est plein : « {name} » n’a pas pu être écrit dans « {folder} ». Libérez de "
            "la place ou choisissez un autre dossier."
        )
    else:
        text = tr(
            "« {name} » n’a pas pu être écrit dans « {folder} » ({reason}). Vérifiez que le disque "
            "est branché et que vous avez le droit d’y écrire, ou choisissez un autre dossier."
        )
    return text.format(name=target.name, folder=target.parent, reason=reason)
