"""Orders as they stand: lists, totals, what is on its way."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.i18n import mark, tr
from cantine_desktop.supply.orders.model import OrderState, PurchaseOrder
from cantine_desktop.supply.orders.totals import Totals, totals_of
from cantine_desktop.supply.products.model import Product
from cantine_desktop.supply.suppliers.model import Supplier
from cantine_desktop.values.period import Period

STATES = {
    OrderState.DRAFT: mark("à envoyer"),
    OrderState.SENT: mark("envoyée"),
    OrderState.CONFIRMED: mark("confirmée"),
    OrderState.RECEIVED: mark("reçue"),
    OrderState.CANCELLED: mark("annulée"),
}

ON_THE_WAY = (OrderState.SENT, OrderState.CONFIRMED)


@dataclass(frozen=True)
class OrderRow:
    """An order of a list.

    Attributes:
        number: Empty until it leaves.
        order_by: Last instant it may leave, aware; ``None`` without a rule.
        lines: How many it has.
    """

    key: int
    number: str
    supplier_id: int
    supplier: str
    delivery_day: date
    order_by: datetime | None
    state: OrderState
    revision: int
    lines: int
    totals: Totals

    @property
    def state_words(self) -> str:
        """Where it stands: « à envoyer », « à renvoyer » after it was reopened, « envoyée »."""
        if self.state is OrderState.DRAFT and self.revision:
            return tr("à renvoyer")
        return tr(STATES[self.state])

    def is_late(self, now: datetime) -> bool:
        """Tell whether it should have left already."""
        is_draft = self.state is OrderState.DRAFT
        return is_draft and self.order_by is not None and self.order_by < now


def orders_of(session: Session, period: Period) -> list[OrderRow]:
    """Return the orders to be delivered in a period, by day, then by supplier."""
    query = select(PurchaseOrder).where(
        PurchaseOrder.delivery_day >= period.first, PurchaseOrder.delivery_day < period.end
    )
    return _rows(session, list(session.scalars(query.options(selectinload(PurchaseOrder.lines)))))


def open_orders(session: Session) -> list[OrderRow]:
    """Return the orders that are written, sent or confirmed, by day, then by supplier."""
    query = select(PurchaseOrder).where(PurchaseOrder.state.in_((OrderState.DRAFT, *ON_THE_WAY)))
    return _rows(session, list(session.scalars(query.options(selectinload(PurchaseOrder.lines)))))


def order_row(session: Session, order_id: int) -> OrderRow:
    """Return an order as lists show it."""
    return _rows(session, [session.get_one(PurchaseOrder, order_id)])[0]


def totals(session: Session, order_id: int) -> Totals:
    """Return what an order adds up to."""
    return order_row(session, order_id).totals


def _rows(session: Session, orders: list[PurchaseOrder]) -> list[OrderRow]:
    keys = {line.product_id for order in orders for line in order.lines}
    wanted = [key for key in keys if key is not None]
    products = {
        product.id: product
        for product in session.scalars(select(Product).where(Product.id.in_(wanted)))
    }
    chosen = {order.supplier_id for order in orders}
    query = select(Supplier).where(Supplier.id.in_(chosen))
    suppliers = {supplier.id: supplier for supplier in session.scalars(query)}
    rows = [_row(order, suppliers[order.supplier_id], products) for order in orders]
    return sorted(rows, key=lambda row: (row.delivery_day, row.supplier, row.key))


def _row(order: PurchaseOrder, supplier: Supplier, products: dict[int, Product]) -> OrderRow:
    return OrderRow(
        key=order.id,
        number=order.number,
        supplier_id=supplier.id,
        supplier=supplier.name,
        delivery_day=order.delivery_day,
        order_by=order.order_by,
        state=order.state,
        revision=order.revision,
        lines=len(order.lines),
        totals=totals_of(supplier, order.lines, products),
    )
