"""What is written in a cell of a count: « 2c + 3p + 1,2kg », in the unit of its product."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.products.measuring import from_grams, from_millilitres, from_pieces
from cantine_desktop.supply.products.model import Dimension, Product
from cantine_desktop.values.text import fold

LONGEST = 80
MOST = Decimal(1_000_000)
"""Of a term: nobody counts beyond."""

_SPACES = "[ \u00a0\u2007\u2009\u202f]"
_HALVES = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅛": "1/8"}
_GROUPED = re.compile(rf"(?<![\d.,])\d{{1,3}}(?:{_SPACES}\d{{3}})+(?!\d)")
_TWO_WAYS = re.compile(r"[1-9]\d{0,2}\.\d{3}")
"""« 1.500 »: fifteen hundred for some, one and a half for others."""
_TERM = re.compile(
    r"(?:(\d{1,3})\s*[x×*]\s*(?=\d))?"  # « 2 x 5kg »: twice
    r"(?:(\d{1,7}(?:[.,]\d{1,3})?)(?:\s+(?=\d/))?)?(?:(?<!\d)(\d)/(\d))?"
    r"\s*([a-zàâéèêîïôûç]*)\.?",
    re.IGNORECASE,
)
_PACKS = frozenset({
    *("c", "colis", "carton", "caisse", "cagette", "plateau", "sac", "palette", "x"),
})
_PIECES = frozenset({
    *("p", "piece", "paquet", "u", "unite", "boite", "bouteille", "brique", "barquette"),
    *("sachet", "pot", "bocal", "bidon", "seau", "filet", "botte", "conserve", "tube"),
})
"""Words for a pack, and for what is in it, without accents, one of them."""
_GRAMS = {"g": 1, "kg": 1000, "kilo": 1000, "gramme": 1}
_MILLILITRES = {"ml": 1, "cl": 10, "l": 1000, "litre": 1000}


@dataclass(frozen=True)
class Counted:
    """What a canteen counts a product with.

    Attributes:
        product: The product.
        pack: Canonical quantity of a pack (« c »); ``None`` when nobody knows.
        piece: Canonical quantity of what is in a pack (« p »); ``None``: the weight of a piece.
        names: Canonical quantity by the name its articles give a pack: « boite », « filet ».
    """

    product: Product
    pack: Fraction | None = None
    piece: Fraction | None = None
    names: Mapping[str, Fraction] = field(default_factory=dict[str, Fraction])


def read_count(text: str, counted: Counted) -> Fraction:
    """Return what a written count makes in the canonical unit of its product.

    « c » counts packs, « p » what is in them, « kg », « g », « l », « cl », « ml » measure;
    a bare number counts pieces of what is counted in pieces. « 0 » is nothing left.

    Raises:
        UserError: It cannot be read, or a pack or a piece of it has no known content.
    """
    if len(text) > LONGEST:
        raise UserError(tr("Ce comptage est trop long : écrivez « 2c + 3p + 1,2kg »."))
    if not text.strip(" +"):
        raise UserError(tr("Écrivez ce que vous comptez, par exemple « 2c + 3p + 1,2kg »."))
    total = Fraction(0)
    for part in _plain(text).split("+"):
        term = _TERM.fullmatch(part.strip())
        amount = None if term is None else _amount(term)
        if term is None or amount is None:
            raise UserError(
                tr("« {text} » ne se lit pas : écrivez par exemple « 2c + 3p + 1,2kg ».").format(
                    text=part.strip()
                )
            )
        total += _canonical(amount, one_of(term[5]), counted)
    return total


def one_of(word: str) -> str:
    """Return a word of packing without accents nor plural: « boîtes » is « boite »."""
    plain = fold(word)
    if plain in {"colis", "tas"}:
        return plain
    if plain.endswith("eaux"):
        return plain[:-1]
    return plain.removesuffix("s") if len(plain) > 2 else plain


def _plain(text: str) -> str:
    """Return a text whose thousands stand together and whose halves are written out."""
    joined = _GROUPED.sub(lambda found: re.sub(_SPACES, "", found[0]), text)
    for sign, words in _HALVES.items():
        joined = re.sub(rf"(?<=\d)\s*{sign}", f" {words}", joined).replace(sign, words)
    return re.sub(_SPACES, " ", joined)


def _amount(term: re.Match[str]) -> Fraction | None:
    times, whole, above, below = term[1], term[2], term[3], term[4]
    if whole is None and above is None:
        return None
    if below is not None and not int(below):
        return None
    if whole is not None and _TWO_WAYS.fullmatch(whole):
        raise UserError(
            tr("« {text} » se lit de deux façons : écrivez {one} ou {other}.").format(
                text=whole, one=whole.replace(".", ""), other=whole.rstrip("0").replace(".", ",")
            )
        )
    amount = Fraction(Decimal((whole or "0").replace(",", ".")))
    if above is not None and below is not None:
        amount += Fraction(int(above), int(below))
    amount *= int(times or 1)
    if amount > MOST:
        raise UserError(tr("Ce nombre est trop grand pour un comptage : vérifiez-le."))
    return amount


def _canonical(amount: Fraction, unit: str, counted: Counted) -> Fraction:
    product = counted.product
    found: Fraction | None = None
    if unit in _GRAMS:
        found = from_grams(product, amount * _GRAMS[unit])
    elif unit in _MILLILITRES:
        found = from_millilitres(product, amount * _MILLILITRES[unit])
    elif unit in counted.names and unit not in {"c", "p", "x", "u"}:
        found = amount * counted.names[unit]
    elif unit in _PACKS:
        found = None if counted.pack is None else amount * counted.pack
    elif unit in _PIECES or (not unit and product.dimension is Dimension.PIECE):
        found = _pieces(amount, counted, in_pack=bool(unit))
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


def _pieces(amount: Fraction, counted: Counted, *, in_pack: bool) -> Fraction | None:
    if in_pack and counted.piece is not None:
        return amount * counted.piece
    return from_pieces(counted.product, amount)


def _unknown(unit: str, name: str) -> str:
    if unit in _PACKS:
        return tr("« {name} » : on ne sait pas ce que contient un colis, pesez-le.").format(
            name=name
        )
    return tr("« {name} » : son poids ou sa densité manque, comptez dans son unité.").format(
        name=name
    )
