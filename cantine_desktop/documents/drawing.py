"""Strokes and single lines of words, drawn straight on the page."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from reportlab.lib.colors import Color
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from cantine_desktop.documents.fonts import fit, text_width

Segment = tuple[float, float, float, float]
"""Four lengths in points: both ends of a rule, x, y, x, y."""

_PLAIN = re.compile(rb"[ !-'*-\[\]-~]*").fullmatch
"""Code that a PDF string takes as it is: ASCII without parentheses or backslash."""


def rules(canvas: Canvas, segments: Iterable[Segment], colour: Color, width: float) -> None:
    """Draw straight rules in one stroke."""
    parts = [f"{a:.2f} {b:.2f} m {c:.2f} {d:.2f} l" for a, b, c, d in segments]
    if parts:
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(width)
        canvas.addLiteral(" ".join([*parts, "S"]))  # pyright: ignore[reportUnknownMemberType]


def greys(canvas: Canvas, boxes: Iterable[Segment], colour: Color) -> None:
    """Fill boxes, each given by its left, low, width and height, in points."""
    parts = [f"{x:.2f} {y:.2f} {w:.2f} {h:.2f} re" for x, y, w, h in boxes]
    if parts:
        canvas.setFillColor(colour)
        canvas.addLiteral(" ".join([*parts, "f"]))  # pyright: ignore[reportUnknownMemberType]


def hatches(canvas: Canvas, boxes: Iterable[Segment], colour: Color, gap: float) -> None:
    """Hatch boxes, each given by its left, low, width and height, in points.

    Strokes rise to the right, ``gap`` points apart, and stay inside their box.
    """
    strokes: list[Segment] = []
    for left, low, width, height in boxes:
        start = gap - height
        while start < width:
            near, far = max(start, 0.0), min(start + height, width)
            strokes.append((left + near, low + near - start, left + far, low + far - start))
            start += gap
    rules(canvas, strokes, colour, 0.35)


def write(
    canvas: Canvas, text: str, face: str, size: float, place: tuple[float, float, float]
) -> None:
    """Write one line at a place (left, baseline, room), smaller when it is too long."""
    left, baseline, room = place
    words, fitted = fit(text, face, size, room)
    canvas.setFont(face, fitted)
    canvas.drawString(left, baseline, words)


def write_centred(
    canvas: Canvas, text: str, face: str, size: float, place: tuple[float, float, float]
) -> None:
    """Write one line in the middle of a place (left, baseline, room)."""
    left, baseline, room = place
    words, fitted = fit(text, face, size, room, 6)
    canvas.setFont(face, fitted)
    canvas.drawString(left + (room - text_width(words, face, fitted)) / 2, baseline, words)


def write_lines(
    canvas: Canvas, face: str, size: float, lines: Sequence[tuple[float, float, str]]
) -> None:
    """Write many lines of one face as one text object.

    ReportLab encodes and places each line anew, which is most of the cost of a long
    table. Here all are encoded at once and cut again by their lengths.

    Args:
        canvas: Where to write, with the colour in use.
        face: One of ``fonts.FACES``.
        size: Height of the type, in points.
        lines: Left end and baseline in points, and printable words.
    """
    if not lines:
        return
    # ReportLab keeps the subsets of a font by document, and does not say so in its types.
    document: Any = canvas._doc  # type: ignore[attr-defined]  # noqa: SLF001  # pyright: ignore[reportUnknownMemberType]
    font: Any = pdfmetrics.getFont(face)  # pyright: ignore[reportUnknownMemberType]
    chunks = font.splitString("".join(words for _, _, words in lines), document)
    if [subset for subset, _ in chunks] != [0]:
        _write_one_by_one(canvas, face, size, lines)
        return
    code: bytes = chunks[0][1]
    name: str = font.getSubsetInternalName(0, document)
    parts = [f"BT {name} {size} Tf"]
    end = 0
    for left, baseline, words in lines:
        start, end = end, end + len(words)
        piece = code[start:end]
        string = f"({piece.decode()})" if _PLAIN(piece) else f"<{piece.hex()}>"
        parts.append(f"1 0 0 1 {left:.2f} {baseline:.2f} Tm {string} Tj")
    canvas.addLiteral(" ".join([*parts, "ET"]))  # pyright: ignore[reportUnknownMemberType]


def _write_one_by_one(
    canvas: Canvas, face: str, size: float, lines: Sequence[tuple[float, float, str]]
) -> None:
    """Write lines whose characters are too many for one subset of the font."""
    text = canvas.beginText()
    text.setFont(face, size)
    for left, baseline, words in lines:
        text.setTextOrigin(left, baseline)
        text.textLine(words)
    canvas.drawText(text)
