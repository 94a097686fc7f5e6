"""How the price of a meal builds up, bar after bar down a column of a table."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from ui.kit.colours import colours
from ui.kit.theme import scaled


class Step(NamedTuple):
    """A bar of a row; only drawn.

    Attributes:
        value: What it adds or takes off, in cents, or a total from the floor.
        is_total: It stands on the floor.
    """

    value: int
    is_total: bool = False


class StepsDelegate(QStyledItemDelegate):
    """Paints where each step begins and ends; less is hatched, a level is dashed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._spans: list[tuple[int, int, bool]] = []
        self._level: int | None = None

    def show_steps(self, steps: Sequence[Step | None], level: int | None) -> None:
        """Draw other steps, one by row, and a level in cents; ``None`` draws nothing."""
        self._level = level
        self._spans = []
        at = 0
        for step in steps:
            if step is None:
                self._spans.append((0, 0, False))
                continue
            start = 0 if step.is_total else at
            at = start + step.value
            self._spans.append((start, at, step.is_total))

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        if not 0 <= index.row() < len(self._spans):
            return
        # Qt's own declarations leave the rectangle of an option unsaid.
        rect = QRectF(option.rect)
        values = [0, self._level or 0, *(v for a, b, _ in self._spans for v in (a, b))]
        low, high = min(values), max(values)
        each = (rect.width() - scaled(16)) / ((high - low) or 1)
        left = rect.left() + scaled(8) - low * each
        start, end, is_total = self._spans[index.row()]
        painter.save()
        if start != end:
            self._paint_bar(painter, rect, (left + start * each, left + end * each), is_total)
        if self._level is not None:
            painter.setPen(QPen(QColor(colours().accent), 1.5, Qt.PenStyle.DashLine))
            x = left + self._level * each
            painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom() + 1))
        painter.restore()

    def _paint_bar(
        self,
        painter: QPainter,
        rect: QRectF,
        span: tuple[float, float],
        is_total: bool,  # noqa: FBT001
    ) -> None:
        chosen = colours()
        goes_up = span[1] >= span[0]
        colour = QColor(chosen.charts[0] if goes_up else chosen.charts[1])
        tall = float(scaled(14))
        bar = QRectF(
            min(span), rect.center().y() - tall / 2, max(abs(span[1] - span[0]), 1.5), tall
        )
        painter.setPen(QPen(colour, 1.2))
        weak = QColor(colour)
        weak.setAlphaF(0.45)
        if is_total:
            painter.setBrush(colour)
        else:
            painter.setBrush(weak if goes_up else QBrush(colour, Qt.BrushStyle.BDiagPattern))
        painter.drawRect(bar)
