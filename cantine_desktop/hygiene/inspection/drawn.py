"""PDFs read as a person would: the words of a page, pages as pictures."""

from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from typing import Any

from PIL import Image

# pypdfium2 has no annotations.
_PDFIUM: Any = import_module("pypdfium2")


class UnreadableError(ValueError):
    """It is no PDF that can be drawn."""


def first_page_words(content: bytes) -> str:
    """Return the words of the first page, each space as one plain space; empty when unreadable."""
    try:
        with closing(_PDFIUM.PdfDocument(content)) as pdf:
            words: str = pdf[0].get_textpage().get_text_range()
    except (_PDFIUM.PdfiumError, IndexError):
        return ""
    return " ".join(words.split())


def page_pictures(content: bytes, most: int, dots: int) -> tuple[list[Image.Image], int]:
    """Return the first pages as pictures, and how many pages there are.

    Args:
        content: The PDF.
        most: Pages drawn.
        dots: Along the longer side of a picture.

    Raises:
        UnreadableError: It cannot be drawn.
    """
    try:
        with closing(_PDFIUM.PdfDocument(content)) as pdf:
            return list(_pictures(pdf, most, dots)), len(pdf)
    except _PDFIUM.PdfiumError as error:
        raise UnreadableError from error


def _pictures(pdf: Any, most: int, dots: int) -> Iterator[Image.Image]:
    for number in range(min(len(pdf), most)):
        page = pdf[number]
        scale = min(dots / max(*page.get_size(), 1), 4)
        picture: Image.Image = page.render(scale=scale).to_pil()
        yield picture
