"""Quantities of a line as people type them, « 1,5 kg », and names as people write them."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import number, tr
from cantine_desktop.meals.recipes.amounts import SMALL, UNITS, exact
from cantine_desktop.meals.recipes.model import Unit
from cantine_desktop.meals.recipes.writing import read_line
from cantine_desktop.supply.products.keeping import trimmed
from cantine_desktop.values.text import NBSP, fold

NEAR = 70
"""Likeness, of a hundred, from which a name is proposed for another."""
_WORD = "x"


def read_quantity(text: str) -> tuple[Decimal | None, Unit]:
    """Read « 1,5 kg », « 35 cl », « 18 », « 3 pièces »; nothing is « à l’œil ».

    Raises:
        UserError: It is no quantity.
    """
    if not text.strip():
        return None, Unit.GRAM
    written = read_line(f"{text.replace(NBSP, ' ')} {_WORD}")
    if written is None or written.quantity is None or written.words != _WORD:
        raise UserError(
            tr("« {text} » n’est pas une quantité : écrivez 1,5 kg, 35 cl, 18 pièces.").format(
                text=text
            )
        )
    if written.quantity <= 0:
        raise UserError(tr("Une quantité est plus grande que zéro, ou vide pour « à l’œil »."))
    return written.quantity, written.unit


def quantity_words(quantity: Decimal | None, unit: Unit) -> str:
    """Return a quantity as it was written: « 1,5 kg »; empty by eye."""
    if quantity is None:
        return ""
    return f"{number(trimmed(quantity))}{NBSP}{tr(UNITS[unit])}"


def scaled_words(quantity: Decimal | None, unit: Unit, factor: Fraction) -> str:
    """Return a quantity multiplied, in the unit it was written in, or the next larger one."""
    if quantity is None:
        return ""
    many = Fraction(quantity) * factor
    larger = {Unit.GRAM: Unit.KILOGRAM, Unit.MILLILITRE: Unit.LITRE}
    if many >= 1000 and unit in larger:
        return f"{exact(many / 1000, 2)}{NBSP}{tr(UNITS[larger[unit]])}"
    whole = unit in larger and many >= SMALL
    return f"{exact(many, 0 if whole else 1 if unit in larger else 2)}{NBSP}{tr(UNITS[unit])}"


def singular(name: str) -> str:
    """Return a name without plurals, accents and capitals, to compare it."""
    return " ".join(word.rstrip("sx") for word in fold(name).split())


def nearest(name: str, known: Mapping[str, object], most: int = 3) -> tuple[str, ...]:
    """Return the known names most like a name nobody knows, the likeliest first."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415  -- only for names nobody knows

    found = process.extract(
        singular(name),
        {each: singular(each) for each in known},
        scorer=fuzz.WRatio,
        limit=most,
        score_cutoff=NEAR,
    )
    return tuple(each for _folded, _score, each in found)
