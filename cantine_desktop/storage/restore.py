"""Putting a backup in the place of a book, and moving a book elsewhere.

Neither destroys anything: the book that is replaced, sound or damaged, and the
file that was moved away are kept among the backups. At every instant the
target's name leads to a whole book, the old one or the new one.
"""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cantine_desktop.errors import CorruptBookError, MissingBookError, UserError
from cantine_desktop.i18n import tr
from cantine_desktop.replacing import put_in_place
from cantine_desktop.storage.backup import Reason, back_up, backup_name, default_folder
from cantine_desktop.storage.lock import BookLock
from cantine_desktop.storage.online_copy import (
    Progress,
    connect,
    copy_book_file,
    finished_file,
    flush,
)
from cantine_desktop.storage.recognition import check_pages, is_damage, recognise

_SIDE_FILES = ("-wal", "-shm")


@dataclass(frozen=True)
class Restored:
    """A backup put in the place of a book.

    Attributes:
        path: The book.
        kept: The book that was there before, if there was one.
        counts: Rows by table.
    """

    path: Path
    kept: Path | None
    counts: dict[str, int]


def restore(path: Path, target: Path, now: datetime, progress: Progress | None = None) -> Restored:
    """Put a backup in the place of a book that nobody has open.

    Args:
        path: The backup; it is not changed.
        target: The book to replace, which may be damaged or missing.
        now: The present instant.
        progress: Told how far the copy is; what it raises cancels it.

    Raises:
        LockedError: The book is open somewhere.
        ForeignFileError: The backup, or the target, is something else than a book.
        CorruptBookError: The backup is damaged.
        UserError: The disk is full or may not be written to.
    """
    recognise(path)
    if target.exists() and path.samefile(target):
        raise UserError(tr("Ce fichier est déjà celui de la cantine : il n’y a rien à restaurer."))
    lock = BookLock(target)
    lock.acquire(now)
    try:
        kept = _keep_aside(target, now)
        _settle(target)
        counts = copy_book_file(path, target, progress)
    finally:
        lock.release()
    return Restored(target, kept, counts)


def move_book(path: Path, target: Path, now: datetime, progress: Progress | None = None) -> Path:
    """Move a book that nobody has open, and leave a backup where it was.

    Args:
        path: The book.
        target: Its new place, where nothing is yet.
        now: The present instant.
        progress: Told how far the copy is; what it raises cancels it.

    Returns:
        The backup left in the old folder.

    Raises:
        LockedError: The book is open somewhere.
        UserError: There is a file at the new place already, or it cannot be written.
    """
    if target.exists():
        raise UserError(
            tr("Il y a déjà un fichier « {path} ». Choisissez un autre nom.").format(path=target)
        )
    recognise(path)
    lock = BookLock(path)
    lock.acquire(now)
    try:
        left = path.with_name(backup_name(path.stem, now, Reason.BEFORE_MOVE))
        copy_book_file(path, target, progress)
        _settle(path)
        put_in_place(path, left)
    finally:
        lock.release()
    return left


def _keep_aside(target: Path, now: datetime) -> Path | None:
    """Copy the book about to be replaced among its backups, damaged or not."""
    try:
        recognise(target)
        check_pages(target)
        return back_up(target, default_folder(target), now, Reason.BEFORE_RESTORE).path
    except MissingBookError:
        return None
    except CorruptBookError:
        aside = default_folder(target) / f"{target.name}.abime-{now:%Y%m%d%H%M%S}"
        for suffix in ("", *_SIDE_FILES):
            file = target.with_name(target.name + suffix)
            if file.exists():
                with finished_file(aside.with_name(aside.name + suffix)) as unfinished:
                    shutil.copyfile(file, unfinished)
        return aside


def _settle(path: Path) -> None:
    """Bring a closed book back to one file.

    A crash leaves the last writes in ``-wal``: a sound book takes them in, so that
    they are not applied to the file that replaces it.

    Raises:
        UserError: Another program is reading it.
    """
    if not path.exists():
        return
    try:
        with closing(connect(path)) as connection:
            mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
    except sqlite3.DatabaseError as error:
        mode = "delete" if is_damage(error) else "busy"
    if mode != "delete":
        raise UserError(
            tr(
                "Le fichier « {name} » est en train d’être lu par un autre programme. Fermez-le, "
                "puis recommencez."
            ).format(name=path.name)
        )
    for suffix in _SIDE_FILES:
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    flush(path.parent)
