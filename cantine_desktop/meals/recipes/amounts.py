"""Quantities written for a kitchen: « 2,4 kg », « 35 cl », « 18 pièces »."""

from decimal import Decimal
from fractions import Fraction
from math import ceil

from cantine_desktop.i18n import mark, number, round_half_up, tr, trn
from cantine_desktop.meals.recipes.model import Unit
from cantine_desktop.supply.products.model import Dimension, Product
from cantine_desktop.values.text import NBSP

UNITS = {
    Unit.GRAM: mark("g"),
    Unit.KILOGRAM: mark("kg"),
    Unit.MILLILITRE: mark("ml"),
    Unit.CENTILITRE: mark("cl"),
    Unit.LITRE: mark("l"),
    Unit.PIECE: mark("pièce"),
    Unit.PORTION: mark("portion"),
}
LARGE = 1000
"""Grams or millilitres from which kilograms and litres are read more easily."""
SMALL = 10


def amount_words(product: Product, canonical: Fraction) -> str:
    """Return a quantity in the canonical unit of a product as a cook reads it.

    Kilograms and litres to ten grams, grams to the gram, pieces to the next whole one.
    """
    if product.dimension is Dimension.PIECE:
        count = ceil(canonical)
        return trn("{n} pièce", "{n} pièces", count).format(n=number(Decimal(count)))
    small, large = ("g", "kg") if product.dimension is Dimension.MASS else ("ml", "l")
    if canonical >= LARGE:
        return f"{exact(canonical / LARGE, 2)}{NBSP}{tr(large)}"
    return f"{exact(canonical, 0 if canonical >= SMALL else 1)}{NBSP}{tr(small)}"


def exact(value: Fraction, places: int) -> str:
    """Return a fraction with so many decimals at most, none that say nothing."""
    scaled = round_half_up(Decimal(value.numerator) / value.denominator, places)
    shown = scaled.normalize()
    return number(shown.quantize(Decimal(1)) if shown == shown.to_integral_value() else shown)
