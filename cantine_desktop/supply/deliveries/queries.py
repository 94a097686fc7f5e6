"""Receptions as lists show them, and their lines for what counts them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.supply.deliveries.announcing import is_announced
from cantine_desktop.supply.deliveries.model import Coming, Delivery, DeliveryLine
from cantine_desktop.supply.deliveries.standing import (
    Right,
    corrected_lines,
    standing,
    standing_lines,
)
from cantine_desktop.supply.deliveries.value import cost
from cantine_desktop.supply.products.model import Product
from cantine_desktop.supply.suppliers.model import Supplier
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period


@dataclass(frozen=True)
class DeliveryRow:
    """A reception of a list.

    Attributes:
        number: Empty while it is being looked at.
        expected: Announced for a day, and nobody said yet that it came.
        corrected: Lines that were put right since it was closed.
        lines: How many it has; ``seen``, of how many somebody said what came.
        refused: Lines of which something went back.
        net: What is owed for what was kept, taxes left out; of a gift, what it is worth.
    """

    key: int
    number: str
    supplier: str
    day: date
    coming: Coming
    note_number: str
    lines: int
    seen: int
    refused: int
    net: Money
    corrected: int
    expected: bool

    @property
    def is_closed(self) -> bool:
        """Whether it is closed for good."""
        return bool(self.number)


def deliveries_of(session: Session, period: Period, *comings: Coming) -> list[DeliveryRow]:
    """Return the receptions of a period, the latest first; of some kinds when they are said."""
    query = (
        select(Delivery, Supplier.name)
        .join(Supplier, Supplier.id == Delivery.supplier_id)
        .where(
            Delivery.day >= period.first,
            Delivery.day < period.end,
            Delivery.corrects_id.is_(None),
        )
        .options(selectinload(Delivery.lines))
        .order_by(Delivery.day.desc(), Delivery.id.desc())
    )
    if comings:
        query = query.where(Delivery.coming.in_(comings))
    rows = session.execute(query).all()
    products = _products(session, [line for delivery, _name in rows for line in delivery.lines])
    right = corrected_lines(session)
    return [_row(delivery, name, products, right) for delivery, name in rows]


def lines_of(session: Session, period: Period) -> Iterator[tuple[Delivery, DeliveryLine]]:
    """Yield every line of the closed receptions of a period as it stands now, in order."""
    query = (
        select(Delivery)
        .where(
            Delivery.day >= period.first,
            Delivery.day < period.end,
            Delivery.sealed_at.is_not(None),
            Delivery.corrects_id.is_(None),
        )
        .options(selectinload(Delivery.lines))
        .order_by(Delivery.day, Delivery.id)
    )
    right = corrected_lines(session)
    for delivery in session.scalars(query):
        for line in delivery.lines:
            yield delivery, standing(line, right)


def amount_of(session: Session, delivery_id: int) -> Money:
    """Return what is owed for a reception, taxes left out."""
    delivery = session.get_one(Delivery, delivery_id)
    lines = standing_lines(session, delivery)
    return _net(delivery, lines, _products(session, lines))


def _products(session: Session, lines: list[DeliveryLine]) -> dict[int, Product]:
    keys = {line.product_id for line in lines if line.product_id is not None}
    query = select(Product).where(Product.id.in_(keys))
    return {product.id: product for product in session.scalars(query)}


def _net(delivery: Delivery, lines: list[DeliveryLine], products: dict[int, Product]) -> Money:
    if delivery.coming is Coming.DONATED:
        return Money(0)
    costs = (cost(line, products.get(line.product_id or 0)) for line in lines)
    return Money(sum(amount.cents for amount in costs if amount is not None))


def _row(
    delivery: Delivery, supplier: str, products: dict[int, Product], right: Right
) -> DeliveryRow:
    lines = [standing(line, right) for line in delivery.lines]
    return DeliveryRow(
        key=delivery.id,
        number=delivery.number,
        supplier=supplier,
        day=delivery.day,
        coming=delivery.coming,
        note_number=delivery.note_number,
        lines=len(lines),
        seen=sum(line.received is not None for line in lines),
        refused=sum(bool(line.refused) for line in lines),
        net=_worth(delivery, lines, products),
        corrected=sum(line.delivery_id != delivery.id for line in lines),
        expected=is_announced(delivery),
    )


def _worth(delivery: Delivery, lines: list[DeliveryLine], products: dict[int, Product]) -> Money:
    if delivery.coming is not Coming.DONATED:
        return _net(delivery, lines, products)
    return Money(sum(line.value.cents for line in lines if line.value is not None))
