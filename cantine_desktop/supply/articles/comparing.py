"""Who sells a product at what it really costs, and which prices went up."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.articles.listing import ArticleRow, article_rows, real_cents
from cantine_desktop.supply.articles.model import Article, ArticlePrice
from cantine_desktop.supply.products.model import Product
from cantine_desktop.supply.suppliers.model import Supplier
from cantine_desktop.values.period import DAY, Period

FLAGGED = Fraction(5, 100)
"""Above it a rise is told."""

LATELY = timedelta(days=60)
CURVE = 24
"""Months of a curve before the current one."""

PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class Seller:
    """A supplier that sells a product.

    Attributes:
        row: What it sells, with its real price.
        above: How much more it costs than the cheapest, of one; ``None`` when nobody knows.
    """

    supplier: str
    row: ArticleRow
    above: Fraction | None


@dataclass(frozen=True)
class Rise:
    """A price that went up.

    Attributes:
        before: Exact cents of a kilogram, a litre or a piece; ``now``, since ``valid_from``.
    """

    article_id: int
    product_id: int
    supplier_id: int
    supplier: str
    name: str
    before: Fraction
    now: Fraction
    valid_from: date

    @property
    def share(self) -> Fraction:
        """How much more it is, of one."""
        return self.now / self.before - 1

    @property
    def added(self) -> Fraction:
        """Exact cents that a kilogram, a litre or a piece costs more."""
        return self.now - self.before


def sellers(session: Session, product_id: int, today: date) -> list[Seller]:
    """Return who sells a product, the cheapest at real cost first."""
    rows = article_rows(session, today, product_id=product_id)
    names = dict(session.execute(select(Supplier.id, Supplier.name)).all())
    known = [row.real_cents for row in rows if row.real_cents]
    least = min(known, default=None)
    return [
        Seller(
            names[row.supplier_id],
            row,
            None if not least or not row.real_cents else row.real_cents / least - 1,
        )
        for row in rows
    ]


def follow_cheapest(session: Session, product_id: int, today: date) -> Decimal:
    """Give a product the price of its cheapest seller; return it.

    Raises:
        UserError: Nobody sells it at a known price.
    """
    found = [each for each in sellers(session, product_id, today) if each.row.real_cents]
    if not found:
        raise UserError(tr("Aucun fournisseur ne vend ce produit à un prix connu."))
    real = found[0].row.real_cents or Fraction(0)
    price = (Decimal(real.numerator) / real.denominator / 100).quantize(PLACES)
    product = session.get_one(Product, product_id)
    product.price, product.priced_on = price, today
    session.flush()
    return price


@dataclass(frozen=True)
class MonthPrice:
    """What a product cost in a month.

    Attributes:
        day: Last day of the month, whose prices count; of the current month, today.
        cents: Exact cents of a kilogram, a litre or a piece at the cheapest seller; ``None``
            when nobody sold it.
    """

    day: date
    cents: Fraction | None


def price_curve(session: Session, product_id: int, today: date) -> list[MonthPrice]:
    """Return the lowest real price of a product on the last day of each of the last months.

    Twenty-four months and the current one, the oldest first; the current one says the price
    of ``today``. Articles put away do not count.
    """
    query = (
        select(Article)
        .where(Article.product_id == product_id, Article.is_active)
        .options(selectinload(Article.packs), selectinload(Article.prices))
    )
    product = session.get_one(Product, product_id)
    articles = list(session.scalars(query))
    days = [today]
    while len(days) <= CURVE:
        days.insert(0, Period.month(days[0]).first - DAY)
    return [MonthPrice(day, _lowest(articles, product, day)) for day in days]


def _lowest(articles: list[Article], product: Product, day: date) -> Fraction | None:
    found: list[Fraction] = []
    for article in articles:
        asked = next((each for each in reversed(article.prices) if each.valid_from <= day), None)
        real = None if asked is None else real_cents(article, product, asked)
        found += [real] if real else []
    return min(found, default=None)


def rises(session: Session, today: date) -> list[Rise]:
    """Return the prices that went up by more than a twentieth lately, the steepest first.

    The newest price is compared at real cost with the one that held sixty days ago, or with the
    first one since, whatever both were quoted for.

    Args:
        session: Where to read.
        today: Prices of the sixty days before it are looked at, and those to come.
    """
    query = (
        select(Article, Product, Supplier.name)
        .join(Product, Article.product_id == Product.id)
        .join(Supplier, Article.supplier_id == Supplier.id)
        .where(Article.is_active)
        .options(selectinload(Article.packs), selectinload(Article.prices))
    )
    found: list[Rise] = []
    for article, product, supplier in session.execute(query):
        prices = _lately(article.prices, today - LATELY)
        if not prices:
            continue
        before, now = (real_cents(article, product, each) for each in prices)
        if before and now is not None and now / before - 1 > FLAGGED:
            head = (article.id, product.id, article.supplier_id, supplier, article.name)
            found.append(Rise(*head, before, now, prices[1].valid_from))
    return sorted(found, key=lambda each: -each.share)


def _lately(prices: list[ArticlePrice], since: date) -> tuple[ArticlePrice, ArticlePrice] | None:
    """Return the price that held before a day and the newest one, when it changed since.

    What rose and fell again has not gone up; what crept up by small steps has.
    """
    place = next((n for n, each in enumerate(prices) if each.valid_from >= since), 0)
    if not prices or prices[-1].valid_from < since or len(prices) == 1:
        return None
    return prices[max(place - 1, 0)], prices[-1]
