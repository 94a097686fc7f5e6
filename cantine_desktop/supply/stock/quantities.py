"""Quantities of the shelves: kept to the thousandth, written as a kitchen reads them."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from cantine_desktop.i18n import number, round_half_up, tr
from cantine_desktop.supply.products.model import Dimension
from cantine_desktop.values.text import NBSP

THOUSANDTHS = 1000
LARGE = 1000
"""Grams or millilitres from which kilograms and litres are read more easily."""

Amount = Fraction | Decimal | int


def stored(quantity: Amount) -> Decimal:
    """Return a quantity to the thousandth of its unit, halves away from zero: as it is kept."""
    if isinstance(quantity, Decimal):
        return quantity.quantize(Decimal("0.001"), ROUND_HALF_UP)
    scaled = Fraction(quantity) * THOUSANDTHS
    size = abs(scaled)
    whole = (2 * size.numerator + size.denominator) // (2 * size.denominator)
    return Decimal(whole if scaled >= 0 else -whole).scaleb(-3)


def quantity_words(dimension: Dimension, canonical: Amount) -> str:
    """Return a canonical quantity as people read it: « 2,45 kg », « 350 ml », « 18 pièces »."""
    value = stored(canonical)
    if dimension is Dimension.PIECE:
        unit = tr("pièces") if abs(value) >= 2 else tr("pièce")
        return f"{_plain(value, 2)}{NBSP}{unit}"
    small, large = ("g", "kg") if dimension is Dimension.MASS else ("ml", "l")
    if abs(value) >= LARGE:
        return f"{_plain(value / LARGE, 3)}{NBSP}{tr(large)}"
    return f"{_plain(value, 1)}{NBSP}{tr(small)}"


def _plain(value: Decimal, places: int) -> str:
    shown = round_half_up(value, places).normalize()
    return number(shown.quantize(Decimal(1)) if shown == shown.to_integral_value() else shown)
