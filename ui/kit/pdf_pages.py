"""The pages of a PDF, drawn by PDFium from the very bytes that are printed and kept."""

from importlib import import_module
from typing import Any

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QImage

POINTS_PER_INCH = 72.0


class PdfError(ValueError):
    """The bytes are not a PDF that can be shown."""


MOST_PIXELS = 64_000_000
"""Of one page: a file may say that a page is a mile long."""


class PdfPages:
    """A PDF held open for drawing and searching; window's thread only, as PDFium wants it.

    Lengths are in points, from the top left corner.
    """

    def __init__(self, content: bytes) -> None:
        # 90 ms that only the first preview needs; the library carries no types.
        pdfium: Any = import_module("pypdfium2")
        self.content = content
        try:
            self._document: Any = pdfium.PdfDocument(content)
        except pdfium.PdfiumError as error:
            raise PdfError(str(error)) from error
        self.sizes = [QSizeF(*self._document[n].get_size()) for n in range(len(self._document))]

    def __len__(self) -> int:
        return len(self.sizes)

    def draw(self, place: int, pixels_per_point: float) -> QImage:
        """Return a page, counted from 0, as a picture on white; coarser when it is a giant."""
        page = self.sizes[place]
        finest = (MOST_PIXELS / max(page.width() * page.height(), 1)) ** 0.5
        scale = min(pixels_per_point, finest)
        bitmap = self._page(place).render(scale=scale, rev_byteorder=True)
        kind = QImage.Format.Format_RGBA8888 if bitmap.n_channels == 4 else _opaque(bitmap.mode)
        picture = QImage(
            memoryview(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, kind
        )
        return picture.copy()  # the buffer dies with the bitmap

    def text(self, place: int) -> str:
        """Return the words of a page."""
        return str(self._page(place).get_textpage().get_text_bounded())

    def find(self, words: str) -> list[tuple[int, QRectF]]:
        """Return where words stand, case aside: pages and boxes, in reading order."""
        found: list[tuple[int, QRectF]] = []
        for place in range(len(self)):
            page = self._page(place)
            text = page.get_textpage()
            search = text.search(words)
            while (match := search.get_next()) is not None:
                start, count = match
                for n in range(text.count_rects(start, count)):
                    left, bottom, right, top = text.get_rect(n)
                    height = page.get_height()
                    found.append((place, QRectF(left, height - top, right - left, top - bottom)))
        return found

    def close(self) -> None:
        """Let the document go."""
        self._document.close()

    def _page(self, place: int) -> Any:
        return self._document[place]


def _opaque(mode: str) -> QImage.Format:
    kinds = {
        "RGB": QImage.Format.Format_RGB888,
        "RGBX": QImage.Format.Format_RGBX8888,
        "L": QImage.Format.Format_Grayscale8,
    }
    return kinds[mode]
