"""From a lot to the plates and back: which deliveries, dishes, services, how many diners.

Diners are counted, never named. A use that was taken back is no trace.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from cantine_desktop.meals.closing.model import ServiceClosing
from cantine_desktop.meals.consumption.model import LotUse
from cantine_desktop.meals.menus.model import Dish
from cantine_desktop.meals.services.model import MealService
from cantine_desktop.supply.deliveries.model import Delivery, DeliveryLine
from cantine_desktop.supply.products.model import Dimension, Product
from cantine_desktop.supply.stock.model import Lot, MoveKind, StockMove
from cantine_desktop.supply.suppliers.model import Supplier

_Use = tuple[int | None, int | None, str, int, date, str, Decimal, int | None]


@dataclass(frozen=True)
class Origin:
    """Where a lot came from.

    Attributes:
        delivery: Number of its delivery, or empty.
    """

    lot_id: int
    code: str
    product: str
    dimension: Dimension
    received_on: date
    use_by: date | None
    supplier: str
    delivery: str
    is_gift: bool


@dataclass(frozen=True)
class Plate:
    """A lot that went into a dish of a service.

    Attributes:
        quantity: In the canonical unit, above zero.
        diners: Who ate at that service, counted; ``None`` while it is not closed.
    """

    lot_id: int
    dish_id: int | None
    dish: str
    service_id: int
    day: date
    service: str
    quantity: Decimal
    diners: int | None


@dataclass(frozen=True)
class Trace:
    """Both ways from some lots.

    Attributes:
        out: Canonical quantity that left otherwise, by how: lost, given away, returned…
    """

    origins: tuple[Origin, ...]
    plates: tuple[Plate, ...]
    out: dict[MoveKind, Decimal]

    @property
    def services(self) -> int:
        """How many services served them."""
        return len({plate.service_id for plate in self.plates})

    @property
    def diners(self) -> int:
        """How many people ate at those services, each service once."""
        served = {plate.service_id: plate.diners or 0 for plate in self.plates}
        return sum(served.values())


def trace_lots(session: Session, lot_ids: Sequence[int]) -> Trace:
    """Return where lots came from, and into which dishes and services they went."""
    keys = list(lot_ids)
    plates = _plates(session, _uses().where(StockMove.lot_id.in_(keys)))
    undone = select(StockMove.reverses_id).where(StockMove.reverses_id.is_not(None))
    others = (
        select(StockMove.kind, func.sum(StockMove.quantity))
        .where(
            StockMove.lot_id.in_(keys),
            StockMove.quantity < Decimal(0),
            StockMove.kind != MoveKind.USED,
            StockMove.reverses_id.is_(None),
            StockMove.id.not_in(undone),
        )
        .group_by(StockMove.kind)
    )
    out = {kind: -quantity for kind, quantity in session.execute(others)}
    return Trace(_origins(session, keys), plates, out)


def lots_of_dish(session: Session, dish_id: int) -> Trace:
    """Return the lots a dish was made of, where they came from and who ate there."""
    return _back(session, _uses().where(LotUse.dish_id == dish_id))


def lots_of_service(session: Session, service_id: int) -> Trace:
    """Return the lots a service used, dish by dish, and where they came from."""
    return _back(session, _uses().where(LotUse.service_id == service_id))


def _back(session: Session, query: Select[*_Use]) -> Trace:
    plates = _plates(session, query)
    return Trace(_origins(session, sorted({plate.lot_id for plate in plates})), plates, {})


def _uses() -> Select[*_Use]:
    """Return the query of what was used and stays so, one row a lot, dish and service."""
    undoing = aliased(StockMove)
    closed = (
        select(ServiceClosing.service_id, func.max(ServiceClosing.id).label("last"))
        .where(ServiceClosing.sealed_at.is_not(None))
        .group_by(ServiceClosing.service_id)
        .subquery()
    )
    return (
        select(
            StockMove.lot_id,
            LotUse.dish_id,
            Dish.name,
            MealService.id,
            MealService.day,
            MealService.name,
            func.sum(StockMove.quantity),
            func.max(ServiceClosing.diners),
        )
        .join(LotUse, LotUse.move_id == StockMove.id)
        .join(MealService, LotUse.service_id == MealService.id)
        .outerjoin(Dish, LotUse.dish_id == Dish.id)
        .outerjoin(undoing, undoing.reverses_id == StockMove.id)
        .outerjoin(closed, closed.c.service_id == MealService.id)
        .outerjoin(ServiceClosing, ServiceClosing.id == closed.c.last)
        .where(undoing.id.is_(None))
        .group_by(
            StockMove.lot_id,
            LotUse.dish_id,
            Dish.name,
            MealService.id,
            MealService.day,
            MealService.name,
        )
        .order_by(MealService.day, MealService.id, Dish.name)
    )


def _plates(session: Session, query: Select[*_Use]) -> tuple[Plate, ...]:
    return tuple(
        Plate(lot or 0, dish, name or "", service, day, title, -quantity, diners)
        for lot, dish, name, service, day, title, quantity, diners in session.execute(query)
    )


def _origins(session: Session, keys: Sequence[int]) -> tuple[Origin, ...]:
    query = (
        select(
            Lot.id,
            Lot.code,
            Product.name,
            Product.dimension,
            Lot.received_on,
            Lot.use_by,
            Supplier.name,
            Delivery.number,
            Lot.is_gift,
        )
        .join(Product, Lot.product_id == Product.id)
        .outerjoin(Supplier, Lot.supplier_id == Supplier.id)
        .outerjoin(DeliveryLine, Lot.delivery_line_id == DeliveryLine.id)
        .outerjoin(Delivery, DeliveryLine.delivery_id == Delivery.id)
        .where(Lot.id.in_(keys))
        .order_by(Lot.received_on, Lot.id)
    )
    return tuple(
        Origin(*row[:6], row[6] or "", row[7] or "", row[8]) for row in session.execute(query)
    )
