"""What price lists write of a packing: « colis 6x250g », « sac 25 kg », « 66 pièces »."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NoReturn

from cantine_desktop.exchange.cells import CellError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.articles.model import ContentUnit

LONGEST = 80
MOST_LEVELS = 4
MOST_CONTENT = Decimal(100_000_000)
"""Grams, millilitres or pieces: a hundred tonnes is a slip of the keyboard."""

OUTER, INNER, LOOSE = "colis", "unité", "vrac"

_UNITS = {
    **dict.fromkeys(("g", "gr", "grs", "gramme", "grammes"), (ContentUnit.GRAM, 1)),
    **dict.fromkeys(("kg", "kgs", "kilo", "kilos", "kilogramme"), (ContentUnit.GRAM, 1000)),
    **dict.fromkeys(("ml",), (ContentUnit.MILLILITRE, 1)),
    **dict.fromkeys(("cl",), (ContentUnit.MILLILITRE, 10)),
    **dict.fromkeys(("dl",), (ContentUnit.MILLILITRE, 100)),
    **dict.fromkeys(("l", "lt", "litre", "litres"), (ContentUnit.MILLILITRE, 1000)),
    **dict.fromkeys(
        (
            *("p", "pc", "pce", "pces", "pcs", "pièce", "pièces", "piece", "pieces"),
            *("u", "unité", "unités", "unite", "unites"),
        ),
        (ContentUnit.PIECE, 1),
    ),
}
_HOLDERS = frozenset([
    "barquette",
    "bidon",
    "bocal",
    "boite",
    "boîte",
    "botte",
    "bouteille",
    "brique",
    "cageot",
    "cagette",
    "caisse",
    "carton",
    "colis",
    "étui",
    "filet",
    "fût",
    "lot",
    "pack",
    "palette",
    "panier",
    "paquet",
    "plateau",
    "poche",
    "pot",
    "sac",
    "sachet",
    "seau",
])
_AS_IS = frozenset(("colis", *_UNITS))
_LINKS = frozenset(("de", "d", "par", "le", "la", "l’unité", "les", "du", "un", "une"))
_ABOUT = frozenset(("env", "environ", "~", "ca"))
_TOKEN = re.compile(r"\s*(?:([0-9]+(?:[.,][0-9]+)?)|([×*x])(?![a-zà-ÿœ])|([a-zà-ÿœ]+|~)[.’']?)\s*")


@dataclass(frozen=True)
class PacksRead:
    """A packing as a price list writes it.

    Attributes:
        packs: Name and count of each level, from the order unit inwards.
        unit: What the innermost one is counted in.
        about: It says « environ »: each weighs what it weighs.
    """

    packs: tuple[tuple[str, Decimal], ...]
    unit: ContentUnit
    about: bool = False


@dataclass
class _Reading:
    levels: list[tuple[str, Decimal]] = field(default_factory=list[tuple[str, Decimal]])
    name: str = ""
    number: Decimal | None = None
    unit: ContentUnit | None = None
    about: bool = False


def read_packs(text: str) -> PacksRead:
    """Return the packing that a text tells.

    Raises:
        CellError: It is not understood, or does not say how much is in it.
    """
    reading = _Reading()
    for number, word in _tokens(text):
        if reading.unit is not None:
            _refuse(text)
        if number:
            _take_number(reading, Decimal(number.replace(",", ".")), text)
        else:
            _take_word(reading, word)
    return _finished(reading, text)


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """Split a text into numbers and words; « x » stands between two numbers only.

    Raises:
        CellError: Something else stands in it.
    """
    plain = " ".join(text.lower().split())
    if len(plain) > LONGEST:
        _refuse(text)
    place, times, last = 0, False, ""
    while place < len(plain):
        found = _TOKEN.match(plain, place)
        if found is None:
            _refuse(text)
        number, sign, word = found.groups(default="")
        is_lone_sign = sign and (times or not last)
        if is_lone_sign or (number and last and not times):
            _refuse(text)
        if not sign:
            yield number, word
        times, last, place = bool(sign), number or (last if sign else ""), found.end()
    if times:
        _refuse(text)


def _take_number(reading: _Reading, number: Decimal, text: str) -> None:
    if number <= 0:
        _refuse(text)
    _close_level(reading)
    reading.number = number


def _take_word(reading: _Reading, word: str) -> None:
    if word in _ABOUT:
        reading.about = True
    elif word in _LINKS:
        return
    elif word in _UNITS and reading.number is not None:
        reading.unit, factor = _UNITS[word]
        reading.number *= factor
        _close_level(reading)
    else:
        _close_level(reading)
        single = word if word in _AS_IS else word.removesuffix("s")
        reading.name = f"{reading.name} {single}".strip()


def _close_level(reading: _Reading) -> None:
    """Write the level whose number was read: what it is called came before."""
    if reading.number is not None:
        default = INNER if reading.levels else OUTER
        reading.levels.append((reading.name or default, reading.number))
        reading.name, reading.number = "", None


def _finished(reading: _Reading, text: str) -> PacksRead:
    unit, is_counted = reading.unit, reading.number is not None
    if not (reading.levels or is_counted) and reading.name in _UNITS:
        unit, factor = _UNITS[reading.name]
        name = "pièce" if unit is ContentUnit.PIECE else LOOSE
        reading.levels.append((name, Decimal(factor)))
    if unit is None and reading.levels and reading.name and not is_counted:
        if reading.name.split()[0] in _HOLDERS:
            raise CellError(
                tr("« {text} » ne dit pas ce que contient « {pack} » ; écrivez 6x250g").format(
                    text=text, pack=reading.name
                )
            )
        unit = ContentUnit.PIECE
    if unit is None or len(reading.levels) > MOST_LEVELS:
        _refuse(text)
    _refuse_absurd(reading.levels, unit, text)
    return PacksRead(tuple(reading.levels), unit, reading.about)


def _refuse_absurd(levels: list[tuple[str, Decimal]], unit: ContentUnit, text: str) -> None:
    total = Decimal(1)
    for _name, count in levels:
        total *= count
        if count != count.quantize(Decimal("0.001")):
            _refuse(text)
    if total > MOST_CONTENT or (unit is ContentUnit.PIECE and total != int(total)):
        _refuse(text)


def _refuse(text: str) -> NoReturn:
    shown = " ".join(text.split())[:40]
    raise CellError(
        tr(
            "le conditionnement « {text} » n’est pas compris ;"
            " écrivez « colis 6x250g », « sac 25 kg » ou « 66 pièces »"
        ).format(text=shown)
    )
