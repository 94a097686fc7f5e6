"""Articles as lists show them, read in one go."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.i18n import mark, tr
from cantine_desktop.supply.articles.model import Article, ArticlePrice, PriceBasis, QualityLabel
from cantine_desktop.supply.articles.packing import amount_cents, basis_units, content_of, rounded
from cantine_desktop.supply.articles.wording import price_words, unit_name
from cantine_desktop.supply.products.model import Dimension, Product
from cantine_desktop.values.money import Money
from cantine_desktop.values.text import fold

LABELS = {
    QualityLabel.ORGANIC: mark("bio"),
    QualityLabel.RED_LABEL: mark("Label Rouge"),
    QualityLabel.DESIGNATION: mark("AOC ou AOP"),
    QualityLabel.GEOGRAPHICAL: mark("IGP"),
    QualityLabel.TRADITIONAL: mark("STG"),
    QualityLabel.HIGH_VALUE: mark("HVE"),
    QualityLabel.FISHERY: mark("pêche durable"),
    QualityLabel.OUTERMOST: mark("RUP"),
    QualityLabel.FAIR_TRADE: mark("commerce équitable"),
    QualityLabel.FARM: mark("fermier"),
    QualityLabel.EXTERNALITIES: mark("externalités"),
    QualityLabel.PERFORMANCE: mark("performance"),
}

THOUSAND = 1000


@dataclass(frozen=True)
class ArticleRow:
    """An article of a list.

    Attributes:
        unit: What is ordered, level by level.
        price: What is asked, in words; empty when nobody knows.
        unit_cents: What an order unit costs, in exact cents; ``None`` without a price.
        real_cents: What a kilogram, a litre or a piece of its product costs.
        labels: What it is certified, then « local ».
    """

    key: int
    supplier_id: int
    product_id: int
    product: str
    name: str
    code: str
    unit: str
    price: str
    valid_from: date | None
    unit_cents: Fraction | None
    real_cents: Fraction | None
    dimension: Dimension
    labels: str

    @property
    def unit_price(self) -> Money | None:
        """What an order unit costs, rounded."""
        return None if self.unit_cents is None else rounded(self.unit_cents)

    @property
    def real_price(self) -> Money | None:
        """What a kilogram, a litre or a piece costs, rounded."""
        return None if self.real_cents is None else rounded(self.real_cents)


def article_rows(
    session: Session,
    today: date,
    *,
    supplier_id: int | None = None,
    product_id: int | None = None,
) -> list[ArticleRow]:
    """Return the articles in use with what is asked for them today, by name.

    Args:
        session: Where to read.
        today: Civil day whose prices count.
        supplier_id: Those of a supplier only.
        product_id: Those of a product only: the cheapest at real cost comes first.
    """
    query = (
        select(Article, Product)
        .join(Product, Product.id == Article.product_id)
        .where(Article.is_active)
        .options(selectinload(Article.packs))
    )
    if supplier_id is not None:
        query = query.where(Article.supplier_id == supplier_id)
    if product_id is not None:
        query = query.where(Article.product_id == product_id)
    found = session.execute(query).all()
    prices = _prices(session, [article.id for article, _ in found], today)
    rows = [_row(article, product, prices.get(article.id)) for article, product in found]
    if product_id is not None:
        return sorted(rows, key=_cheapest)
    return sorted(rows, key=lambda row: (fold(row.name), row.key))


def label_names(labels: Collection[QualityLabel]) -> str:
    """Return the names of labels of quality, in the order the law tells them."""
    return ", ".join(tr(words) for label, words in LABELS.items() if label in labels)


def labels_words(article: Article) -> str:
    """Return what an article is certified, in words."""
    words = [label_names(article.labels)] if article.labels else []
    if article.is_local:
        words.append(tr("local"))
    if article.is_short:
        words.append(tr("circuit court"))
    return ", ".join(words)


def _prices(session: Session, keys: list[int], today: date) -> dict[int, ArticlePrice]:
    query = select(ArticlePrice).where(
        ArticlePrice.article_id.in_(keys),
        ArticlePrice.valid_from <= today,
        or_(ArticlePrice.valid_until.is_(None), ArticlePrice.valid_until > today),
    )
    return {price.article_id: price for price in session.scalars(query)}


def _row(article: Article, product: Product, price: ArticlePrice | None) -> ArticleRow:
    unit = None if price is None else unit_cents(article, product, price.price, price.basis)
    return ArticleRow(
        key=article.id,
        supplier_id=article.supplier_id,
        product_id=product.id,
        product=product.name,
        name=article.name,
        code=article.code,
        unit=unit_name(article),
        price="" if price is None else price_words(price.price, price.basis),
        valid_from=None if price is None else price.valid_from,
        unit_cents=unit,
        real_cents=None if price is None else real_cents(article, product, price),
        dimension=product.dimension,
        labels=labels_words(article),
    )


def real_cents(article: Article, product: Product, price: ArticlePrice) -> Fraction | None:
    """Return what a kilogram, a litre or a piece costs in exact cents, whatever is quoted.

    ``None`` when nobody can tell: a price by the piece whose weight is not known.
    """
    unit = unit_cents(article, product, price.price, price.basis)
    content = content_of(article, product)
    if unit is None or not content:
        return None
    return unit / content * (1 if product.dimension is Dimension.PIECE else THOUSAND)


def unit_cents(
    article: Article, product: Product, price: Decimal, basis: PriceBasis
) -> Fraction | None:
    """Return the exact cents of an order unit at a price; ``None`` when nobody can tell."""
    per_unit = basis_units(article, product, basis)
    return None if per_unit is None else amount_cents(price, Decimal(1), per_unit)


def _cheapest(row: ArticleRow) -> tuple[bool, Fraction, str]:
    real = row.real_cents
    return real is None, Fraction(0) if real is None else real, fold(row.name)
