"""The page every printed document is drawn on: A4, who, what, when, page n of N.

A story is a list of flowables (``styles``, ``tables``, ``charts``, ``labels``); the frame
says the rest. The file is PDF/A-3b, and the same story and frame give the same bytes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import IO, Any

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Spacer
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.documents.archive import About, Attached, Hybrid, to_pdfa
from cantine_desktop.documents.drawing import rules, write, write_lines
from cantine_desktop.documents.fonts import (
    BOLD,
    REGULAR,
    SEMIBOLD,
    printable,
    register,
    text_width,
)
from cantine_desktop.documents.styles import INK, MUTED
from cantine_desktop.i18n import hour, language, short_day, tr

MARGIN = 12 * mm
HEADER = 19 * mm
FOOTER = 7 * mm


@dataclass(frozen=True)
class PageFrame:
    """What surrounds the content on every page.

    Attributes:
        canteen: Name of the canteen; also the author of the file.
        title: Title of the document, translated.
        period: The days it covers, in words; empty for none.
        now: Aware instant of writing, the only date the file carries.
        sheet_id: Short code by which a filled sheet is found again: ``"T-2026-S47"``.
        footer: Legal or retention line.
        landscape: Paper lying down.
        bare: Poster or labels: the whole page, without header, footer or margins.
        paper: Width and height of the paper, in points, when it stands.
    """

    canteen: str
    title: str
    period: str
    now: datetime
    sheet_id: str = ""
    footer: str = ""
    landscape: bool = False
    bare: bool = False
    paper: tuple[float, float] = A4

    @property
    def page_size(self) -> tuple[float, float]:
        """Width and height of the paper, in points."""
        return landscape(self.paper) if self.landscape else self.paper

    @property
    def room(self) -> tuple[float, float]:
        """Width and height left for the content, in points."""
        width, height = self.page_size
        if self.bare:
            return width, height
        return width - 2 * MARGIN, height - 2 * MARGIN - HEADER - FOOTER


def write_document(
    target: IO[bytes],
    frame: PageFrame,
    story: Sequence[Flowable],
    attachments: Sequence[Attached] = (),
    hybrid: Hybrid | None = None,
) -> None:
    """Write a story in its frame as PDF/A-3b.

    Args:
        target: Where the bytes go.
        frame: What surrounds the content.
        story: What to print, in order; a flowable is used for one document only.
        attachments: Files the PDF carries.
        hybrid: The file that says the same for programs.
    """
    register()
    raw = BytesIO()
    width, height = frame.room
    left = 0 if frame.bare else MARGIN
    bottom = 0 if frame.bare else MARGIN + FOOTER
    content = Frame(left, bottom, width, height, 0, 0, 0, 0)
    page = PageTemplate(frames=[content], onPage=_bare if frame.bare else _call_forms)
    document = BaseDocTemplate(
        raw,
        pagesize=frame.page_size,
        pageTemplates=[page],
        initialFontName=REGULAR,
        invariant=1,
        pageCompression=0,  # done once, when the file is made an archive
    )
    document.build([*story] or [Spacer(0, 0)], canvasmaker=partial(_Paper, around=frame))
    about = About(printable(frame.title), printable(frame.canteen), language(), frame.now)
    target.write(to_pdfa(raw.getvalue(), about, attachments, hybrid))


class _Paper(Canvas):
    """Draws what repeats once for all pages, and “page 2/7” once the last one is known.

    Each page calls forms by name when it is drawn; they are written when the file is
    saved, so the document is laid out only once.
    """

    def __init__(self, *args: Any, around: PageFrame, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # pyright: ignore[reportUnknownMemberType]
        self._around = around

    @override
    def save(self) -> None:
        if not self._around.bare:
            self._write_form("frame", self._draw_around)
            last = self.getPageNumber() - 1
            for page in range(1, last + 1):
                self._write_form(f"folio{page}", partial(self._draw_folio, page, last))
        super().save()

    def _write_form(self, name: str, draw: Callable[[], None]) -> None:
        self.beginForm(name, 0, 0, *self._around.page_size)  # pyright: ignore[reportUnknownMemberType]
        draw()
        self.endForm()  # pyright: ignore[reportUnknownMemberType]

    def _draw_around(self) -> None:
        draw_header(self._around, self)
        draw_footer(self._around, self)

    def _draw_folio(self, page: int, last: int) -> None:
        draw_folio(self._around, self, page, last)


def draw_folio(frame: PageFrame, canvas: Canvas, page: int, last: int) -> None:
    """Write “page 2/7” at the top right of a page."""
    width, height = frame.page_size
    canvas.setFillColor(INK)
    words = tr("page {page}/{last}").format(page=page, last=last)
    left = width - MARGIN - text_width(words, SEMIBOLD, 10)
    write_lines(canvas, SEMIBOLD, 10, [(left, height - MARGIN - 9, words)])


def _bare(_canvas: Canvas, _document: BaseDocTemplate) -> None:
    """Draw nothing around the content."""


def _call_forms(canvas: Canvas, document: BaseDocTemplate) -> None:
    for name in ("frame", f"folio{document.page}"):
        canvas.doForm(name)  # pyright: ignore[reportUnknownMemberType]


def draw_header(frame: PageFrame, canvas: Canvas) -> None:
    """Write who, what, when at the top of a page, and when it was printed."""
    width, height = frame.page_size
    right, top = width - MARGIN, height - MARGIN
    printed = tr("Imprimé le {day} à {hour}").format(
        day=short_day(civil_date(frame.now)), hour=hour(frame.now)
    )
    side = max(text_width(printed, REGULAR, 9), 60) + 4 * mm
    room = right - MARGIN - side
    canvas.setFillColor(MUTED)
    canvas.setFont(REGULAR, 9)
    canvas.drawRightString(right, top - 22, printed)
    write(canvas, frame.canteen, SEMIBOLD, 9.5, (MARGIN, top - 8, room))
    canvas.setFillColor(INK)
    write(canvas, frame.title, BOLD, 16, (MARGIN, top - 25, room))
    write(canvas, frame.period, REGULAR, 11, (MARGIN, top - 39, room))
    rules(canvas, [(MARGIN, top - 44, right, top - 44)], INK, 0.8)


def draw_footer(frame: PageFrame, canvas: Canvas) -> None:
    """Write the legal line and the code of the sheet at the foot of a page."""
    right = frame.page_size[0] - MARGIN
    code = printable(frame.sheet_id)
    side = text_width(code, SEMIBOLD, 10) + 6 * mm if code else 0
    canvas.setFillColor(INK)
    canvas.setFont(SEMIBOLD, 10)
    canvas.drawRightString(right, MARGIN + 2, code)
    canvas.setFillColor(MUTED)
    write(canvas, frame.footer, REGULAR, 8.5, (MARGIN, MARGIN + 2, right - MARGIN - side))
