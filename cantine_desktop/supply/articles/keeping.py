"""Adding and changing articles, writing what is asked for them from a day on."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.articles.model import (
    Article,
    ArticlePrice,
    Cold,
    ContentUnit,
    FoodCategory,
    MadeIn,
    Pack,
    PriceBasis,
    QualityLabel,
)
from cantine_desktop.supply.articles.packing import basis_units
from cantine_desktop.supply.products.model import Product
from cantine_desktop.supply.suppliers.model import Supplier

MOST_DAYS = 3650
"""Days food keeps at most."""
MOST_PRICE = Decimal(10000)
"""Euros for one of the basis: nothing a kitchen buys goes beyond."""


@dataclass(frozen=True)
class ArticleFacts:
    """What a person says of an article; see ``Article`` for units.

    Attributes:
        packs: Name and count of each level, from the order unit inwards:
            ``(("colis", 6), ("barquette", 250))``.
        price: What is asked for one of ``basis``, taxes left out; ``None`` writes none.
    """

    supplier_id: int
    product_id: int
    name: str
    packs: tuple[tuple[str, Decimal], ...]
    content_unit: ContentUnit
    price: Decimal | None = None
    basis: PriceBasis = PriceBasis.ORDER_UNIT
    code: str = ""
    fraction: int = 1
    least: Decimal | None = None
    step: Decimal | None = None
    is_catch_weight: bool = False
    vat: Decimal | None = None
    shelf_days: int | None = None
    litres: Decimal | None = None
    cold: Cold = Cold.AMBIENT
    ware: str = ""
    labels: frozenset[QualityLabel] = frozenset()
    category: FoodCategory | None = None
    made_in: MadeIn = MadeIn.UNKNOWN
    is_local: bool = False
    is_short: bool = False
    note: str = ""


def facts_of(article: Article) -> ArticleFacts:
    """Return what is known of an article but its price."""
    own = {"packs", "price", "basis"}
    values = {
        each.name: getattr(article, each.name)
        for each in fields(ArticleFacts)
        if each.name not in own
    }
    return ArticleFacts(packs=tuple((pack.name, pack.count) for pack in article.packs), **values)


def add_article(session: Session, facts: ArticleFacts, now: datetime, today: date) -> Article:
    """Add an article, with its price from today on when one is told.

    Args:
        session: The session of an action.
        facts: What it is.
        now: Present instant, aware.
        today: Civil day its price begins.

    Raises:
        UserError: It has no name or no pack, or a value cannot be.
    """
    _refuse_wrong(facts)
    article = Article(
        supplier_id=session.get_one(Supplier, facts.supplier_id).id,
        product_id=session.get_one(Product, facts.product_id).id,
        name=facts.name.strip(),
        content_unit=facts.content_unit,
    )
    _write(article, facts)
    session.add(article)
    session.flush()
    if facts.price is not None:
        set_price(session, article.id, facts.price, facts.basis, today, now)
    return article


def change_article(session: Session, article_id: int, facts: ArticleFacts) -> None:
    """Write other values of an article; its price is left: ``set_price`` writes another.

    What was ordered and received before keeps the terms of its day.

    Raises:
        UserError: It has no name or no pack, or a value cannot be.
    """
    _refuse_wrong(facts)
    article = session.get_one(Article, article_id)
    article.name, article.content_unit = facts.name.strip(), facts.content_unit
    article.product_id = facts.product_id
    _write(article, facts)
    session.flush()


def archive_article(session: Session, article_id: int, *, is_active: bool = False) -> None:
    """Put an article away, or take it back: what was bought of it stays known."""
    session.get_one(Article, article_id).is_active = is_active
    session.flush()


def set_price(  # noqa: PLR0917  -- how much, for what, from when, on whose word
    session: Session,
    article_id: int,
    price: Decimal,
    basis: PriceBasis,
    from_day: date,
    now: datetime,
    source: str = "",
) -> ArticlePrice:
    """Write what is asked for an article from a day on; the price before ends that day.

    Args:
        session: The session of an action.
        article_id: The article.
        price: Euros for one of the basis, taxes left out.
        basis: What it is for.
        from_day: First civil day; a price of the same day is replaced.
        now: Present instant, aware.
        source: « Tarif du 3 novembre ».

    Raises:
        UserError: The price cannot be, or nobody knows how much of its basis an order unit is.
    """
    if not 0 <= price <= MOST_PRICE:
        raise UserError(tr("Ce prix n’est pas plausible : vérifiez la virgule."))
    article = session.get_one(Article, article_id)
    product = session.get_one(Product, article.product_id)
    if basis_units(article, product, basis) is None:
        raise UserError(
            tr(
                "« {name} » : dites ce que pèse une pièce de {product}, ou donnez le prix du colis."
            ).format(name=article.name, product=product.name)
        )
    known = [each for each in article.prices if each.valid_from != from_day]
    made = ArticlePrice(
        price=price, basis=basis, valid_from=from_day, noted_at=now, source=source.strip()
    )
    if len(known) != len(article.prices):
        article.prices = known
        session.flush()
    article.prices = sorted([*known, made], key=lambda each: each.valid_from)
    for before, after in zip(article.prices, article.prices[1:], strict=False):
        before.valid_until = after.valid_from
    article.prices[-1].valid_until = None
    session.flush()
    return made


def price_on(session: Session, article_id: int, day: date) -> ArticlePrice | None:
    """Return what is asked for an article on a day; ``None`` when nobody knows."""
    query = (
        select(ArticlePrice)
        .where(
            ArticlePrice.article_id == article_id,
            ArticlePrice.valid_from <= day,
            or_(ArticlePrice.valid_until.is_(None), ArticlePrice.valid_until > day),
        )
        .order_by(ArticlePrice.valid_from.desc())
        .limit(1)
    )
    return session.scalar(query)


def _refuse_wrong(facts: ArticleFacts) -> None:
    if not facts.name.strip():
        raise UserError(tr("Donnez un nom à cet article."))
    if not facts.packs or any(count <= 0 for _name, count in facts.packs):
        raise UserError(tr("Dites ce que contient l’unité de commande : « colis de 6 x 250 g »."))
    if facts.fraction < 1:
        raise UserError(tr("Un colis se commande entier, par moitiés, par tiers…"))
    if any(value is not None and value < 0 for value in (facts.least, facts.step, facts.vat)):
        raise UserError(tr("Un minimum, un pas ou un taux ne sont pas négatifs."))
    if facts.litres is not None and facts.litres < 0:
        raise UserError(tr("La place d’une unité n’est pas négative."))
    if facts.shelf_days is not None and not 0 <= facts.shelf_days <= MOST_DAYS:
        raise UserError(tr("La conservation va de 0 jour à dix ans."))


def _write(article: Article, facts: ArticleFacts) -> None:
    _write_packs(article, facts.packs)
    article.code, article.fraction = facts.code.strip(), facts.fraction
    article.least, article.step = facts.least, facts.step
    article.is_catch_weight, article.vat = facts.is_catch_weight, facts.vat
    article.shelf_days, article.litres = facts.shelf_days, facts.litres
    article.cold, article.ware = facts.cold, facts.ware
    article.labels, article.category = facts.labels, facts.category
    article.made_in, article.is_local = facts.made_in, facts.is_local
    article.is_short, article.note = facts.is_short, facts.note.strip()


def _write_packs(article: Article, told: tuple[tuple[str, Decimal], ...]) -> None:
    known = {pack.rank: pack for pack in article.packs}
    for rank, (name, count) in enumerate(told):
        if rank in known:
            known[rank].name, known[rank].count = name.strip(), count
        else:
            article.packs.append(Pack(rank=rank, name=name.strip(), count=count))
    article.packs = [pack for pack in article.packs if pack.rank < len(told)]
