"""What food with no purchase behind it is worth: at the last price anybody knows of its product.

A first count finds on the shelves what was bought before the book was kept. It takes what the
last lot cost, else the dearest known price of an article today, else the price of the product.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cantine_desktop.supply.articles.listing import real_cents
from cantine_desktop.supply.articles.model import Article, ArticlePrice
from cantine_desktop.supply.articles.packing import rounded
from cantine_desktop.supply.products.measuring import THOUSAND, cost_in_cents
from cantine_desktop.supply.products.model import Dimension, Product
from cantine_desktop.supply.stock.model import Lot, StockMove
from cantine_desktop.supply.stock.vat import gross
from cantine_desktop.values.money import Money


@dataclass(frozen=True)
class Priced:
    """A product and what a canonical unit of it costs, in exact cents.

    Attributes:
        day: Since when the price holds; ``None`` when nobody said.
    """

    cents: Fraction
    day: date | None


def worth_at_known_price(
    session: Session, product_id: int, quantity: Decimal, day: date
) -> Money | None:
    """Return what a quantity is worth at the last known price; ``None`` when there is none.

    Args:
        session: Where to read.
        product_id: What.
        quantity: In its canonical unit.
        day: Civil day the price must hold on or before.
    """
    found = known_price(session, product_id, day)
    return None if found is None else rounded(found.cents * Fraction(quantity))


def known_price(session: Session, product_id: int, day: date) -> Priced | None:
    """Return the last known price of a product, as the canteen pays it; ``None`` without one."""
    product = session.get_one(Product, product_id)
    return (
        _last_lot(session, product_id, day)
        or _last_article(session, product, day)
        or _usual(session, product)
    )


def _last_lot(session: Session, product_id: int, day: date) -> Priced | None:
    query = (
        select(StockMove.value, StockMove.quantity, Lot.received_on)
        .join(Lot, StockMove.lot_id == Lot.id)
        .where(
            StockMove.product_id == product_id,
            StockMove.quantity > Decimal(0),
            StockMove.value.is_not(None),
            StockMove.value > Money(0),
            Lot.delivery_line_id.is_not(None),
            Lot.received_on <= day,
        )
        .order_by(Lot.received_on.desc(), StockMove.id.desc())
    )
    row = session.execute(query.limit(1)).first()
    if row is None:
        return None
    value, quantity, day_came = row
    cents = 0 if value is None else value.cents
    return Priced(Fraction(cents) / Fraction(quantity), day_came)


def _last_article(session: Session, product: Product, day: date) -> Priced | None:
    query = (
        select(Article, ArticlePrice)
        .join(ArticlePrice, ArticlePrice.article_id == Article.id)
        .where(
            Article.product_id == product.id,
            or_(ArticlePrice.valid_until.is_(None), ArticlePrice.valid_until > day),
        )
        .order_by(ArticlePrice.valid_from.desc(), ArticlePrice.id.desc())
    )
    size = 1 if product.dimension is Dimension.PIECE else THOUSAND
    for article, price in session.execute(query):
        real = real_cents(article, product, price)
        if real:
            return Priced(gross(session, real, article.vat) / size, price.valid_from)
    return None


def _usual(session: Session, product: Product) -> Priced | None:
    cents = cost_in_cents(product, Fraction(1))
    return None if cents is None else Priced(gross(session, cents, None), product.priced_on)
