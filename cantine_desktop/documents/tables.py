"""Ruled tables: lists of any length, from three lines to a thousand pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from cantine_desktop.documents.drawing import greys, rules, write_lines
from cantine_desktop.documents.fonts import REGULAR, SEMIBOLD, clamp, text_width, wrap
from cantine_desktop.documents.pager import Pager
from cantine_desktop.documents.styles import INK, RULE, ZEBRA, Align

MOST_LINES = 20
"""A row longer than this goes on in a second one: a page always holds a whole row."""


@dataclass(frozen=True)
class Column:
    """A column of a ruled table.

    Attributes:
        title: Its head, translated, with the unit of its numbers.
        share: Its part of the width, beside the shares of the others.
        align: Where its texts stand; numbers stand right.
    """

    title: str
    share: float = 1
    align: Align = Align.LEFT


@dataclass(frozen=True)
class Band:
    """A row that names the rows below it, over the whole width."""

    title: str


@dataclass(frozen=True)
class Total:
    """A row in bold under a rule."""

    cells: Sequence[str]


@dataclass(frozen=True)
class Struck:
    """A row struck through: what another replaced."""

    cells: Sequence[str]


Row = Sequence[str] | Band | Total | Struck


def ruled_table(columns: Sequence[Column], rows: Iterable[Row], size: float = 10) -> Flowable:
    """Return a table whose head repeats on each page, with every second line greyed.

    Args:
        columns: From left to right.
        rows: One text per column, or a ``Band``, or a ``Total``. A text too wide is
            wrapped; nothing is cut.
        size: Height of the type, in points.

    Raises:
        ValueError: A row has not one text per column.
    """
    return Pager(RuledTable(columns, rows, size))


@dataclass(slots=True)
class _Line:
    """A row ready to draw: the lines of each cell, its face, and its part of the zebra."""

    cells: list[list[str]]
    face: str
    grey: bool = False
    band: bool = False
    ruled: bool = True
    total: bool = False
    struck: bool = False


class RuledTable:
    """The rows of a ruled table; see ``ruled_table``."""

    PAD = 2 * mm

    def __init__(self, columns: Sequence[Column], rows: Iterable[Row], size: float) -> None:
        self._columns = list(columns)
        self._source = list(rows)
        self._size = size
        self._leading = round(size * 1.25, 2)
        self._space = size * 0.5
        self.head_height = 0.0
        self.heights: list[float] = []
        self._lines: list[_Line] = []
        self._head: list[list[str]] = []
        self._edges: list[float] = []
        for row in self._source:
            cells = row.cells if isinstance(row, Total | Struck) else row
            if not isinstance(cells, Band) and len(cells) != len(self._columns):
                raise ValueError(f"{len(self._columns)} columns, but a row of {len(cells)}")

    def lay_out(self, width: float) -> None:
        """Wrap every cell for a width in points."""
        total = sum(column.share for column in self._columns)
        shares = (column.share / total * width for column in self._columns)
        self._edges = [0, *accumulate(shares)]
        self._head = [
            clamp(wrap(column.title, SEMIBOLD, self._size, room), 4, SEMIBOLD, self._size, room)
            for column, room in zip(self._columns, self._rooms(), strict=True)
        ]
        self.head_height = self._height(self._head)
        self._lines = []
        grey = False
        for row in self._source:
            self._add(row, width, grey=grey)
            grey = not grey and not isinstance(row, Band)
        self.heights = [self._height(line.cells) for line in self._lines]

    def keeps_with_next(self, row: int) -> bool:
        """Tell whether a row is a band, which never ends a page."""
        return self._lines[row].band and row + 1 < len(self._lines)

    def _rooms(self) -> list[float]:
        pairs = pairwise(self._edges)
        return [right - left - 2 * self.PAD for left, right in pairs]

    def _height(self, cells: list[list[str]]) -> float:
        return max(map(len, cells), default=1) * self._leading + self._space

    def _add(self, row: Row, width: float, *, grey: bool) -> None:
        if isinstance(row, Band):
            room = width - 2 * self.PAD
            lines = clamp(
                wrap(row.title, SEMIBOLD, self._size, room), 3, SEMIBOLD, self._size, room
            )
            self._lines.append(_Line([lines], SEMIBOLD, band=True))
            return
        total = isinstance(row, Total)
        face = SEMIBOLD if total else REGULAR
        struck = isinstance(row, Struck)
        texts = row.cells if isinstance(row, Total | Struck) else row
        cells = [
            wrap(text, face, self._size, room)
            for text, room in zip(texts, self._rooms(), strict=True)
        ]
        tall = max(map(len, cells), default=1)
        for start in range(0, tall, MOST_LINES):
            part = (
                [lines[start : start + MOST_LINES] for lines in cells]
                if tall > MOST_LINES
                else cells
            )
            self._lines.append(
                _Line(part, face, grey and not total, ruled=not start, total=total, struck=struck)
            )

    def draw_head(self, canvas: Canvas, top: float) -> None:
        """Draw the titles of the columns over a strong rule."""
        canvas.setFillColor(INK)
        canvas.setFont(SEMIBOLD, self._size)
        for index, lines in enumerate(self._head):
            level = top - self.head_height + self._space / 2 + (len(lines) - 1) * self._leading
            self._write_cell(canvas, index, lines, SEMIBOLD, level + 0.25 * self._size)
        low = top - self.head_height
        rules(canvas, [(0, low, self._edges[-1], low)], INK, 1)

    def _write_cell(
        self, canvas: Canvas, index: int, lines: list[str], face: str, level: float
    ) -> None:
        for row, line in enumerate(lines):
            left = self._start(index, line, face)
            canvas.drawString(left, level - row * self._leading, line)

    def _start(self, index: int, line: str, face: str) -> float:
        align = self._columns[index].align
        left, right = self._edges[index] + self.PAD, self._edges[index + 1] - self.PAD
        if align is Align.LEFT:
            return left
        width = text_width(line, face, self._size)
        return right - width if align is Align.RIGHT else (left + right - width) / 2

    def draw_rows(self, canvas: Canvas, first: int, end: int, top: float) -> None:
        """Draw greys and rules, then the words of one column after the other."""
        lines = self._lines[first:end]
        levels = [top - drop for drop in accumulate(self.heights[first:end], initial=0.0)]
        self._draw_greys(canvas, lines, levels)
        self._draw_rules(canvas, lines, levels)
        baselines = [level - self._space / 2 - 0.95 * self._size for level in levels[:-1]]
        canvas.setFillColor(INK)
        for index in range(len(self._columns)):
            self._write_column(canvas, index, lines, baselines)

    def _draw_greys(self, canvas: Canvas, lines: list[_Line], levels: list[float]) -> None:
        spans = zip(lines, pairwise(levels), strict=True)
        boxes = [(0, low, self._edges[-1], high - low) for line, (high, low) in spans if line.grey]
        greys(canvas, boxes, ZEBRA)

    def _draw_rules(self, canvas: Canvas, lines: list[_Line], levels: list[float]) -> None:
        right = self._edges[-1]
        pairs = list(zip(lines, levels, strict=False))
        thin = [y for line, y in pairs[1:] if line.ruled and not line.total]
        rules(canvas, [(0, y, right, y) for y in (*thin, levels[-1])], RULE, 0.3)
        rules(canvas, [(0, y, right, y) for line, y in pairs if line.total], INK, 0.8)

    def _write_column(
        self, canvas: Canvas, index: int, lines: list[_Line], baselines: list[float]
    ) -> None:
        """Write a column, the lines of one face at a time."""
        for face, run in groupby(zip(lines, baselines, strict=True), key=_face):
            here = list(run)
            placed = [
                (self._start(index, words, face), level - row * self._leading, words)
                for line, level in here
                if not (line.band and index)
                for row, words in enumerate(line.cells[index])
                if words
            ]
            write_lines(canvas, face, self._size, placed)
            self._strike(canvas, [(line, level) for line, level in here if line.struck], index)

    def _strike(self, canvas: Canvas, struck: list[tuple[_Line, float]], index: int) -> None:
        high = 0.28 * self._size
        through: list[tuple[float, float, float, float]] = []
        for line, level in struck:
            for row, words in enumerate(line.cells[index]):
                left = self._start(index, words, line.face)
                right = left + text_width(words, line.face, self._size)
                y = level - row * self._leading + high
                through.append((left, y, right, y))
        rules(canvas, through, INK, 0.7)


def _face(placed: tuple[_Line, float]) -> str:
    return placed[0].face
