"""What can be proved of pieces when a book is verified."""

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.finance.pieces.model import PaymentOrder, Piece, PieceLink
from cantine_desktop.i18n import tr
from cantine_desktop.storage.attachments import Attachment, Content
from cantine_desktop.storage.findings import Finding, at
from cantine_desktop.storage.watch import watch_of


def check(session: Session) -> Iterator[Finding]:
    """Find a gap among numbers, a file that is gone or another one, a link to nothing."""
    yield from _numbers(session)
    yield from _files(session)
    yield from _links(session)


def _numbers(session: Session) -> Iterator[Finding]:
    for model in (Piece, PaymentOrder):
        rows = session.execute(select(model.id, model.number).order_by(model.number))
        for _series, run in groupby(rows.all(), key=_series_of):
            for expected, (key, number) in enumerate(run, 1):
                if number.rpartition("-")[2] != f"{expected:04d}":
                    text = tr("La numérotation n’est pas continue : {found}.")
                    yield at((model.__tablename__, key), text, found=number)
                    break


def _series_of(row: tuple[int, str]) -> str:
    return row[1].rpartition("-")[0]


def _files(session: Session) -> Iterator[Finding]:
    for model in (Piece, PaymentOrder):
        query = select(model.id, model.sha256, Attachment.sha256).outerjoin(
            Attachment, Attachment.id == model.attachment_id
        )
        rows = session.execute(query.order_by(model.id)).all()
        with watch_of(session).pause():
            held = set(session.connection().scalars(select(Content.sha256)))
        for key, expected, joined in rows:
            if joined != expected:
                yield at((model.__tablename__, key), tr("Le fichier joint n’est pas celui reçu."))
            elif joined not in held:
                yield at((model.__tablename__, key), tr("Le contenu du fichier a disparu."))


def _links(session: Session) -> Iterator[Finding]:
    query = (
        select(PieceLink.id)
        .outerjoin(Entry, Entry.id == PieceLink.entry_id)
        .outerjoin(Piece, Piece.id == PieceLink.piece_id)
        .where(Piece.id.is_(None) | (PieceLink.entry_id.is_not(None) & Entry.id.is_(None)))
    )
    for key in session.scalars(query.order_by(PieceLink.id)):
        yield at((PieceLink.__tablename__, key), tr("La pièce est jointe à ce qui n’existe plus."))
