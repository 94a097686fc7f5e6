"""A reception is closed: numbered, sealed, its lots on the shelves, its orders answered."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.storage.numbering import next_number
from cantine_desktop.storage.seal import seal
from cantine_desktop.supply.articles.model import Article, Cold, PriceBasis
from cantine_desktop.supply.articles.packing import kept_as_ratio, kept_as_units, rounded
from cantine_desktop.supply.deliveries.announcing import is_announced
from cantine_desktop.supply.deliveries.judging import Question, outcome_of, questions, refusals
from cantine_desktop.supply.deliveries.model import Coming, Delivery, DeliveryLine
from cantine_desktop.supply.deliveries.on_the_way import owed
from cantine_desktop.supply.deliveries.paying import paid
from cantine_desktop.supply.deliveries.standing import answers_to
from cantine_desktop.supply.deliveries.value import (
    kept_quantity,
    kept_units,
    measured_units,
    stored,
)
from cantine_desktop.supply.orders.model import OrderState, PurchaseOrder, PurchaseOrderLine
from cantine_desktop.supply.products.measuring import cost_in_cents
from cantine_desktop.supply.products.model import Product
from cantine_desktop.supply.stock.model import Lot, StockItem
from cantine_desktop.supply.stock.moving import LotFacts, receive_lot
from cantine_desktop.values.money import Money

SERIES = "delivery"
FREE = Money(0)
FROZEN_WARES = frozenset({"frozen", "frozen_other"})
"""Families of goods that come frozen (``hygiene.food.choices.Ware``)."""


@dataclass(frozen=True)
class Closed:
    """A reception that is closed.

    Attributes:
        refused: Lines of which something went back.
        missing: Lines that did not come, or not wholly.
        completed: Keys of the orders that are answered in full.
        pending: Keys of the orders of which something is still to come.
    """

    number: str
    lots: tuple[Lot, ...]
    refused: tuple[DeliveryLine, ...]
    missing: tuple[DeliveryLine, ...]
    completed: tuple[int, ...]
    pending: tuple[int, ...]


def to_ask(session: Session, delivery_id: int) -> list[Question]:
    """Return what must be said yes to before a reception is closed."""
    delivery = session.get_one(Delivery, delivery_id)
    return [each for line in delivery.lines for each in questions(line, delivery.day)]


def close(
    session: Session,
    delivery_id: int,
    by: str,
    now: datetime,
    *,
    agreed: Collection[Question] = (),
    closes_short: bool = True,
) -> Closed:
    """Close a reception.

    Args:
        session: The session of an action.
        delivery_id: The reception.
        by: Initials of who checked.
        now: Present instant, aware.
        agreed: Questions of ``to_ask`` that somebody said yes to.
        closes_short: What did not come is expected no more; otherwise the rest may come later.

    Raises:
        UserError: It is closed already, nobody signs, a line must be refused, or a question
            has no answer.
    """
    delivery = session.get_one(Delivery, delivery_id)
    _refuse(delivery, by, agreed)
    for line in delivery.lines:
        if line.received is None:
            line.received = Decimal(0)
        line.outcome = outcome_of(line)
        _take_noted_weight(line)
        freeze(session, line)
        if delivery.coming is Coming.DONATED and line.value is None:
            line.value = worth(session, line)
    delivery.by = by.strip()
    delivery.number = f"RE-{delivery.day.year}-{_next(session, delivery):04}"
    session.flush()
    lots = tuple(
        lot
        for line in delivery.lines
        if (lot := make_lot(session, delivery, line, now)) is not None
    )
    completed, pending = _answer_orders(session, delivery, closes_short=closes_short)
    seal(session, [delivery, *_corrections(session)], now)
    return Closed(
        number=delivery.number,
        lots=lots,
        refused=tuple(line for line in delivery.lines if line.refused),
        missing=tuple(line for line in delivery.lines if _lacks(line)),
        completed=completed,
        pending=pending,
    )


def freeze(session: Session, line: DeliveryLine) -> None:
    """Keep on a line what the scale makes of its price, as its product is known now."""
    product = session.get(Product, line.product_id or 0)
    found = measured_units(line, product)
    line.measured = None if found is None else kept_as_units(found)


def worth(session: Session, line: DeliveryLine) -> Money | None:
    """Return what was given is worth at the usual price of its product; ``None`` without one."""
    quantity = kept_quantity(line)
    if line.product_id is None or quantity is None:
        return None
    cents = cost_in_cents(session.get_one(Product, line.product_id), Fraction(quantity))
    return None if cents is None else rounded(cents)


def _corrections(session: Session) -> Iterable[Delivery]:
    """Return the corrections nobody takes back any more: a later reception is closed."""
    query = select(Delivery).where(Delivery.corrects_id.is_not(None), Delivery.sealed_at.is_(None))
    return session.scalars(query.order_by(Delivery.id)).all()


def _refuse(delivery: Delivery, by: str, agreed: Collection[Question]) -> None:
    if delivery.is_sealed or delivery.corrects_id is not None:
        raise UserError(tr("Cette réception est déjà close."))
    if not by.strip():
        raise UserError(tr("Signez de vos initiales avant de clore la réception."))
    if is_announced(delivery):
        raise UserError(tr("Ce don est annoncé : dites d’abord qu’il est arrivé."))
    if not delivery.lines:
        raise UserError(tr("Cette réception est vide : notez ce qui est arrivé."))
    wrong = [
        words for line in delivery.lines for words in refusals(line, delivery.day, delivery.coming)
    ]
    if wrong:
        raise UserError(" ".join(wrong))
    open_ones = [
        question.words
        for line in delivery.lines
        for question in questions(line, delivery.day)
        if question not in agreed
    ]
    if open_ones:
        raise UserError(" ".join(open_ones))


def _next(session: Session, delivery: Delivery) -> int:
    return next_number(session, SERIES, delivery.day.year)


def make_lot(
    session: Session,
    delivery: Delivery,
    line: DeliveryLine,
    now: datetime,
    line_id: int | None = None,
) -> Lot | None:
    """Put what was kept of a line on the shelves; ``None`` when nothing was, or nobody knows what.

    Args:
        session: The session of an action.
        delivery: The reception it came with.
        line: What is right of it.
        now: Present instant, aware.
        line_id: The line the lot is known by, when another corrects it.
    """
    quantity = kept_quantity(line)
    if line.product_id is None or not quantity:
        return None
    product = session.get_one(Product, line.product_id)
    is_gift = delivery.coming is Coming.DONATED
    pack = None if line.article_id is None else _inner_pack(session, line)
    facts = LotFacts(
        product_id=product.id,
        quantity=quantity,
        received_on=delivery.day,
        code=line.lot_code,
        use_by=line.use_by,
        best_before=line.best_before,
        supplier_id=delivery.supplier_id,
        delivery_line_id=line_id or line.id,
        place_id=_usual_place(session, product.id),
        is_gift=is_gift,
        came_frozen=_came_frozen(session, line),
        pack_content=line.content if line.article_id is not None else None,
        piece_content=pack,
    )
    price = FREE if is_gift else paid(session, line, product) or FREE
    at = delivery.arrived_at or now
    return receive_lot(session, facts, price, at, now, origin=("delivery_line", line.id))


def _take_noted_weight(line: DeliveryLine) -> None:
    """Take what the note says it weighs as what it holds, when nobody put it on the scale."""
    units = line.noted if line.noted is not None else line.received
    if line.noted_weight is None or line.weight is not None or not units:
        return
    content = Fraction(line.noted_weight) / Fraction(units)
    by_piece = line.basis is PriceBasis.PIECE and line.pieces is not None
    if line.content and line.basis is not PriceBasis.ORDER_UNIT and not by_piece:
        line.per_unit = kept_as_ratio(Fraction(line.per_unit) * content / Fraction(line.content))
    line.content = stored(content)


def _inner_pack(session: Session, line: DeliveryLine) -> Decimal | None:
    article = session.get_one(Article, line.article_id)
    if line.content is None or len(article.packs) < 2:
        return None
    return stored(Fraction(line.content) / Fraction(article.packs[0].count))


def _came_frozen(session: Session, line: DeliveryLine) -> bool:
    if line.ware in FROZEN_WARES:
        return True
    article = None if line.article_id is None else session.get_one(Article, line.article_id)
    return article is not None and article.cold is Cold.FROZEN


def _usual_place(session: Session, product_id: int) -> int | None:
    return session.scalar(select(StockItem.place_id).where(StockItem.product_id == product_id))


def _lacks(line: DeliveryLine) -> bool:
    return line.ordered is not None and kept_units(line) < line.ordered


def _answer_orders(
    session: Session, delivery: Delivery, *, closes_short: bool
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    keys = {line.order_line_id for line in delivery.lines if line.order_line_id is not None}
    query = (
        select(PurchaseOrder)
        .join(PurchaseOrderLine, PurchaseOrderLine.order_id == PurchaseOrder.id)
        .where(PurchaseOrderLine.id.in_(keys))
        .distinct()
        .order_by(PurchaseOrder.id)
    )
    completed, pending = list[int](), list[int]()
    for order in session.scalars(query).all():
        lacks = (owed(line, answers_to(session, [line.id])) for line in order.lines)
        if closes_short or not any(lacks):
            order.state = OrderState.RECEIVED
            completed.append(order.id)
        else:
            pending.append(order.id)
    session.flush()
    return tuple(completed), tuple(pending)
