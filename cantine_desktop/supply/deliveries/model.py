"""Tables of what comes in: a delivery or a gift, and each of its lines."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship
from typing_extensions import override

from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base, Celsius, OrderUnits, Quantity, Rate, Ratio, UnitPrice
from cantine_desktop.storage.sealed import Sealable
from cantine_desktop.supply.articles.model import (
    FoodCategory,
    MadeIn,
    PriceBasis,
    QualityLabel,
    QualityLabels,
)
from cantine_desktop.values.money import Money


class Coming(StrEnum):
    """How food came in: brought by a supplier, fetched by the canteen, given."""

    DELIVERED = "delivered"
    COLLECTED = "collected"
    DONATED = "donated"


class LineOutcome(StrEnum):
    """What became of a line at the door."""

    CONFORM = "conform"
    DIFFERENT = "different"
    MISSING = "missing"
    REFUSED = "refused"
    SUBSTITUTED = "substituted"
    NOT_ORDERED = "not-ordered"


class Delivery(Base, Sealable):
    """Food that came in at once (réception), sealed when it is closed.

    Attributes:
        number: ``"RE-2026-0042"``, without a gap in a year; given when it is closed.
        arrived_at: Instant it came, aware; ``day``, its civil day.
        note_number: Number of the delivery note or of the receipt.
        attachment_id: Photo or scan of the note, with what was written on it.
        corrects_id: The delivery this one follows, after it was closed: its lines, by their
            ranks, correct those of the first; without a line, it says that its claim left.
        by: Initials of who checked.
        wrapped: Packaging was looked at, whole and clean; ``None`` when nobody said.
        labelled: Labels were looked at, complete; ``None`` when nobody said.
    """

    __tablename__ = "delivery"
    __table_args__ = (Index("ix_delivery_supplier", "supplier_id", "day"),)
    area: ClassVar[str] = "supply"
    noun: ClassVar[str] = mark("Réception")

    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id"))
    day: Mapped[date] = mapped_column(index=True)
    created_at: Mapped[datetime]
    coming: Mapped[Coming] = mapped_column(default=Coming.DELIVERED)
    number: Mapped[str] = mapped_column(String(16), default="", index=True)
    arrived_at: Mapped[datetime | None] = mapped_column(default=None)
    note_number: Mapped[str] = mapped_column(default="")
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"), default=None)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("delivery.id"), default=None)
    by: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    wrapped: Mapped[bool | None] = mapped_column(default=None)
    labelled: Mapped[bool | None] = mapped_column(default=None)
    lines: Mapped[list["DeliveryLine"]] = relationship(
        order_by="DeliveryLine.rank", init=False, cascade="all, delete-orphan"
    )

    @override
    def search_line(self) -> str:
        """Return its number and that of its note."""
        return f"{self.number} {self.note_number}".strip()


class DeliveryLine(Base, Sealable):
    """A line at the door, with every quantity side by side.

    Quantities are in order units, but ``weight``, what the scale said, and
    ``noted_weight``, what the note says of it, in the canonical unit of the product. What is
    kept is what came less what was refused. What came with two dates is two lines that
    answer the same line of the order.

    Attributes:
        order_line_id: The line of the order it answers; ``None`` when it was not ordered.
        ordered: Order units asked for.
        noted: Order units on the delivery note; ``None`` as ordered.
        received: Order units that came; ``None`` while nobody looked.
        weight: What it weighed or measured in all; ``None`` as announced.
        refused: Order units sent back.
        content: Canonical quantity of an order unit, as announced.
        is_catch_weight: Each weighs what it weighs: its content is only near.
        price: Quoted price for one of ``basis``, taxes left out; ``per_unit``, units of the
            basis in an order unit.
        pieces: How many an order unit held then, of what is bought by the piece.
        measured: Units of the price in what was kept, by the scale, once it is closed: what is
            learned later of a product changes nothing of it. ``None`` where the scale said none.
        value: What a gift is worth, at a reference price.
        celsius: Degrees read at its arrival.
        reason: Why it was refused, or differs.
        lots: Lots it made are in ``lot.delivery_line_id``.
    """

    __tablename__ = "delivery_line"
    area: ClassVar[str] = "supply"
    noun: ClassVar[str] = mark("Ligne de réception")
    sealed_with: ClassVar[str] = "delivery_id"

    delivery_id: Mapped[int] = mapped_column(ForeignKey("delivery.id"), index=True, init=False)
    rank: Mapped[int]
    name: Mapped[str]
    outcome: Mapped[LineOutcome | None] = mapped_column(default=None)
    order_line_id: Mapped[int | None] = mapped_column(
        ForeignKey("purchase_order_line.id"), default=None, index=True
    )
    article_id: Mapped[int | None] = mapped_column(ForeignKey("article.id"), default=None)
    product_id: Mapped[int | None] = mapped_column(
        ForeignKey("product.id"), default=None, index=True
    )
    unit_name: Mapped[str] = mapped_column(default="")
    ordered: Mapped[OrderUnits | None] = mapped_column(default=None)
    noted: Mapped[OrderUnits | None] = mapped_column(default=None)
    received: Mapped[OrderUnits | None] = mapped_column(default=None)
    noted_weight: Mapped[Quantity | None] = mapped_column(default=None)
    weight: Mapped[Quantity | None] = mapped_column(default=None)
    refused: Mapped[OrderUnits] = mapped_column(default=Decimal(0))
    content: Mapped[Quantity | None] = mapped_column(default=None)
    is_catch_weight: Mapped[bool] = mapped_column(default=False)
    price: Mapped[UnitPrice | None] = mapped_column(default=None)
    basis: Mapped[PriceBasis] = mapped_column(default=PriceBasis.ORDER_UNIT)
    per_unit: Mapped[Ratio] = mapped_column(default=Decimal(1))
    pieces: Mapped[Ratio | None] = mapped_column(default=None)
    measured: Mapped[OrderUnits | None] = mapped_column(default=None)
    vat: Mapped[Rate | None] = mapped_column(default=None)
    value: Mapped[Money | None] = mapped_column(default=None)
    lot_code: Mapped[str] = mapped_column(default="")
    use_by: Mapped[date | None] = mapped_column(default=None)
    best_before: Mapped[date | None] = mapped_column(default=None)
    celsius: Mapped[Celsius | None] = mapped_column(default=None)
    ware: Mapped[str] = mapped_column(String(32), default="")
    labels: Mapped[frozenset[QualityLabel]] = mapped_column(
        QualityLabels, default=frozenset[QualityLabel]()
    )
    category: Mapped[FoodCategory | None] = mapped_column(default=None)
    made_in: Mapped[MadeIn] = mapped_column(default=MadeIn.UNKNOWN)
    is_local: Mapped[bool] = mapped_column(default=False)
    is_short: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(default="")
