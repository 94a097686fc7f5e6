"""Keeping a book safe, wherever it lives: the backups of the day, and putting one back."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, make_url

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import CorruptBookError, MissingBookError, UserError
from cantine_desktop.i18n import hour, long_day, tr, trn
from cantine_desktop.schema import upgrade
from cantine_desktop.schema.copying import back_up_server, copy_book
from cantine_desktop.schema.making import file_engine, fill_server, stored_revision
from cantine_desktop.schema.server import is_server, open_server
from cantine_desktop.storage import backup as backups
from cantine_desktop.storage.backup import Backup, Preview
from cantine_desktop.storage.online_copy import Progress, copy_book_file
from cantine_desktop.storage.recognition import recognise


@dataclass
class Kept:
    """What a round of backups did.

    Attributes:
        backups: The proved copies, one per folder that took one.
        problems: A sentence for each folder that did not.
    """

    backups: list[Backup] = field(default_factory=list[Backup])
    problems: list[str] = field(default_factory=list[str])


def book_name(location: str | Path) -> str:
    """Return the name by which the backups of a book are known."""
    if is_server(str(location)):
        return make_url(str(location)).database or "cantine"
    return Path(location).stem


def is_due(location: str | Path, folders: Sequence[Path], now: datetime) -> bool:
    """Tell whether a book has no backup of this civil day yet."""
    return backups.is_due(folders, book_name(location), now)


def keep_safe(
    location: str | Path,
    folders: Sequence[Path],
    now: datetime,
    progress: Progress | None = None,
    *,
    server: Engine | None = None,
) -> Kept:
    """Back a book up into several folders, and remove the backups no longer needed.

    The book may be in use. A folder that fails (a key not plugged in) does not keep
    the others from their copy.

    Args:
        location: Path of the book, or address of its PostgreSQL database.
        folders: Where the backups go, the main one first.
        now: The present instant.
        progress: Told how far the first copy is; what it raises cancels the rest.
        server: The open database, where the address no longer holds its password.

    Raises:
        CorruptBookError: The book itself is damaged: nothing was copied.
    """
    done = Kept()
    for folder in folders:
        try:
            if done.backups:
                made = backups.duplicate(done.backups[0], folder)
            else:
                made = _back_up(location, folder, now, progress, server)
        except CorruptBookError:
            raise
        except UserError as error:
            done.problems.append(str(error))
        else:
            done.backups.append(made)
            backups.rotate(folder, now)
    return done


def describe(seen: Preview) -> list[str]:
    """Say in sentences what a book or a backup holds, most telling first."""
    lines = [seen.canteen or tr("Cantine sans nom")]
    if seen.last_action:
        text = tr("Dernière saisie le {day} à {time} : {label}")
        day = long_day(civil_date(seen.last_action))
        lines.append(text.format(day=day, time=hour(seen.last_action), label=seen.last_label))
    else:
        lines.append(tr("Rien n’y a encore été saisi"))
    counts = seen.counts
    counted = [
        (
            "cold_unit",
            trn("{n} enceinte froide", "{n} enceintes froides", counts.get("cold_unit", 0)),
        ),
        ("reading", trn("{n} relevé", "{n} relevés", counts.get("reading", 0))),
        ("breach", trn("{n} non-conformité", "{n} non-conformités", counts.get("breach", 0))),
        ("profile", trn("{n} profil", "{n} profils", counts.get("profile", 0))),
        ("attachment", trn("{n} pièce jointe", "{n} pièces jointes", counts.get("attachment", 0))),
        (
            "action",
            trn(
                "{n} action dans l’historique",
                "{n} actions dans l’historique",
                counts.get("action", 0),
            ),
        ),
    ]
    return lines + [line for table, line in counted if counts.get(table)]


def restore_to_server(
    path: Path, location: str, progress: Progress | None = None
) -> dict[str, int]:
    """Fill an empty PostgreSQL database with a book's file, or a backup of any schema.

    Args:
        path: The file; it is not changed.
        location: Address of the database.
        progress: Told how far the copy is; what it raises cancels it.

    Returns:
        Rows by table.

    Raises:
        UserError: The file is no sound book, or the database is not empty.
    """
    recognise(path)
    with tempfile.TemporaryDirectory() as folder:
        present = Path(folder) / path.name
        copy_book_file(path, present)
        upgrade.open_book(present).close()
        target = open_server(location)
        source = file_engine(present)
        try:
            _prepare(target, location)
            return copy_book(source, target, progress)
        finally:
            source.dispose()
            target.dispose()


def _prepare(target: Engine, location: str) -> None:
    """Make the tables of a database that has none yet."""
    try:
        stored_revision(target, location)
    except MissingBookError:
        fill_server(location)


def _back_up(
    location: str | Path,
    folder: Path,
    now: datetime,
    progress: Progress | None,
    server: Engine | None,
) -> Backup:
    if not is_server(str(location)):
        return backups.back_up(Path(location), folder, now, progress=progress)
    if server is not None:
        return back_up_server(server, folder, now, progress=progress)
    source = open_server(str(location))
    try:
        return back_up_server(source, folder, now, progress=progress)
    finally:
        source.dispose()
