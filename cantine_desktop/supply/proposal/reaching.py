"""Three ways to have an order delivered free: more of what keeps, or what others would bring."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import ceil

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import money, tr
from cantine_desktop.supply.articles.keeping import price_on
from cantine_desktop.supply.articles.listing import unit_cents
from cantine_desktop.supply.articles.model import Article
from cantine_desktop.supply.articles.packing import content_of, exact, kept_as_units, rounded
from cantine_desktop.supply.articles.wording import plain, unit_name
from cantine_desktop.supply.deliveries.value import stored
from cantine_desktop.supply.orders.drafting import price_day, remove_line, set_line
from cantine_desktop.supply.orders.model import OrderState, PurchaseOrder, PurchaseOrderLine
from cantine_desktop.supply.orders.queries import totals
from cantine_desktop.supply.orders.totals import line_amount, totals_of
from cantine_desktop.supply.products.model import Product
from cantine_desktop.supply.suppliers.model import Supplier
from cantine_desktop.values.money import Money

KEEPS = 14
"""Days from which food bought beyond the week is not bought for nothing."""
LATELY = timedelta(days=60)
WAYS = 3


@dataclass(frozen=True)
class Way:
    """A way to reach free delivery.

    Attributes:
        article: What to order more of, and ``units`` of it in all.
        cost: What the canteen pays more today, the fee it spares taken off.
        is_moved: Whether it stands for the line ``line`` of the order ``order``, which goes.
    """

    words: str
    article: int
    units: Fraction
    cost: Money
    is_moved: bool = False
    order: int = 0
    line: int = 0


@dataclass(frozen=True)
class _Choice:
    """An article of the supplier, with its price on the day the order comes."""

    article: Article
    product: Product
    cents: Fraction
    content: Fraction
    have: Fraction

    def units_for(self, quantity: Fraction, per_unit: Fraction) -> Fraction:
        """Return the least units it sells beyond those there that give a quantity."""
        grain = Fraction(1, self.article.fraction)
        step = Fraction(self.article.step) if self.article.step else grain
        units = ceil(quantity / per_unit / step) * step
        return max(units, Fraction(self.article.least or 0) - self.have)


def ways(session: Session, order_id: int, now: datetime) -> list[Way]:
    """Return at most three ways to have an order delivered free, the cheapest first.

    Args:
        session: Where to read.
        order_id: An order being written.
        now: Present instant, aware: whose prices count.
    """
    order = session.get_one(PurchaseOrder, order_id)
    found = totals(session, order_id)
    if order.state is not OrderState.DRAFT or found.to_free is None:
        return []
    lack, fee = Fraction(found.to_free.cents), found.fee
    choices = _choices(session, order, price_day(order, now))
    lately = _lately(session, order.supplier_id, civil_date(now))
    moves = _moves(session, order, choices, lack, fee)
    more = [_more(choice, lack, fee) for choice in choices if _keeps(choice.article)]
    more.sort(key=lambda way: (way.article not in lately, way.cost.cents, way.article))
    moves.sort(key=lambda way: (way.cost.cents, way.article))
    best = moves[: WAYS - 1] if more else moves[:WAYS]
    return sorted([*best, *more[: WAYS - len(best)]], key=lambda way: way.cost.cents)


def follow(session: Session, order_id: int, way: Way, now: datetime) -> None:
    """Change the orders as a way says.

    Args:
        session: The session of an action.
        order_id: The order the way was found for.
        way: One of ``ways``.
        now: Present instant, aware.

    Raises:
        UserError: The line it stands for is gone.
    """
    set_line(session, order_id, way.article, kept_as_units(way.units), now, tr("pour le franco"))
    if not way.is_moved:
        return
    other = session.get(PurchaseOrder, way.order)
    if other is None or way.line not in {line.id for line in other.lines}:
        raise UserError(tr("L’autre commande a changé : demandez d’autres façons."))
    remove_line(session, way.order, way.line)


def _keeps(article: Article) -> bool:
    return article.shelf_days is None or article.shelf_days >= KEEPS


def _choices(session: Session, order: PurchaseOrder, day: date) -> list[_Choice]:
    query = (
        select(Article, Product)
        .join(Product, Product.id == Article.product_id)
        .where(Article.supplier_id == order.supplier_id, Article.is_active)
        .options(selectinload(Article.packs))
        .order_by(Article.id)
    )
    have = {line.article_id: exact(line.units) for line in order.lines}
    found: list[_Choice] = []
    for article, product in session.execute(query).all():
        price = price_on(session, article.id, day)
        content = content_of(article, product)
        cents = None
        if price is not None:
            cents = unit_cents(article, product, price.price, price.basis)
        if cents and content:
            owned = have.get(article.id, Fraction(0))
            found.append(_Choice(article, product, cents, content, owned))
    return found


def _lately(session: Session, supplier_id: int, today: date) -> set[int]:
    """Return the articles that were ordered of a supplier these last weeks."""
    query = (
        select(PurchaseOrderLine.article_id)
        .join(PurchaseOrder, PurchaseOrder.id == PurchaseOrderLine.order_id)
        .where(
            PurchaseOrder.supplier_id == supplier_id, PurchaseOrder.delivery_day >= today - LATELY
        )
    )
    return {key for key in session.scalars(query) if key is not None}


def _more(choice: _Choice, lack: Fraction, fee: Money) -> Way:
    units = choice.units_for(lack, choice.cents)
    amount = rounded(choice.cents * units)
    words = tr("{units} × {unit} de plus de {name} ({amount}), qui se garde.").format(
        units=plain(stored(units)),
        unit=unit_name(choice.article),
        name=choice.article.name,
        amount=money(amount),
    )
    return Way(words, choice.article.id, choice.have + units, amount - fee)


def _moves(
    session: Session, order: PurchaseOrder, choices: list[_Choice], lack: Fraction, fee: Money
) -> list[Way]:
    """Return the lines of other orders that this supplier could bring as well."""
    query = (
        select(PurchaseOrder)
        .where(
            PurchaseOrder.state == OrderState.DRAFT,
            PurchaseOrder.supplier_id != order.supplier_id,
            PurchaseOrder.delivery_day >= order.delivery_day,
        )
        .options(selectinload(PurchaseOrder.lines))
        .order_by(PurchaseOrder.id)
    )
    found: list[Way] = []
    for other in session.scalars(query).all():
        seller = session.get_one(Supplier, other.supplier_id)
        products = _products(session, other)
        whole = totals_of(seller, other.lines, products)
        days = (other.delivery_day - order.delivery_day).days
        for line in other.lines:
            rest = totals_of(seller, [x for x in other.lines if x is not line], products)
            if rest.lacks and not whole.lacks:
                # Without it, that order would no longer reach its minimum.
                continue
            saved = fee + whole.fee - rest.fee
            for choice in choices:
                way = _move(choice, line, lack, saved, seller.name)
                shelf = choice.article.shelf_days
                if way is not None and (shelf is None or days < shelf):
                    found.append(way)
    return found


def _products(session: Session, order: PurchaseOrder) -> dict[int, Product]:
    keys = {line.product_id for line in order.lines if line.product_id is not None}
    return {each.id: each for each in session.scalars(select(Product).where(Product.id.in_(keys)))}


def _move(
    choice: _Choice, line: PurchaseOrderLine, lack: Fraction, saved: Money, supplier: str
) -> Way | None:
    if line.product_id != choice.product.id or line.content is None or line.price is None:
        return None
    units = choice.units_for(Fraction(line.content) * exact(line.units), choice.content)
    cents = choice.cents * units
    if cents < lack:
        return None
    spared = line_amount(line) or Money(0)
    amount = rounded(cents)
    words = tr("{name} ({amount}) ici plutôt que chez {supplier} ({other}).").format(
        name=line.name, amount=money(amount), supplier=supplier, other=money(spared)
    )
    return Way(
        words,
        choice.article.id,
        choice.have + units,
        amount - spared - saved,
        is_moved=True,
        order=line.order_id,
        line=line.id,
    )
