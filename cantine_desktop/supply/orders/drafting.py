"""Writing an order: its lines with the terms of the day, kept as they are typed."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import number, tr
from cantine_desktop.supply.articles.keeping import price_on
from cantine_desktop.supply.articles.model import Article, PriceBasis
from cantine_desktop.supply.articles.packing import (
    basis_units,
    content_of,
    is_allowed,
    kept_as_ratio,
    kept_as_units,
    pieces_of,
)
from cantine_desktop.supply.articles.wording import unit_name
from cantine_desktop.supply.orders.model import OrderState, PurchaseOrder, PurchaseOrderLine
from cantine_desktop.supply.products.model import Product
from cantine_desktop.supply.suppliers.calendar import slot_for
from cantine_desktop.supply.suppliers.model import Supplier

PLACES = Decimal("0.001")
MOST_UNITS = Decimal(10000)


def draft_for(
    session: Session, supplier_id: int, delivery_day: date, now: datetime
) -> PurchaseOrder:
    """Return the order being written for a delivery of a supplier, begun when there is none.

    Args:
        session: The session of an action.
        supplier_id: The supplier.
        delivery_day: Civil day it should come.
        now: Present instant, aware.

    Raises:
        UserError: That day is past.
    """
    _refuse_past(delivery_day, now)
    known = _draft_of(session, supplier_id, delivery_day)
    if known is not None:
        return known
    supplier = session.get_one(Supplier, supplier_id)
    order = PurchaseOrder(
        supplier_id=supplier.id,
        delivery_day=delivery_day,
        created_at=now,
        order_by=_last_hour(session, supplier_id, delivery_day, now),
    )
    session.add(order)
    session.flush()
    return order


def set_day(session: Session, order_id: int, day: date, now: datetime) -> None:
    """Have an order delivered on another day, at the prices of that day.

    Args:
        session: The session of an action.
        order_id: The order, not sent or opened again.
        day: Civil day it should come, from today on.
        now: Present instant, aware.

    Raises:
        UserError: It has left, the day is past, or its supplier has another draft for it.
    """
    order = _open(session, order_id)
    _refuse_past(day, now)
    other = _draft_of(session, order.supplier_id, day)
    if other is not None and other.id != order.id:
        raise UserError(
            tr("Une commande à ce fournisseur est déjà écrite pour ce jour : complétez-la.")
        )
    order.delivery_day = day
    order.order_by = _last_hour(session, order.supplier_id, day, now)
    for line in order.lines:
        if line.article_id is not None:
            article = session.get_one(Article, line.article_id)
            _write_terms(session, line, article, price_day(order, now))
    session.flush()


def price_day(order: PurchaseOrder, now: datetime) -> date:
    """Return the civil day whose prices count for an order: the one it comes."""
    return max(order.delivery_day, civil_date(now))


def set_line(
    session: Session,
    order_id: int,
    article_id: int,
    units: Decimal,
    now: datetime,
    reason: str = "",
) -> PurchaseOrderLine | None:
    """Ask for so many order units of an article; zero takes its line out.

    The line keeps the name, the pack, and the price asked on the day it comes, as they are
    known now: what changes later in the article leaves it as it is.

    Args:
        session: The session of an action.
        order_id: The order.
        article_id: The article.
        units: Order units, halves or thirds where the supplier splits them.
        now: Present instant, aware.
        reason: Why so many, or empty.

    Raises:
        UserError: The order has left, or the supplier does not split it so.
    """
    order = _open(session, order_id)
    line = next((each for each in order.lines if each.article_id == article_id), None)
    article = session.get_one(Article, article_id)
    exact = _split(article, units)
    if not units:
        if line is not None:
            remove_line(session, order_id, line.id)
        return None
    if line is None:
        line = PurchaseOrderLine(
            rank=_next_rank(order),
            name=article.name,
            units=kept_as_units(exact),
            article_id=article.id,
        )
        order.lines.append(line)
    line.units, line.reason = kept_as_units(exact), reason or line.reason
    _write_terms(session, line, article, price_day(order, now))
    session.flush()
    return line


def add_free_line(
    session: Session,
    order_id: int,
    name: str,
    units: Decimal,
    unit_name: str = "",
    price: Decimal | None = None,
) -> PurchaseOrderLine:
    """Ask for something that is no article yet, in words.

    Args:
        session: The session of an action.
        order_id: The order.
        name: What it is.
        units: How many.
        unit_name: Of what: « bottes ».
        price: Euros for one, taxes left out; ``None`` when nobody knows.

    Raises:
        UserError: The order has left, it has no name, or nothing is asked for.
    """
    order = _open(session, order_id)
    if not name.strip() or not 0 < units <= MOST_UNITS:
        raise UserError(tr("Écrivez ce que vous commandez, et combien."))
    line = PurchaseOrderLine(
        rank=_next_rank(order),
        name=name.strip(),
        units=units.quantize(PLACES),
        unit_name=unit_name.strip(),
        price=price,
    )
    order.lines.append(line)
    session.flush()
    return line


def set_remarks(session: Session, order_id: int, words: str) -> None:
    """Write what the supplier is told besides the lines.

    Raises:
        UserError: The order has left.
    """
    _open(session, order_id).remarks = words.strip()
    session.flush()


def set_note(session: Session, order_id: int, words: str) -> None:
    """Write what the canteen alone reads of an order, whether or not it has left."""
    session.get_one(PurchaseOrder, order_id).note = words.strip()
    session.flush()


def set_units(session: Session, order_id: int, line_id: int, units: Decimal) -> None:
    """Ask for so many of a line written in words; zero takes it out.

    Raises:
        UserError: The order has left, or so many cannot be.
    """
    order = _open(session, order_id)
    if not 0 <= units <= MOST_UNITS:
        raise UserError(tr("Écrivez ce que vous commandez, et combien."))
    if not units:
        remove_line(session, order_id, line_id)
        return
    next(line for line in order.lines if line.id == line_id).units = units
    session.flush()


def remove_line(session: Session, order_id: int, line_id: int) -> None:
    """Take a line out of an order.

    Raises:
        UserError: The order has left.
    """
    order = _open(session, order_id)
    order.lines = [line for line in order.lines if line.id != line_id]
    session.flush()


def discard(session: Session, order_id: int) -> None:
    """Throw away an order that never left.

    One whose number was taken, because its text was copied or its paper made, stays as
    cancelled: numbers have no gap.

    Raises:
        UserError: It has left: it is cancelled, not thrown away.
    """
    order = _open(session, order_id)
    if order.revision:
        raise UserError(tr("Cette commande est déjà partie : annulez-la plutôt."))
    if order.number:
        order.state = OrderState.CANCELLED
    else:
        session.delete(order)
    session.flush()


def allowed_words(article: Article) -> str:
    """Say in what numbers a supplier sells an article; empty for whole ones from one on."""
    words: list[str] = []
    if article.fraction > 1:
        words.append(tr("se divise par {n}").format(n=article.fraction))
    if article.least:
        words.append(tr("au moins {n}").format(n=number(article.least.normalize())))
    if article.step:
        words.append(tr("de {n} en {n}").format(n=number(article.step.normalize())))
    return ", ".join(words)


def _split(article: Article, units: Decimal) -> Fraction:
    """Return what order units stand for, of those that the supplier sells.

    A third is typed 0,333: it is taken for what it stands for.

    Raises:
        UserError: The supplier does not split it so.
    """
    exact = Fraction(units).limit_denominator(max(article.fraction, 1))
    near = abs(exact - Fraction(units)) <= Fraction(1, 1000)
    meant = exact if near else Fraction(units)
    if not 0 <= units <= MOST_UNITS or not is_allowed(article, meant):
        words = allowed_words(article) or tr("colis entiers seulement")
        raise UserError(
            tr("« {name} » ne se commande pas ainsi : {words}.").format(
                name=article.name, words=words
            )
        )
    return meant


def _write_terms(session: Session, line: PurchaseOrderLine, article: Article, day: date) -> None:
    product = session.get_one(Product, article.product_id)
    price = price_on(session, article.id, day)
    content = content_of(article, product)
    line.name, line.code, line.product_id = article.name, article.code, product.id
    line.unit_name, line.vat = unit_name(article), article.vat
    line.pieces = pieces_of(article)
    line.content = None if content is None else _stored(content)
    line.price = None if price is None else price.price
    line.basis = PriceBasis.ORDER_UNIT if price is None else price.basis
    per_unit = basis_units(article, product, line.basis)
    line.per_unit = kept_as_ratio(per_unit if per_unit is not None else Fraction(1))


def _stored(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / value.denominator).quantize(PLACES)


def _draft_of(session: Session, supplier_id: int, day: date) -> PurchaseOrder | None:
    query = select(PurchaseOrder).where(
        PurchaseOrder.supplier_id == supplier_id,
        PurchaseOrder.delivery_day == day,
        PurchaseOrder.state == OrderState.DRAFT,
    )
    return session.scalar(query.order_by(PurchaseOrder.id).limit(1))


def _last_hour(session: Session, supplier_id: int, day: date, now: datetime) -> datetime | None:
    slot = slot_for(session, supplier_id, day, now)
    return slot.order_by if slot is not None and slot.delivery == day else None


def _refuse_past(day: date, now: datetime) -> None:
    if day < civil_date(now):
        raise UserError(tr("Ce jour est passé : une commande se livre aujourd’hui ou plus tard."))


def _open(session: Session, order_id: int) -> PurchaseOrder:
    order = session.get_one(PurchaseOrder, order_id)
    if order.state is not OrderState.DRAFT:
        raise UserError(tr("Cette commande est partie : rouvrez-la pour en envoyer une autre."))
    return order


def _next_rank(order: PurchaseOrder) -> int:
    return max((line.rank for line in order.lines), default=-1) + 1
