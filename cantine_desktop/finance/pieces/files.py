"""What goes out to, and comes in from, other programs."""

from datetime import datetime
from typing import IO

from sqlalchemy.orm import Session

from cantine_desktop.exchange.decoding import read_limited
from cantine_desktop.exchange.problems import whole_file
from cantine_desktop.exchange.registry import Export, Import, ImportReport
from cantine_desktop.finance.pieces.inbox import take_in
from cantine_desktop.finance.pieces.unpacking import KINDS
from cantine_desktop.i18n import mark
from cantine_desktop.storage.attachments import LARGEST


def read_piece(session: Session, source: IO[bytes], now: datetime) -> ImportReport:
    """Keep a file as a piece, or as several."""
    content = read_limited(source, 3 * LARGEST)
    dropped = take_in(session, _name_of(source, content), content, now)
    return ImportReport(
        added=len(dropped.pieces),
        unchanged=len(dropped.known),
        problems=tuple(whole_file(sentence) for sentence in dropped.refused),
    )


def _name_of(source: IO[bytes], content: bytes) -> str:
    """Return the name of a file that is read by name, or one by what it is."""
    name = str(getattr(source, "name", "") or "")
    if name:
        return name.replace("\\", "/").rsplit("/", 1)[-1]
    for start, form, media_type in KINDS:
        if content.startswith(start):
            return f"{form}.{media_type.rpartition('/')[2]}"
    if content.startswith(b"PK"):
        return "archive.zip"
    if content.lstrip()[:1] == b"<":
        return "facture.xml"
    return "courriel.eml"


EXPORTS: tuple[Export, ...] = ()
IMPORTS: tuple[Import, ...] = (
    Import(
        "pieces",
        mark("Pièces : factures, tickets, courriels"),
        (".pdf", ".xml", ".eml", ".jpg", ".jpeg", ".png", ".heic", ".zip"),
        read_piece,
        "finance",
    ),
)
