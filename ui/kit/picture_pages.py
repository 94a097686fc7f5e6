"""A photo shown like a page of paper."""

from PySide6.QtCore import QBuffer, QByteArray, QSizeF, Qt
from PySide6.QtGui import QImage, QImageReader

_WIDEST = 2400
"""Pixels: enough to read a handwritten sheet, and a photo of a telephone has twice as many."""

_PAGE = 595.0
"""Points: the photo is shown as wide as a sheet of A4."""


class PicturePages:
    """One photo, the right way up, as the only page."""

    def __init__(self, picture: QImage) -> None:
        self._picture = picture
        height = _PAGE * picture.height() / max(picture.width(), 1)
        self.sizes = [QSizeF(_PAGE, height)]

    def __len__(self) -> int:
        return 1

    def draw(self, place: int, pixels_per_point: float) -> QImage:
        """Return the photo; there is no other page."""
        size = (self.sizes[place] * pixels_per_point).toSize()
        smooth = Qt.TransformationMode.SmoothTransformation
        return self._picture.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)

    def text(self, place: int) -> str:  # noqa: ARG002  -- as a page of a PDF has some
        """Return no words: a photo has none."""
        return ""


def read_picture(content: bytes) -> QImage | None:
    """Return a photo turned as it was taken; ``None`` when it is none. Fit for a worker thread."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.width() > _WIDEST:
        reader.setScaledSize(
            size.scaled(_WIDEST, size.height(), Qt.AspectRatioMode.KeepAspectRatio)
        )
    picture = reader.read()
    return None if picture.isNull() else picture
