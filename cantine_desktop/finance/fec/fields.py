"""The eighteen fields of a FEC, and how each value is written in one.

VII-1° tells the fields, VI-1° the separators, IX the name of the file, XII the characters,
amounts and days. Source: LPF-A47.
"""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from cantine_desktop.i18n import mark


class Kind:
    """What a field holds, in the words of the norm."""

    TEXT = mark("alphanumérique")
    DAY = mark("date")
    AMOUNT = mark("numérique")


class Field(NamedTuple):
    """A field of the file.

    Attributes:
        name: As the norm writes it.
        kind: What it holds, marked.
        is_required: Never blank.
        meaning: What it says, marked; for the description that goes with the file.
    """

    name: str
    kind: str
    is_required: bool
    meaning: str


FIELDS = (
    Field("JournalCode", Kind.TEXT, True, mark("Code du journal de l’écriture.")),
    Field("JournalLib", Kind.TEXT, True, mark("Libellé de ce journal.")),
    Field(
        "EcritureNum",
        Kind.TEXT,
        True,
        mark("Numéro de l’écriture : code du journal, tiret, suite continue propre au journal."),
    ),
    Field("EcritureDate", Kind.DAY, True, mark("Date de comptabilisation de l’écriture.")),
    Field("CompteNum", Kind.TEXT, True, mark("Numéro du compte, sur six chiffres au moins.")),
    Field("CompteLib", Kind.TEXT, True, mark("Libellé du compte.")),
    Field("CompAuxNum", Kind.TEXT, False, mark("Code du tiers ; à blanc si le compte n’en a pas.")),
    Field("CompAuxLib", Kind.TEXT, False, mark("Nom du tiers ; à blanc si le compte n’en a pas.")),
    Field("PieceRef", Kind.TEXT, True, mark("Référence de la pièce justificative.")),
    Field("PieceDate", Kind.DAY, True, mark("Date de la pièce justificative.")),
    Field("EcritureLib", Kind.TEXT, True, mark("Libellé de la ligne ou de l’écriture.")),
    Field("Debit", Kind.AMOUNT, True, mark("Montant au débit, en euros ; 0,00 au crédit.")),
    Field("Credit", Kind.AMOUNT, True, mark("Montant au crédit, en euros ; 0,00 au débit.")),
    Field(
        "EcritureLet",
        Kind.TEXT,
        False,
        mark("Code de lettrage, unique dans son compte ; à blanc si la ligne n’est pas lettrée."),
    ),
    Field("DateLet", Kind.DAY, False, mark("Date du lettrage ; à blanc sans lettrage.")),
    Field("ValidDate", Kind.DAY, True, mark("Date de validation définitive de l’écriture.")),
    Field("Montantdevise", Kind.AMOUNT, False, mark("À blanc : tout est tenu en euros.")),
    Field("Idevise", Kind.TEXT, False, mark("À blanc : tout est tenu en euros.")),
)
NAMES = tuple(field.name for field in FIELDS)
WIDTH = len(FIELDS)
HEADER = "\t".join(NAMES) + "\r\n"
ENCODING = "iso8859-15"

CASH_BASIS = ("DateRglt", "ModeRglt", "NatOp", "IdClient")
"""Fields that cash accounting adds after the eighteen (LPF art. A.47 A-1, VIII)."""

FILE_NAME = re.compile(r"\d{9}FEC\d{8}(_\d+)?\.txt")

_WRITTEN = {
    **dict.fromkeys('"\u2018\u2019\u201a\u201b\u2032\u2033\u201c\u201d\u201e', "'"),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2022", "-"),
    **dict.fromkeys("|\u00a6\u00ad", " "),
    **dict(zip("\u0141\u0142\u0110\u0111\u0126\u0127\u0131", "LlDdHhi", strict=True)),
    "\u2026": "...",
    "\u2044": "/",
    "\u2192": "->",
    "\u2190": "<-",
    "\u2264": "<=",
    "\u2265": ">=",
}
"""What stands for a character that the file cannot hold, or should not."""

_USUAL = (
    ("\u2019", "'"),
    ("\u00a0", " "),
    ("\u202f", " "),
    ("\u2013", "-"),
    ("\u2026", "..."),
    ('"', "'"),
)
"""Signs met so often that whole lines are freed of them at once."""

_UNSAFE = re.compile(
    r"[^ !#-{}~\u00a1-\u00a3\u00a5\u00a7\u00a9-\u00ac\u00ae-\u00b3\u00b5-\u00b7\u00b9-\u00bb"
    r"\u00bf-\u00ff\u20ac\u0152\u0153\u0160\u0161\u017d\u017e\u0178]"
)
"""Anything but a printed character of ISO 8859-15 that is no separator and no quotation mark."""

_SAFE = bytes(
    code
    for code in range(256)
    if code in b"\t\r\n" or (chr(code) != "\u00a0" and not _UNSAFE.match(chr(code)))
)
"""The same characters as bytes, where both alphabets write them alike, and separators."""

_SEPARATED = re.compile(_UNSAFE.pattern.replace("[^ ", r"[^\t\r\n ", 1))
"""The same in lines of fields."""


def plain(text: str) -> str:
    """Return a text that a field may hold: ISO 8859-15, on one line, without a separator.

    Typographic signs become those of a keyboard, accents that the alphabet lacks fall off
    their letters, what remains (drawings, other scripts) is left out.
    """
    if _UNSAFE.search(text) is not None:
        text = _UNSAFE.sub(_spelled, text)
    return text.strip()


def lines_as_bytes(text: str) -> bytes | None:
    """Return lines of fields as the file holds them, or ``None`` when that asks for more care.

    Only signs that a keyboard has another for are replaced here, which blanks no field.
    """
    for sign, other in _USUAL:
        if sign in text:
            text = text.replace(sign, other)
    try:
        # Latin-1 and ISO 8859-15 differ by eight signs, and the first is written ten times as fast.
        content = text.encode("latin-1")
    except UnicodeEncodeError:
        return None if _SEPARATED.search(text) else text.encode(ENCODING)
    return None if content.translate(None, _SAFE) else content


def _spelled(found: re.Match[str]) -> str:
    return _stand_in(found[0])


@lru_cache(maxsize=4096)
def _stand_in(character: str) -> str:
    if character in _WRITTEN:
        return _WRITTEN[character]
    if character.isspace() or ord(character) < 32 or 127 <= ord(character) < 160:
        return " "
    import unicodedata  # noqa: PLC0415  -- most files hold nothing that asks for it

    letters = (_WRITTEN.get(c, c) for c in unicodedata.normalize("NFKD", character))
    return "".join(c for c in letters if c and _UNSAFE.search(c) is None)


def amount(cents: int) -> str:
    """Write an amount: ``1234,50``, ``0,00``, ``-3,05``."""
    euros, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{euros},{rest:02d}"


def day(value: date | None) -> str:
    """Write a day: ``20261231``; nothing for ``None``."""
    return "" if value is None else f"{value:%Y%m%d}"


def account_number(number: str) -> str:
    """Write an account on six digits at least: ``512`` becomes ``512000``."""
    return number.ljust(6, "0")


def entry_number(code: str, number: int) -> str:
    """Write the number of an entry, unique in the file: ``BQ1-00042``."""
    return f"{plain(code)}-{number:05d}"


def file_name(siren: str, closing: date) -> str:
    """Return the name of the file (IX): ``123456782FEC20261231.txt``."""
    return f"{siren}FEC{day(closing)}.txt"


def provisional_name(siren: str, closing: date) -> str:
    """Return the name of a file that is not one yet: drafts wait for validation."""
    return f"{siren}_ecritures_provisoires_{day(closing)}.txt"


def is_siren(text: str) -> bool:
    """Tell whether a text is a number of nine digits whose key is right (Luhn)."""
    if len(text) != 9 or not (text.isascii() and text.isdigit()) or text == "000000000":
        return False
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(text)]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
