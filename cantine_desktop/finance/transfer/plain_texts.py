"""Texts as an older program takes them: in its letters, on one line, cut at a byte."""

import unicodedata
from functools import lru_cache

_PLAIN = str.maketrans({
    "’": "'", "\u2018": "'", "\u201a": "'", "\u201b": "'",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "–": "-", "—": "-", "\u2011": "-", "\u2010": "-", "−": "-", "…": "...", "•": "-", "·": ".",
    "€": "EUR", "£": "GBP", "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ø": "o",
    "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D",
    "\u0131": "i", "№": "n°", "°": "o", "\u00d7": "x",
    "½": "1/2", "¼": "1/4", "¾": "3/4", "²": "2", "³": "3", "©": "(c)", "®": "(r)",
})  # fmt: skip
"""What stands for a letter the other program lacks."""


def plain_text(text: str, encoding: str, swaps: tuple[tuple[str, str], ...] = ()) -> str:
    """Return a text on one line, with only the letters of an encoding.

    Accents the encoding lacks are taken off; what nothing stands for (emoji…) is left out.

    Args:
        text: Any text.
        encoding: Of Python: ``"cp850"``.
        swaps: Characters that would be mistaken for a separator, and what replaces them.
    """
    if not (text.isascii() and text.isprintable()):
        text = "".join(_letter(each, encoding) for each in unicodedata.normalize("NFC", text))
    for character, other in swaps:
        text = text.replace(character, other)
    return " ".join(text.split())


@lru_cache(maxsize=4096)
def _letter(character: str, encoding: str) -> str:
    category = unicodedata.category(character)
    if category in {"Cc", "Zs", "Zl", "Zp"}:
        return " "
    if category[0] == "C":
        return ""
    if _fits(character, encoding):
        return character
    simple = character.translate(_PLAIN)
    if simple == character:
        decomposed = unicodedata.normalize("NFKD", character)
        simple = "".join(c for c in decomposed if not unicodedata.combining(c))
    return "".join(c for c in simple if c.isprintable() and _fits(c, encoding))


def _fits(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def cut(text: str, width: int, encoding: str, *, keep: str = "start") -> str:
    """Return as much of a text as a number of bytes holds, no character being torn.

    Args:
        text: Letters of the encoding only.
        width: Bytes; 0 is as many as it takes.
        encoding: Of Python.
        keep: Which end stays: ``"start"`` or ``"end"``.
    """
    encoded = text.encode(encoding)
    if not width or len(encoded) <= width:
        return text
    part = encoded[:width] if keep == "start" else encoded[-width:]
    return part.decode(encoding, errors="ignore").strip()
