"""An article as it is read on paper: « colis de 6 barquettes de 250 g », « 2,40 € le kg »."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from cantine_desktop.i18n import mark, number, round_half_up, tr
from cantine_desktop.supply.articles.model import (
    Article,
    Cold,
    ContentUnit,
    FoodCategory,
    MadeIn,
    Pack,
    PriceBasis,
)
from cantine_desktop.supply.articles.packing import exact
from cantine_desktop.values.text import NBSP

UNITS = {
    ContentUnit.GRAM: (mark("g"), mark("kg")),
    ContentUnit.MILLILITRE: (mark("ml"), mark("l")),
}

BASES = {
    PriceBasis.ORDER_UNIT: mark("le colis"),
    PriceBasis.KILOGRAM: mark("le kg"),
    PriceBasis.LITRE: mark("le litre"),
    PriceBasis.PIECE: mark("la pièce"),
}

CATEGORIES: dict[FoodCategory | None, str] = {
    None: mark("non précisée"),
    FoodCategory.PRODUCE: mark("Fruits et légumes"),
    FoodCategory.DAIRY: mark("Produits laitiers"),
    FoodCategory.MEAT: mark("Viandes et volailles"),
    FoodCategory.CURED: mark("Charcuterie"),
    FoodCategory.SEA: mark("Produits de la mer"),
    FoodCategory.BAKERY: mark("Boulangerie"),
    FoodCategory.DRINK: mark("Boissons"),
    FoodCategory.OTHER: mark("Autres"),
}
"""Families of the public declaration. Source: MA-CANTINE."""

ORIGINS = {
    MadeIn.UNKNOWN: mark("non précisée"),
    MadeIn.FRANCE: mark("France"),
    MadeIn.EUROPE: mark("Union européenne"),
}

COLDS = {
    Cold.AMBIENT: mark("à température ambiante"),
    Cold.FRESH: mark("au frais"),
    Cold.FROZEN: mark("au congélateur"),
}

THOUSAND = 1000
PART_PLACES = 3
"""Decimals that are read of a part of a box."""


def unit_name(article: Article) -> str:
    """Return what is ordered, level by level: « colis de 6 barquettes de 250 g »."""
    return packs_words(article.packs, article.content_unit)


def packs_words(packs: Sequence[Pack], unit: ContentUnit) -> str:
    """Return packs in words, from the order unit inwards."""
    if not packs:
        return ""
    words = packs[0].name or tr("colis")
    for pack, inner in pairwise(packs):
        words = tr("{outer} de {count} × {inner}").format(
            outer=words, count=plain(pack.count), inner=inner.name
        )
    content = content_words(packs[-1].count, unit)
    return tr("{pack} de {content}").format(pack=words, content=content)


def content_words(count: Decimal, unit: ContentUnit) -> str:
    """Return a quantity of the innermost pack: « 250 g », « 2,5 kg », « 66 pièces »."""
    if unit is ContentUnit.PIECE:
        return f"{plain(count)}{NBSP}{tr('pièces') if count > 1 else tr('pièce')}"
    small, large = UNITS[unit]
    if count >= THOUSAND:
        return f"{plain(count / THOUSAND)}{NBSP}{tr(large)}"
    return f"{plain(count)}{NBSP}{tr(small)}"


def price_words(price: Decimal, basis: PriceBasis) -> str:
    """Return a quoted price: « 2,40 € le kg »."""
    cents = max(2, -int(price.normalize().as_tuple().exponent))
    return f"{number(price, cents)}{NBSP}€ {tr(BASES[basis])}"


def plain(value: Decimal) -> str:
    """Return a number without decimals that say nothing: a third is « 0,333 »."""
    is_part = exact(value) != value
    shown = (round_half_up(value, PART_PLACES) if is_part else value).normalize()
    return number(shown.quantize(Decimal(1)) if shown == shown.to_integral_value() else shown)
