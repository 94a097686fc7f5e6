"""Joining a piece to what it proves, and proposing what that is."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.pieces.known import bare
from cantine_desktop.finance.pieces.model import MissingPiece, Piece, PieceLink
from cantine_desktop.finance.pieces.queries import BankSpending, MissingRow, missing
from cantine_desktop.i18n import tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

REACH = timedelta(days=62)
"""How far from the day of a piece what it proves is looked for."""

NEAR = timedelta(days=4)
ALIKE = 85


class Candidate(NamedTuple):
    """Something spent without a proof, that a piece may prove.

    Attributes:
        score: From 0; 100 and more are sure.
        why: What speaks for it, in words.
    """

    row: MissingRow
    score: int
    why: str


def candidates(
    session: Session, piece: Piece, unmatched: Sequence[BankSpending] = ()
) -> list[Candidate]:
    """Return what a piece may prove, the likeliest first.

    The amount must be the same to the cent, or the number of the invoice.

    Args:
        session: A session that reads.
        piece: The piece.
        unmatched: Lines of the bank without an entry, as in ``queries.missing``.
    """
    day = piece.day or piece.received_on
    around = Period(day - REACH, day + REACH)
    rows = missing(session, around, [line for line in unmatched if line.day in around])
    found = [_judged(piece, day, row) for row in rows if not row.lost_reason]
    likely = [each for each in found if each is not None]
    return sorted(likely, key=_likeliest)


def _likeliest(candidate: Candidate) -> tuple[int, date]:
    return -candidate.score, candidate.row.day


def _judged(piece: Piece, day: date, row: MissingRow) -> Candidate | None:
    score, why = 0, list[str]()
    if piece.total is not None and abs(piece.total.cents) == abs(row.amount.cents):
        score += 50
        why.append(tr("même montant"))
    if piece.invoice_number and row.reference.strip().lower() == piece.invoice_number.lower():
        score += 60
        why.append(tr("même numéro"))
    if not score:
        return None
    if piece.party_id is not None and piece.party_id == row.party_id:
        score += 40
        why.append(tr("même fournisseur"))
    elif piece.supplier and _is_named(piece.supplier, f"{row.party} {row.label}"):
        score += 30
        why.append(tr("nom reconnu"))
    if abs(row.day - day) <= NEAR:
        score += 15
        why.append(tr("même date"))
    return Candidate(row, score, ", ".join(why))


def _is_named(supplier: str, words: str) -> bool:
    from rapidfuzz import fuzz  # noqa: PLC0415  -- only once something is matched

    return fuzz.partial_ratio(bare(supplier), bare(words)) >= ALIKE


def link(
    session: Session, piece_id: int, *, entry_id: int | None = None, bank_line_id: int | None = None
) -> PieceLink:
    """Join a piece to an entry, or to a line of the bank that has none yet.

    Raises:
        UserError: It is joined to it already.
    """
    piece = session.get_one(Piece, piece_id)
    same = select(PieceLink).where(PieceLink.piece_id == piece_id)
    if entry_id is not None:
        same = same.where(PieceLink.entry_id == entry_id)
    else:
        same = same.where(PieceLink.bank_line_id == bank_line_id)
    if session.scalar(same) is not None:
        raise UserError(tr("La pièce {number} y est déjà jointe.").format(number=piece.number))
    made = PieceLink(piece_id=piece_id, entry_id=entry_id, bank_line_id=bank_line_id)
    session.add(made)
    _forget_missing(session, entry_id, bank_line_id)
    piece.set_aside = ""
    session.flush()
    return made


def _forget_missing(session: Session, entry_id: int | None, bank_line_id: int | None) -> None:
    query = select(MissingPiece)
    if entry_id is not None:
        query = query.where(MissingPiece.entry_id == entry_id)
    else:
        query = query.where(MissingPiece.bank_line_id == bank_line_id)
    for note in session.scalars(query):
        session.delete(note)


def unlink(session: Session, link_id: int) -> None:
    """Take a piece off what it was joined to."""
    made = session.get(PieceLink, link_id)
    if made is not None:
        session.delete(made)
        session.flush()


def set_aside(session: Session, piece_id: int, reason: str) -> None:
    """Say that a piece needs no entry: a quote, terms of sale, a copy; empty takes it back."""
    session.get_one(Piece, piece_id).set_aside = " ".join(reason.split())
    session.flush()


class Said(NamedTuple):
    """What a person says of a piece that its file does not say.

    Attributes:
        total: Negative for a credit note.
    """

    supplier: str
    day: date | None
    invoice_number: str
    total: Money | None


def describe(session: Session, piece_id: int, said: Said) -> None:
    """Name a piece: its supplier, day, number and amount, and with them its file name."""
    piece = session.get_one(Piece, piece_id)
    supplier = " ".join(said.supplier.split())[:120]
    if supplier != piece.supplier:
        piece.supplier, piece.party_id = supplier, None
    piece.day, piece.total = said.day, said.total
    piece.invoice_number = " ".join(said.invoice_number.split())[:120]
    session.flush()
