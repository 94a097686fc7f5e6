"""A month of boxes on one page: rows are what is to be done, columns the days."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from cantine_desktop.documents.drawing import greys, rules, write_lines
from cantine_desktop.documents.fonts import BOLD, REGULAR, SEMIBOLD, clamp, fit, text_width, wrap
from cantine_desktop.documents.pager import Pager
from cantine_desktop.documents.styles import INK, RULE, SHADE

ROW = 12.0
LEADING = 8.5
SIZE = 8.0
DAYS = 31
"""Columns that share the width, even when the days are fewer."""
HEAD = 26.0
TITLE = 66 * mm


class TickRow(NamedTuple):
    """A row of boxes.

    Attributes:
        title: What is to be done; a band over the width when there are no boxes.
        boxes: What stands in each column.
        closed: Columns where nothing is due, by rank.
        strong: Columns whose box is a breach or a hole, by rank.
    """

    title: str
    boxes: Sequence[str] = ()
    closed: frozenset[int] = frozenset()
    strong: frozenset[int] = frozenset()


def tick_grid(heads: Sequence[tuple[str, str]], rows: Sequence[TickRow]) -> Pager:
    """Return the grid; its head repeats on each page.

    Args:
        heads: Initial of the weekday and number of the day, for each column.
        rows: From top to bottom.
    """
    return Pager(TickGrid(heads, rows))


class TickGrid:
    """The rows of a grid of boxes; see ``tick_grid``."""

    def __init__(self, heads: Sequence[tuple[str, str]], rows: Sequence[TickRow]) -> None:
        self._heads, self._rows = list(heads), list(rows)
        self.head_height = HEAD
        self.heights: list[float] = []
        self._width = self._column = 0.0
        self._titles: list[list[str]] = []

    def lay_out(self, width: float) -> None:
        """Share the width between the columns."""
        self._width = width
        self._column = (width - TITLE) / max(len(self._heads), DAYS)
        self._titles = [self._wrapped(row) for row in self._rows]
        self.heights = [ROW + LEADING * (len(lines) - 1) for lines in self._titles]

    def keeps_with_next(self, row: int) -> bool:
        """Tell whether a row is a band."""
        return not self._rows[row].boxes and row + 1 < len(self._rows)

    def draw_head(self, canvas: Canvas, top: float) -> None:
        """Write the days."""
        canvas.setFillColor(INK)
        for line, low in ((0, top - 11), (1, top - 21)):
            words = [
                (self._middle(rank, head[line], 8), low, head[line])
                for rank, head in enumerate(self._heads)
            ]
            write_lines(canvas, SEMIBOLD if line else REGULAR, 8, words)
        right = TITLE + self._column * len(self._heads)
        rules(canvas, [(0, top - HEAD, right, top - HEAD)], INK, 0.8)

    def draw_rows(self, canvas: Canvas, first: int, end: int, top: float) -> None:
        """Draw greys, rules, then the words."""
        rows = self._rows[first:end]
        lows = [top - drop for drop in accumulate(self.heights[first:end])]
        right = TITLE + self._column * len(self._heads)
        self._draw_greys(canvas, rows, [top, *lows], right)
        rules(canvas, [(0, y, right, y) for y in lows], RULE, 0.3)
        edges = [TITLE + self._column * rank for rank in range(len(self._heads) + 1)]
        rules(canvas, [(x, lows[-1], x, top) for x in edges], RULE, 0.2)
        canvas.setFillColor(INK)
        self._write(canvas, range(first, end), lows)

    def _wrapped(self, row: TickRow) -> list[str]:
        face = REGULAR if row.boxes else SEMIBOLD
        room = TITLE - 6 if row.boxes else self._width - 6
        return clamp(wrap(row.title, face, SIZE, room), 3, face, SIZE, room)

    def _draw_greys(
        self, canvas: Canvas, rows: Sequence[TickRow], levels: Sequence[float], right: float
    ) -> None:
        boxes: list[tuple[float, float, float, float]] = []
        for row, (high, low) in zip(rows, pairwise(levels), strict=True):
            tall = high - low
            if not row.boxes:
                boxes.append((0, low, right, tall))
            boxes += [(TITLE + self._column * n, low, self._column, tall) for n in row.closed]
        greys(canvas, boxes, SHADE)

    def _write(self, canvas: Canvas, ranks: range, lows: Sequence[float]) -> None:
        plain: list[tuple[float, float, str]] = []
        strong: list[tuple[float, float, str]] = []
        for place, low in zip(ranks, lows, strict=True):
            row, lines = self._rows[place], self._titles[place]
            face = REGULAR if row.boxes else SEMIBOLD
            foot = low + 3.5
            drops = reversed(range(len(lines)))
            write_lines(
                canvas,
                face,
                SIZE,
                [(2, foot + LEADING * n, line) for n, line in zip(drops, lines, strict=True)],
            )
            for rank, text in enumerate(row.boxes):
                if text:
                    short, size = fit(text, REGULAR, 7.5, self._column - 1, 4)
                    spot = self._middle(rank, short, size), foot, short
                    if size < 7.5:
                        write_lines(canvas, REGULAR, size, [spot])
                    else:
                        (strong if rank in row.strong else plain).append(spot)
        write_lines(canvas, REGULAR, 7.5, plain)
        write_lines(canvas, BOLD, 7.5, strong)

    def _middle(self, rank: int, text: str, size: float) -> float:
        left = TITLE + self._column * rank
        return left + (self._column - text_width(text, SEMIBOLD, size)) / 2
