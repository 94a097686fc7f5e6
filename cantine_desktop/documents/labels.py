"""Labels to stick: sheets of 24 on A4, or a roll, from any free place on the sheet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import IO

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable
from typing_extensions import override

from cantine_desktop.documents.drawing import rules, write
from cantine_desktop.documents.fonts import BOLD, REGULAR, SEMIBOLD, clamp, fit, wrap
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.styles import INK, RULE

SIZES = (8.5, 7.5, 6.5, 5.5)
"""Points of what a label says under its title: the largest that lets everything in."""

LEADING = 1.17
"""Height of a line beside its letters."""


@dataclass(frozen=True)
class LabelPaper:
    """How labels lie on their paper; lengths in millimetres.

    Attributes:
        page: Width and height of the paper.
        columns: Labels in a row.
        rows: Rows on a page.
        size: Width and height of a label.
        corner: From the upper left of the paper to the first label.
    """

    page: tuple[float, float]
    columns: int
    rows: int
    size: tuple[float, float]
    corner: tuple[float, float] = (0, 0)

    @property
    def places(self) -> int:
        """How many labels a page holds."""
        return self.columns * self.rows


A4_24 = LabelPaper((210, 297), 3, 8, (70, 37), (0, 0.5))
"""The usual sheet of 24 labels, 70 mm by 37."""

ROLL_62 = LabelPaper((62, 40), 1, 1, (62, 40))
"""A roll 62 mm wide, cut every 40 mm."""


@dataclass(frozen=True)
class Label:
    """What one label says.

    Attributes:
        title: The dish or the product, in bold.
        lines: What follows: made on, allergens, lot.
        strong: What must be seen first, such as the day to eat it before.
        corner: A few words at the lower right, such as initials.
    """

    title: str
    lines: Sequence[str] = ()
    strong: str = ""
    corner: str = ""


def write_labels(
    target: IO[bytes],
    frame: PageFrame,
    labels: Sequence[Label],
    paper: LabelPaper = A4_24,
    start: int = 1,
) -> None:
    """Write labels as PDF/A-3b, to print at actual size.

    Args:
        target: Where the bytes go.
        frame: Names the file; its paper is replaced by the labels' own.
        labels: In order, row by row.
        paper: How they lie.
        start: First free place of the first sheet, counted row by row from 1.

    Raises:
        ValueError: The sheet has no such place, or there is nothing to print.
    """
    if not 1 <= start <= paper.places:
        raise ValueError(f"a sheet has places 1 to {paper.places}, not {start}")
    if not labels:
        raise ValueError("no label to print")
    every: list[Label | None] = [*[None] * (start - 1), *labels]
    width, height = paper.page
    bare = replace(frame, bare=True, landscape=False, paper=(width * mm, height * mm))
    pages = [every[first : first + paper.places] for first in range(0, len(every), paper.places)]
    write_document(target, bare, [_Page(paper, page) for page in pages])


class _Page(Flowable):
    """A page of labels; an empty place stays empty."""

    def __init__(self, paper: LabelPaper, labels: Sequence[Label | None]) -> None:
        super().__init__()
        self._paper = paper
        self._labels = labels

    @override
    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        self.width, self.height = aW, aH
        return aW, aH

    def draw(self) -> None:
        """Draw each label at its place, row by row."""
        paper = self._paper
        wide, high = paper.size[0] * mm, paper.size[1] * mm
        for place, label in enumerate(self._labels):
            if label is not None:
                row, column = divmod(place, paper.columns)
                left = paper.corner[0] * mm + column * wide
                top = self.height - paper.corner[1] * mm - row * high
                _draw_label(self.canv, label, (left + 4 * mm, top - 3.5 * mm), (wide, high))


def _fitting(lines: Sequence[str], room: float, height: float) -> tuple[list[str], float]:
    """Return lines wrapped and their size: the largest at which all of them stand on the label.

    Allergens come last and are never the part that is cut, unless nothing else helps.
    """
    points = SIZES[0]
    for points in SIZES:
        parts, most = _at(lines, points, room, height)
        if len(parts) <= most:
            return parts, points
    parts, most = _at(lines, points, room, height)
    return clamp(parts, most, REGULAR, points, room), points


def _at(lines: Sequence[str], points: float, room: float, height: float) -> tuple[list[str], int]:
    """Return lines wrapped at a size, and how many the height lets in."""
    parts = [part for line in lines for part in wrap(line, REGULAR, points, room)]
    return parts, max(int(height / (points * LEADING)), 1)


def _draw_label(
    canvas: Canvas, label: Label, corner: tuple[float, float], size: tuple[float, float]
) -> None:
    """Draw a label inside the margin that printers and cutters need.

    Args:
        canvas: Where to draw.
        label: What to say.
        corner: Left and top of the inside, in points.
        size: Width and height of the whole label, in points.
    """
    left, top = corner
    room, foot = size[0] - 8 * mm, top - size[1] + 7 * mm
    canvas.setFillColor(INK)
    level = top - 10.5
    for line in clamp(wrap(label.title, SEMIBOLD, 12, room), 2, SEMIBOLD, 12, room):
        write(canvas, line, SEMIBOLD, 12, (left, level, room))
        level -= 13
    lines, points = _fitting(label.lines, room, level - foot - 5)
    for line in lines:
        write(canvas, line, REGULAR, points, (left, level, room))
        level -= points * LEADING
    rules(canvas, [(left, foot + 13, left + room, foot + 13)], RULE, 0.4)
    side = 16 * mm if label.corner else 0
    write(canvas, label.strong, BOLD, 11, (left, foot + 1.5, room - side))
    if label.corner:
        words, fitted = fit(label.corner, REGULAR, 8.5, side - 4)
        canvas.setFont(REGULAR, fitted)
        canvas.drawRightString(left + room, foot + 1.5, words)
