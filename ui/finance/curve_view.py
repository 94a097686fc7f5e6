"""Several curves over the same months, told apart by colour, dash and name."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from cantine_desktop.values.text import NBSP
from ui.kit.colours import Colours, colours
from ui.kit.theme import font, scaled

_DASHES = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
    Qt.PenStyle.DashDotDotLine,
)


class Drawn(NamedTuple):
    """A curve: its name, its values as they are only drawn, and in words."""

    name: str
    values: tuple[float, ...]
    words: str


class CurveView(QWidget):
    """Curves, a level not to fall under, and the months below."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._curves: list[Drawn] = []
        self._labels: list[str] = []
        self._level: tuple[float, str] = (0.0, "")
        self._ticks: list[tuple[float, str]] = []
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def show_curves(
        self,
        labels: Sequence[str],
        curves: Sequence[Drawn],
        level: tuple[float, str],
        ticks: Sequence[tuple[float, str]],
    ) -> None:
        """Draw other curves; the first one is drawn strongest.

        Args:
            labels: Months, from left to right.
            curves: One value per label.
            level: The level not to fall under, and its words.
            ticks: Levels written at the left.
        """
        self._labels, self._curves = list(labels), list(curves)
        self._level, self._ticks = level, list(ticks)
        said = " ; ".join(f"{curve.name}{NBSP}: {curve.words}" for curve in curves)
        self.setAccessibleDescription(said)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(scaled(600), scaled(200))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(260), scaled(106))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._curves or not self._labels:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(10))
        chosen = colours()
        box, low, high = self._frame(painter.fontMetrics())
        self._paint_ground(painter, chosen, box, (low, high))
        for place in range(len(self._curves) - 1, -1, -1):
            self._paint_curve(painter, chosen, box, (low, high), place)
        self._paint_names(painter, chosen)

    def _frame(self, metrics: QFontMetrics) -> tuple[QRectF, float, float]:
        values = [value for curve in self._curves for value in curve.values]
        values += [self._level[0], 0.0, *(tick for tick, _ in self._ticks)]
        left = max((metrics.horizontalAdvance(words) for _, words in self._ticks), default=0)
        line = metrics.height()
        box = QRectF(self.rect()).adjusted(left + scaled(8), line + scaled(10), -4, -line - 6)
        low, high = min(values), max(values)
        return box, low, high if high > low else low + 1

    def _y(self, box: QRectF, span: tuple[float, float], value: float) -> float:
        return box.bottom() - (value - span[0]) / (span[1] - span[0]) * box.height()

    def _x(self, box: QRectF, place: int) -> float:
        return box.left() + (place + 0.5) * box.width() / len(self._labels)

    def _paint_ground(
        self, painter: QPainter, chosen: Colours, box: QRectF, span: tuple[float, float]
    ) -> None:
        metrics = painter.fontMetrics()
        for value, words in self._apart(metrics.height(), box, span):
            height = self._y(box, span, value)
            painter.setPen(QPen(QColor(chosen.border), 1))
            painter.drawLine(QPointF(box.left(), height), QPointF(box.right(), height))
            painter.setPen(QColor(chosen.muted))
            room = QRectF(0, height - metrics.height() / 2, box.left() - 6, metrics.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignRight, words)
        step = box.width() / len(self._labels)
        widest = max(metrics.horizontalAdvance(label) for label in self._labels)
        every = max(1, -(-(widest + scaled(6)) // max(int(step), 1)))
        for place in range(0, len(self._labels), every):
            wide = metrics.horizontalAdvance(self._labels[place])
            left = self._x(box, place) - wide / 2
            room = QRectF(left, box.bottom() + 4, wide + 2, metrics.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self._labels[place])
        height = self._y(box, span, self._level[0])
        painter.setPen(QPen(QColor(chosen.accent), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(box.left(), height), QPointF(box.right(), height))
        room = QRectF(box.left() + 4, height - metrics.height() - 1, box.width(), metrics.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft, self._level[1])

    def _apart(self, line: int, box: QRectF, span: tuple[float, float]) -> list[tuple[float, str]]:
        """Return the levels that can be written without touching one another."""
        if len(self._ticks) < 2:
            return self._ticks
        gap = abs(self._y(box, span, self._ticks[0][0]) - self._y(box, span, self._ticks[1][0]))
        return self._ticks[:: max(1, -int(-line // max(gap, 1)))]

    def _pen(self, chosen: Colours, place: int) -> QPen:
        colour = QColor(chosen.charts[place % len(chosen.charts)])
        return QPen(colour, 2.5 if place == 0 else 1.8, _DASHES[place % len(_DASHES)])

    def _paint_curve(
        self,
        painter: QPainter,
        chosen: Colours,
        box: QRectF,
        span: tuple[float, float],
        place: int,
    ) -> None:
        painter.setPen(self._pen(chosen, place))
        line = QPolygonF()
        for rank, value in enumerate(self._curves[place].values):
            line.append(QPointF(self._x(box, rank), self._y(box, span, value)))
        painter.drawPolyline(line)

    def _paint_names(self, painter: QPainter, chosen: Colours) -> None:
        metrics = painter.fontMetrics()
        left, sample = 0.0, float(scaled(26))
        room = (self.width() - 4) / max(len(self._curves), 1)
        for place, curve in enumerate(self._curves):
            painter.setPen(self._pen(chosen, place))
            middle = metrics.height() / 2
            painter.drawLine(QPointF(left, middle), QPointF(left + sample, middle))
            words = metrics.elidedText(
                curve.name, Qt.TextElideMode.ElideRight, int(room - sample - scaled(18))
            )
            painter.setPen(QColor(chosen.text))
            wide = metrics.horizontalAdvance(words)
            painter.drawText(QPointF(left + sample + 5, metrics.ascent()), words)
            left += sample + wide + scaled(20)
