"""What people give, amount by amount, with the displayed price among them."""

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from cantine_desktop.i18n import money, number, tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.text import NBSP
from ui.kit.colours import colours
from ui.kit.theme import font, scaled

_EURO = 100
_TICK = 5
_MOST = 30
"""Euros beyond which contributions are drawn together, at the end."""


class SpreadView(QWidget):
    """A bar for each amount at its place; hatched under the displayed price, full from it on."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._counts: dict[int, int] = {}
        self._price: Money | None = None
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_counts(self, counts: Mapping[Money, int], price: Money | None) -> None:
        """Draw other contributions.

        Args:
            counts: People by amount.
            price: Displayed price; ``None`` without any.
        """
        self._price = price
        self._counts = {}
        for amount, people in counts.items():
            place = min(amount.cents, _MOST * _EURO) // 50 * 50
            self._counts[place] = self._counts.get(place, 0) + people
        said = ", ".join(
            f"{money(Money(place))}{NBSP}: {people}"
            for place, people in sorted(self._counts.items())
        )
        if price is not None:
            said += " ; " + tr("affiché {price}").format(price=money(price))
        self.setAccessibleDescription(said)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(scaled(320), scaled(150))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(220), scaled(130))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._counts:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(10))
        line = painter.fontMetrics().height()
        box = QRectF(self.rect()).adjusted(scaled(12), line + 4, -scaled(12), -line - 4)
        last = max(*self._counts, self._price.cents if self._price else 0, 10 * _EURO)
        step = box.width() / (last / 50 + 1)
        self._paint_bars(painter, box, step)
        painter.setPen(QColor(colours().muted))
        for euros in range(0, last // _EURO + 1, _TICK):
            middle = box.left() + (euros * 2 + 0.5) * step
            room = QRectF(middle - 40, box.bottom() + 3, 80, line)
            painter.drawText(
                room, Qt.AlignmentFlag.AlignCenter, number(Money(euros * 100).euros, 0)
            )
        if self._price is not None:
            self._paint_price(painter, box, box.left() + (self._price.cents / 50 + 0.5) * step)

    def _paint_bars(self, painter: QPainter, box: QRectF, step: float) -> None:
        chosen = colours()
        colour = QColor(chosen.charts[0])
        highest = max(self._counts.values())
        price = self._price.cents if self._price else 0
        for place, people in self._counts.items():
            high = max(box.height() * people / highest, 1.5)
            left = box.left() + place / 50 * step
            bar = QRectF(left + step * 0.06, box.bottom() - high, step * 0.88, high)
            painter.setPen(QPen(colour, 1))
            hatched = place < price
            painter.setBrush(QBrush(colour, Qt.BrushStyle.BDiagPattern) if hatched else colour)
            painter.drawRect(bar)
        painter.setPen(QPen(QColor(chosen.control_border), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())

    def _paint_price(self, painter: QPainter, box: QRectF, middle: float) -> None:
        assert self._price is not None
        painter.setPen(QPen(QColor(colours().accent), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(middle, box.top()), QPointF(middle, box.bottom()))
        words = tr("affiché {price}").format(price=money(self._price))
        wide = painter.fontMetrics().horizontalAdvance(words) + 4
        left = min(max(middle - wide / 2, 0), self.width() - wide)
        room = QRectF(left, 0, wide, painter.fontMetrics().height())
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)
