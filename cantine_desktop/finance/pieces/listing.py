"""The inbox of pieces as rows: what is to be done first, then everything, the newest first."""

from datetime import date
from enum import StrEnum
from itertools import starmap
from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.finance.pieces.model import Piece, PieceKind, PieceLink
from cantine_desktop.i18n import mark, tr
from cantine_desktop.values.money import Money

MOST_ROWS = 500
"""Rows of the list; older ones are found by their words."""


class PieceState(StrEnum):
    """Where a piece stands."""

    TO_DO = "to-do"
    LINKED = "linked"
    SET_ASIDE = "set-aside"


class PieceRow(NamedTuple):
    """A piece of the inbox.

    Attributes:
        faults: How many faults its file has.
        is_electronic: Its file says its amounts itself.
    """

    key: int
    number: str
    kind: PieceKind
    state: PieceState
    supplier: str
    invoice_number: str
    name: str
    received_on: date
    day: date | None
    due_day: date | None
    total: Money | None
    faults: int
    form: str
    source: str
    set_aside: str
    party_id: int | None
    attachment_id: int

    @property
    def is_electronic(self) -> bool:
        """Tell whether the file says its amounts itself."""
        return self.form in {"cii", "ubl"}


class LinkRow(NamedTuple):
    """What a piece is joined to."""

    link_id: int
    entry_id: int | None
    bank_line_id: int | None
    label: str
    day: date | None


KINDS = {
    PieceKind.INVOICE: mark("Facture"),
    PieceKind.CREDIT_NOTE: mark("Avoir"),
    PieceKind.RECEIPT: mark("Ticket"),
    PieceKind.OTHER: mark("Pièce"),
}


def kind_name(kind: PieceKind) -> str:
    """Return what a piece is, in words."""
    return tr(KINDS[kind])


def pieces(session: Session, state: PieceState | None = None, words: str = "") -> list[PieceRow]:
    """Return pieces, the newest first.

    Args:
        session: A session that reads.
        state: Only those that stand there; ``None`` is all.
        words: Only those whose number, supplier, invoice number or file name hold this.
    """
    linked = exists().where(PieceLink.piece_id == Piece.id)
    query = select(Piece, linked).order_by(Piece.id.desc()).limit(MOST_ROWS)
    if state is PieceState.TO_DO:
        query = query.where(~linked, ~_is_set_aside())
    elif state is PieceState.LINKED:
        query = query.where(linked)
    elif state is PieceState.SET_ASIDE:
        query = query.where(~linked, _is_set_aside())
    if words.strip():
        columns = (Piece.number, Piece.supplier, Piece.invoice_number, Piece.name)
        wanted = words.strip().lower()
        query = query.where(
            or_(*(func.lower(each).contains(wanted, autoescape=True) for each in columns))
        )
    return [_row(piece, is_linked=bool(known)) for piece, known in session.execute(query)]


def to_do_count(session: Session) -> int:
    """Return how many pieces wait for their entry."""
    linked = exists().where(PieceLink.piece_id == Piece.id)
    query = select(func.count(Piece.id)).where(~linked, ~_is_set_aside())
    return session.scalar(query) or 0


def links_of(session: Session, piece_id: int) -> list[LinkRow]:
    """Return what a piece is joined to."""
    query = (
        select(PieceLink, Entry)
        .outerjoin(Entry, Entry.id == PieceLink.entry_id)
        .where(PieceLink.piece_id == piece_id)
        .order_by(PieceLink.id)
    )
    return list(starmap(_link_row, session.execute(query)))


def _link_row(link: PieceLink, entry: Entry | None) -> LinkRow:
    if entry is None:
        return LinkRow(link.id, None, link.bank_line_id, tr("ligne de banque"), None)
    return LinkRow(link.id, entry.id, None, entry.label, entry.day)


def _is_set_aside() -> ColumnElement[bool]:
    return func.length(Piece.set_aside) > 0


def _row(piece: Piece, *, is_linked: bool) -> PieceRow:
    state = PieceState.TO_DO
    if is_linked:
        state = PieceState.LINKED
    elif piece.set_aside:
        state = PieceState.SET_ASIDE
    return PieceRow(
        piece.id,
        piece.number,
        piece.kind,
        state,
        piece.supplier,
        piece.invoice_number,
        piece.name,
        piece.received_on,
        piece.day,
        piece.due_day,
        piece.total,
        piece.fault_count,
        piece.form,
        piece.source,
        piece.set_aside,
        piece.party_id,
        piece.attachment_id,
    )
