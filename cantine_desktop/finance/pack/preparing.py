"""Preparing the pack of a month for the accountant: written aside, then put in its place."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.pack.model import PackNote, PreparedPack
from cantine_desktop.finance.pack.writing import PackSummary, Tell, quiet, write_pack
from cantine_desktop.i18n import tr
from cantine_desktop.replacing import put_in_place
from cantine_desktop.storage.book import Book
from cantine_desktop.storage.seal import seal
from cantine_desktop.values.period import Period

LONGEST_NOTE = 4000
"""Letters of what is told to the accountant."""


@dataclass(frozen=True)
class Prepared:
    """A pack that was written.

    Attributes:
        file: Where it is.
        sha256: Of the whole file, in hexadecimal.
        size: Bytes.
    """

    summary: PackSummary
    file: Path
    sha256: str
    size: int


def file_name(canteen: str, month: Period) -> str:
    """Return the name the pack of a month is proposed under."""
    words = "-".join(canteen.split())
    return "_".join(p for p in ("Dossier-comptable", words, f"{month.first:%Y-%m}") if p) + ".zip"


def prepare(book: Book, month: Period, file: Path, tell: Tell = quiet) -> Prepared:
    """Write the pack of a month into a file and into the register; a file there is replaced.

    What is cancelled or fails leaves the file that was there as it was.

    Args:
        book: Read in one view; the register is then written in an action that stays.
        month: A calendar month.
        file: Where the ZIP goes.
        tell: Told how far the work is; an exception it raises cancels it.

    Raises:
        UserError: The file cannot be written there.
        ForbiddenError: The actor may not read or write the accounts.
    """
    book.actor.require_write("finance")
    aside = file.with_name(f".{file.name}.part")
    try:
        summary = _write_aside(book, month, aside, tell)
        digest, size = _digest(aside), aside.stat().st_size
        put_in_place(aside, file)
    except OSError as error:
        raise UserError(
            tr(
                "Le dossier ne peut pas être enregistré ici : {file}. Choisissez un autre "
                "dossier, ou fermez le programme qui l’utilise."
            ).format(file=file)
        ) from error
    finally:
        aside.unlink(missing_ok=True)
    prepared = Prepared(summary, file, digest, size)
    _register(book, prepared)
    return prepared


def _write_aside(book: Book, month: Period, aside: Path, tell: Tell) -> PackSummary:
    with aside.open("wb") as target, book.read() as session:
        return write_pack(session, month, book.clock(), target, tell=tell)


def _digest(file: Path) -> str:
    with file.open("rb") as written:
        return hashlib.file_digest(written, "sha256").hexdigest()


def _register(book: Book, prepared: Prepared) -> None:
    summary = prepared.summary
    with book.action(tr("Dossier comptable préparé"), undoable=False) as session:
        now = book.clock()
        row = PreparedPack(
            first=summary.month.first,
            made_at=now,
            made_by=book.actor.name,
            file_name=prepared.file.name,
            sha256=prepared.sha256,
            content_sha256=summary.content_sha256,
            size=prepared.size,
            entries=summary.entries,
            drafts=summary.drafts,
            pieces=summary.pieces,
            missing=summary.missing,
        )
        session.add(row)
        session.flush()
        seal(session, [row], now)


def register(session: Session, limit: int = 60) -> list[PreparedPack]:
    """Return the packs prepared so far, the last one first."""
    query = select(PreparedPack).order_by(PreparedPack.id.desc()).limit(limit)
    return list(session.scalars(query))


def save_note(session: Session, month: date, text: str) -> None:
    """Keep what the canteen tells the accountant about a month; an empty text removes it.

    Args:
        session: The session of an action.
        month: Any day of the month.
        text: Free words.

    Raises:
        UserError: It is too long.
    """
    if len(text) > LONGEST_NOTE:
        raise UserError(tr("Ce mot est trop long : gardez-en l’essentiel."))
    first = month.replace(day=1)
    note = session.scalar(select(PackNote).where(PackNote.first == first))
    if not text.strip():
        if note is not None:
            session.delete(note)
    elif note is None:
        session.add(PackNote(first=first, text=text.strip()))
    else:
        note.text = text.strip()
    session.flush()
