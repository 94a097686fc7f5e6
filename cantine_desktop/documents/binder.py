"""Many parts in one file: each with its own head and paper, one index, bookmarks, one numbering.

What needs page numbers that are not known yet (the index, “page 2/70”) calls forms by name,
which are written when the file is saved: a file of a hundred pages is laid out only once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
)
from typing_extensions import override

from cantine_desktop.documents.drawing import rules, write_lines
from cantine_desktop.documents.fonts import REGULAR, SEMIBOLD, fit, printable, register, text_width
from cantine_desktop.documents.layout import (
    FOOTER,
    MARGIN,
    PageFrame,
    draw_folio,
    draw_footer,
    draw_header,
)
from cantine_desktop.documents.styles import INK, RULE

Step = Callable[[float], None]
"""Told how far the work is, from 0 to 1; what it raises ends the work."""


@dataclass(frozen=True)
class Part:
    """A part of the file.

    Attributes:
        title: Its name in the index and the bookmarks; empty for one that belongs to
            the part before it.
        frame: What surrounds its pages.
        make: Returns what to print; called when the parts before are done.
        level: 0 for a chapter, 1 for what stands under one.
        note: A few words beside the title in the index: “12 fiches”.
    """

    title: str
    frame: PageFrame
    make: Callable[[], Sequence[Flowable]]
    level: int = 0
    note: str = ""


@dataclass
class _Places:
    """Where things came to stand.

    Attributes:
        first: First page of each named part, by its rank.
        frames: Rank of the part that each page belongs to, the first page first.
    """

    first: dict[int, int] = field(default_factory=dict[int, int])
    frames: list[int] = field(default_factory=list[int])


def nothing_told(_share: float) -> None:
    """Tell nobody how far the work is."""


def bind(parts: Sequence[Part], step: Step = nothing_told) -> bytes:
    """Return the parts as one PDF, to be made an archive afterwards.

    Args:
        parts: In order; each begins on a page of its own.
        step: Told how far the work is after each part.
    """
    register()
    raw = BytesIO()
    places = _Places()
    templates = [_template(rank, part, places) for rank, part in enumerate(parts)]
    document = BaseDocTemplate(
        raw, pageTemplates=templates, initialFontName=REGULAR, invariant=1, pageCompression=0
    )
    document.build(
        _Story(parts, places, step), canvasmaker=partial(_Paper, parts=parts, places=places)
    )
    return raw.getvalue()


class _Story(list[Flowable]):  # noqa: FURB189  -- ReportLab asks for a list
    """What is printed, made part after part as the paper asks for it.

    ReportLab takes flowables from the front of a list, one by one: the next part is made when
    the last flowable of the one before is taken, so that a year never stands in memory at once.
    """

    def __init__(self, parts: Sequence[Part], places: _Places, step: Step) -> None:
        super().__init__()
        self._parts, self._places, self._step = parts, places, step
        self._rank = 0
        self._fill()

    def _fill(self) -> None:
        while self._rank < len(self._parts) and not len(self):
            rank, part = self._rank, self._parts[self._rank]
            self._step(rank / len(self._parts))
            self._rank += 1
            if rank:
                self += [NextPageTemplate(f"part{rank}"), PageBreak()]
            self.append(_Start(rank, part, self._places))
            self += part.make()

    @override
    def __delitem__(self, key: Any) -> None:
        super().__delitem__(key)
        self._fill()

    @override
    def pop(self, index: Any = -1) -> Flowable:
        taken = super().pop(index)
        self._fill()
        return taken


def _template(rank: int, part: Part, places: _Places) -> PageTemplate:
    width, height = part.frame.room
    bare = part.frame.bare
    left, low = (0, 0) if bare else (MARGIN, MARGIN + FOOTER)
    frame = Frame(left, low, width, height, 0, 0, 0, 0)

    def begin(canvas: Canvas, _document: BaseDocTemplate) -> None:
        places.frames.append(rank)
        canvas.doForm(f"frame{rank}")  # pyright: ignore[reportUnknownMemberType]
        canvas.doForm(f"folio{len(places.frames)}")  # pyright: ignore[reportUnknownMemberType]

    return PageTemplate(
        id=f"part{rank}", frames=[frame], onPage=begin, pagesize=part.frame.page_size
    )


class _Start(Flowable):
    """The beginning of a part: takes no room, remembers its page, sets a bookmark."""

    def __init__(self, rank: int, part: Part, places: _Places) -> None:
        super().__init__()
        self._rank, self._part, self._places = rank, part, places

    @override
    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        self.width, self.height = aW, 0
        return aW, 0

    def draw(self) -> None:
        """Remember the page."""
        part = self._part
        self._places.first[self._rank] = len(self._places.frames)
        if part.title:
            key = f"start{self._rank}"
            canvas: Any = self.canv
            canvas.bookmarkPage(key)
            canvas.addOutlineEntry(printable(part.title), key, part.level, closed=1)


class _Paper(Canvas):
    """Writes the frames, the page numbers and the numbers of the index once all is known."""

    def __init__(self, *args: Any, parts: Sequence[Part], places: _Places, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # pyright: ignore[reportUnknownMemberType]
        self._parts, self._places = parts, places

    @override
    def save(self) -> None:
        for rank, part in enumerate(self._parts):
            self._write_form(f"frame{rank}", part.frame.page_size, partial(self._around, part))
            place = self._places.first.get(rank, 0)
            self._write_form(f"place{rank}", (_NUMBER, 16), partial(self._number, place))
        last = len(self._places.frames)
        for page, rank in enumerate(self._places.frames, 1):
            frame = self._parts[rank].frame
            self._write_form(
                f"folio{page}", frame.page_size, partial(draw_folio, frame, self, page, last)
            )
        super().save()

    def _around(self, part: Part) -> None:
        draw_header(part.frame, self)
        draw_footer(part.frame, self)

    def _number(self, place: int) -> None:
        self.setFillColor(INK)
        words = str(place)
        write_lines(self, SEMIBOLD, 10, [(_NUMBER - text_width(words, SEMIBOLD, 10), 4, words)])

    def _write_form(self, name: str, size: tuple[float, float], draw: Callable[[], None]) -> None:
        self.beginForm(name, 0, 0, *size)  # pyright: ignore[reportUnknownMemberType]
        draw()
        self.endForm()  # pyright: ignore[reportUnknownMemberType]


_NUMBER = 40.0
"""Room for the number of a page in the index, in points."""


class Index(Flowable):
    """The index of a file: every named part, its note, and its page."""

    LEADING = 17.0

    def __init__(self, parts: Sequence[Part], first: int = 0, end: int | None = None) -> None:
        super().__init__()
        self._parts = parts
        self._rows = [rank for rank, part in enumerate(parts) if part.title][first:end]
        self._first = first

    @override
    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        self.width, self.height = aW, self.LEADING * len(self._rows)
        return aW, self.height

    @override
    def split(self, aW: float, aH: float, /) -> list[Flowable]:
        fits = int(aH / self.LEADING)
        if fits < 1:
            return []
        middle = self._first + fits
        end = self._first + len(self._rows)
        return [Index(self._parts, self._first, middle), Index(self._parts, middle, end)]

    def draw(self) -> None:
        """Write a line for each part."""
        canvas = self.canv
        level = self.height
        lines: list[tuple[float, float, float, float]] = []
        for rank in self._rows:
            part = self._parts[rank]
            level -= self.LEADING
            self._draw_line(part, level)
            canvas.saveState()
            canvas.translate(self.width - _NUMBER, level)
            canvas.doForm(f"place{rank}")  # pyright: ignore[reportUnknownMemberType]
            canvas.restoreState()
            lines.append((0, level, self.width, level))
        rules(canvas, lines, RULE, 0.3)

    def _draw_line(self, part: Part, level: float) -> None:
        left = 16.0 * part.level
        face = REGULAR if part.level else SEMIBOLD
        room = self.width - _NUMBER - left
        note, noted = fit(part.note, REGULAR, 9, room * 0.45)
        side = text_width(note, REGULAR, noted)
        words, size = fit(part.title, face, 10.5, room - side - 12)
        canvas = self.canv
        canvas.setFillColor(INK)
        write_lines(canvas, face, size, [(left, level + 4, words)])
        place = self.width - _NUMBER - side
        write_lines(canvas, REGULAR, noted, [(place, level + 4, note)])
