"""Draws a matplotlib figure with ReportLab: vectors, our own typeface, no raster.

Loading this module loads matplotlib; only ``charts`` does, when a chart is drawn.
"""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
# The annotations of both libraries leave part of most drawing calls unsaid.

from typing import Any

from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.transforms import Transform
from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject
from typing_extensions import override

from cantine_desktop.documents.drawing import rules
from cantine_desktop.documents.fonts import ITALIC, REGULAR, SEMIBOLD, printable, text_width

PITCH = 4.0
"""Between two lines or two dots of a pattern, in points."""


def draw_figure(figure: Figure, canvas: Canvas, alternative: str) -> None:
    """Draw a figure made at 72 dots per inch, its lower left at the origin.

    Args:
        figure: What to draw.
        canvas: Where.
        alternative: Sentence marked beside the strokes, for who cannot see them.
    """
    words = alternative.encode("utf-16-be").hex().upper()
    canvas.addLiteral(f"/Figure <</Alt <FEFF{words}>>> BDC")
    figure.draw(_Ink(canvas, *figure.get_size_inches() * 72))
    canvas.addLiteral("EMC")


class _Ink(RendererBase):
    """Turns matplotlib's paths and words into ReportLab's; one unit is one point."""

    def __init__(self, canvas: Canvas, width: float, height: float) -> None:
        super().__init__()
        self._canvas = canvas
        self._size = (width, height)

    @override
    def flipy(self) -> bool:
        return False

    @override
    def get_canvas_width_height(self) -> tuple[float, float]:
        return self._size

    @override
    def points_to_pixels(self, points: Any) -> Any:
        return points

    @override
    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Path,
        transform: Transform,
        rgbFace: Any = None,
    ) -> None:
        canvas = self._canvas
        canvas.saveState()
        self._clip(gc)
        shape = self._shape(path, transform)
        pattern: str = gc.get_hatch() or ""
        filled = rgbFace is not None
        if filled:
            canvas.setFillColor(_ink(rgbFace, gc))
        width = gc.get_linewidth() if _seen(gc) else 0
        if width:
            self._set_pen(gc, width)
        if not pattern:
            canvas.drawPath(shape, stroke=int(width > 0), fill=int(filled))
        else:
            canvas.drawPath(shape, stroke=0, fill=int(filled))
            self._draw_pattern(gc, pattern, path, transform)
            canvas.drawPath(self._shape(path, transform), stroke=int(width > 0), fill=0)
        canvas.restoreState()

    def _clip(self, gc: GraphicsContextBase) -> None:
        box: Any = gc.get_clip_rectangle()
        if box is not None:
            shape = self._canvas.beginPath()
            shape.rect(*box.bounds)
            self._canvas.clipPath(shape, stroke=0, fill=0)
        clip: tuple[Any, Any] = gc.get_clip_path()
        outline, place = clip
        if outline is not None:
            self._canvas.clipPath(self._shape(outline, place), stroke=0, fill=0)

    def _set_pen(self, gc: GraphicsContextBase, width: float) -> None:
        canvas = self._canvas
        canvas.setStrokeColor(_ink(gc.get_rgb(), gc))
        canvas.setLineWidth(width)
        canvas.setLineCap({"butt": 0, "round": 1, "projecting": 2}[gc.get_capstyle()])
        canvas.setLineJoin({"miter": 0, "round": 1, "bevel": 2}[gc.get_joinstyle()])
        pen: tuple[float, Any] = gc.get_dashes()
        if pen[1] is not None:
            canvas.setDash(list(pen[1]), pen[0])

    def _draw_pattern(
        self, gc: GraphicsContextBase, pattern: str, path: Path, transform: Transform
    ) -> None:
        """Fill a shape with lines, slanted ``/``, crossed ``x`` or level ``-``, or dots ``.``."""
        canvas = self._canvas
        canvas.saveState()
        canvas.clipPath(self._shape(path, transform), stroke=0, fill=0)
        left, low, right, high = map(float, transform.transform_path(path).get_extents().extents)
        ink = _ink(gc.get_hatch_color(), gc)
        if "." in pattern:
            canvas.setLineCap(1)
            canvas.setDash([0, PITCH])
            levels = range(int(low // PITCH), int(high // PITCH) + 2)
            shifts = [(PITCH * level, PITCH / 2 * (level % 2)) for level in levels]
            start = left // PITCH * PITCH
            rules(canvas, [(start + x, y, right + PITCH, y) for y, x in shifts], ink, 1.3)
        else:
            tall = high - low
            places = range(int((left - tall) // PITCH), int(right // PITCH) + 2)
            slants = [(PITCH * place, PITCH * place + tall) for place in places]
            lines = [(a, low, b, high) for a, b in slants]
            lines += [(a, high, b, low) for a, b in slants if "x" in pattern]
            if "-" in pattern:
                levels = range(int(low // PITCH) + 1, int(high // PITCH) + 1)
                lines = [(left, PITCH * level, right, PITCH * level) for level in levels]
            rules(canvas, lines, ink, 0.6)
        canvas.restoreState()

    def _shape(self, path: Path, transform: Transform) -> PDFPathObject:
        shape = self._canvas.beginPath()
        last = (0.0, 0.0)
        for points, code in path.iter_segments(transform, simplify=False):
            x, y = points[-2:]
            if code == Path.MOVETO:
                shape.moveTo(x, y)
            elif code == Path.LINETO:
                shape.lineTo(x, y)
            elif code == Path.CURVE4:
                shape.curveTo(*points)
            elif code == Path.CURVE3:
                shape.curveTo(*_cubic(last, points))
            else:
                shape.close()
            last = (x, y)
        return shape

    @override
    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        canvas = self._canvas
        canvas.saveState()
        canvas.setFillColor(_ink(gc.get_rgb(), gc))
        canvas.translate(x, y)
        canvas.rotate(angle)
        canvas.setFont(_face(prop), prop.get_size_in_points())
        canvas.drawString(0, 0, printable(s))
        canvas.restoreState()

    @override
    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: Any
    ) -> tuple[float, float, float]:
        size = prop.get_size_in_points()
        return text_width(printable(s), _face(prop), size), 0.9 * size, 0.2 * size

    @override
    def draw_image(
        self, gc: GraphicsContextBase, x: float, y: float, im: Any, transform: Any = None
    ) -> None:
        raise NotImplementedError("a chart on paper is made of lines and words only")


def _face(prop: FontProperties) -> str:
    if prop.get_style() != "normal":
        return ITALIC
    return REGULAR if prop.get_weight() in {"normal", 400} else SEMIBOLD


def _seen(gc: GraphicsContextBase) -> bool:
    rgb: Any = gc.get_rgb()
    return len(rgb) < 4 or rgb[3] > 0


def _ink(colour: Any, gc: GraphicsContextBase) -> Color:
    """Return an opaque colour: what is see-through is mixed with the white of the paper."""
    red, green, blue, *rest = (float(part) for part in colour)
    alpha = gc.get_alpha() if gc.get_forced_alpha() else (rest or [1.0])[0]
    return Color(*(1 - alpha * (1 - part) for part in (red, green, blue)))


def _cubic(start: tuple[float, float], points: Any) -> tuple[float, ...]:
    """Return a curve with one handle as the same curve with two."""
    x1, y1, x, y = points
    first = (start[0] + 2 / 3 * (x1 - start[0]), start[1] + 2 / 3 * (y1 - start[1]))
    return *first, x + 2 / 3 * (x1 - x), y + 2 / 3 * (y1 - y), x, y
