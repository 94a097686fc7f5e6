"""Dropping proofs in: each is kept by its hash, numbered, and read when it is electronic."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.pieces.faults import faults_of
from cantine_desktop.finance.pieces.hybrid import NotAnInvoiceError
from cantine_desktop.finance.pieces.invoice_facts import Fault, InvoiceFacts, Weight
from cantine_desktop.finance.pieces.invoices import read_invoice
from cantine_desktop.finance.pieces.known import against_book, supplier_of
from cantine_desktop.finance.pieces.model import Piece, PieceKind
from cantine_desktop.finance.pieces.unpacking import Unpacked, unpack
from cantine_desktop.i18n import tr
from cantine_desktop.storage.attachments import Attachment, attach, read
from cantine_desktop.storage.numbering import next_number

SERIES = "piece"


@dataclass(frozen=True)
class Reading:
    """What was read of a piece.

    Attributes:
        facts: The invoice, when the file is electronic.
        faults: All that is wrong, the gravest first.
    """

    facts: InvoiceFacts | None
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Dropped:
    """What became of a file that was dropped.

    Attributes:
        pieces: The new pieces.
        known: Numbers of the pieces that held the same file already.
        refused: Sentences about what inside could not become a piece.
    """

    pieces: tuple[Piece, ...]
    known: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def drop(session: Session, name: str, content: bytes, now: datetime) -> list[Piece]:
    """Keep a file as a piece, or as several when it is an archive or a mail.

    Args:
        session: The session of an action; one undo takes all of it back.
        name: Name of the file.
        content: The whole file.
        now: Instant of the drop, aware.

    Raises:
        UserError: Nothing of it is new, or can be a piece; the sentence says why.
    """
    dropped = take_in(session, name, content, now)
    if not dropped.pieces:
        raise UserError(why_nothing(name, dropped))
    return list(dropped.pieces)


def take_in(session: Session, name: str, content: bytes, now: datetime) -> Dropped:
    """Keep a file as ``drop`` does, and tell what was already there.

    Raises:
        UserError: It cannot be a piece.
    """
    pieces: list[Piece] = []
    known: list[str] = []
    refused: list[str] = []
    for each in unpack(name, content):
        number = number_of_file(session, each.content)
        if number:
            known.append(number)
            continue
        try:
            pieces.append(_keep(session, each, now))
        except UserError as error:
            refused.append(str(error))
    return Dropped(tuple(pieces), tuple(dict.fromkeys(known)), tuple(refused))


def why_nothing(name: str, dropped: Dropped) -> str:
    """Say why a file gave no new piece."""
    if dropped.known:
        text = tr("« {name} » est déjà là : pièce {number}.")
        return text.format(name=name, number=", ".join(dropped.known))
    if dropped.refused:
        return "\n".join(dropped.refused)
    return tr("« {name} » ne contient aucune pièce.").format(name=name)


def number_of_file(session: Session, content: bytes) -> str:
    """Return the number of the piece that holds these very bytes, or an empty text."""
    sha256 = hashlib.sha256(content).hexdigest()
    return session.scalar(select(Piece.number).where(Piece.sha256 == sha256)) or ""


def reading_of(session: Session, piece: Piece, now: datetime) -> Reading:
    """Read a piece again, and judge it against the book as it is now.

    Raises:
        ForbiddenError: The actor may not read what it belongs to.
    """
    content = read(session, session.get_one(Attachment, piece.attachment_id))
    facts, faults = _read(content, piece.name, now)
    if facts is not None:
        faults = [*against_book(session, facts, piece.id), *faults]
    return Reading(facts, tuple(faults))


def _read(content: bytes, name: str, now: datetime) -> tuple[InvoiceFacts | None, list[Fault]]:
    try:
        facts = read_invoice(content, name)
    except NotAnInvoiceError as error:
        return None, [Fault("kind", tr("fichier"), str(error), Weight.DOUBT)]
    except UserError as error:
        return None, [Fault("file", tr("fichier"), str(error))]
    if facts is None:
        return None, []
    return facts, faults_of(facts, civil_date(now))


def _keep(session: Session, file: Unpacked, now: datetime) -> Piece:
    facts, faults = _read(file.content, file.name, now)
    if file.form == "xml" and facts is None:
        raise UserError(
            tr("« {name} » : {fault}").format(
                name=file.name, fault=faults[0].text if faults else tr("rien ne s’y lit.")
            )
        )
    attachment = attach(session, file.content, file.name, file.media_type, now, area=Piece.area)
    today = civil_date(now)
    piece = Piece(
        number=f"{today.year:04d}-{next_number(session, SERIES, today.year):04d}",
        kind=PieceKind.OTHER if facts is None else PieceKind.INVOICE,
        received_on=today,
        name=attachment.name,
        sha256=attachment.sha256,
        attachment_id=attachment.id,
        form=file.form if facts is None else facts.syntax.value,
        source=file.source,
    )
    if facts is not None:
        _fill(session, piece, facts)
        faults = [*against_book(session, facts, None), *faults]
    piece.fault_count = sum(fault.weight is not Weight.NOTE for fault in faults)
    session.add(piece)
    session.flush()
    return piece


def _fill(session: Session, piece: Piece, facts: InvoiceFacts) -> None:
    if facts.is_credit_note:
        piece.kind = PieceKind.CREDIT_NOTE
    piece.day, piece.due_day = facts.day, facts.due_day
    piece.invoice_number = " ".join(facts.number.split())[:120]
    piece.supplier = facts.seller.name[:120]
    piece.total = facts.owed
    piece.currency = facts.currency if len(facts.currency) == 3 else ""
    piece.order_reference = facts.order_reference[:120]
    piece.delivery_reference = facts.delivery_reference[:120]
    party = supplier_of(session, facts)
    if party is not None:
        piece.party_id = party.id
        piece.supplier = party.name
