"""Rows that flow over pages under a head that repeats, whatever their number.

ReportLab's own table lays out what remains again at every page, which is quadratic;
here rows are measured once and each page draws its own slice.
"""

from bisect import bisect_right
from itertools import accumulate
from typing import Protocol

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable
from typing_extensions import override


class Rows(Protocol):
    """Something drawn row by row.

    Attributes:
        head_height: Height of what repeats at the top of each page, in points.
        heights: Height of each row, in points, once laid out.
    """

    head_height: float
    heights: list[float]

    def lay_out(self, width: float) -> None:
        """Measure everything for a width in points."""
        ...

    def draw_head(self, canvas: Canvas, top: float) -> None:
        """Draw what repeats, downwards from ``top``."""
        ...

    def draw_rows(self, canvas: Canvas, first: int, end: int, top: float) -> None:
        """Draw the rows from ``first`` up to, and without, ``end``, downwards from ``top``."""
        ...

    def keeps_with_next(self, row: int) -> bool:
        """Tell whether a row may not be the last of a page."""
        ...


class Pager(Flowable):
    """A slice of rows, as many as the page holds; the rest follows on the next."""

    def __init__(self, rows: Rows, first: int = 0, levels: list[float] | None = None) -> None:
        super().__init__()
        self._rows = rows
        self._first = first
        self._end: int | None = None
        self._levels = levels
        self.spaceBefore = self.spaceAfter = 4

    @override
    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        self.width = aW
        levels = self._measured(aW)
        end = len(levels) - 1 if self._end is None else self._end
        self.height = self._rows.head_height + levels[end] - levels[self._first]
        return aW, self.height

    def _measured(self, width: float) -> list[float]:
        """Return how far below the head each row starts, and the last one ends."""
        if self._levels is None:
            self._rows.lay_out(width)
            self._levels = [0, *accumulate(self._rows.heights)]
        return self._levels

    @override
    def split(self, aW: float, aH: float, /) -> list[Flowable]:
        levels = self._measured(aW)
        room = aH - self._rows.head_height + levels[self._first]
        end = bisect_right(levels, room + 0.01) - 1
        while end > self._first and self._rows.keeps_with_next(end - 1):
            end -= 1
        if end <= self._first:
            return []
        here = Pager(self._rows, self._first, levels)
        here._end = end
        return [here, Pager(self._rows, end, levels)]

    def draw(self) -> None:
        """Draw the head, then this page's rows."""
        self._rows.draw_head(self.canv, self.height)
        levels = self._measured(self.width)
        end = len(levels) - 1 if self._end is None else self._end
        self._rows.draw_rows(self.canv, self._first, end, self.height - self._rows.head_height)
