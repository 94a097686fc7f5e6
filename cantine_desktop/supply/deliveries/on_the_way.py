"""What orders still bring: what was asked for, less what came of it or came in its place."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.supply.articles.model import Article
from cantine_desktop.supply.articles.packing import exact
from cantine_desktop.supply.deliveries.model import Delivery, DeliveryLine, LineOutcome
from cantine_desktop.supply.deliveries.standing import answers_to
from cantine_desktop.supply.deliveries.value import kept_units
from cantine_desktop.supply.orders.model import OrderState, PurchaseOrder, PurchaseOrderLine

GRACE = timedelta(days=2)
"""How long after its day a delivery that nobody received is still counted on."""
ROUND = timedelta(days=8)
"""How long what lacked of a delivery is awaited: until the supplier comes by again."""
ON_THE_WAY = (OrderState.SENT, OrderState.CONFIRMED)


class Arrival(NamedTuple):
    """Food an order brings.

    Attributes:
        day: Civil day it comes; of what is late, the present one.
        quantity: In the canonical unit of the product, as announced.
        keeps: Days it may still be cooked after that day; ``None`` for long enough.
    """

    day: date
    quantity: Fraction
    keeps: int | None = None

    def serves(self, day: date) -> bool:
        """Tell whether it may be cooked on a day: it has come by then, and still keeps."""
        age = (day - self.day).days
        return age >= 0 and (self.keeps is None or age <= self.keeps)


def owed(line: PurchaseOrderLine, answers: Iterable[DeliveryLine]) -> Decimal:
    """Return the order units of a line that did not come yet.

    What came and went back did come: it is claimed, and ordered anew when it is wanted. What
    something else came in the place of is awaited no more.

    Args:
        line: The line of an order.
        answers: What answers it at the door (``standing.answers_to``).
    """
    came = Decimal(0)
    for each in answers:
        if each.outcome is LineOutcome.SUBSTITUTED and kept_units(each):
            return Decimal(0)
        if each.article_id == line.article_id:
            came += each.received or Decimal(0)
    return max(Decimal(0), line.units - came)


def expected(
    session: Session,
    today: date,
    until: date,
    states: Sequence[OrderState] = ON_THE_WAY,
    revision: int = 0,
) -> dict[int, list[Arrival]]:
    """Return what orders still bring, by product; what is late for too long counts no more.

    Args:
        session: Where to read.
        today: Present civil day.
        until: Last civil day of delivery that counts.
        states: Of the orders that count.
        revision: How often they left at least.

    Returns:
        By product, the nearest first.
    """
    query = (
        select(PurchaseOrder)
        .where(
            PurchaseOrder.state.in_(states),
            PurchaseOrder.delivery_day <= until,
            PurchaseOrder.revision >= revision,
        )
        .options(selectinload(PurchaseOrder.lines))
        .order_by(PurchaseOrder.delivery_day, PurchaseOrder.id)
    )
    orders = session.scalars(query).all()
    lines = {line.id: line for order in orders for line in order.lines}
    answers = _answers(session, lines)
    keeps = _shelf_days(session, lines.values())
    found: dict[int, list[Arrival]] = defaultdict(list)
    for order in orders:
        if not _is_awaited(session, order, answers, today):
            continue
        day = max(order.delivery_day, today)
        for line in order.lines:
            if line.product_id is None or line.content is None:
                continue
            quantity = Fraction(line.content) * exact(owed(line, answers[line.id]))
            if quantity:
                shelf = keeps.get(line.article_id or 0)
                found[line.product_id].append(Arrival(day, quantity, shelf))
    return dict(found)


def _answers(session: Session, lines: Iterable[int]) -> dict[int, list[DeliveryLine]]:
    """Return what came of each line in receptions that are closed: the rest is in no lot yet."""
    found: dict[int, list[DeliveryLine]] = defaultdict(list)
    for answer in answers_to(session, lines, closed=True):
        found[answer.order_line_id or 0].append(answer)
    return found


def _shelf_days(session: Session, lines: Iterable[PurchaseOrderLine]) -> dict[int, int | None]:
    keys = {line.article_id for line in lines if line.article_id is not None}
    query = select(Article.id, Article.shelf_days).where(Article.id.in_(keys))
    return dict(session.execute(query).all())


def _is_awaited(
    session: Session, order: PurchaseOrder, answers: dict[int, list[DeliveryLine]], today: date
) -> bool:
    if order.state is OrderState.DRAFT:
        return order.delivery_day >= today
    came = {each.delivery_id for line in order.lines for each in answers[line.id]}
    if not came:
        return order.delivery_day + GRACE >= today
    last = max(session.get_one(Delivery, key).day for key in came)
    return max(last, order.delivery_day) + ROUND >= today
