"""Tables of the stock: places, lots, immutable moves, events of a lot, counts."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from typing_extensions import override

from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base, Quantity
from cantine_desktop.storage.sealed import Sealable
from cantine_desktop.supply.articles.model import Cold
from cantine_desktop.values.money import Money


class MoveKind(StrEnum):
    """Why a quantity came in or went out."""

    RECEIVED = "received"
    GIVEN_IN = "given-in"
    USED = "used"
    LOST = "lost"
    GIVEN_AWAY = "given-away"
    RETURNED = "returned"
    COUNTED = "counted"
    REVALUED = "revalued"


class LossStage(StrEnum):
    """Where food is lost, by the stages the public platform knows (gaspillage)."""

    STORAGE = "storage"
    KITCHEN = "kitchen"
    UNSERVED = "unserved"
    PLATE = "plate"


STAGES = {
    LossStage.STORAGE: mark("Réserve ou frigo"),
    LossStage.KITCHEN: mark("Préparation"),
    LossStage.UNSERVED: mark("Cuisiné, pas servi"),
    LossStage.PLATE: mark("Reste d’assiette"),
}
"""Stages as people say them."""


class LotEventKind(StrEnum):
    """What happened to a lot besides going in or out."""

    OPENED = "opened"
    FROZEN = "frozen"
    THAWED = "thawed"
    MOVED = "moved"
    BLOCKED = "blocked"
    RELEASED = "released"
    CORRECTED = "corrected"


class Place(Base):
    """Where food is kept: a shelf, a fridge, a cellar (emplacement).

    Attributes:
        rank: Its turn when somebody walks round to count.
        litres: Room there is; ``None`` when nobody measured it.
    """

    __tablename__ = "place"
    __table_args__ = (UniqueConstraint("name"),)
    area: ClassVar[str] = "supply"
    noun: ClassVar[str] = mark("Emplacement")

    name: Mapped[str]
    rank: Mapped[int]
    cold: Mapped[Cold] = mapped_column(default=Cold.AMBIENT)
    litres: Mapped[Quantity | None] = mapped_column(default=None)
    is_active: Mapped[bool] = mapped_column(default=True)


class StockItem(Base):
    """A product the canteen follows on its shelves; others are eaten as they come.

    Attributes:
        place_id: Where it usually stands; ``rank``, its turn on that shelf.
        least: Quantity, in its canonical unit, under which it is to be bought.
        opened_days: Days it keeps once opened; ``None`` when nobody said.
    """

    __tablename__ = "stock_item"
    __table_args__ = (UniqueConstraint("product_id"),)
    area: ClassVar[str] = "supply"
    noun: ClassVar[str] = mark("Produit suivi en stock")

    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), default=None)
    rank: Mapped[int] = mapped_column(default=0)
    least: Mapped[Quantity | None] = mapped_column(default=None)
    opened_days: Mapped[int | None] = mapped_column(default=None)


class Lot(Base):
    """Food that came in at once and shares a date (lot).

    Attributes:
        code: The maker’s, as printed; else the canteen’s own: ``"L20261103-2"``.
        received_on: Civil day it came in.
        use_by: DLC; ``best_before``, DDM.
        supplier_id: Who it came from; ``delivery_line_id``, the line it came in with.
        is_gift: Given: it cost nothing.
        came_frozen: Bought or given frozen: it is thawed once, and never frozen again.
        pack_content: Canonical quantity of an order unit, and ``piece_content`` of the pack
            inside it, for counting « 2c + 3p ».
        ended_on: Civil day nothing was left; ``None`` while some is.
    """

    __tablename__ = "lot"
    __table_args__ = (Index("ix_lot_product", "product_id", "ended_on"),)
    area: ClassVar[str] = "supply"
    noun: ClassVar[str] = mark("Lot")

    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    code: Mapped[str] = mapped_column(index=True)
    received_on: Mapped[date] = mapped_column(index=True)
    use_by: Mapped[date | None] = mapped_column(default=None)
    best_before: Mapped[date | None] = mapped_column(default=None)
    supplier_id: Mapped[int | None] = mapped_column(
        ForeignKey("supplier.id"), default=None, index=True
    )
    delivery_line_id: Mapped[int | None] = mapped_column(
        ForeignKey("delivery_line.id"), default=None, index=True
    )
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), default=None)
    is_gift: Mapped[bool] = mapped_column(default=False)
    came_frozen: Mapped[bool] = mapped_column(default=False)
    pack_content: Mapped[Quantity | None] = mapped_column(default=None)
    piece_content: Mapped[Quantity | None] = mapped_column(default=None)
    ended_on: Mapped[date | None] = mapped_column(default=None)
    events: Mapped[list["LotEvent"]] = relationship(
        order_by="(LotEvent.at, LotEvent.id)", init=False, cascade="all, delete-orphan"
    )

    @override
    def search_line(self) -> str:
        """Return its code."""
        return self.code


class LotEvent(Base):
    """Something that changed how long a lot keeps, where it is, or whether it may be used.

    Attributes:
        at: Instant it happened, aware.
        use_by: Last civil day it may be used from then on; ``None`` leaves it as it was.
        place_id: Where it went.
    """

    __tablename__ = "lot_event"
    area: ClassVar[str] = "supply"
    noun: ClassVar[str] = mark("Événement d’un lot")

    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"), index=True, init=False)
    kind: Mapped[LotEventKind]
    at: Mapped[datetime]
    use_by: Mapped[date | None] = mapped_column(default=None)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), default=None)
    by: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")


class StockMove(Base, Sealable):
    """A quantity that came in or went out; written once, taken back by another.

    Attributes:
        quantity: In thousandths of the canonical unit; below zero goes out; zero when only
            the value moves.
        value: What came in cost, or what is added to the value; ``None`` for what goes out:
            its value follows from the moves before it.
        at: Instant it happened, aware; moves count in the order of ``at``, what comes in
            before the rest, then of their key.
        lot_id: ``None`` while nobody knows which lot it was: it is to be put right.
        origin_table: Table of the record it comes from; ``origin_key``, its key.
        reverses_id: The move it takes back.
        override_reason: Why this lot and not the one that ends first.
    """

    __tablename__ = "stock_move"
    __table_args__ = (
        Index("ix_stock_move_product", "product_id", "at", "id"),
        Index("ix_stock_move_origin", "origin_table", "origin_key"),
        CheckConstraint("quantity <> 0 OR value IS NOT NULL", "moves"),
    )
    area: ClassVar[str] = "supply"
    noun: ClassVar[str] = mark("Mouvement de stock")

    kind: Mapped[MoveKind]
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    quantity: Mapped[Quantity]
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lot.id"), default=None, index=True)
    value: Mapped[Money | None] = mapped_column(default=None)
    stage: Mapped[LossStage | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default="")
    override_reason: Mapped[str] = mapped_column(default="")
    by: Mapped[str] = mapped_column(default="")
    origin_table: Mapped[str] = mapped_column(default="")
    origin_key: Mapped[int] = mapped_column(default=0)
    reverses_id: Mapped[int | None] = mapped_column(
        ForeignKey("stock_move.id"), default=None, index=True
    )


class StockCount(Base, Sealable):
    """The shelves of a place looked at, at an instant (inventaire).

    Attributes:
        counted_at: Instant somebody counted, whenever it was typed.
        place_id: ``None`` for every place.
        initials: Who counted.
    """

    __tablename__ = "stock_count"
    area: ClassVar[str] = "supply"
    noun: ClassVar[str] = mark("Inventaire")

    counted_at: Mapped[datetime]
    created_at: Mapped[datetime]
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), default=None)
    initials: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    lines: Mapped[list["StockCountLine"]] = relationship(
        order_by="StockCountLine.rank", init=False, cascade="all, delete-orphan"
    )


class StockCountLine(Base, Sealable):
    """A product of a count: what was written, what it makes, what was expected.

    Attributes:
        typed: As written: « 2c + 3p + 1,2kg »; empty while nobody counted.
        quantity: What it makes in the canonical unit; ``None`` while nobody counted.
        expected: What the moves said at that instant.
        second: What a second count found, where the first was far off.
        reason: Why they differ.
    """

    __tablename__ = "stock_count_line"
    __table_args__ = (UniqueConstraint("count_id", "product_id", "lot_id"),)
    area: ClassVar[str] = "supply"
    noun: ClassVar[str] = mark("Ligne d’inventaire")
    sealed_with: ClassVar[str] = "count_id"

    count_id: Mapped[int] = mapped_column(ForeignKey("stock_count.id"), index=True, init=False)
    rank: Mapped[int]
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lot.id"), default=None)
    typed: Mapped[str] = mapped_column(default="")
    quantity: Mapped[Quantity | None] = mapped_column(default=None)
    expected: Mapped[Quantity | None] = mapped_column(default=None)
    second: Mapped[Quantity | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default="")


class Shortage(Base):
    """More was used than the shelves held on paper: to be put right (à régulariser).

    The service is told all the same; the stock never falls below nothing.

    Attributes:
        at: Instant it was used, aware.
        quantity: What lacked, in the canonical unit.
        origin_table: Table of the record it comes from; ``origin_key``, its key.
        settled_at: Instant somebody put it right; ``words``, how.
    """

    __tablename__ = "shortage"
    area: ClassVar[str] = "supply"
    noun: ClassVar[str] = mark("Manque à régulariser")

    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    at: Mapped[datetime]
    quantity: Mapped[Quantity]
    origin_table: Mapped[str] = mapped_column(default="")
    origin_key: Mapped[int] = mapped_column(default=0)
    settled_at: Mapped[datetime | None] = mapped_column(default=None)
    words: Mapped[str] = mapped_column(default="")
