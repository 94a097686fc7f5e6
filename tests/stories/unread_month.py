"""A demonstration whose last months wait, with the bank’s files on disk and not in the book."""

import shutil
from datetime import date
from pathlib import Path

from sqlalchemy import select

from cantine_desktop.clock import Clock
from cantine_desktop.finance.bank.model import BankLine, BankStatement
from cantine_desktop.schema.upgrade import open_book
from cantine_desktop.storage.attachments import Attachment, read


def take_statements_out(demo: Path, since: date, folder: Path, clock: Clock) -> list[Path]:
    """Take the statements of some months out of a book, back into files, oldest first.

    Args:
        demo: The book; nothing of these months was matched in it.
        since: First day of the first month.
        folder: Where the files go.
        clock: Tells the present instant.
    """
    folder.mkdir(parents=True, exist_ok=True)
    opened = open_book(demo, clock)
    files: list[Path] = []
    with opened.book.action("Relevés à importer") as session:
        asked = select(BankStatement).where(BankStatement.first >= since)
        for statement in session.scalars(asked.order_by(BankStatement.first)).all():
            attachment = session.get(Attachment, statement.attachment_id)
            assert attachment is not None
            path = folder / statement.file_name
            path.write_bytes(read(session, attachment))
            files.append(path)
        asked_lines = select(BankLine).where(BankLine.day >= since)
        for row in (*session.scalars(asked_lines).all(), *session.scalars(asked).all()):
            session.delete(row)
    opened.close()
    return files


def copy_of(path: Path, folder: Path) -> Path:
    """Return a copy to write in."""
    return Path(shutil.copy(path, folder / path.name))
