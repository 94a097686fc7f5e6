"""Writing the accountant’s pack of a month: one ZIP, built alike every month (D29)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from sqlalchemy.orm import Session

from cantine_desktop.values.period import Period

Tell = Callable[[int, str], None]
"""Told how far the work is, from 0 to 100, and what is being done; what it raises ends it."""


def quiet(_percent: int, _words: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class PackSummary:
    """What a pack holds.

    Attributes:
        month: The month it is about.
        sha256: Of each file, by its path inside.
        entries: Entries of the month.
        drafts: Those not validated yet.
        pieces: Pieces inside.
        missing: Entries without a piece.
    """

    month: Period
    sha256: dict[str, str]
    entries: int
    drafts: int
    pieces: int
    missing: int


def write_pack(
    session: Session,
    month: Period,
    now: datetime,
    target: IO[bytes],
    *,
    tell: Tell = quiet,
) -> PackSummary:
    """Write the pack of a month.

    Args:
        session: A session that reads.
        month: A calendar month.
        now: The present instant.
        target: Where the ZIP goes; written from its beginning to its end.
        tell: Told how far the work is; an exception it raises cancels it.
    """
    raise NotImplementedError
