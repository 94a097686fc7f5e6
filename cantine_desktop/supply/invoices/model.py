"""Tables of invoices beside deliveries: each line, what was decided, what is claimed."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base, OrderUnits, UnitPrice
from cantine_desktop.supply.articles.model import PriceBasis
from cantine_desktop.values.money import Money


class Settlement(StrEnum):
    """What was decided of a line of an invoice."""

    TO_SEE = "to-see"
    AGREED = "agreed"
    ACCEPTED = "accepted"
    CLAIMED = "claimed"


class SupplierInvoice(Base):
    """An invoice or a credit note held beside what came in (facture rapprochée).

    Attributes:
        piece_id: The piece it was read from; ``None`` when it was typed.
        entry_id: Its entry in the accounts, once posted.
        total: Taxes included; below zero for a credit note.
        net: Taxes left out.
        pay_reason: Why it may be paid while a claim is open; empty when it may not.
    """

    __tablename__ = "supplier_invoice"
    __table_args__ = (UniqueConstraint("supplier_id", "number"),)
    area: ClassVar[str] = "supply"
    noun: ClassVar[str] = mark("Facture rapprochée")

    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id"), index=True)
    number: Mapped[str]
    day: Mapped[date]
    total: Mapped[Money]
    created_at: Mapped[datetime]
    net: Mapped[Money | None] = mapped_column(default=None)
    due_day: Mapped[date | None] = mapped_column(default=None)
    piece_id: Mapped[int | None] = mapped_column(ForeignKey("piece.id"), default=None)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), default=None)
    pay_reason: Mapped[str] = mapped_column(default="")
    lines: Mapped[list["SupplierInvoiceLine"]] = relationship(
        order_by="SupplierInvoiceLine.rank", init=False, cascade="all, delete-orphan"
    )


class SupplierInvoiceLine(Base):
    """A line of an invoice and the line of the delivery it bills.

    Attributes:
        quantity: How many of ``basis`` are billed, or order units when it is their price.
        price: Euros for one, taxes left out.
        amount: What the line adds up to, taxes left out, as billed.
        expected: What the delivery makes of it; ``None`` when nothing answers it.
        claimed: What is asked back; ``credit_line_id``, the credit note that gave it.
    """

    __tablename__ = "supplier_invoice_line"
    area: ClassVar[str] = "supply"
    noun: ClassVar[str] = mark("Ligne de facture rapprochée")

    invoice_id: Mapped[int] = mapped_column(
        ForeignKey("supplier_invoice.id"), index=True, init=False
    )
    rank: Mapped[int]
    name: Mapped[str]
    amount: Mapped[Money]
    quantity: Mapped[OrderUnits | None] = mapped_column(default=None)
    price: Mapped[UnitPrice | None] = mapped_column(default=None)
    basis: Mapped[PriceBasis] = mapped_column(default=PriceBasis.ORDER_UNIT)
    delivery_line_id: Mapped[int | None] = mapped_column(
        ForeignKey("delivery_line.id"), default=None, index=True
    )
    expected: Mapped[Money | None] = mapped_column(default=None)
    settlement: Mapped[Settlement] = mapped_column(default=Settlement.TO_SEE)
    claimed: Mapped[Money] = mapped_column(default=Money(0))
    credit_line_id: Mapped[int | None] = mapped_column(
        ForeignKey("supplier_invoice_line.id"), default=None
    )
    reason: Mapped[str] = mapped_column(default="")
