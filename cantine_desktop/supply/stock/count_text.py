"""What is written in a cell of a count: « 2c + 3p + 1,2kg », in the unit of its product."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.products.measuring import from_grams, from_millilitres, from_pieces
from cantine_desktop.supply.products.model import Dimension, Product

LONGEST = 80
MOST = Decimal(1_000_000)
"""Of a term: nobody counts beyond."""

_TERM = re.compile(r"(\d{1,7}(?:[.,]\d{1,3})?)\s*([a-zé]*)", re.IGNORECASE)
_PACKS = {"c", "colis", "carton", "cartons", "caisse", "caisses", "sac", "sacs", "x"}
_PIECES = {"p", "pièce", "pièces", "piece", "pieces", "paquet", "paquets", "u"}
_GRAMS = {"g": 1, "kg": 1000}
_MILLILITRES = {"ml": 1, "cl": 10, "l": 1000}


@dataclass(frozen=True)
class Counted:
    """What a canteen counts a product with.

    Attributes:
        product: The product.
        pack: Canonical quantity of a pack (« c »); ``None`` when nobody knows.
        piece: Canonical quantity of what is in a pack (« p »); ``None``: the weight of a piece.
    """

    product: Product
    pack: Fraction | None = None
    piece: Fraction | None = None


def read_count(text: str, counted: Counted) -> Fraction:
    """Return what a written count makes in the canonical unit of its product.

    « c » counts packs, « p » what is in them, « kg », « g », « l », « cl », « ml » measure;
    a bare number counts pieces of what is counted in pieces. « 0 » is nothing left.

    Raises:
        UserError: It cannot be read, or a pack or a piece of it has no known content.
    """
    if len(text) > LONGEST:
        raise UserError(tr("Ce comptage est trop long : écrivez « 2c + 3p + 1,2kg »."))
    total = Fraction(0)
    for part in text.replace("\u202f", " ").replace("\xa0", " ").split("+"):
        term = _TERM.fullmatch(part.strip())
        if term is None:
            raise UserError(
                tr("« {text} » ne se lit pas : écrivez par exemple « 2c + 3p + 1,2kg ».").format(
                    text=part.strip()
                )
            )
        amount = Decimal(term[1].replace(",", "."))
        total += _canonical(Fraction(amount), term[2].lower(), counted)
    return total


def _canonical(amount: Fraction, unit: str, counted: Counted) -> Fraction:
    product = counted.product
    found: Fraction | None = None
    if unit in _GRAMS:
        found = from_grams(product, amount * _GRAMS[unit])
    elif unit in _MILLILITRES:
        found = from_millilitres(product, amount * _MILLILITRES[unit])
    elif unit in _PACKS:
        found = None if counted.pack is None else amount * counted.pack
    elif unit in _PIECES or (not unit and product.dimension is Dimension.PIECE):
        in_pack = counted.piece if unit else None
        found = from_pieces(product, amount) if in_pack is None else amount * in_pack
    elif not unit and not amount:
        found = Fraction(0)
    elif unit:
        raise UserError(
            tr("« {unit} » n’est pas une unité : c, p, kg, g, l, cl ou ml.").format(unit=unit)
        )
    else:
        raise UserError(tr("Dites l’unité : c (colis), p (pièces), kg, g, l, cl ou ml."))
    if found is None:
        raise UserError(_unknown(unit, product.name))
    return found


def _unknown(unit: str, name: str) -> str:
    if unit in _PACKS:
        return tr("« {name} » : on ne sait pas ce que contient un colis, pesez-le.").format(
            name=name
        )
    return tr("« {name} » : son poids ou sa densité manque, comptez dans son unité.").format(
        name=name
    )
