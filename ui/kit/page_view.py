"""A scrolled column of PDF pages, drawn when they come in sight."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Literal, Protocol

from PySide6.QtCore import QPoint, QRect, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget
from typing_extensions import override

from cantine_desktop.i18n import tr
from ui.kit.colours import colours
from ui.kit.theme import scaled

Zoom = Literal["width", "page"]

_KEPT = 12
"""Pictures of pages kept drawn."""
_LEAST, _MOST = 0.25, 6.0


class Pages(Protocol):
    """Pages that can be drawn: of a PDF, of a photo."""

    @property
    def sizes(self) -> Sequence[QSizeF]:
        """Width and height of each, in points."""
        ...

    def __len__(self) -> int:
        """Return how many there are."""
        ...

    def draw(self, place: int, pixels_per_point: float) -> QImage:
        """Return a page, counted from 0, as a picture on white."""
        ...

    def text(self, place: int) -> str:
        """Return the words of a page."""
        ...


class PageView(QAbstractScrollArea):
    """Pages under one another; zoom in pixels per point or fitted to the window.

    Signals:
        moved: Another page stands at the top (counted from 0).
        zoomed: The pages are shown larger or smaller.
    """

    moved = Signal(int)
    zoomed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: Pages | None = None
        self._zoom: Zoom | float = "width"
        self._drawn: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self._marks: list[tuple[int, QRectF]] = []
        self._boxes: list[QRect] = []
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Pages du document"))
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def show_pages(self, pages: Pages | None) -> None:
        """Show another document, from its first page."""
        self._pages = pages
        self._drawn.clear()
        self._marks = []
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self._tell_page(0)

    @property
    def current(self) -> int:
        """The page at the top, counted from 0."""
        return self._current

    @property
    def percent(self) -> int:
        """How large the pages are beside paper, on a screen of 96 dots per inch."""
        return round(self._scale() * 75)

    def set_zoom(self, zoom: Zoom | float) -> None:
        """Fit the pages to the ``"width"`` or the whole ``"page"``, or set pixels per point."""
        page = self._current
        self._zoom = zoom if isinstance(zoom, str) else min(max(zoom, _LEAST), _MOST)
        self._drawn.clear()
        self._lay_out()
        self.go_to(page)
        self.zoomed.emit()

    def zoom_by(self, factor: float) -> None:
        """Show the pages larger or smaller."""
        self.set_zoom(self._scale() * factor)

    def go_to(self, page: int) -> None:
        """Bring a page, counted from 0, to the top."""
        if self._pages and len(self._pages):
            page = min(max(page, 0), len(self._pages) - 1)
            self.verticalScrollBar().setValue(self._box(page).top() - scaled(12))
            self._tell_page(page)

    def show_marks(self, marks: list[tuple[int, QRectF]]) -> None:
        """Mark places of pages, in points."""
        self._marks = marks
        self.viewport().update()

    def bring(self, page: int, box: QRectF) -> None:
        """Bring a place of a page, in points, into sight."""
        top = self._box(page).top() + round(box.top() * self._scale())
        self.verticalScrollBar().setValue(top - self.viewport().height() // 3)

    def _scale(self) -> float:
        """Return pixels per point."""
        if not isinstance(self._zoom, str):
            return self._zoom
        if not self._pages or not len(self._pages):
            return 1.0
        margin = 2 * scaled(12)
        widest = max(size.width() for size in self._pages.sizes)
        scale = (self.viewport().width() - margin) / widest
        if self._zoom == "page":
            highest = max(size.height() for size in self._pages.sizes)
            scale = min(scale, (self.viewport().height() - margin) / highest)
        return min(max(scale, _LEAST), _MOST)

    def _box(self, page: int) -> QRect:
        """Return where a page stands in the whole column."""
        return self._boxes[page]

    def _lay_out(self) -> None:
        sizes = (
            [(size * self._scale()).toSize() for size in self._pages.sizes] if self._pages else []
        )
        room, gap = self.viewport().size(), scaled(12)
        self._boxes = []
        top = gap
        for size in sizes:
            left = max((room.width() - size.width()) // 2, gap)
            self._boxes.append(QRect(QPoint(left, top), size))
            top += size.height() + gap
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setRange(0, max(0, top - room.height()))
        vertical.setPageStep(room.height())
        vertical.setSingleStep(scaled(40))
        widest = max((size.width() for size in sizes), default=0)
        horizontal.setRange(0, max(0, widest + 2 * gap - room.width()))
        horizontal.setPageStep(room.width())
        self.viewport().update()

    def _picture(self, page: int) -> QImage:
        assert self._pages is not None
        ratio = self.devicePixelRatioF()
        key = (page, round(self._scale() * ratio * 1000))
        if key not in self._drawn:
            picture = self._pages.draw(page, self._scale() * ratio)
            picture.setDevicePixelRatio(ratio)
            self._drawn[key] = picture
            if len(self._drawn) > _KEPT:
                self._drawn.popitem(last=False)
        self._drawn.move_to_end(key)
        return self._drawn[key]

    @override
    def paintEvent(self, arg__1: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        chosen = colours()
        painter.fillRect(self.viewport().rect(), QColor(chosen.sunk))
        shift = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        for page in range(len(self._pages) if self._pages else 0):
            box = self._box(page).translated(-shift)
            if not box.intersects(self.viewport().rect()):
                continue
            picture = self._picture(page)
            if picture.deviceIndependentSize().width() < box.width() - 2:
                painter.drawImage(box, picture)  # a giant page, drawn coarser
            else:
                painter.drawImage(box.topLeft(), picture)
            painter.setPen(QColor(chosen.border))
            painter.drawRect(box.adjusted(-1, -1, 0, 0))
            self._paint_marks(painter, page, box.topLeft())

    def _paint_marks(self, painter: QPainter, page: int, corner: QPoint) -> None:
        scale = self._scale()
        ground = QColor("#FFD84D")  # on white paper, whatever the theme
        ground.setAlpha(120)
        for place, box in self._marks:
            if place == page:
                on_screen = QRectF(box.topLeft() * scale, box.size() * scale)
                painter.fillRect(on_screen.translated(corner), ground)

    @override
    def resizeEvent(self, arg__1: QResizeEvent) -> None:
        super().resizeEvent(arg__1)
        self._lay_out()

    @override
    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        key = arg__1.key()
        bar = self.verticalScrollBar()
        if key == Qt.Key.Key_PageDown:
            self.go_to(self._current + 1)
        elif key == Qt.Key.Key_PageUp:
            self.go_to(self._current - 1)
        elif key == Qt.Key.Key_Home:
            bar.setValue(0)
        elif key == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        elif key == Qt.Key.Key_Space:
            bar.setValue(bar.value() + bar.pageStep())
        else:
            super().keyPressEvent(arg__1)

    def _on_scrolled(self, value: int) -> None:
        count = len(self._pages) if self._pages else 0
        middle = value + self.viewport().height() // 3
        for page in range(count):
            if self._box(page).bottom() >= middle:
                self._tell_page(page)
                return

    def _tell_page(self, page: int) -> None:
        if self._pages and page < len(self._pages):
            self.setAccessibleDescription(self._pages.text(page)[:4000])
        if page != self._current:
            self._current = page
            self.moved.emit(page)
