"""Writing what comes in, line by line, as it is looked at; nothing counts before it is closed."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import mark, tr
from cantine_desktop.supply.articles.keeping import price_on
from cantine_desktop.supply.articles.model import Article, PriceBasis
from cantine_desktop.supply.articles.packing import (
    as_meant,
    basis_units,
    content_of,
    kept_as_ratio,
    pieces_of,
    weighs_near,
)
from cantine_desktop.supply.articles.wording import unit_name
from cantine_desktop.supply.deliveries.judging import outcome_of
from cantine_desktop.supply.deliveries.model import Coming, Delivery, DeliveryLine, LineOutcome
from cantine_desktop.supply.deliveries.on_the_way import owed
from cantine_desktop.supply.deliveries.standing import answers_to
from cantine_desktop.supply.deliveries.value import stored
from cantine_desktop.supply.orders.model import OrderState, PurchaseOrder, PurchaseOrderLine
from cantine_desktop.supply.products.measuring import THOUSAND
from cantine_desktop.supply.products.model import Dimension, Product
from cantine_desktop.supply.suppliers.model import Supplier

TYPED = frozenset({
    "noted",
    "noted_weight",
    "received",
    "weight",
    "refused",
    "lot_code",
    "use_by",
    "best_before",
    "celsius",
    "reason",
    "value",
    "price",
})
"""What a person writes of a line; the rest follows from the order or from the article."""

LOOSE = {Dimension.MASS: mark("kg"), Dimension.VOLUME: mark("l"), Dimension.PIECE: mark("pièce")}
"""Units of what comes without a pack."""

MOST = Decimal(100_000_000)
COLDEST, HOTTEST = Decimal(-60), Decimal(100)
LONGEST_CODE = 60
OLDEST = timedelta(days=366)
"""How long after it came a reception may be noted."""
FARTHEST = timedelta(days=20 * 365)
"""What a date on a label is away from its delivery at most, before or after."""


def draft_from(session: Session, order_ids: Sequence[int], now: datetime) -> Delivery:
    """Begin the reception of one order, or of several of a supplier that come at once.

    Lines that nobody received yet are proposed, with what lacks of them.

    Args:
        session: The session of an action.
        order_ids: Orders that have left.
        now: Present instant, aware.

    Raises:
        UserError: An order has not left, or they are not of one supplier.
    """
    orders = [session.get_one(PurchaseOrder, key) for key in order_ids]
    if not orders or any(
        order.state not in {OrderState.SENT, OrderState.CONFIRMED} for order in orders
    ):
        raise UserError(tr("Seule une commande partie se reçoit : notez d’abord son envoi."))
    if len({order.supplier_id for order in orders}) > 1:
        raise UserError(tr("Une réception est celle d’un seul fournisseur."))
    known = _open_draft(session, {line.id for order in orders for line in order.lines})
    if known is not None:
        return known
    delivery = _begin(session, orders[0].supplier_id, now, Coming.DELIVERED)
    for order in orders:
        for line in order.lines:
            _answer(session, delivery, line)
    session.flush()
    return delivery


def draft_without_order(
    session: Session, supplier_id: int, now: datetime, coming: Coming = Coming.DELIVERED
) -> Delivery:
    """Begin a reception nobody ordered: food fetched at a shop, a gift, a surprise."""
    return _begin(session, supplier_id, now, coming)


def add_line(
    session: Session,
    delivery_id: int,
    *,
    article_id: int | None = None,
    product_id: int | None = None,
    name: str = "",
) -> DeliveryLine:
    """Add what was not ordered: an article, a product, or a name nobody tied to anything.

    Args:
        session: The session of an action.
        delivery_id: A reception that is not closed.
        article_id: What it is among the articles of the supplier.
        product_id: What it is among products, for a gift.
        name: What it is called; by default the name of the article or of the product.

    Raises:
        UserError: It is closed, or nobody says what it is.
    """
    delivery = opened(session, delivery_id)
    rank = max((line.rank for line in delivery.lines), default=-1) + 1
    line = DeliveryLine(rank=rank, name=name.strip(), outcome=LineOutcome.NOT_ORDERED)
    if article_id is not None:
        _take_terms(session, line, session.get_one(Article, article_id), delivery)
    elif product_id is not None:
        product = session.get_one(Product, product_id)
        line.product_id, line.name = product.id, line.name or product.name
        # By the kilogram, the litre or the piece: what is given comes in no pack.
        line.content = Decimal(1 if product.dimension is Dimension.PIECE else THOUSAND)
        line.unit_name = tr(LOOSE[product.dimension])
    if not line.name:
        raise UserError(tr("Dites ce qui est arrivé."))
    delivery.lines.append(line)
    session.flush()
    return line


def set_line(session: Session, delivery_id: int, line_id: int, **typed: Any) -> DeliveryLine:
    """Write what was seen of a line: any of ``TYPED``.

    Raises:
        UserError: It is closed, or a value cannot be.
        ValueError: A program writes what nobody types.
    """
    delivery = opened(session, delivery_id)
    line = next(each for each in delivery.lines if each.id == line_id)
    unknown = set(typed) - TYPED
    if unknown:
        message = f"nobody types {sorted(unknown)}"
        raise ValueError(message)
    refuse_wrong(typed)
    typed = parts_as_meant(typed, line)
    for key in ("use_by", "best_before"):
        told = typed.get(key)
        if told is not None and abs(told - delivery.day) > FARTHEST:
            raise UserError(tr("Cette date n’est pas possible : vérifiez l’année."))
    received, refused = typed.get("received", line.received), typed.get("refused", line.refused)
    if received is not None and refused and refused > received:
        raise UserError(tr("On ne refuse pas plus que ce qui est arrivé."))
    for key, value in typed.items():
        setattr(line, key, value.strip() if isinstance(value, str) else value)
    line.outcome = outcome_of(line)
    session.flush()
    return line


def conform(session: Session, delivery_id: int, line_id: int | None = None) -> None:
    """Say that a line came as it was ordered, or that every line nobody spoke of did.

    Raises:
        UserError: It is closed.
    """
    delivery = opened(session, delivery_id)
    for line in delivery.lines:
        is_meant = line.id == line_id if line_id is not None else line.received is None
        if is_meant and line.received is None:
            line.received = line.noted if line.noted is not None else line.ordered
            line.outcome = outcome_of(line)
    session.flush()


def remove_line(session: Session, delivery_id: int, line_id: int) -> None:
    """Take out a line that was added by mistake; one of the order stays, as missing.

    Raises:
        UserError: It is closed, or the line was ordered.
    """
    delivery = opened(session, delivery_id)
    line = next(each for each in delivery.lines if each.id == line_id)
    if line.order_line_id is not None and line.outcome is not LineOutcome.SUBSTITUTED:
        raise UserError(tr("Cette ligne était commandée : notez plutôt qu’elle manque."))
    delivery.lines = [each for each in delivery.lines if each.id != line_id]
    session.flush()


def discard(session: Session, delivery_id: int) -> None:
    """Throw away a reception that was begun by mistake.

    Raises:
        UserError: It is closed.
    """
    session.delete(opened(session, delivery_id))
    session.flush()


def describe(
    session: Session,
    delivery_id: int,
    *,
    note_number: str | None = None,
    arrived_at: datetime | None = None,
    note: str | None = None,
    attachment_id: int | None = None,
    now: datetime | None = None,
) -> None:
    """Write what a reception as a whole says: its note, its hour, its photo.

    Args:
        session: The session of an action.
        delivery_id: A reception that is not closed.
        note_number: Number of the note.
        arrived_at: Instant it came, aware; before ``now``.
        note: Words.
        attachment_id: The photo or scan.
        now: Present instant, aware; ``None`` holds the instant it came against nothing.

    Raises:
        UserError: It is closed, or it came at an instant that is still to come.
    """
    delivery = opened(session, delivery_id)
    if arrived_at is not None and now is not None:
        _refuse_instant(arrived_at, now)
    if note_number is not None:
        delivery.note_number = note_number.strip()
    if arrived_at is not None:
        delivery.arrived_at, delivery.day = arrived_at, civil_date(arrived_at)
    if note is not None:
        delivery.note = note.strip()
    if attachment_id is not None:
        delivery.attachment_id = attachment_id
    session.flush()


def take_photo_off(session: Session, delivery_id: int) -> None:
    """Take the photo of the note off a reception; the file is kept while undo may need it.

    Raises:
        UserError: It is closed.
    """
    opened(session, delivery_id).attachment_id = None
    session.flush()


def say_checked(
    session: Session, delivery_id: int, *, wrapped: bool | None, labelled: bool | None
) -> None:
    """Write whether packaging and labels were looked at; ``None``: nobody said.

    Raises:
        UserError: It is closed.
    """
    delivery = opened(session, delivery_id)
    delivery.wrapped, delivery.labelled = wrapped, labelled
    session.flush()


def _refuse_instant(arrived_at: datetime, now: datetime) -> None:
    if arrived_at > now:
        raise UserError(tr("Cette heure est à venir : une réception se note une fois arrivée."))
    if civil_date(now) - civil_date(arrived_at) > OLDEST:
        raise UserError(tr("Ce jour est trop ancien : vérifiez l’année."))


def _begin(session: Session, supplier_id: int, now: datetime, coming: Coming) -> Delivery:
    supplier = session.get_one(Supplier, supplier_id)
    delivery = Delivery(
        supplier_id=supplier.id,
        day=civil_date(now),
        created_at=now,
        arrived_at=now,
        coming=coming,
    )
    session.add(delivery)
    session.flush()
    return delivery


def _answer(session: Session, delivery: Delivery, line: PurchaseOrderLine) -> None:
    lacks = owed(line, answers_to(session, [line.id]))
    if lacks <= 0:
        return
    answer = DeliveryLine(
        rank=len(delivery.lines),
        name=line.name,
        order_line_id=line.id,
        article_id=line.article_id,
        product_id=line.product_id,
        unit_name=line.unit_name,
        ordered=lacks,
        content=line.content,
        price=line.price,
        basis=line.basis,
        per_unit=line.per_unit,
        pieces=line.pieces,
        vat=line.vat,
    )
    if line.article_id is not None:
        article = session.get_one(Article, line.article_id)
        _take_quality(answer, article)
        product = session.get_one(Product, article.product_id)
        answer.is_catch_weight = weighs_near(article, product)
    delivery.lines.append(answer)


def _take_terms(session: Session, line: DeliveryLine, article: Article, delivery: Delivery) -> None:
    product = session.get_one(Product, article.product_id)
    price = price_on(session, article.id, delivery.day)
    content = content_of(article, product)
    line.name = line.name or article.name
    line.article_id, line.product_id = article.id, product.id
    line.unit_name, line.vat = unit_name(article), article.vat
    line.pieces = pieces_of(article)
    line.content = None if content is None else stored(content)
    line.is_catch_weight = weighs_near(article, product)
    line.price = None if price is None else price.price
    line.basis = PriceBasis.ORDER_UNIT if price is None else price.basis
    per_unit = basis_units(article, product, line.basis)
    line.per_unit = Decimal(1) if per_unit is None else kept_as_ratio(per_unit)
    _take_quality(line, article)


def _take_quality(line: DeliveryLine, article: Article) -> None:
    line.ware, line.labels, line.category = article.ware, article.labels, article.category
    line.made_in, line.is_local = article.made_in, article.is_local
    line.is_short = article.is_short


def _open_draft(session: Session, order_lines: set[int]) -> Delivery | None:
    query = (
        select(Delivery)
        .join(DeliveryLine, DeliveryLine.delivery_id == Delivery.id)
        .where(
            Delivery.sealed_at.is_(None),
            Delivery.corrects_id.is_(None),
            DeliveryLine.order_line_id.in_(order_lines),
        )
        .limit(1)
    )
    return session.scalar(query)


def opened(session: Session, delivery_id: int) -> Delivery:
    """Return a reception that is still being written.

    Raises:
        UserError: It is closed.
    """
    delivery = session.get_one(Delivery, delivery_id)
    # A correction is never sealed before the next reception is, and is not typed over meanwhile.
    if delivery.is_sealed or delivery.corrects_id is not None:
        raise UserError(tr("Cette réception est close : corrigez-la par une autre, à la suite."))
    return delivery


def parts_as_meant(typed: Mapping[str, Any], line: DeliveryLine) -> dict[str, Any]:
    """Return what is typed of a line, thirds and the like taken for what they stand for."""
    units = {
        key: as_meant(typed[key], line.ordered)
        for key in ("noted", "received", "refused")
        if typed.get(key) is not None
    }
    return {**typed, **units}


def refuse_wrong(typed: Mapping[str, Any]) -> None:
    """Let values that can be pass.

    Raises:
        UserError: A quantity or a temperature cannot be.
    """
    for key in ("noted", "noted_weight", "received", "weight", "refused", "price"):
        value = typed.get(key)
        if value is not None and not 0 <= value <= MOST:
            raise UserError(tr("Cette quantité n’est pas possible : vérifiez la virgule."))
    worth = typed.get("value")
    if worth is not None and worth.cents < 0:
        raise UserError(tr("Ce qui est donné ne vaut pas moins que rien."))
    if len(typed.get("lot_code") or "") > LONGEST_CODE:
        raise UserError(tr("Un numéro de lot a 60 signes au plus."))
    celsius = typed.get("celsius")
    if celsius is not None and not COLDEST <= celsius <= HOTTEST:
        raise UserError(tr("Une température va de −60 à 100 °C : vérifiez la virgule."))
