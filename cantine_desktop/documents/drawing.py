"""Strokes and single lines of words, drawn straight on the page."""

from collections.abc import Iterable

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from cantine_desktop.documents.fonts import fit, text_width

Segment = tuple[float, float, float, float]
"""Both ends of a rule: x, y, x, y, in points."""


def rules(canvas: Canvas, segments: Iterable[Segment], colour: Color, width: float) -> None:
    """Draw straight rules in one stroke."""
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(width)
    canvas.lines(list(segments))  # pyright: ignore[reportUnknownMemberType]


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
