"""Six drawings of the rules of the kitchen, in strokes that any printer gives back.

Each is drawn in a square of 100 by 100 units, black on white, with strokes of 4 units.
"""

from collections.abc import Callable
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from cantine_desktop.documents.fonts import BOLD
from cantine_desktop.documents.styles import INK

SIDE = 100.0
"""Units of a drawing, both ways."""

STROKE = 4.0

Draw = Callable[[Canvas], None]
Point = tuple[float, float]
Curve = tuple[float, float, float, float, float, float]


def draw(canvas: Canvas, drawing: Draw, left: float, low: float, side: float) -> None:
    """Draw a pictogram in a square of the page, in a ring.

    Args:
        canvas: The page.
        drawing: One of this file.
        left: Left edge of the square, in points.
        low: Lower edge, in points.
        side: Side, in points.
    """
    canvas.saveState()
    canvas.translate(left, low)
    canvas.scale(side / SIDE, side / SIDE)
    canvas.setStrokeColor(INK)
    canvas.setFillColor(INK)
    canvas.setLineWidth(STROKE)
    canvas.setLineCap(1)  # pyright: ignore[reportUnknownMemberType]
    canvas.setLineJoin(1)  # pyright: ignore[reportUnknownMemberType]
    canvas.roundRect(2, 2, 96, 96, 16, stroke=1, fill=0)
    drawing(canvas)
    canvas.restoreState()


def hands(canvas: Canvas) -> None:
    """Draw a tap, drops, and two hands under them."""
    _line(canvas, (18, 84), (52, 84), (60, 76), (60, 68))
    _line(canvas, (18, 74), (46, 74), (50, 70), (50, 68))
    _line(canvas, (32, 84), (32, 92))
    _line(canvas, (24, 92), (40, 92))
    for x, y in ((55, 58), (49, 50), (60, 50)):
        _drop(canvas, x, y)
    # Two cupped hands: palms meet, fingers to the right.
    _path(
        canvas,
        (16, 34),
        (30, 42, 44, 36, 54, 40),
        (62, 43, 74, 40, 82, 40),
        (88, 40, 88, 32, 82, 32),
        (64, 32),
    )
    _path(canvas, (16, 18), (34, 12, 52, 14, 66, 18), (78, 21, 88, 26, 84, 31))
    _line(canvas, (16, 12), (16, 40))


def ill(canvas: Canvas) -> None:
    """Draw a poorly face with a thermometer."""
    canvas.circle(46, 48, 30)
    for x in (34, 56):
        _line(canvas, (x - 5, 58), (x + 5, 58))
    _path(canvas, (33, 33), (38, 42, 48, 42, 52, 34))
    # The thermometer leaves the mouth.
    canvas.setLineWidth(7)
    _line(canvas, (50, 36), (86, 24))
    canvas.setLineWidth(STROKE)
    _drop(canvas, 72, 64)
    _line(canvas, (30, 68), (38, 66))
    _line(canvas, (62, 68), (54, 66))


def clothes(canvas: Canvas) -> None:
    """Draw a covered head and an apron."""
    _path(
        canvas,
        (34, 68),
        (34, 74),
        (20, 76, 24, 92, 38, 88),
        (42, 97, 58, 97, 62, 88),
        (76, 92, 80, 76, 66, 74),
        (66, 68),
        closed=True,
    )
    _path(canvas, (36, 68), (36, 50, 64, 50, 64, 68))
    _line(canvas, (40, 50), (36, 38), (30, 34), (28, 10), (72, 10), (70, 34), (64, 38), (60, 50))
    _line(canvas, (36, 38), (64, 38))
    _line(canvas, (30, 34), (16, 28))
    _line(canvas, (70, 34), (84, 28))
    canvas.rect(40, 17, 20, 11)


def boards(canvas: Canvas) -> None:
    """Draw two boards apart: a raw fish on one, a steaming bowl on the other."""
    canvas.roundRect(8, 18, 38, 26, 4)
    canvas.roundRect(54, 18, 38, 26, 4)
    canvas.setDash(5, 6)
    _line(canvas, (50, 10), (50, 90))
    canvas.setDash()
    # A fish.
    _path(canvas, (12, 60), (18, 72, 32, 72, 38, 60), (32, 48, 18, 48, 12, 60))
    _line(canvas, (38, 60), (45, 67), (45, 53), (38, 60))
    canvas.circle(19, 62, 1.8, stroke=0, fill=1)
    # A bowl and its steam.
    _path(canvas, (58, 62), (58, 46, 88, 46, 88, 62), closed=True)
    for x in (66, 74, 82):
        _wave(canvas, x, 68)


def allergens(canvas: Canvas) -> None:
    """Draw an ear of wheat, a nut, and a question mark between them."""
    _line(canvas, (26, 14), (26, 84))
    for y in (38, 52, 66, 80):
        _grain(canvas, 26, y, 1)
        _grain(canvas, 26, y, -1)
    canvas.setFont(BOLD, 46)
    canvas.drawCentredString(71, 50, "?")
    _path(canvas, (54, 28), (56, 42, 86, 42, 88, 28), (86, 8, 56, 8, 54, 28))
    _line(canvas, (54, 28), (88, 28))


def spoon(canvas: Canvas) -> None:
    """Draw a spoon over a pot, to be used once."""
    canvas.roundRect(18, 12, 56, 34, 6)
    _line(canvas, (10, 40), (18, 40))
    _line(canvas, (74, 40), (82, 40))
    canvas.saveState()
    canvas.translate(58, 58)
    canvas.rotate(-40)
    canvas.ellipse(-9, -12, 9, 12)
    _line(canvas, (0, 12), (0, 36))
    canvas.restoreState()
    canvas.setFont(BOLD, 26)
    canvas.drawCentredString(30, 62, "1 x")


DRAWINGS: tuple[Draw, ...] = (hands, ill, clothes, boards, allergens, spoon)
"""In the order of the poster."""


def _path(
    canvas: Canvas, start: Point, *steps: Point | Curve, closed: bool = False, filled: bool = False
) -> None:
    """Draw straight lines to points, and curves by two handles and an end."""
    path: Any = canvas.beginPath()
    path.moveTo(*start)
    for step in steps:
        (path.lineTo if len(step) == 2 else path.curveTo)(*step)
    if closed:
        path.close()
    canvas.drawPath(path, stroke=not filled, fill=filled)  # pyright: ignore[reportUnknownMemberType]


def _line(canvas: Canvas, start: Point, *points: Point) -> None:
    _path(canvas, start, *points)


def _drop(canvas: Canvas, x: float, y: float) -> None:
    _path(
        canvas,
        (x, y + 7),
        (x + 5, y, x + 4, y - 4, x, y - 4),
        (x - 4, y - 4, x - 5, y, x, y + 7),
        filled=True,
    )


def _wave(canvas: Canvas, x: float, y: float) -> None:
    _path(canvas, (x, y), (x - 5, y + 5, x + 5, y + 9, x, y + 14))


def _grain(canvas: Canvas, x: float, y: float, side: int) -> None:
    _path(
        canvas,
        (x, y - 8),
        (x + side * 4, y - 4, x + side * 14, y - 2, x + side * 14, y + 8),
        (x + side * 6, y + 8, x, y + 2, x, y - 8),
    )
