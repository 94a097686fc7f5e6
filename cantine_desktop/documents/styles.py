"""Words on paper: headings, paragraphs, notes, and lines to write on."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.units import mm
from reportlab.platypus import Flowable
from typing_extensions import override

from cantine_desktop.documents.drawing import rules
from cantine_desktop.documents.fonts import BOLD, ITALIC, REGULAR, SEMIBOLD, text_width, wrap

INK = HexColor(0x1A1713)
MUTED = HexColor(0x55503F)
GREEN = HexColor(0x0F6B5C)
RULE = HexColor(0x8A8172)
"""Rules of tables: dark enough for a photocopy."""
ZEBRA = Color(0.94, 0.94, 0.94)
"""Grey of every second line: 6 %, gone on no printer, heavy on none."""
SHADE = Color(0.86, 0.86, 0.86)
"""Grey of a cell that is not to be filled."""


class Align(StrEnum):
    """Where a text stands in its width."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True)
class TextStyle:
    """How a paragraph looks; sizes and spaces in points.

    Attributes:
        face: One of ``fonts.FACES``.
        size: Height of the type.
        leading: From one baseline to the next.
        colour: Ink.
        align: Where lines stand.
        before: Space above, unless at the top of a page.
        after: Space below.
        company: Room that must remain below on the page; else the text goes to the next.
    """

    face: str = REGULAR
    size: float = 10.5
    leading: float = 14
    colour: Color = INK
    align: Align = Align.LEFT
    before: float = 0
    after: float = 6
    company: float = 0


PLAIN = TextStyle()
HEADING = TextStyle(SEMIBOLD, 12.5, 16, before=10, after=4, company=30 * mm)
TITLE = TextStyle(BOLD, 21, 26, after=8, company=30 * mm)
LEAD = TextStyle(SEMIBOLD, 10.5, 14, before=8, after=3, company=60 * mm)
SMALL = TextStyle(size=9, leading=12, colour=MUTED, after=4)
QUIET = TextStyle(ITALIC, 10, 13, colour=MUTED)


class Text(Flowable):
    """A paragraph of plain words: nothing people type is ever read as markup.

    No-break spaces hold and keep their width, which ReportLab's own paragraphs do
    not grant to the narrow one that French puts before ``; ! ?``.
    """

    def __init__(self, text: str, style: TextStyle = PLAIN, lines: Sequence[str] = ()) -> None:
        super().__init__()
        self._text = text
        self._lines = list(lines)
        self._style = style
        self.spaceBefore = style.before
        self.spaceAfter = style.after

    @override
    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        style = self._style
        if not self._lines:
            self._lines = wrap(self._text, style.face, style.size, aW)
        self.width = aW
        self.height = len(self._lines) * style.leading
        # A height that does not fit sends the text to the next page with what it introduces.
        needed = self.height + style.company
        return aW, self.height if needed <= aH else max(needed, self.height)

    @override
    def split(self, aW: float, aH: float) -> list[Flowable]:
        style = self._style
        room = int(aH / style.leading)
        if style.company or room < 2 or room >= len(self._lines):
            return []
        room = min(room, max(len(self._lines) - 2, 1))
        return [Text("", style, self._lines[:room]), Text("", style, self._lines[room:])]

    def draw(self) -> None:
        """Write every line at its place."""
        style = self._style
        drop = style.leading - (style.leading - style.size) / 2 - 0.22 * style.size
        text = self.canv.beginText(0, self.height - drop)
        text.setFont(style.face, style.size, style.leading)
        text.setFillColor(style.colour)
        for row, line in enumerate(self._lines):
            text.setTextOrigin(self._start(line), self.height - drop - row * style.leading)
            text.textOut(line)
        self.canv.drawText(text)

    def _start(self, line: str) -> float:
        if self._style.align is Align.LEFT:
            return 0
        left = self.width - text_width(line, self._style.face, self._style.size)
        return left / 2 if self._style.align is Align.CENTRE else left


class Box(Flowable):
    """A framed note: a bold title over lines, such as what to do when a limit is passed."""

    PAD = 3 * mm

    def __init__(self, title: str, lines: Sequence[str], *, bullets: bool = True) -> None:
        super().__init__()
        self._title = title
        self._items = list(lines)
        self._bullet = "•" if bullets else ""
        self.spaceBefore = self.spaceAfter = 6
        self._head = self._body = list[str]()

    @override
    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        room = aW - 2 * self.PAD
        indent = 10 if self._bullet else 0
        self._head = wrap(self._title, SEMIBOLD, 10.5, room) if self._title else []
        self._body = []
        for item in self._items:
            first, *rest = wrap(item, REGULAR, 10, room - indent)
            self._body += [f"{self._bullet}\t{first}", *(f"\t{line}" for line in rest)]
        self.width = aW
        self.height = 2 * self.PAD + 14 * len(self._head) + 13.5 * len(self._body) - 3
        return aW, self.height

    def draw(self) -> None:
        """Draw the frame, then the title and the lines."""
        canvas = self.canv
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.8)
        canvas.rect(0, 0, self.width, self.height)
        canvas.setFillColor(INK)
        top = self.height - self.PAD - 8
        canvas.setFont(SEMIBOLD, 10.5)
        for line in self._head:
            canvas.drawString(self.PAD, top, line)
            top -= 14
        canvas.setFont(REGULAR, 10)
        for line in self._body:
            bullet, _, words = line.partition("\t")
            canvas.drawString(self.PAD, top, bullet)
            canvas.drawString(self.PAD + (10 if self._bullet else 0), top, words)
            top -= 13.5


class WritingLines(Flowable):
    """Lines to write on by hand, 8 mm apart, under a label."""

    PITCH = 8 * mm

    def __init__(self, label: str, count: int) -> None:
        super().__init__()
        self._label = label
        self._count = count
        self.spaceBefore = 6

    @override
    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        self.width = aW
        self.height = 13 * bool(self._label) + self.PITCH * self._count
        return aW, self.height

    def draw(self) -> None:
        """Write the label, then rule the lines."""
        canvas = self.canv
        top = self.height
        if self._label:
            canvas.setFillColor(INK)
            canvas.setFont(SEMIBOLD, 10)
            canvas.drawString(0, top - 10, self._label)
            top -= 13
        levels = [top - self.PITCH * (row + 1) + 1 for row in range(self._count)]
        rules(canvas, [(0, level, self.width, level) for level in levels], RULE, 0.5)


def title(text: str) -> Text:
    """Return the title of a part, such as the cover of a file."""
    return Text(text, TITLE)


def heading(text: str) -> Text:
    """Return a heading; it never stands alone at the foot of a page."""
    return Text(text, HEADING)


def paragraph(text: str, style: TextStyle = PLAIN) -> Text:
    """Return a paragraph of plain words."""
    return Text(text, style)


def small(text: str) -> Text:
    """Return a small grey remark."""
    return Text(text, SMALL)


def lead(text: str) -> Text:
    """Return the sentence that says what the chart or table below shows."""
    return Text(text, LEAD)


def box(title: str, lines: Sequence[str], *, bullets: bool = True) -> Box:
    """Return a framed note such as “Que faire si…”."""
    return Box(title, lines, bullets=bullets)


def writing_lines(label: str, count: int = 3) -> WritingLines:
    """Return lines to write on, for corrective actions or remarks."""
    return WritingLines(label, count)
