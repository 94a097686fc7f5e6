"""The directory of the demonstration: suppliers, articles, shelves."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.finance.ledger.model import Party
from cantine_desktop.i18n import mark, tr
from cantine_desktop.office.demo_supply.articles import (
    ARTICLES,
    CATEGORIES,
    KEEPS,
    MINCED,
    WARES,
    DemoArticle,
)
from cantine_desktop.office.demo_supply.suppliers import SUPPLIERS, DemoSupplier
from cantine_desktop.supply.articles.keeping import ArticleFacts, add_article, set_price
from cantine_desktop.supply.articles.model import (
    Article,
    Cold,
    ContentUnit,
    FoodCategory,
    PriceBasis,
)
from cantine_desktop.supply.products.model import Product
from cantine_desktop.supply.stock.model import Place, StockItem
from cantine_desktop.supply.suppliers.keeping import (
    DayRow,
    SupplierFacts,
    add_paper,
    add_supplier,
    set_days,
)

VAT = Decimal("0.055")
KNOWN_SINCE = timedelta(days=300)
RISEN = Decimal("1.18")
"""What oil costs more since the summer."""
OILS = frozenset({"huile-colza", "huile-tournesol"})

_BASES = {"colis": PriceBasis.ORDER_UNIT, "kg": PriceBasis.KILOGRAM, "l": PriceBasis.LITRE}
_UNITS = {
    "g": (ContentUnit.GRAM, 1),
    "kg": (ContentUnit.GRAM, 1000),
    "ml": (ContentUnit.MILLILITRE, 1),
    "l": (ContentUnit.MILLILITRE, 1000),
    "p": (ContentUnit.PIECE, 1),
}
_PACKS = re.compile(r"(?:(\d+)x)?(\d+)([a-z]+)")

PLACES = (
    (mark("Chambre froide"), Cold.FRESH),
    (mark("Congélateur coffre"), Cold.FROZEN),
    (mark("Réserve sèche"), Cold.AMBIENT),
    (mark("Cave à légumes"), Cold.AMBIENT),
)

FOLLOWED = frozenset({"starch", "pulse", "fat", "nut", "spice", "sweet", "other", "drink"})
"""Families whose stock is counted; what is fresh is eaten as it comes."""


@dataclass(frozen=True)
class Directory:
    """What orders are written with.

    Attributes:
        suppliers: Keys by the names of the demonstration.
        articles: The article each product is bought as, by the key of the product.
        sold_by: Name of the supplier of each article, by its key.
        keeps: Days each product keeps, by its key; ``None`` for what has no short date.
    """

    suppliers: dict[str, int]
    articles: dict[int, Article]
    sold_by: dict[int, str]
    keeps: dict[int, int | None]


def furnish_supply(session: Session, today: date, now: datetime) -> Directory:
    """Write the suppliers, their articles and the shelves, known since the beginning."""
    since = today - KNOWN_SINCE
    keys = {each.key: _supplier(session, each, today) for each in SUPPLIERS}
    products = {each.key: each for each in session.scalars(select(Product)) if each.key}
    articles, sold_by = dict[int, Article](), dict[int, str]()
    for told in ARTICLES:
        product = products[told.product]
        made = add_article(session, _facts(told, product, keys[told.supplier]), now, since)
        if told.product in OILS:
            rise = (Decimal(told.price) * RISEN).quantize(Decimal("0.01"))
            set_price(session, made.id, rise, _basis(told), today - timedelta(days=75), now)
        articles.setdefault(product.id, made)
        sold_by[made.id] = told.supplier
    _shelve(session, [products[told.product] for told in ARTICLES])
    keeps = {product.id: KEEPS.get(product.family.value) for product in products.values()}
    return Directory(keys, articles, sold_by, keeps)


def _supplier(session: Session, told: DemoSupplier, today: date) -> int:
    party = session.scalar(select(Party.id).where(Party.code == told.code)) if told.code else None
    made = add_supplier(
        session,
        SupplierFacts(
            name=told.name,
            kind=told.kind,
            party_id=party,
            contact=told.contact,
            phone=told.phone,
            email=told.email,
            way=told.way,
            minimum=told.minimum,
            free_from=told.free_from,
            fee=told.fee,
            is_local=told.is_local,
        ),
    )
    rows = [
        DayRow(day.weekday, day.cut_off.hour * 60 + day.cut_off.minute, day.lead)
        for day in told.days
    ]
    set_days(session, made.id, rows)
    if told.key == "biocoop":
        add_paper(session, made.id, tr("Certificat bio"), today + timedelta(days=40))
    return made.id


def _basis(told: DemoArticle) -> PriceBasis:
    return _BASES.get(told.basis, PriceBasis.PIECE)


def _facts(told: DemoArticle, product: Product, supplier: int) -> ArticleFacts:
    found = _PACKS.fullmatch(told.packs)
    assert found is not None
    many, count, letter = found.groups()
    unit, size = _UNITS[letter]
    inner = Decimal(count) * size
    packs: tuple[tuple[str, Decimal], ...] = ((told.unit, inner),)
    if many:
        packs = ((told.unit, Decimal(many)), (tr("unité"), inner))
    family = product.family.value
    return ArticleFacts(
        supplier_id=supplier,
        product_id=product.id,
        name=product.name,
        packs=packs,
        content_unit=unit,
        price=Decimal(told.price),
        basis=_basis(told),
        is_catch_weight="w" in told.marks,
        vat=VAT,
        shelf_days=KEEPS.get(family, 365),
        cold=told.cold,
        ware=_ware(told, family),
        labels=told.labels,
        category=CATEGORIES.get(family, FoodCategory.OTHER),
        made_in=told.made_in,
        is_local="l" in told.marks,
        is_short="s" in told.marks,
    )


def _ware(told: DemoArticle, family: str) -> str:
    if told.cold is Cold.FROZEN:
        return "frozen"
    return "minced_meat" if told.product == MINCED else WARES.get(family, "dry")


def _shelve(session: Session, products: list[Product]) -> None:
    places = [
        Place(name=tr(name), rank=rank, cold=cold) for rank, (name, cold) in enumerate(PLACES)
    ]
    session.add_all(places)
    session.flush()
    rank = 0
    for product in {each.id: each for each in products}.values():
        is_frozen = "surgel" in product.key
        if product.family.value not in FOLLOWED and not is_frozen:
            continue
        rank += 1
        place = places[1] if is_frozen else places[2]
        session.add(StockItem(product_id=product.id, place_id=place.id, rank=rank))
    session.flush()
