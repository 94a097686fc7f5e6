"""Tables of orders: what is asked of a supplier, and each time it was sent."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from typing_extensions import override

from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base, OrderUnits, Quantity, Rate, Ratio, UnitPrice
from cantine_desktop.storage.sealed import Sealable
from cantine_desktop.supply.articles.model import PriceBasis
from cantine_desktop.supply.suppliers.model import OrderWay


class OrderState(StrEnum):
    """Where an order stands."""

    DRAFT = "draft"
    SENT = "sent"
    CONFIRMED = "confirmed"
    RECEIVED = "received"
    CANCELLED = "cancelled"


class PurchaseOrder(Base):
    """What is asked of a supplier for a delivery (commande).

    A sent order that changes goes out again as the next revision, which replaces the one
    before: what was sent is kept by its ``OrderSending``.

    Attributes:
        number: ``"CO-2026-0042"``, without a gap in a year; given when it is first sent.
        revision: 0 until it is sent, then the number of the one sent last.
        delivery_day: Civil day it should come.
        order_by: Last instant it may leave, aware; ``None`` when the supplier has no rule.
        remarks: What is written to the supplier.
        note: What is written for the canteen alone.
    """

    __tablename__ = "purchase_order"
    __table_args__ = (Index("ix_purchase_order_state", "state", "delivery_day"),)
    area: ClassVar[str] = "supply"
    noun: ClassVar[str] = mark("Commande")

    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id"), index=True)
    delivery_day: Mapped[date]
    created_at: Mapped[datetime]
    number: Mapped[str] = mapped_column(String(16), default="", index=True)
    state: Mapped[OrderState] = mapped_column(default=OrderState.DRAFT)
    revision: Mapped[int] = mapped_column(default=0)
    order_by: Mapped[datetime | None] = mapped_column(default=None)
    remarks: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    lines: Mapped[list["PurchaseOrderLine"]] = relationship(
        order_by="PurchaseOrderLine.rank", init=False, cascade="all, delete-orphan"
    )
    sendings: Mapped[list["OrderSending"]] = relationship(
        order_by="OrderSending.id", init=False, cascade="all, delete-orphan"
    )

    @override
    def search_line(self) -> str:
        """Return its number."""
        return self.number


class PurchaseOrderLine(Base):
    """A line of an order, with the terms of its day: later changes of the article leave it.

    Attributes:
        article_id: ``None`` for a line written by hand.
        units: Order units wanted.
        unit_name: « colis de 6 barquettes de 250 g ».
        content: What an order unit holds, in the canonical unit of the product.
        price: Quoted price for one of ``basis``; ``None`` when nobody knows it.
        per_unit: Units of the basis in an order unit (``packing.basis_units``).
        pieces: How many an order unit holds, of what is bought by the piece.
        reason: Why so many, as the proposal said it.
    """

    __tablename__ = "purchase_order_line"
    area: ClassVar[str] = "supply"
    noun: ClassVar[str] = mark("Ligne de commande")

    order_id: Mapped[int] = mapped_column(ForeignKey("purchase_order.id"), index=True, init=False)
    rank: Mapped[int]
    name: Mapped[str]
    units: Mapped[OrderUnits]
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"), default=None)
    article_id: Mapped[int | None] = mapped_column(
        ForeignKey("article.id"), default=None, index=True
    )
    code: Mapped[str] = mapped_column(default="")
    unit_name: Mapped[str] = mapped_column(default="")
    content: Mapped[Quantity | None] = mapped_column(default=None)
    price: Mapped[UnitPrice | None] = mapped_column(default=None)
    basis: Mapped[PriceBasis] = mapped_column(default=PriceBasis.ORDER_UNIT)
    per_unit: Mapped[Ratio] = mapped_column(default=Decimal(1))
    pieces: Mapped[Ratio | None] = mapped_column(default=None)
    vat: Mapped[Rate | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default="")


class OrderSending(Base, Sealable):
    """An order as it left, or its cancelling: the proof, sealed when written.

    Attributes:
        revision: From 1; a cancelling has the revision it takes back.
        sent_at: Instant somebody said it left.
        to: Address or number it went to.
        words: The text that was sent.
        attachment_id: The paper that was sent, if one was.
    """

    __tablename__ = "order_sending"
    __table_args__ = (UniqueConstraint("order_id", "revision", "is_cancelling"),)
    area: ClassVar[str] = "supply"
    noun: ClassVar[str] = mark("Envoi d’une commande")

    order_id: Mapped[int] = mapped_column(ForeignKey("purchase_order.id"), index=True, init=False)
    revision: Mapped[int]
    sent_at: Mapped[datetime]
    way: Mapped[OrderWay]
    to: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
    by: Mapped[str] = mapped_column(default="")
    is_cancelling: Mapped[bool] = mapped_column(default=False)
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"), default=None)
