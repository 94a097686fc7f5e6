"""Backups of a book: made, proved, rotated, looked into and put back.

A backup is an ordinary ``.cantine`` file, named after its book and the civil time
it was made: ``Port_2026-11-22_08h30m00.cantine``. Some carry a reason at the end:
they were made just before something risky, and are kept apart from the others.
A file bearing such a name was proved before it got it.
"""

import re
import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import file_digest
from pathlib import Path

from cantine_desktop.clock import PARIS, civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import hour, short_day, tr
from cantine_desktop.storage.online_copy import (
    Progress,
    connect,
    copy_book_file,
    count_rows,
    finished_file,
)
from cantine_desktop.storage.recognition import SUFFIX, check_pages, recognise

DAILY, WEEKLY, MONTHLY = 7, 4, 12
"""How many days, ISO weeks and months keep their last backup."""

RECENT = timedelta(hours=48)
"""For how long backups are kept besides the last of their day: a spoilt book saved again and
again in one afternoon must not push out the good copy of the morning."""

RECENT_KEPT = 10
"""How many of those, besides the first of each day."""

KEPT_PER_REASON = 5
"""How many backups made before something risky are kept, for each reason."""

TOO_OLD = timedelta(days=3)
"""Age from which the last good backup is a worry."""

_STAMP = "%Y-%m-%d_%Hh%Mm%S"
_NAME = re.compile(
    rf"(?P<book>.+)_(?P<at>\d{{4}}-\d\d-\d\d_\d\dh\d\dm\d\d)(?:_(?P<reason>[a-z-]+))?{re.escape(SUFFIX)}"
)
_UNFINISHED = re.compile(rf"\..+{re.escape(SUFFIX)}\.\d+(-\d+)?(-wal|-shm|-journal)?")


class Reason(StrEnum):
    """Why a backup was made."""

    ROUTINE = ""
    BEFORE_UPGRADE = "avant-mise-a-jour"
    BEFORE_RESTORE = "avant-restauration"
    BEFORE_MOVE = "avant-deplacement"


@dataclass(frozen=True)
class Backup:
    """A proved copy of a book.

    Attributes:
        path: Its file.
        book: Name of the book's file, without extension.
        at: When it was made, aware, to the second.
        reason: Why it was made.
        counts: Rows by table, known when the backup has just been made.
    """

    path: Path
    book: str
    at: datetime
    reason: Reason = Reason.ROUTINE
    counts: dict[str, int] = field(default_factory=dict[str, int])


@dataclass(frozen=True)
class Preview:
    """What a book or a backup holds, read without opening it for work.

    Attributes:
        path: The file.
        canteen: Name of the canteen, or nothing.
        last_action: When somebody last wrote in it, aware.
        last_label: What they did.
        revision: Its schema.
        counts: Rows by table.
        size: Bytes.
    """

    path: Path
    canteen: str
    last_action: datetime | None
    last_label: str
    revision: str
    counts: dict[str, int]
    size: int


def default_folder(path: Path) -> Path:
    """Return the folder of a book's backups, beside it."""
    return path.with_name(f"{path.stem}-sauvegardes")


def backup_name(book: str, now: datetime, reason: Reason = Reason.ROUTINE) -> str:
    """Return the file name of a backup made at an instant."""
    stamp = now.astimezone(PARIS).strftime(_STAMP)
    return "_".join(filter(None, [book, stamp, reason])) + SUFFIX


def back_up(
    book_path: Path,
    folder: Path,
    now: datetime,
    reason: Reason = Reason.ROUTINE,
    progress: Progress | None = None,
) -> Backup:
    """Copy a book, in use or not, into a folder, and prove the copy.

    Args:
        book_path: The book's file.
        folder: Where backups go; made if it is not there.
        now: The present instant.
        reason: Why.
        progress: Told how far the work is; what it raises cancels it.

    Raises:
        CorruptBookError: The book itself is damaged.
        UserError: The folder is full, absent or may not be written to.
    """
    _sweep(folder, now)
    target = folder / backup_name(book_path.stem, now, reason)
    counts = copy_book_file(book_path, target, progress)
    return Backup(target, book_path.stem, _to_the_second(now), reason, counts)


def duplicate(backup: Backup, folder: Path) -> Backup:
    """Copy a backup into a second folder, byte for byte.

    Raises:
        UserError: The folder cannot be written to, or gives back other bytes.
    """
    target = folder / backup.path.name
    with finished_file(target) as unfinished:
        shutil.copyfile(backup.path, unfinished)
        if _digest(unfinished) != _digest(backup.path):
            raise UserError(
                tr(
                    "La copie dans « {folder} » diffère de la sauvegarde ; elle n’a pas été "
                    "gardée. Changez de disque."
                ).format(folder=folder)
            )
    return replace(backup, path=target)


def list_backups(folder: Path, book: str | None = None) -> list[Backup]:
    """Return the backups of a folder, newest first.

    Args:
        folder: Where they are; none is found in a folder that is not there.
        book: Name of a book's file without extension, to see its backups alone.
    """
    found: list[Backup] = []
    with suppress(OSError):
        found = [backup for path in folder.iterdir() if (backup := _named(path))]
    mine = [b for b in found if book is None or b.book == book]
    return sorted(mine, key=lambda b: (b.at, b.path.name), reverse=True)


def newest(folders: Iterable[Path], book: str) -> Backup | None:
    """Return the last backup of a book over several folders."""
    found = [backup for folder in folders for backup in list_backups(folder, book)[:1]]
    return max(found, key=lambda b: b.at, default=None)


def is_due(folders: Sequence[Path], book: str, now: datetime) -> bool:
    """Tell whether no backup of a book was made yet on this civil day."""
    last = newest(folders, book)
    return last is None or civil_date(last.at) < civil_date(now)


def is_late(folders: Sequence[Path], book: str, now: datetime) -> bool:
    """Tell whether the last good backup of a book is older than three days, or missing."""
    last = newest(folders, book)
    return last is None or now - last.at > TOO_OLD


def changed_since(path: Path, backup: Backup | None) -> bool:
    """Tell whether a book's file was written to after a backup."""
    if backup is None:
        return True
    touched = 0.0
    for file in (path, path.with_name(f"{path.name}-wal")):
        with suppress(OSError):
            touched = max(touched, file.stat().st_mtime)
    return datetime.fromtimestamp(touched, UTC) > backup.at


def rotate(folder: Path, now: datetime) -> list[Path]:
    """Remove the backups of a folder that are no longer needed, and return them.

    Kept, for each book: of the last 48 hours, the last 10 and the first of each day; the
    last one of each of the last 7 days, 4 ISO weeks and 12 months that have one; and the
    last 5 of each reason. One dated after the present instant (a clock that was wrong) is
    kept.
    """
    removed: list[Path] = []
    backups = list_backups(folder)
    for book in {b.book for b in backups}:
        mine = [b for b in backups if b.book == book]
        kept = _worth_keeping(mine) | _recent(mine, now) | {b.path for b in mine if b.at > now}
        for backup in mine:
            if backup.path not in kept:
                with suppress(OSError):  # held by another program: next time
                    backup.path.unlink()
                    removed.append(backup.path)
    return removed


def preview(path: Path) -> Preview:
    """Look into a book or a backup of any schema.

    Raises:
        UserError: It is no book, or a damaged one.
    """
    recognise(path)
    check_pages(path, thorough=True)
    with closing(connect(path)) as connection:
        counts = count_rows(connection)

        def first(table: str, query: str) -> tuple[str, str]:
            found = connection.execute(query).fetchone() if table in counts else None
            return found or ("", "")

        name, _ = first("canteen", "SELECT name, '' FROM canteen ORDER BY id LIMIT 1")
        at, label = first("action", "SELECT at, label FROM action ORDER BY id DESC LIMIT 1")
        revision, _ = first("alembic_version", "SELECT version_num, '' FROM alembic_version")
    last = datetime.fromisoformat(at).replace(tzinfo=UTC) if at else None
    return Preview(path, name, last, label, revision, counts, path.stat().st_size)


def way_out(path: Path, folders: Iterable[Path]) -> tuple[str, Path | None]:
    """Say which backup may replace a damaged book, and how; and return its file.

    Args:
        path: The damaged book.
        folders: Where its backups are, besides the folder beside it.
    """
    last = newest([*folders, default_folder(path)], path.stem)
    if last is None:
        advice = tr(
            "Aucune sauvegarde n’a été trouvée à côté. Cherchez-en une sur votre clé ou votre "
            "second disque, puis choisissez « Restaurer une sauvegarde »."
        )
        return advice, None
    advice = tr(
        "La dernière bonne sauvegarde est celle du {day} à {time} : « {backup} ». Choisissez "
        "« Restaurer une sauvegarde » ; le fichier abîmé sera gardé à côté."
    )
    day = short_day(civil_date(last.at))
    return advice.format(day=day, time=hour(last.at), backup=last.path), last.path


def _named(path: Path) -> Backup | None:
    read = _NAME.fullmatch(path.name)
    if not read:
        return None
    try:
        at = datetime.strptime(read["at"], _STAMP).replace(tzinfo=PARIS).astimezone(UTC)
        return Backup(path, read["book"], at, Reason(read["reason"] or ""))
    except ValueError:
        return None


def _recent(backups: list[Backup], now: datetime) -> set[Path]:
    """Choose among the routine backups of the last hours, given newest first."""
    recent = [b for b in backups if b.reason is Reason.ROUTINE and now - b.at <= RECENT]
    first_of_day = {civil_date(b.at): b.path for b in recent}
    return {b.path for b in recent[:RECENT_KEPT]} | set(first_of_day.values())


def _worth_keeping(backups: list[Backup]) -> set[Path]:
    """Choose among the backups of one book, given newest first."""
    routine = [b for b in backups if b.reason is Reason.ROUTINE]
    calendars: list[tuple[int, Callable[[Backup], object]]] = [
        (DAILY, lambda b: civil_date(b.at)),
        (WEEKLY, lambda b: civil_date(b.at).isocalendar()[:2]),
        (MONTHLY, lambda b: (civil_date(b.at).year, civil_date(b.at).month)),
    ]
    kept: set[Path] = set()
    for how_many, span in calendars:
        last_of_span: dict[object, Path] = {}
        for backup in routine:
            last_of_span.setdefault(span(backup), backup.path)
        kept.update(list(last_of_span.values())[:how_many])
    for reason in Reason:
        if reason is not Reason.ROUTINE:
            kept.update([b.path for b in backups if b.reason is reason][:KEPT_PER_REASON])
    return kept


def _sweep(folder: Path, now: datetime) -> None:
    """Remove what a process that died left unfinished, a day ago or more."""
    with suppress(OSError):
        for path in folder.iterdir():
            if _UNFINISHED.fullmatch(path.name):
                age = now - datetime.fromtimestamp(path.stat().st_mtime, UTC)
                if age > timedelta(days=1):
                    path.unlink()


def _to_the_second(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(microsecond=0)


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return file_digest(file, "sha256").digest()
