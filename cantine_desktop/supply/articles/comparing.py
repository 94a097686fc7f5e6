"""Who sells a product at what it really costs, and which prices went up."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.articles.listing import ArticleRow, article_rows, unit_cents
from cantine_desktop.supply.articles.model import Article, ArticlePrice
from cantine_desktop.supply.articles.packing import content_of
from cantine_desktop.supply.products.model import Dimension, Product
from cantine_desktop.supply.suppliers.model import Supplier

FLAGGED = Fraction(5, 100)
"""Above it a rise is told."""

LATELY = timedelta(days=60)
THOUSAND = 1000
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
    def cents_per_unit(self) -> Fraction:
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


def rises(session: Session, today: date) -> list[Rise]:
    """Return the prices that went up by more than a twentieth lately, the steepest first.

    A price is compared at real cost with the one before it, whatever both were quoted for.

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
        for old, new in pairwise(article.prices):
            before, now = _real(article, product, old), _real(article, product, new)
            if not before or now is None or new.valid_from < today - LATELY:
                continue
            if now / before - 1 > FLAGGED:
                head = (article.id, product.id, article.supplier_id, supplier, article.name)
                found.append(Rise(*head, before, now, new.valid_from))
    return sorted(_last(found), key=lambda each: -each.share)


def _last(found: list[Rise]) -> list[Rise]:
    """Keep one rise an article: from the oldest price to the newest."""
    by_article: dict[int, list[Rise]] = defaultdict(list)
    for each in found:
        by_article[each.article_id].append(each)
    return [
        Rise(
            last.article_id, last.product_id, last.supplier_id, last.supplier, last.name,
            first.before, last.now, last.valid_from,
        )
        for first, last in ((group[0], group[-1]) for group in by_article.values())
    ]  # fmt: skip


def _real(article: Article, product: Product, price: ArticlePrice) -> Fraction | None:
    unit = unit_cents(article, product, price.price, price.basis)
    content = content_of(article, product)
    if unit is None or not content:
        return None
    size = 1 if product.dimension is Dimension.PIECE else THOUSAND
    return unit / content * size
