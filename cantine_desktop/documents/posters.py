"""Posters: one whole page read from three steps away, as good in black and white."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import IO, NamedTuple

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable
from typing_extensions import override

from cantine_desktop.documents.drawing import greys, hatches, write
from cantine_desktop.documents.fonts import BOLD, REGULAR, SEMIBOLD, printable, text_width, wrap
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.styles import INK, MUTED, lead

MARGIN = 17 * mm
FOOT = 13 * mm
"""Height of the small line at the foot: above what most printers leave white."""
DEEP = HexColor(0x0F6B5C)
"""The green of the house, a dark grey on a black printer."""
PALE = HexColor(0xD5EBE5)
WARM = HexColor(0xB3472A)
WHITE = HexColor(0xFFFFFF)

Draw = Callable[[Canvas, tuple[float, float]], None]
"""Draw a page: the canvas, and width and height of the paper in points."""


class Fill(NamedTuple):
    """How a part of a bar is filled, told apart without colour too.

    Attributes:
        ground: Colour of the whole part.
        ink: Colour of the words on it.
        gap: Points between hatches; 0 for none.
    """

    ground: Color
    ink: Color
    gap: float = 0


FILLS = (Fill(DEEP, WHITE), Fill(PALE, INK), Fill(WHITE, INK, 7), Fill(HexColor(0xE9C9A8), INK))
"""Fills of the parts of a bar, in order."""


class Part(NamedTuple):
    """A part of a bar.

    Attributes:
        size: What it counts for; only drawn.
        words: Written inside where they fit.
        fill: How it is filled.
    """

    size: float
    words: str
    fill: Fill


class Poster(Flowable):
    """A whole page drawn by a function."""

    def __init__(self, size: tuple[float, float], draw: Draw) -> None:
        super().__init__()
        self._size = size
        self._draw = draw

    @override
    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        self.width, self.height = self._size
        return self._size

    def draw(self) -> None:
        """Draw the page."""
        self._draw(self.canv, self._size)


def write_poster(target: IO[bytes], canteen: str, title: str, now: datetime, draw: Draw) -> None:
    """Write a poster on one A4 page; larger paper takes it larger.

    Args:
        target: Where the PDF goes.
        canteen: Name of the canteen.
        title: Title of the file, translated.
        now: Present instant.
        draw: Draws the page.
    """
    frame = PageFrame(canteen, title, "", now, bare=True)
    write_document(target, frame, [Poster(frame.page_size, draw)])


def say(
    canvas: Canvas,
    text: str,
    face: str,
    size: float,
    place: tuple[float, float, float],
    *,
    colour: Color = INK,
    centred: bool = False,
) -> float:
    """Write words on as many lines as they need; return the height under the last one.

    Args:
        canvas: Where to write.
        text: Plain words.
        face: One of ``fonts.FACES``.
        size: Height of the type, in points.
        place: Left, top and room, in points.
        colour: Ink.
        centred: In the middle of the room.
    """
    left, top, room = place
    canvas.setFillColor(colour)
    leading = 1.22 * size
    level = top - 0.95 * size
    for line in wrap(text, face, size, room):
        canvas.setFont(face, size)
        aside = (room - text_width(line, face, size)) / 2 if centred else 0
        canvas.drawString(left + aside, level, line)
        level -= leading
    return level + leading - 0.27 * size


def say_large(
    canvas: Canvas,
    text: str,
    size: float,
    place: tuple[float, float, float],
    *,
    colour: Color = INK,
    centred: bool = True,
) -> float:
    """Write one bold line as large as its room lets it; return the height under it."""
    left, top, room = place
    line = printable(text)
    fitted = min(size, size * room / max(text_width(line, BOLD, size), 1))
    canvas.setFillColor(colour)
    canvas.setFont(BOLD, fitted)
    aside = (room - text_width(line, BOLD, fitted)) / 2 if centred else 0
    canvas.drawString(left + aside, top - 0.8 * fitted, line)
    return top - 1.02 * fitted


def bar(
    canvas: Canvas, parts: Sequence[Part], box: tuple[float, float, float, float], size: float
) -> list[tuple[float, float]]:
    """Draw a bar of parts side by side, and return left and width of each.

    Args:
        canvas: Where to draw.
        parts: From left to right.
        box: Left, low, width and height, in points.
        size: Height of the words inside; they are left out where they do not fit.
    """
    left, low, width, height = box
    whole = sum(part.size for part in parts) or 1.0
    places: list[tuple[float, float]] = []
    for part in parts:
        wide = width * part.size / whole
        greys(canvas, [(left, low, wide, height)], part.fill.ground)
        if part.fill.gap:
            hatches(canvas, [(left, low, wide, height)], MUTED, part.fill.gap)
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(1.6)
        canvas.rect(left, low, wide, height)
        _inside(canvas, part, (left, low, wide, height), size)
        places.append((left, wide))
        left += wide
    return places


def _inside(
    canvas: Canvas, part: Part, box: tuple[float, float, float, float], size: float
) -> None:
    left, low, wide, height = box
    length = text_width(part.words, BOLD, size)
    if not part.words or length > wide - 6:
        return
    if part.fill.gap:
        ground = (left + (wide - length) / 2 - 4, low + (height - 1.1 * size) / 2)
        greys(canvas, [(*ground, length + 8, 1.1 * size)], part.fill.ground)
    canvas.setFillColor(part.fill.ink)
    canvas.setFont(BOLD, size)
    canvas.drawString(left + (wide - length) / 2, low + (height - 0.7 * size) / 2, part.words)


def foot(canvas: Canvas, canteen: str, words: str, width: float) -> None:
    """Write the name of the canteen and where figures come from, at the foot of the page."""
    room = width - 2 * MARGIN
    canvas.setFillColor(INK)
    write(canvas, canteen, SEMIBOLD, 14, (MARGIN, FOOT + 14, room))
    canvas.setFillColor(MUTED)
    write(canvas, words, REGULAR, 11, (MARGIN, FOOT, room))


def write_nothing(
    target: IO[bytes], canteen: str, title: str, sentence: str, now: datetime
) -> None:
    """Write a page that says why there is nothing to post yet, and what to do."""
    write_document(target, PageFrame(canteen, title, "", now), [lead(sentence)])
