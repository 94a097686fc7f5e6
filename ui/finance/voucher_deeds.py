"""What the screen of pieces writes, each fit for one undo step."""

from datetime import date

from sqlalchemy.orm import Session

from cantine_desktop.finance.pieces import absences, linking
from cantine_desktop.finance.pieces.purchasing import Purchase, post_piece
from cantine_desktop.finance.pieces.queries import MissingRow
from cantine_desktop.values.text import fold


def post(key: int, purchase: Purchase, session: Session) -> None:
    """Write the purchase of a piece."""
    post_piece(session, key, purchase)


def describe(key: int, said: linking.Said, session: Session) -> None:
    """Name a piece."""
    linking.describe(session, key, said)


def set_aside(key: int, reason: str, session: Session) -> None:
    """Put a piece aside; an empty reason takes it back."""
    linking.set_aside(session, key, reason)


def join(key: int, row: MissingRow, session: Session) -> None:
    """Join a piece to something spent."""
    linking.link(session, key, entry_id=row.entry_id, bank_line_id=row.bank_line_id)


def unjoin(link_id: int, session: Session) -> None:
    """Take a piece off."""
    linking.unlink(session, link_id)


def note_asked(row: MissingRow, day: date, session: Session) -> None:
    """Note that a piece was asked for."""
    absences.note_asked(session, row, day)


def declare_lost(row: MissingRow, reason: str, by: str, day: date, session: Session) -> None:
    """Declare a piece lost."""
    absences.declare_lost(session, row, reason, by, day)


def take_back(row: MissingRow, session: Session) -> None:
    """Wait again for a piece."""
    absences.take_back(session, row)


def holding(rows: list[MissingRow], words: str) -> list[MissingRow]:
    """Return the rows that hold some words, accents or not, the newest first."""
    wanted = fold(words.strip())
    newest = reversed(rows)
    return [row for row in newest if wanted in fold(f"{row.party} {row.label} {row.reference}")]
