"""Words on paper: headings, paragraphs, notes, and lines to write on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.units import mm
from reportlab.platypus import Flowable
from typing_extensions import override

from cantine_desktop.documents.drawing import rules
from cantine_desktop.documents.fonts import BOLD, ITALIC, REGULAR, SEMIBOLD, text_width, wrap

INK = HexColor(0x1A1713)
MUTED = HexColor(0x55503F)
RULE = HexColor(0x8A8172)
"""Rules of tables: dark enough for a photocopy."""
ZEBRA = Color(0.94, 0.94, 0.94)
"""Grey of every second line: 6 %, gone on no printer, heavy on none."""
SHADE = Color(0.86, 0.86, 0.86)
"""Grey of a cell that is not to be filled."""


BULLET = 10.0
"""From a bullet to its words, in points."""
LONG = 100 * mm
"""What is taller than this is cut at the foot of a page rather than pushed to the next."""


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
        # Asking for more than there is sends a heading to the next page with what it names.
        needed = self.height + self._company()
        return aW, needed if needed > aH else self.height

    def _company(self) -> float:
        """Return the room wanted below: none for a text so long that it must be cut."""
        return self._style.company if self.height <= LONG else 0

    @override
    def split(self, aW: float, aH: float) -> list[Flowable]:
        style = self._style
        room = int(aH / style.leading)
        if self._company() or room < 2 or room >= len(self._lines):
            return []
        room = min(room, max(len(self._lines) - 2, 1))
        style = replace(style, company=0)
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
    LEADING = 13.5

    def __init__(self, title: str, items: Sequence[str], *, bullets: bool = True) -> None:
        super().__init__()
        self._title = title
        self._items = list(items)
        self._bullets = bullets
        self._lines: list[tuple[str, str, str]] = []
        self.spaceBefore = self.spaceAfter = 6

    @override
    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        if not self._lines:
            self._lines = self._wrapped(aW - 2 * self.PAD)
        self.width = aW
        self.height = 2 * self.PAD + self.LEADING * len(self._lines) - 3
        return aW, self.height

    def _wrapped(self, room: float) -> list[tuple[str, str, str]]:
        """Return the face, the bullet and the words of each line."""
        title = wrap(self._title, SEMIBOLD, 10, room) if self._title else []
        lines = [(SEMIBOLD, "", line) for line in title]
        for item in self._items:
            first, *rest = wrap(item, REGULAR, 10, room - BULLET * self._bullets)
            lines.append((REGULAR, "•", first))
            lines += [(REGULAR, " ", line) for line in rest]
        return lines

    @override
    def split(self, aW: float, aH: float, /) -> list[Flowable]:
        room = int((aH - 2 * self.PAD + 3) / self.LEADING)
        if self.height <= LONG or room < 4:
            return []
        return [self._part(self._lines[:room]), self._part(self._lines[room:])]

    def _part(self, lines: list[tuple[str, str, str]]) -> "Box":
        part = Box("", [], bullets=self._bullets)
        part._lines = lines
        return part

    def draw(self) -> None:
        """Draw the frame, then the title and the lines."""
        canvas = self.canv
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.8)
        canvas.rect(0, 0, self.width, self.height)
        canvas.setFillColor(INK)
        level = self.height - self.PAD - 8
        for face, bullet, words in self._lines:
            canvas.setFont(face, 10)
            left = self.PAD
            if bullet and self._bullets:
                canvas.drawString(left, level, bullet.strip())
                left += BULLET
            canvas.drawString(left, level, words)
            level -= self.LEADING


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


def box(title: str, items: Sequence[str], *, bullets: bool = True) -> Box:
    """Return a framed note such as “Que faire si…”."""
    return Box(title, items, bullets=bullets)


def writing_lines(label: str, count: int = 3) -> WritingLines:
    """Return lines to write on, for corrective actions or remarks."""
    return WritingLines(label, count)
