"""What the cells of a sheet mean: text, days, numbers, choices.

Each function turns one cell into a value, or raises ``CellError`` with a
sentence for the person who will correct the file.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeVar

from cantine_desktop.i18n import tr
from cantine_desktop.values.text import NBSP, NNBSP, fold

Value = TypeVar("Value")

LONGEST_TEXT = 2000

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?")
_FRENCH = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_GROUPS = re.compile(rf"(?<=\d)[ '’{NBSP}{NNBSP}](?=\d{{3}}(?!\d))")
_NUMBER = re.compile(r"[-+]?\d{1,15}(?:[.,]\d{1,15})?")
_UNSURE = re.compile(r"[-+]?[1-9]\d{0,2}\.\d{3}")
_MANGLED = re.compile(r"[-+]?\d+(?:[.,]\d+)?E[-+]?\d+", re.IGNORECASE)


class CellError(ValueError):
    """A cell that does not mean what its column should; the message says what is expected."""


class Cell(NamedTuple):
    """One cell of a sheet.

    Attributes:
        text: What it holds, without spaces around.
        is_plain: The sheet is written for programs, where ``1.234`` is a bit
            more than one; in a French sheet it could be a thousand.
    """

    text: str
    is_plain: bool = True


Convert = Callable[[Cell], Value]


def to_text(cell: Cell) -> str:
    """Return the text of a cell.

    Raises:
        CellError: It is too long.
    """
    if len(cell.text) > LONGEST_TEXT:
        raise CellError(tr("ce texte est trop long"))
    return cell.text


def to_day(cell: Cell) -> date:
    """Return a civil day written ``2026-11-22`` or ``22/11/2026``.

    Raises:
        CellError: It holds something else.
    """
    iso, french = _ISO.fullmatch(cell.text), _FRENCH.fullmatch(cell.text)
    if iso:
        year, month, day = map(int, iso.groups())
    elif french:
        day, month, year = map(int, french.groups())
    else:
        raise CellError(
            tr("« {text} » n’est pas une date ; écrivez 22/11/2026").format(text=_short(cell.text))
        )
    try:
        return date(year, month, day)
    except ValueError:
        raise CellError(
            tr("le {text} n’existe pas dans le calendrier").format(text=cell.text)
        ) from None


def decimal_with(places: int) -> Convert[Decimal]:
    """Return the reader of numbers that have at most some decimals."""

    def to_decimal(cell: Cell) -> Decimal:
        value = _number(cell)
        if value.as_tuple().exponent < -places:  # type: ignore[operator]
            raise CellError(
                tr("« {text} » a trop de décimales ; {places} au plus").format(
                    text=cell.text, places=places
                )
            )
        return value

    return to_decimal


def to_integer(cell: Cell) -> int:
    """Return a whole number.

    Raises:
        CellError: It holds something else.
    """
    value = _number(cell)
    if value != value.to_integral_value():
        raise CellError(tr("« {text} » n’est pas un nombre entier").format(text=cell.text))
    return int(value)


def one_of(choices: Mapping[str, Value]) -> Convert[Value]:
    """Return the reader of a choice among words, accents and case aside."""
    known = {fold(word): value for word, value in choices.items()}

    def to_choice(cell: Cell) -> Value:
        if fold(cell.text) not in known:
            raise CellError(
                tr("« {text} » n’est pas prévu ; choix possibles : {choices}").format(
                    text=_short(cell.text), choices=", ".join(choices)
                )
            )
        return known[fold(cell.text)]

    return to_choice


def _number(cell: Cell) -> Decimal:
    text = cell.text.removesuffix("€").rstrip(f" {NBSP}{NNBSP}").replace("−", "-")
    if _MANGLED.fullmatch(text):
        raise CellError(
            tr("« {text} » a été abîmé par un tableur ; écrivez tous les chiffres").format(
                text=cell.text
            )
        )
    if not cell.is_plain and _UNSURE.fullmatch(text):
        raise CellError(
            tr("« {text} » peut se lire de deux façons ; écrivez {few} ou {many}").format(
                text=cell.text, few=text.replace(".", ","), many=text.replace(".", "")
            )
        )
    plain = _GROUPS.sub("", text)
    if not _NUMBER.fullmatch(plain):
        raise CellError(tr("« {text} » n’est pas un nombre").format(text=_short(cell.text)))
    return Decimal(plain.replace(",", "."))


def _short(text: str) -> str:
    """Return the beginning of a text, enough to recognise it."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 40 else f"{flat[:40]}…"
