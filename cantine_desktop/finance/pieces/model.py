"""Tables of pieces: what proves an entry, what it is joined to, what is missing, what is paid."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, backref, mapped_column, relationship
from typing_extensions import override

from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base
from cantine_desktop.storage.seal import Sealable
from cantine_desktop.values.money import Money


class PieceKind(StrEnum):
    """What a piece is."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit-note"
    RECEIPT = "receipt"
    OTHER = "other"


class Piece(Base):
    """A proof that was dropped in: an invoice, a ticket, a mail (pièce justificative).

    Attributes:
        number: ``"2026-0123"``, without a gap in the year it was dropped in.
        received_on: Civil day it was dropped in.
        name: Name of the file as it came.
        sha256: Hash of its content: the same file is never two pieces.
        form: What was read of it: ``"cii"``, ``"ubl"``, ``"pdf"``, ``"image"``, ``"mail"``…
        source: The mail or the archive it came in, in words, or empty.
        day: Day of the invoice; ``None`` until somebody or the file says it.
        invoice_number: The supplier’s number, or empty.
        supplier: The supplier’s name as read or typed, until and after it is known.
        party_id: The supplier among the parties.
        total: What is to pay, taxes included; negative for a credit note.
        fault_count: Faults found in the file when it was dropped in.
        set_aside: Why it needs no entry, in a few words; empty when it does.
    """

    __tablename__ = "piece"
    __table_args__ = (UniqueConstraint("number"), UniqueConstraint("sha256"))
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Pièce")

    number: Mapped[str] = mapped_column(String(16))
    kind: Mapped[PieceKind]
    received_on: Mapped[date]
    name: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"))
    form: Mapped[str] = mapped_column(String(16))
    source: Mapped[str] = mapped_column(default="")
    day: Mapped[date | None] = mapped_column(default=None, index=True)
    due_day: Mapped[date | None] = mapped_column(default=None)
    invoice_number: Mapped[str] = mapped_column(default="", index=True)
    supplier: Mapped[str] = mapped_column(default="")
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"), default=None, index=True)
    total: Mapped[Money | None] = mapped_column(default=None)
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    order_reference: Mapped[str] = mapped_column(default="")
    delivery_reference: Mapped[str] = mapped_column(default="")
    fault_count: Mapped[int] = mapped_column(default=0)
    set_aside: Mapped[str] = mapped_column(default="")

    @override
    def search_line(self) -> str:
        """Return its number, supplier, invoice number and file name."""
        return " ".join(f"{self.number} {self.supplier} {self.invoice_number} {self.name}".split())


class PieceLink(Base):
    """A piece and what it proves: an entry, or a line of the bank before it has one.

    A draft entry that is removed takes its links away with it.
    """

    __tablename__ = "piece_link"
    __table_args__ = (
        UniqueConstraint("piece_id", "entry_id"),
        UniqueConstraint("bank_line_id", "piece_id"),
        CheckConstraint("(entry_id IS NULL) <> (bank_line_id IS NULL)", "one_end"),
    )
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Lien de pièce")

    piece_id: Mapped[int] = mapped_column(ForeignKey("piece.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), default=None, index=True)
    bank_line_id: Mapped[int | None] = mapped_column(ForeignKey("bank_line.id"), default=None)
    entry: Mapped[Entry | None] = relationship(
        init=False, backref=backref("piece_links", cascade="all, delete-orphan")
    )


class MissingPiece(Base):
    """What was done about a proof that is missing: asked for, or declared lost.

    Attributes:
        asked_on: Civil day the supplier was last asked for it.
        lost_on: Civil day it was declared lost; ``None`` while it may still come.
        reason: Why it is lost, and what vouches for the expense instead.
        declared_by: Initials of who says so.
    """

    __tablename__ = "missing_piece"
    __table_args__ = (
        UniqueConstraint("entry_id"),
        UniqueConstraint("bank_line_id"),
        CheckConstraint("(entry_id IS NULL) <> (bank_line_id IS NULL)", "one_end"),
    )
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Pièce manquante")

    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), default=None)
    bank_line_id: Mapped[int | None] = mapped_column(ForeignKey("bank_line.id"), default=None)
    asked_on: Mapped[date | None] = mapped_column(default=None)
    lost_on: Mapped[date | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default="")
    declared_by: Mapped[str] = mapped_column(default="")
    entry: Mapped[Entry | None] = relationship(
        init=False, backref=backref("missing_pieces", cascade="all, delete-orphan")
    )


class PaymentOrder(Base, Sealable):
    """A file of transfers handed to the bank (ordre de virement), sealed when written.

    Attributes:
        number: ``"VIR-2026-0001"``, without a gap in a year; the file’s message id.
        written_at: Instant the file was written.
        execution_day: When the bank is asked to pay.
        form: ``"pain.001.001.09"`` or ``"pain.001.001.03"``.
        attachment_id: The file itself.
        sha256: Hash of the file.
    """

    __tablename__ = "payment_order"
    __table_args__ = (UniqueConstraint("number"),)
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Ordre de virement")

    number: Mapped[str] = mapped_column(String(16))
    written_at: Mapped[datetime]
    execution_day: Mapped[date]
    bank_account_id: Mapped[int] = mapped_column(ForeignKey("bank_account.id"))
    form: Mapped[str] = mapped_column(String(16))
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    total: Mapped[Money]
    transfers: Mapped[list["PaymentTransfer"]] = relationship(
        order_by="PaymentTransfer.id", init=False, cascade="all, delete-orphan"
    )


class PaymentTransfer(Base, Sealable):
    """One transfer of an order: who is paid, where, and which line of the ledger it settles.

    Attributes:
        line_id: The line owed, on 401, 404 or 4681.
        end_to_end: What the bank hands on: ``"VIR-2026-0001-02"``.
    """

    __tablename__ = "payment_transfer"
    __table_args__ = (UniqueConstraint("end_to_end"),)
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Virement")
    sealed_with: ClassVar[str] = "payment_order_id"

    payment_order_id: Mapped[int] = mapped_column(
        ForeignKey("payment_order.id"), index=True, init=False
    )
    line_id: Mapped[int] = mapped_column(ForeignKey("line.id"), index=True)
    name: Mapped[str]
    iban: Mapped[str] = mapped_column(String(34))
    amount: Mapped[Money]
    label: Mapped[str]
    end_to_end: Mapped[str] = mapped_column(String(35))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"), default=None)
    bic: Mapped[str] = mapped_column(String(11), default="")


class WithdrawnOrder(Base):
    """An order that was never given to the bank, or refused by it: its invoices may be paid again.

    Attributes:
        withdrawn_on: Civil day somebody said so.
        reason: Why, in their words.
    """

    __tablename__ = "withdrawn_order"
    __table_args__ = (UniqueConstraint("payment_order_id"),)
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Ordre de virement retiré")

    payment_order_id: Mapped[int] = mapped_column(ForeignKey("payment_order.id"))
    withdrawn_on: Mapped[date]
    reason: Mapped[str]
