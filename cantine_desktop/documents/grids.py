"""Grids to fill by hand: cells 8 mm high unless a page is to hold them all, a visa row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from cantine_desktop.documents.drawing import greys, hatches, rules, write, write_centred
from cantine_desktop.documents.fonts import (
    BOLD,
    ITALIC,
    REGULAR,
    SEMIBOLD,
    clamp,
    fit,
    printable,
    text_width,
    wrap,
)
from cantine_desktop.documents.grid_cells import Cell, Group, HandRow, Mark
from cantine_desktop.documents.pager import Pager
from cantine_desktop.documents.styles import INK, MUTED, RULE, SHADE, ZEBRA

LEAST_MM = 8.0
"""Height of a cell that any hand can fill."""

TIGHT_MM = 6.5
"""Height under which a hand cannot write, in a grid that is to end with its page."""

MOST_LINES = 30
"""Lines of a cell, beyond which its text ends in ``…``: a row always fits a page."""

BAND_MM = 5.0
"""Height of a row that only names those below it."""

HATCH = 2.2 * mm

HEAD_LINES = 3
"""Lines of a title of columns, beyond which it is written smaller."""

VALUE = 11.0
NOTE = 8.5
STRUCK = 9.0
PAD = 1.2 * mm


def hand_grid(
    corner: str,
    groups: Sequence[Group],
    rows: Iterable[HandRow],
    *,
    head_mm: float = 44,
    row_mm: float = LEAST_MM,
    visa: str = "",
    visas: Sequence[Cell | str] = (),
) -> Flowable:
    """Return a grid to fill by hand, or already filled; its head repeats on each page.

    Args:
        corner: What the rows are, above their heads.
        groups: Columns, from left to right.
        rows: From top to bottom; a row grows to hold its texts.
        head_mm: Width of the heads of the rows, in millimetres.
        row_mm: Least height of a row, in millimetres; never below 8.
        visa: Head of a last row to sign, such as “Visa”; empty for none.
        visas: What was signed in that row; none for blanks.

    Raises:
        ValueError: There is no column, or a row has cells but not one per column.
    """
    every = [*rows]
    if visa:
        every.append(HandRow(visa, visas or _visa_cells(every)))
    height = max(row_mm, LEAST_MM) * mm
    return Pager(HandGrid(corner, groups, every, head_mm * mm, height, signed=bool(visa)))


def page_grid(
    corner: str,
    groups: Sequence[Group],
    rows: Sequence[HandRow],
    page_mm: float,
    *,
    head_mm: float = 44,
) -> Flowable:
    """Return a grid whose head and rows share the height of a page, evenly.

    Args:
        corner: What the rows are, above their heads.
        groups: Columns, from left to right.
        rows: From top to bottom; 6.5 mm high at least, which may need a second page.
        page_mm: Height to fill, in millimetres.
        head_mm: Width of the heads of the rows, in millimetres.
    """
    grid = HandGrid(corner, groups, rows, head_mm * mm, TIGHT_MM * mm, signed=False)
    grid.page_height = page_mm * mm
    return Pager(grid)


def _visa_cells(rows: Sequence[HandRow]) -> list[Cell]:
    """Return blanks, greyed under the columns that are closed for every row."""
    written = [row for row in rows if not row.is_band]
    full = [[_cell(cell) for cell in row.cells] for row in written if row.cells]
    if len(full) < len(written) or not full:
        return []
    closed = (
        all(cell.mark is Mark.CLOSED for cell in column) for column in zip(*full, strict=True)
    )
    return [Cell("", Mark.CLOSED if shut else Mark.PLAIN) for shut in closed]


def _cell(cell: Cell | str) -> Cell:
    return cell if isinstance(cell, Cell) else Cell(cell)


@dataclass(slots=True)
class _Words:
    """The lines of a cell at the size they fit."""

    lines: list[str]
    face: str
    size: float
    centred: bool


_FACES = {
    Mark.PLAIN: REGULAR,
    Mark.BREACH: BOLD,
    Mark.CLOSED: REGULAR,
    Mark.GAP: ITALIC,
    Mark.IDLE: REGULAR,
}


class HandGrid:
    """The rows of a grid; see ``hand_grid``.

    Attributes:
        page_height: Points the head and the rows share; zero where rows have their own.
    """

    def __init__(
        self,
        corner: str,
        groups: Sequence[Group],
        rows: Sequence[HandRow],
        head_width: float,
        row_height: float,
        *,
        signed: bool,
    ) -> None:
        self.page_height = 0.0
        self._signed = signed
        self._corner = corner
        self._groups = list(groups)
        self._rows = list(rows)
        self._head_width = head_width
        self._row_height = row_height
        if not self._groups:
            raise ValueError("a grid has columns")
        self._count = sum(len(group.columns) for group in groups)
        self.head_height = 0.0
        self.heights: list[float] = []
        self._edges: list[float] = []
        self._titles: list[list[str]] = []
        self._group_titles: list[list[str]] = []
        self._group_sizes: list[float] = []
        self._upper = self._lower = 0.0
        self._words: list[list[_Words]] = []
        for row in self._rows:
            if row.cells and len(row.cells) != self._count:
                raise ValueError(f"{self._count} columns, but {len(row.cells)} cells: {row.title}")

    def keeps_with_next(self, row: int) -> bool:
        """Tell whether only the visa is left, or a band: neither is alone on a page."""
        last = len(self._rows) - 1
        return (self._signed and row == last - 1) or (self._rows[row].is_band and row < last)

    # -- measuring

    def lay_out(self, width: float) -> None:
        """Fit every text for a width in points."""
        shares = [group.share for group in self._groups for _ in group.columns]
        unit = (width - self._head_width) / sum(shares)
        self._edges = [*accumulate((s * unit for s in shares), initial=self._head_width)]
        self.head_height = self._measured_head()
        if self.page_height:
            share = (self.page_height - self.head_height) / max(len(self._rows), 1)
            self._row_height = max(share, self._row_height)
        room = self._head_width - 2 * PAD
        self._titles = [
            clamp(wrap(row.title, SEMIBOLD, 10.5, room), 3, SEMIBOLD, 10.5, room)
            for row in self._rows
        ]
        self._words = [self._fitted(row) for row in self._rows]
        self.heights = [self._height(row) for row in range(len(self._rows))]

    def _measured_head(self) -> float:
        rooms = self._group_rooms()
        self._group_sizes = [
            _title_size(group.title, room) for group, room in zip(self._groups, rooms, strict=True)
        ]
        self._group_titles = [
            clamp(wrap(group.title, SEMIBOLD, size, room), 5, SEMIBOLD, size, room)
            for group, size, room in zip(self._groups, self._group_sizes, rooms, strict=True)
        ]
        self._lower = 14 if any(any(group.columns) for group in self._groups) else 0
        # A column alone also has the height of the lower line for its title.
        self._upper = 5 + max(
            12.5 * len(lines)
            + (11 if group.note else 0)
            - (0 if any(group.columns) else self._lower)
            for group, lines in zip(self._groups, self._group_titles, strict=True)
        )
        return self._upper + self._lower

    def _group_rooms(self) -> list[float]:
        return [right - left - 2 * PAD for left, right in self._spans()]

    def _spans(self) -> list[tuple[float, float]]:
        """Return the left and right edges of each group."""
        ends = [*accumulate((len(group.columns) for group in self._groups), initial=0)]
        return [(self._edges[a], self._edges[b]) for a, b in pairwise(ends)]

    def _fitted(self, row: HandRow) -> list[_Words]:
        edges = pairwise(self._edges)
        return [
            _fitted(_cell(cell), right - left - 2 * PAD)
            for cell, (left, right) in zip(row.cells, edges, strict=False)
        ]

    def _height(self, row: int) -> float:
        if self._rows[row].is_band:
            return BAND_MM * mm
        note = 11 if self._rows[row].note else 0
        tall = max((len(w.lines) * w.size * 1.2 for w in self._words[row]), default=0)
        tall += STRUCK * any(_cell(cell).struck for cell in self._rows[row].cells)
        return max(self._row_height, 12.5 * len(self._titles[row]) + note + 5, tall + 5)

    # -- drawing

    def draw_head(self, canvas: Canvas, top: float) -> None:
        """Draw the corner, the groups with their notes, and the titles of the columns."""
        canvas.setFillColor(INK)
        place = (PAD, top - self.head_height + 4, self._head_width - 2 * PAD)
        write(canvas, self._corner, SEMIBOLD, 10, place)
        for rank, span in enumerate(self._spans()):
            self._draw_group(canvas, rank, span, top)
        titles = [title for group in self._groups for title in group.columns]
        for title, (left, right) in zip(titles, pairwise(self._edges), strict=True):
            place = (left + PAD / 2, top - self.head_height + 4, right - left - PAD)
            write_centred(canvas, title, REGULAR, 9, place)
        if self._lower:
            level = top - self._upper
            pairs = zip(self._groups, self._spans(), strict=True)
            under = [span for group, span in pairs if any(group.columns)]
            rules(canvas, [(left, level, right, level) for left, right in under], RULE, 0.4)
        self._draw_strong(canvas, top, top - self.head_height)

    def _draw_group(self, canvas: Canvas, rank: int, span: tuple[float, float], top: float) -> None:
        group = self._groups[rank]
        middle = (span[0] + span[1]) / 2
        level = top - 12
        canvas.setFillColor(INK)
        canvas.setFont(SEMIBOLD, self._group_sizes[rank])
        for line in self._group_titles[rank]:
            canvas.drawCentredString(middle, level, line)
            level -= 12.5
        if group.note:
            place = (span[0] + PAD / 2, level + 1, span[1] - span[0] - PAD)
            write_centred(canvas, group.note, REGULAR, 9, place)

    def draw_rows(self, canvas: Canvas, first: int, end: int, top: float) -> None:
        """Draw shades, rules, then words and frames."""
        levels = [*accumulate((-h for h in self.heights[first:end]), initial=top)]
        for row, (high, low) in zip(range(first, end), pairwise(levels), strict=True):
            self._draw_shades(canvas, row, high, low)
        self._draw_grid(canvas, levels)
        for row, (high, low) in zip(range(first, end), pairwise(levels), strict=True):
            if self._rows[row].is_band:
                self._draw_band(canvas, row, high, low)
                continue
            self._draw_title(canvas, row, high, low)
            self._draw_cells(canvas, row, high, low)
            if self._rows[row].is_framed:
                _frame(canvas, (0.0, low, self._edges[-1], high - low))

    def _draw_band(self, canvas: Canvas, row: int, high: float, low: float) -> None:
        right = self._edges[-1]
        greys(canvas, [(0, low, right, high - low)], ZEBRA)
        rules(canvas, [(0, y, right, y) for y in (high, low)], INK, 0.9)
        rules(canvas, [(x, low, x, high) for x in (0.0, right)], INK, 0.9)
        canvas.setFillColor(INK)
        write(canvas, self._rows[row].title, BOLD, 10, (PAD, low + 3.6, right - 2 * PAD))

    def _draw_shades(self, canvas: Canvas, row: int, high: float, low: float) -> None:
        marked: dict[Mark, list[tuple[float, float, float, float]]] = {}
        for cell, (left, right) in zip(self._rows[row].cells, pairwise(self._edges), strict=False):
            marked.setdefault(_cell(cell).mark, []).append((left, low, right - left, high - low))
        greys(canvas, marked.get(Mark.CLOSED, ()), SHADE)
        hatches(canvas, marked.get(Mark.IDLE, ()), RULE, HATCH)

    def _draw_grid(self, canvas: Canvas, levels: list[float]) -> None:
        """Draw thin rules around every cell, and strong ones around groups."""
        high, low, right = levels[0], levels[-1], self._edges[-1]
        thin = [(x, low, x, high) for x in self._edges]
        rules(canvas, [*thin, *((0, y, right, y) for y in levels)], RULE, 0.4)
        self._draw_strong(canvas, high, low)

    def _draw_strong(self, canvas: Canvas, high: float, low: float) -> None:
        right = self._edges[-1]
        strong = [0.0, right, *(left for left, _ in self._spans())]
        across = [(0.0, y, right, y) for y in (high, low)]
        rules(canvas, [*((x, low, x, high) for x in strong), *across], INK, 0.9)

    def _draw_title(self, canvas: Canvas, row: int, high: float, low: float) -> None:
        lines, note = self._titles[row], self._rows[row].note
        height = 12.5 * len(lines) + (11 if note else 0)
        level = (high + low + height) / 2 - 9.5
        canvas.setFillColor(INK)
        canvas.setFont(SEMIBOLD, 10.5)
        for line in lines:
            canvas.drawString(PAD, level, line)
            level -= 12.5
        if note:
            write(canvas, note, REGULAR, 9, (PAD, level + 1, self._head_width - 2 * PAD))

    def _draw_cells(self, canvas: Canvas, row: int, high: float, low: float) -> None:
        cells = map(_cell, self._rows[row].cells)
        spans = pairwise(self._edges)
        for cell, words, (left, right) in zip(cells, self._words[row], spans, strict=False):
            canvas.setFillColor(MUTED if cell.mark is Mark.CLOSED else INK)
            canvas.setFont(words.face, words.size)
            leading = words.size * 1.2
            level = (high + low + leading * len(words.lines)) / 2 - words.size * 0.93
            if cell.struck:
                level -= STRUCK / 2
                _draw_struck(canvas, cell.struck, (left + PAD, high - 9.5, right - left - 2 * PAD))
                canvas.setFont(words.face, words.size)
            for line in words.lines:
                if words.centred:
                    canvas.drawCentredString((left + right) / 2, level, line)
                else:
                    canvas.drawString(left + PAD, level, line)
                level -= leading
            if cell.mark is Mark.BREACH:
                _frame(canvas, (left, low, right - left, high - low))


def _frame(canvas: Canvas, place: tuple[float, float, float, float]) -> None:
    """Draw a thick frame inside a cell or a row: left, bottom, width, height."""
    left, low, width, height = place
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(1.6)
    canvas.rect(left + 1.6, low + 1.6, width - 3.2, height - 3.2)


def _title_size(title: str, room: float) -> float:
    """Return the size, 8 to 10 points, at which a title needs no long column of cut words."""
    words = printable(title).split()
    for size in (10.0, 9.0):
        whole = all(text_width(word, SEMIBOLD, size) <= room for word in words)
        if whole and len(wrap(title, SEMIBOLD, size, room)) <= HEAD_LINES:
            return size
    return 8.0


def _draw_struck(canvas: Canvas, text: str, place: tuple[float, float, float]) -> None:
    """Write what was corrected, centred, with a line through it that no copier loses."""
    left, level, room = place
    words, size = fit(text, REGULAR, NOTE, room, 6)
    width = text_width(words, REGULAR, size)
    middle = left + room / 2
    canvas.setFont(REGULAR, size)
    canvas.drawCentredString(middle, level, words)
    across = (middle - width / 2 - 1.5, level + size * 0.28, middle + width / 2 + 1.5)
    rules(canvas, [(across[0], across[1], across[2], across[1])], INK, 0.9)


def _fitted(cell: Cell, room: float) -> _Words:
    """Return a text on one line when it can be, else small and wrapped."""
    face = _FACES[cell.mark]
    size = VALUE if cell.mark in {Mark.PLAIN, Mark.BREACH} else NOTE
    if cell.mark is Mark.CLOSED:
        words, small = fit(cell.text, face, size, room, 6)
        return _Words([words] if "…" not in words else [], face, small, centred=True)
    words, fitted = fit(cell.text, face, size, room, NOTE)
    if text_width(words, face, fitted) <= room + 0.01 and "…" not in words:
        return _Words([words], face, fitted, centred=True)
    lines = wrap(cell.text, face, NOTE, room)
    return _Words(clamp(lines, MOST_LINES, face, NOTE, room), face, NOTE, centred=False)
