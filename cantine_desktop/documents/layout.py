"""The page every printed document is drawn on: A4, who, what, when, page n of N.

A story is a list of flowables (``styles``, ``tables``, ``charts``, ``labels``); the frame
says the rest. The file is PDF/A-3b, and the same story and frame give the same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import IO, Any

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.documents.archive import About, Attached, to_pdfa
from cantine_desktop.documents.drawing import rules, write
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
) -> None:
    """Write a story in its frame as PDF/A-3b.

    Args:
        target: Where the bytes go.
        frame: What surrounds the content.
        story: What to print, in order; a flowable is used for one document only.
        attachments: Files the PDF carries.
    """
    register()
    raw = BytesIO()
    width, height = frame.room
    left = 0 if frame.bare else MARGIN
    bottom = 0 if frame.bare else MARGIN + FOOTER
    content = Frame(left, bottom, width, height, 0, 0, 0, 0)
    document = BaseDocTemplate(
        raw,
        pagesize=frame.page_size,
        pageTemplates=[PageTemplate(frames=[content], onPage=partial(_draw_frame, frame))],
        initialFontName=REGULAR,
        invariant=1,
    )
    document.build(list(story), canvasmaker=partial(_Paper, around=frame))
    about = About(printable(frame.title), printable(frame.canteen), language(), frame.now)
    target.write(to_pdfa(raw.getvalue(), about, attachments))


class _Paper(Canvas):
    """Writes “page 2/7” on every page once the last one is known.

    Each page calls a small form by name when it is drawn; the forms are written when the
    file is saved, so the document is laid out only once.
    """

    def __init__(self, *args: Any, around: PageFrame, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # pyright: ignore[reportUnknownMemberType]
        self._around = around

    @override
    def save(self) -> None:
        if not self._around.bare:
            self._write_folios(self.getPageNumber() - 1)
        super().save()

    def _write_folios(self, last: int) -> None:
        width, height = self._around.page_size
        for page in range(1, last + 1):
            self.beginForm(_folio(page), 0, 0, width, height)  # pyright: ignore[reportUnknownMemberType]
            self.setFillColor(INK)
            self.setFont(SEMIBOLD, 10)
            words = tr("page {page}/{last}").format(page=page, last=last)
            self.drawRightString(width - MARGIN, height - MARGIN - 9, words)
            self.endForm()  # pyright: ignore[reportUnknownMemberType]


def _folio(page: int) -> str:
    return f"folio{page}"


def _draw_frame(frame: PageFrame, canvas: Canvas, document: BaseDocTemplate) -> None:
    if frame.bare:
        return
    canvas.saveState()
    _draw_header(frame, canvas)
    _draw_footer(frame, canvas)
    canvas.doForm(_folio(document.page))  # pyright: ignore[reportUnknownMemberType]
    canvas.restoreState()


def _draw_header(frame: PageFrame, canvas: Canvas) -> None:
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


def _draw_footer(frame: PageFrame, canvas: Canvas) -> None:
    right = frame.page_size[0] - MARGIN
    code = printable(frame.sheet_id)
    side = text_width(code, SEMIBOLD, 10) + 6 * mm if code else 0
    canvas.setFillColor(INK)
    canvas.setFont(SEMIBOLD, 10)
    canvas.drawRightString(right, MARGIN + 2, code)
    canvas.setFillColor(MUTED)
    write(canvas, frame.footer, REGULAR, 8.5, (MARGIN, MARGIN + 2, right - MARGIN - side))
