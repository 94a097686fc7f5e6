"""From the box to the gram and back, and from a quoted price to what a quantity costs.

The quoted price and its basis are the truth; everything else follows from them as exact
fractions, and only an amount of money is rounded, once.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, prod

from cantine_desktop.supply.articles.model import Article, ContentUnit, Pack, PriceBasis
from cantine_desktop.supply.products.measuring import (
    THOUSAND,
    from_grams,
    from_millilitres,
    from_pieces,
    grams_of,
)
from cantine_desktop.supply.products.model import Dimension, Product
from cantine_desktop.values.money import Money

CENTS = 100
UNIT_PLACES, RATIO_PLACES = 6, 9
SMALLEST_PART = 100
"""Into how many parts at most a box is split for its parts to be told from decimals."""
NEAR = Fraction(2, 10**UNIT_PLACES)
"""How far a part of a box may be from its decimals: two of them may have been added up."""

_MEASURED = {
    PriceBasis.KILOGRAM: Dimension.MASS,
    PriceBasis.LITRE: Dimension.VOLUME,
    PriceBasis.PIECE: Dimension.PIECE,
}


def held(packs: Sequence[Pack]) -> Fraction:
    """Return how much of the content unit an order unit holds: the product of its levels."""
    return prod((Fraction(pack.count) for pack in packs), start=Fraction(1))


def pieces_of(article: Article) -> Decimal | None:
    """Return how many pieces an order unit holds; ``None`` of what is not bought by the piece."""
    is_counted = article.content_unit is ContentUnit.PIECE
    return kept_as_ratio(held(article.packs)) if is_counted else None


def content_of(article: Article, product: Product) -> Fraction | None:
    """Return what an order unit holds in the canonical unit of its product, as announced.

    ``None`` when it would need a weight or a density nobody knows.
    """
    amount = held(article.packs)
    if article.content_unit is ContentUnit.GRAM:
        return from_grams(product, amount)
    if article.content_unit is ContentUnit.MILLILITRE:
        return from_millilitres(product, amount)
    return from_pieces(product, amount)


def basis_units(article: Article, product: Product, basis: PriceBasis) -> Fraction | None:
    """Return how many units of a price an order unit is: 3 for a cheese of 3 kg sold by the kg.

    ``None`` when it would need a weight or a density nobody knows.
    """
    if basis is PriceBasis.ORDER_UNIT:
        return Fraction(1)
    amount, unit = held(article.packs), article.content_unit
    if basis is PriceBasis.PIECE and unit is ContentUnit.PIECE:
        return amount
    if basis is PriceBasis.KILOGRAM and unit is ContentUnit.GRAM:
        return amount / THOUSAND
    if basis is PriceBasis.LITRE and unit is ContentUnit.MILLILITRE:
        return amount / THOUSAND
    canonical = content_of(article, product)
    return None if canonical is None else in_basis(product, canonical, basis)


def weighs_near(article: Article, product: Product) -> bool:
    """Tell whether what an order unit weighs is only near: catch weight, or counted in pieces."""
    counted = article.content_unit is ContentUnit.PIECE
    return article.is_catch_weight or (counted and product.dimension is not Dimension.PIECE)


def in_basis(product: Product, canonical: Fraction, basis: PriceBasis) -> Fraction | None:
    """Return a quantity in the canonical unit of a product in units of a price.

    ``None`` for a price by the order unit, or when a weight is not known.
    """
    wanted = _MEASURED.get(basis)
    if wanted is None:
        return None
    size = Fraction(1 if wanted is Dimension.PIECE else THOUSAND)
    if wanted is product.dimension:
        return canonical / size
    grams = grams_of(product, canonical)
    if grams is None or wanted is Dimension.MASS:
        return None if grams is None else grams / size
    per = product.density if wanted is Dimension.VOLUME else product.piece_grams
    return grams / Fraction(per) / size if per else None


def exact(units: Decimal | Fraction) -> Fraction:
    """Return what order units stand for: a third is kept as 0.333333, and is a third."""
    told = Fraction(units)
    part = told.limit_denominator(SMALLEST_PART)
    return part if abs(part - told) <= NEAR else told


def as_meant(typed: Decimal, like: Decimal | None) -> Decimal:
    """Return typed order units as meant: 0.333 is a third where the box is sold by thirds.

    Args:
        typed: Order units, as a person types them: three decimals at most.
        like: Order units of the same box, as they are kept; ``None`` when there are none.
    """
    parts = 1 if like is None else exact(like).denominator
    if 1000 % parts == 0:
        return typed
    part = Fraction(typed).limit_denominator(parts)
    return kept_as_units(part) if abs(part - Fraction(typed)) <= Fraction(1, 2000) else typed


def kept_as_units(units: Fraction) -> Decimal:
    """Return order units as they are kept, in millionths, halves up."""
    return _kept(units, UNIT_PLACES)


def kept_as_ratio(ratio: Fraction) -> Decimal:
    """Return units of a price in an order unit as they are kept, in billionths, halves up."""
    return _kept(ratio, RATIO_PLACES)


def amount_cents(
    price: Decimal, units: Decimal | Fraction, per_unit: Decimal | Fraction
) -> Fraction:
    """Return the exact cents of order units at a quoted price.

    Args:
        price: Euros for one of the basis.
        units: Order units.
        per_unit: Units of the basis in an order unit (``basis_units``).
    """
    return Fraction(price) * CENTS * exact(units) * Fraction(per_unit)


def rounded(cents: Fraction) -> Money:
    """Return exact cents as money, halves away from zero: the only rounding of an amount."""
    sign = -1 if cents < 0 else 1
    size = abs(cents)
    return Money(sign * ((2 * size.numerator + size.denominator) // (2 * size.denominator)))


def is_allowed(article: Article, units: Decimal | Fraction) -> bool:
    """Tell whether a supplier takes so many order units: its fraction, its least, its step."""
    wanted, least = Fraction(units), Fraction(article.least or 0)
    if not wanted:
        return True
    if wanted < least or wanted < 0 or (wanted * article.fraction).denominator != 1:
        return False
    return not article.step or ((wanted - least) / Fraction(article.step)).denominator == 1


def units_for(article: Article, units: Fraction) -> Fraction:
    """Return the least order units a supplier takes that are no fewer than wanted."""
    if units <= 0:
        return Fraction(0)
    least = Fraction(article.least or 0)
    grain = Fraction(1, article.fraction)
    if article.step:
        over = max(Fraction(0), units - least)
        return least + ceil(over / Fraction(article.step)) * Fraction(article.step)
    return max(least, ceil(units / grain) * grain)


def _kept(value: Fraction, places: int) -> Decimal:
    scaled = 2 * value * 10**places
    return Decimal((scaled.numerator + scaled.denominator) // (2 * scaled.denominator)).scaleb(
        -places
    )
