"""The look shared by every printed sheet."""

from collections.abc import Sequence
from functools import cache
from typing import IO

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageTemplate,
    Paragraph,
    Table,
    TableStyle,
)

import resources

FONT = "Sheet"


@cache
def _register_fonts() -> None:
    with resources.path("fonts/SourceSans3-Regular.ttf") as file:
        pdfmetrics.registerFont(TTFont(FONT, str(file)))  # pyright: ignore[reportUnknownMemberType]


def write_sheet(target: IO[bytes], title: str, story: Sequence[Flowable]) -> None:
    """Write a landscape A4 document; the same content gives the same bytes."""
    _register_fonts()

    def footer(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setFont(FONT, 7)
        canvas.drawRightString(285 * mm, 8 * mm, f"{title} · {document.page}")

    document = BaseDocTemplate(target, pagesize=landscape(A4), title=title, invariant=1)
    frame = Frame(12 * mm, 14 * mm, 273 * mm, 184 * mm)
    document.addPageTemplates([PageTemplate(frames=[frame], onPage=footer)])
    heading = ParagraphStyle("heading", fontName=FONT, fontSize=15, leading=19, spaceAfter=8)
    document.build([Paragraph(title, heading), *story])


def ruled_table(rows: Sequence[Sequence[str]], widths_mm: Sequence[float]) -> Table:
    """Return a ruled table whose first row repeats on each page."""
    _register_fonts()
    style = TableStyle([
        ("FONT", (0, 0), (-1, -1), FONT, 8),
        ("GRID", (0, 0), (-1, -1), 0.3, colors.grey),
    ])
    widths = [width * mm for width in widths_mm]
    return Table([list(row) for row in rows], colWidths=widths, repeatRows=1, style=style)
