"""A list of a hundred pages, beside the same words drawn one by one on a raw canvas."""

import io
from datetime import UTC, datetime

import pypdfium2
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from cantine_desktop.documents.fonts import REGULAR
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.tables import Column, ruled_table
from tests.benchmarks.measuring import Row, in_turn

PAGES = 100
COLUMNS = 8
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


def rows(count):
    return [[f"{row}.{column} été" for column in range(COLUMNS)] for row in range(count)]


def ours(content):
    target = io.BytesIO()
    frame = PageFrame(canteen="La Marmite", title="Grand livre", period="2026", now=NOW)
    table = ruled_table([Column(f"Colonne {n}") for n in range(COLUMNS)], content)
    write_document(target, frame, [table])
    return target.getvalue()


def raw(content, per_page):
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4)
    for start in range(0, len(content), per_page):
        canvas.setFont(REGULAR, 10)
        for place, row in enumerate(content[start : start + per_page]):
            for column, text in enumerate(row):
                canvas.drawString((15 + column * 22) * mm, (275 - place * 5.6) * mm, text)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def measure(_folder):
    probe = pypdfium2.PdfDocument(ours(rows(200)))
    per_page = 1 + max(
        int(word.split(".")[0])
        for word in probe[0].get_textpage().get_text_range().split()
        if word.endswith(".0")
    )
    content = rows(per_page * PAGES)
    made = pypdfium2.PdfDocument(ours(content))
    assert PAGES <= len(made) <= PAGES * 1.1
    last = made[len(made) - 1].get_textpage().get_text_range()
    assert f"{len(content) - 1}.{COLUMNS - 1} été" in last
    mine, theirs = in_turn(lambda: ours(content), lambda: raw(content, per_page), turns=5)
    speed = f"{len(made) / mine.cpu:.0f} pages per CPU second"
    yield Row("sheet of 100 pages", mine, theirs, "raw canvas drawString", 0.6, speed)
