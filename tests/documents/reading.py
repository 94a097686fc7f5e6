"""Printed files read back as a person would see them."""

from io import BytesIO

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from reportlab.lib.units import mm

from cantine_desktop.documents.layout import write_document

SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\r": "", "\x02": "-"})


def written(frame, story, **options):
    target = BytesIO()
    write_document(target, frame, story, **options)
    return target.getvalue()


def pages(content):
    """The text of each page, its no-break spaces as plain ones."""
    pdf = pdfium.PdfDocument(content)
    texts = [page.get_textpage().get_text_range().translate(SPACES) for page in pdf]
    pdf.close()
    return texts


def letters(content):
    """Every visible character: page from 0, character, left, bottom, right, top in points."""
    pdf = pdfium.PdfDocument(content)
    for number, page in enumerate(pdf):
        text = page.get_textpage()
        for index in range(text.count_chars()):
            character = chr(pdfium_c.FPDFText_GetUnicode(text, index))
            if not character.isspace() and pdfium_c.FPDFText_IsGenerated(text, index) == 0:
                yield number, character, *text.get_charbox(index)
    pdf.close()


def body(content):
    """Every visible character between the header and the footer of an A4 page, standing."""
    return [one for one in letters(content) if 19 * mm < one[3] < 266 * mm]


def clipped(content, margin):
    """Characters nearer to the edge of their page than a margin in points."""
    pdf = pdfium.PdfDocument(content)
    sizes = [page.get_size() for page in pdf]
    pdf.close()
    return [
        (number, character, left, bottom)
        for number, character, left, bottom, right, top in letters(content)
        if left < margin
        or bottom < margin
        or right > sizes[number][0] - margin
        or top > sizes[number][1] - margin
    ]


def picture(content, page=0, scale=1.0):
    """A page as greys from 0 to 255, one row after the other."""
    pdf = pdfium.PdfDocument(content)
    bitmap = pdf[page].render(scale=scale, grayscale=True)
    array = bitmap.to_numpy().copy()
    pdf.close()
    return array.reshape(array.shape[0], array.shape[1])
