"""The typeface of every printed page, the room its words take, and what it cannot write."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

import resources

REGULAR = "SourceSans3-Regular"
SEMIBOLD = "SourceSans3-SemiBold"
BOLD = "SourceSans3-Bold"
ITALIC = "SourceSans3-Italic"

FACES = (REGULAR, SEMIBOLD, BOLD, ITALIC)

PLACEHOLDER = "□"
"""Stands for a character the typeface does not have, so that the reader sees one is missing."""

ELLIPSIS = "…"

_BREAKS = re.compile(r"(?<= )(?=[^ ])|(?<=[^\W\d][-/])(?=[^\W\d])")
"""Where a line may end: after a space, after a hyphen or slash between letters."""

_SILENT = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f") | {
    chr(code)
    for span in ((0x202A, 0x202F), (0x2066, 0x206A), (0xFE00, 0xFE10))
    for code in range(*span)
}
"""Joiners, direction marks and variation selectors: they steer a shaper and are not seen."""


@cache
def register() -> None:
    """Give ReportLab the four faces, once for the process."""
    for face in FACES:
        with resources.path(f"fonts/{face}.ttf") as file:
            font = TTFont(face, str(file))
        pdfmetrics.registerFont(font)  # pyright: ignore[reportUnknownMemberType]


@cache
def _advances(face: str) -> dict[str, int]:
    """Return the advance of every character of a face, in thousandths of its size."""
    register()
    font: Any = pdfmetrics.getFont(face)  # pyright: ignore[reportUnknownMemberType]
    widths: dict[int, int] = font.face.charWidths
    return {chr(code): width for code, width in widths.items()}


@lru_cache(maxsize=16384)
def printable(text: str) -> str:
    """Return a text the typeface can write, with ``□`` for what it cannot.

    Accents typed apart from their letter are joined to it, line ends are kept, tabs
    become spaces, and invisible marks are dropped.
    """
    if text.isascii() and text.isprintable():
        return text
    known = _advances(REGULAR)
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " "))
    if all(map(known.__contains__, composed)) and composed.isprintable():
        return composed
    return "".join(_drawn(character, known) for character in composed)


def _drawn(character: str, known: dict[str, int]) -> str:
    if character in _SILENT:
        return ""
    if character == "\n" or (character in known and unicodedata.category(character) != "Cc"):
        return character
    if unicodedata.category(character) in {"Cc", "Mn", "Zl", "Zp"}:
        return " "
    return PLACEHOLDER


@lru_cache(maxsize=16384)
def text_width(text: str, face: str, size: float) -> float:
    """Return the width of one line of printable text, in points."""
    return sum(map(_advances(face).__getitem__, text)) * size / 1000


def wrap(text: str, face: str, size: float, width: float) -> list[str]:
    """Cut a text into lines that fit a width in points; no-break spaces hold.

    A word wider than the line is cut where it stops fitting: nothing is ever lost or
    drawn outside. The result has at least one line.
    """
    lines: list[str] = []
    for line in printable(text).split("\n"):
        if text_width(line, face, size) <= width:
            lines.append(line)
        else:
            lines.extend(_broken(line, face, size, width))
    return lines


def _broken(text: str, face: str, size: float, width: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in _BREAKS.split(text):
        if line and text_width((line + piece).rstrip(" "), face, size) > width:
            lines.append(line.rstrip(" "))
            line = ""
        line += piece
        while text_width(line.rstrip(" "), face, size) > width and len(line) > 1:
            room = _longest_start(line, face, size, width)
            lines.append(line[:room])
            line = line[room:]
    return [*lines, line.rstrip(" ")]


def _longest_start(text: str, face: str, size: float, width: float) -> int:
    """Return how many characters fit a width: one at least, so that cutting ends."""
    advances = _advances(face)
    left = width * 1000 / size
    for count, character in enumerate(text):
        left -= advances[character]
        if left < 0:
            return max(count, 1)
    return len(text)


def fit(text: str, face: str, size: float, width: float, least: float = 7) -> tuple[str, float]:
    """Return one line and the size at which it fits a width, shortened with ``…`` at worst.

    Args:
        text: What to write; line ends become spaces.
        face: One of ``FACES``.
        size: Wanted size, in points.
        width: Room, in points.
        least: Smallest readable size, in points, before words are cut.
    """
    line = printable(text).replace("\n", " ")
    wanted = text_width(line, face, size)
    if wanted <= width:
        return line, size
    size = max(least, size * width / wanted)
    if text_width(line, face, size) > width:
        room = _longest_start(line, face, size, width - text_width(ELLIPSIS, face, size))
        line = line[:room].rstrip() + ELLIPSIS
    return line, size


def clamp(lines: list[str], most: int, face: str, size: float, width: float) -> list[str]:
    """Return at most so many lines, the last one ending in ``…`` when some are left out."""
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    room = _longest_start(last + " ", face, size, width - text_width(ELLIPSIS, face, size))
    return [*lines[: most - 1], last[:room].rstrip() + ELLIPSIS]
