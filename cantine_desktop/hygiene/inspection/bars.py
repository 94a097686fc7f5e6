"""Completeness drawn: one bar for each control, whose parts differ without colour."""

from collections.abc import Sequence

from reportlab.lib.colors import Color, white
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable
from typing_extensions import override

from cantine_desktop.documents.drawing import greys, rules, write, write_lines
from cantine_desktop.documents.fonts import REGULAR, SEMIBOLD
from cantine_desktop.documents.styles import INK, MUTED
from cantine_desktop.hygiene.inspection.controls import Control
from cantine_desktop.hygiene.inspection.words import counts_words
from cantine_desktop.i18n import tr

DONE = Color(0.32, 0.32, 0.32)
PITCH = 3.0
"""Between two slanted lines of what is explained, in points."""


class Bars(Flowable):
    """Bars under the names of controls: full grey is done, slanted explained, white missing."""

    ROW = 33.0
    BAR = 9.0
    TITLE = 205.0

    def __init__(self, controls: Sequence[Control]) -> None:
        super().__init__()
        self._controls = list(controls)

    @override
    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        self.width, self.height = aW, self.ROW * len(self._controls)
        return aW, self.height

    @override
    def split(self, aW: float, aH: float, /) -> list[Flowable]:
        fits = int(aH / self.ROW)
        if fits < 1:
            return []
        return [Bars(self._controls[:fits]), Bars(self._controls[fits:])]

    def draw(self) -> None:
        """Draw a bar for each control, its figures under it."""
        level = self.height
        for control in self._controls:
            level -= self.ROW
            self._draw(control, level)

    def _draw(self, control: Control, level: float) -> None:
        canvas = self.canv
        canvas.setFillColor(INK)
        write(canvas, control.title, SEMIBOLD, 10.5, (0, level + 17, self.TITLE - 8))
        left, width = self.TITLE, self.width - self.TITLE
        low = level + 16
        draw_bar(canvas, control, (left, low, width, self.BAR))
        canvas.setFillColor(MUTED)
        write(canvas, counts_words(control), REGULAR, 9, (left, level + 4.5, width))


def draw_bar(canvas: Canvas, control: Control, box: tuple[float, float, float, float]) -> None:
    """Draw the bar of a control in a box: left, low, width and height, in points."""
    left, low, width, height = box
    counts = control.counts
    if counts.due <= 0:
        rules(canvas, [(left, low + height / 2, left + width, low + height / 2)], MUTED, 0.5)
        return
    done = width * min(counts.done / counts.due, 1)
    explained = width * min(counts.explained / counts.due, 1)
    canvas.setFillColor(white)
    greys(canvas, [(left, low, done, height)], DONE)
    _slant(canvas, left + done, low, explained, height)
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(0.7)
    canvas.rect(left, low, width, height)  # pyright: ignore[reportUnknownMemberType]


def _slant(canvas: Canvas, left: float, low: float, width: float, height: float) -> None:
    if width < 0.5:
        return
    canvas.saveState()
    box = canvas.beginPath()
    box.rect(left, low, width, height)  # pyright: ignore[reportUnknownMemberType]
    canvas.clipPath(box, stroke=0, fill=0)  # pyright: ignore[reportUnknownMemberType]
    count = int((width + height) / PITCH) + 1
    starts = [left - height + PITCH * rank for rank in range(count)]
    rules(canvas, [(x, low, x + height, low + height) for x in starts], INK, 0.6)
    canvas.restoreState()


class Key(Flowable):
    """What the parts of a bar mean."""

    @override
    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        self.width, self.height = aW, 18
        return aW, 18

    def draw(self) -> None:
        """Draw the three parts, each with its word."""
        canvas = self.canv
        place = 0.0
        for rank, words in enumerate((tr("fait"), tr("expliqué"), tr("manquant"))):
            if rank == 0:
                greys(canvas, [(place, 4, 22, 9)], DONE)
            if rank == 1:
                _slant(canvas, place, 4, 22, 9)
            canvas.setStrokeColor(INK)
            canvas.setLineWidth(0.7)
            canvas.rect(place, 4, 22, 9)
            canvas.setFillColor(INK)
            write_lines(canvas, REGULAR, 10, [(place + 28, 5.5, words)])
            place += 110
