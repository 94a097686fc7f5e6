"""Lots that are still there: what is left of each, until when, and which goes first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, not_, select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.supply.products.model import Product, ProductFamily
from cantine_desktop.supply.stock.following import is_surely_over, lasts_until
from cantine_desktop.supply.stock.model import Lot, LotEventKind, Place, StockItem, StockMove
from cantine_desktop.supply.suppliers.model import Supplier

ZERO = Decimal(0)


@dataclass(frozen=True)
class LotRow:
    """A lot and what is left of it.

    Attributes:
        left: In the canonical unit of the product.
        use_by: Last civil day it may be used, once opened or thawed too; ``None`` without DLC.
        best_before: Its DDM.
        supplier: Who it came from, or empty.
        pack_content: Canonical quantity of a pack; ``piece_content``, of what is in it.
        lasts_until: Last civil day it is taken to be there, where nobody follows its product;
            ``None`` where its moves say it, and for what is set aside: somebody decides.
    """

    key: int
    product_id: int
    product: str
    code: str
    left: Decimal
    received_on: date
    use_by: date | None
    best_before: date | None
    place_id: int | None
    place: str
    supplier: str
    is_gift: bool
    is_opened: bool
    is_frozen: bool
    is_thawed: bool
    is_blocked: bool
    pack_content: Decimal | None
    piece_content: Decimal | None
    lasts_until: date | None

    @property
    def until(self) -> date | None:
        """The day it is sorted by: its DLC, or else its DDM."""
        return self.use_by or self.best_before

    def is_usable(self, day: date) -> bool:
        """Tell whether it may be cooked on a day: not set aside, its DLC not past."""
        return not self.is_blocked and (self.use_by is None or self.use_by >= day)

    def is_over(self, day: date) -> bool:
        """Tell whether it is taken to be eaten by a day, though nobody took it out."""
        return self.left > 0 and self.lasts_until is not None and self.lasts_until < day

    def is_at_hand(self, day: date) -> bool:
        """Tell whether a cook would find it on a day, and may cook it."""
        return self.is_usable(day) and not self.is_over(day)


def lots_left(
    session: Session,
    day: date | None = None,
    *,
    product_id: int | None = None,
    place_id: int | None = None,
) -> list[LotRow]:
    """Return the lots of which some is left, what ends first coming first.

    Args:
        session: Where to read.
        day: Civil day by which what nobody follows may be taken to be eaten, and is left out;
            ``None`` keeps it, as its moves say.
        product_id: Those of a product only.
        place_id: Those that stand in a place only.
    """
    query = select(Lot).where(Lot.ended_on.is_(None)).options(selectinload(Lot.events))
    if product_id is not None:
        query = query.where(Lot.product_id == product_id)
    if day is not None:
        query = query.where(not_(is_surely_over(day)))
    rows = [
        row
        for row in rows_of(session, session.scalars(query).all())
        if day is None or not row.is_over(day)
    ]
    wanted = (row for row in rows if row.left > 0 and place_id in {None, row.place_id})
    return sorted(wanted, key=first_out)


def first_out(row: LotRow) -> tuple[date, date, int]:
    """Return what lots are used in the order of: their end, then their arrival."""
    return row.until or date.max, row.received_on, row.key


def rows_of(session: Session, lots: Sequence[Lot]) -> list[LotRow]:
    """Return lots with what is left of them."""
    left = _left(session, [lot.id for lot in lots])
    products = _products(session, {lot.product_id for lot in lots})
    usual = dict(session.execute(select(StockItem.product_id, StockItem.place_id)).all())
    stands = {lot.id: place_of(lot) or usual.get(lot.product_id) for lot in lots}
    places = _names(session, Place, set(stands.values()))
    suppliers = _names(session, Supplier, {lot.supplier_id for lot in lots})
    return [
        LotRow(
            key=lot.id,
            product_id=lot.product_id,
            product=products[lot.product_id][0],
            code=lot.code,
            left=left.get(lot.id, ZERO),
            received_on=lot.received_on,
            use_by=use_by_of(lot),
            best_before=lot.best_before,
            place_id=stands[lot.id],
            place=places.get(stands[lot.id] or 0, ""),
            supplier=suppliers.get(lot.supplier_id or 0, ""),
            is_gift=lot.is_gift,
            is_opened=_happened(lot, LotEventKind.OPENED),
            is_frozen=is_frozen(lot),
            is_thawed=_happened(lot, LotEventKind.THAWED),
            is_blocked=is_blocked(lot),
            pack_content=lot.pack_content,
            piece_content=lot.piece_content,
            lasts_until=None
            if lot.product_id in usual or is_blocked(lot)
            else _lasts_until(lot, products[lot.product_id][1]),
        )
        for lot in lots
    ]


def _lasts_until(lot: Lot, family: ProductFamily) -> date:
    return lasts_until(family, lot.received_on, use_by_of(lot) or lot.best_before)


def use_by_of(lot: Lot) -> date | None:
    """Return the last civil day a lot may be used: that of its last event, or its DLC."""
    told = [event.use_by for event in lot.events if event.use_by is not None]
    return told[-1] if told else lot.use_by


def place_of(lot: Lot) -> int | None:
    """Return where a lot stands: where it was moved last, or where it was put."""
    told = [event.place_id for event in lot.events if event.place_id is not None]
    return told[-1] if told else lot.place_id


def is_blocked(lot: Lot) -> bool:
    """Tell whether a lot is set aside until somebody decides."""
    return _last(lot, LotEventKind.BLOCKED, LotEventKind.RELEASED) is LotEventKind.BLOCKED


def is_frozen(lot: Lot) -> bool:
    """Tell whether a lot is frozen: it came so, or was frozen here, and nobody thawed it."""
    last = _last(lot, LotEventKind.FROZEN, LotEventKind.THAWED)
    return lot.came_frozen if last is None else last is LotEventKind.FROZEN


def available(session: Session, lot_id: int, at: datetime) -> Decimal:
    """Return what may still be taken of a lot at an instant, without lacking it later.

    It is the least that was or will be there from that instant on: a use that is told late
    never makes a past balance fall below nothing.
    """
    query = (
        select(StockMove.at, StockMove.quantity)
        .where(StockMove.lot_id == lot_id)
        .order_by(StockMove.at, StockMove.id)
    )
    before, least, running = ZERO, None, ZERO
    for when, quantity in session.execute(query):
        running += quantity
        if when <= at:
            before = running
        else:
            least = running if least is None else min(least, running)
    return max(ZERO, before if least is None else min(before, least))


def left_of(session: Session, lot_id: int) -> Decimal:
    """Return what is left of a lot."""
    return _left(session, [lot_id]).get(lot_id, ZERO)


def _left(session: Session, keys: Iterable[int]) -> dict[int, Decimal]:
    query = (
        select(StockMove.lot_id, func.sum(StockMove.quantity))
        .where(StockMove.lot_id.in_(list(keys)))
        .group_by(StockMove.lot_id)
    )
    return {lot: left for lot, left in session.execute(query) if lot is not None}


def _products(session: Session, keys: Iterable[int]) -> dict[int, tuple[str, ProductFamily]]:
    query = select(Product.id, Product.name, Product.family).where(Product.id.in_(list(keys)))
    return {key: (name, family) for key, name, family in session.execute(query)}


def _names(
    session: Session, table: type[Place | Supplier], keys: Iterable[int | None]
) -> dict[int, str]:
    wanted = [key for key in keys if key is not None]
    if not wanted:
        return {}
    query = select(table.id, table.name).where(table.id.in_(wanted))
    return dict(session.execute(query).all())


def _happened(lot: Lot, kind: LotEventKind) -> bool:
    return any(event.kind is kind for event in lot.events)


def _last(lot: Lot, *kinds: LotEventKind) -> LotEventKind | None:
    found = [event.kind for event in lot.events if event.kind in kinds]
    return found[-1] if found else None
