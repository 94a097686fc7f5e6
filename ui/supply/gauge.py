"""A gauge: how much of what is asked is reached, with the mark of what is asked."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from cantine_desktop.i18n import tr
from ui.kit.colours import colours
from ui.kit.theme import scaled

HEIGHT = 14
WHOLE = 100


class Gauge(QWidget):
    """A bar from 0 to 100 % with a mark; what it says is also said in words beside it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._reached: int | None = None
        self._asked = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, reached: int | None, asked: int) -> None:
        """Show another share, in hundredths; ``None`` leaves the bar empty."""
        self._reached, self._asked = reached, asked
        said = tr("rien") if reached is None else f"{reached} %"
        words = tr("{name} : {reached}, {asked} % demandés")
        self.setAccessibleName(words.format(name=self._name, reached=said, asked=asked))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(scaled(240), scaled(HEIGHT + 6))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        ink = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = scaled(HEIGHT)
        top = (self.height() - height) / 2
        bar = QRectF(0.5, top, self.width() - 1, height)
        painter.setPen(QPen(QColor(ink.control_border), 1))
        painter.setBrush(QColor(ink.surface))
        painter.drawRoundedRect(bar, height / 2, height / 2)
        reached = min(self._reached or 0, WHOLE)
        if reached:
            filled = QRectF(bar)
            filled.setWidth(max(bar.width() * reached / WHOLE, height))
            is_good = reached >= self._asked
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ink.ok if is_good else ink.warn))
            painter.drawRoundedRect(filled, height / 2, height / 2)
        place = bar.left() + bar.width() * self._asked / WHOLE
        painter.setPen(QPen(QColor(ink.text), scaled(2)))
        painter.drawLine(round(place), 0, round(place), self.height())
        painter.end()
