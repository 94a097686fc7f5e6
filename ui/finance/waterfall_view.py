"""How the price of a meal builds up: steps from left to right, and levels to compare."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from cantine_desktop.values.text import NBSP
from ui.kit.colours import colours
from ui.kit.theme import font, scaled


class Step(NamedTuple):
    """A step: what it adds or takes off, or a total from the floor.

    Attributes:
        value: Only drawn; ``text`` is how it is written.
    """

    label: str
    value: float
    text: str
    is_total: bool = False


class WaterfallView(QWidget):
    """Bars that stand on one another; totals stand on the floor, a level is dashed."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._steps: list[Step] = []
        self._level: tuple[float, str] | None = None
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: Sequence[Step], level: tuple[float, str] | None = None) -> None:
        """Draw other steps, and a level with its words."""
        self._steps, self._level = list(steps), level
        said = " ; ".join(f"{step.label}{NBSP}: {step.text}" for step in steps)
        self.setAccessibleDescription(said + (f" ; {level[1]}" if level else ""))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(scaled(600), scaled(210))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(320), scaled(190))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._steps:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(10))
        metrics = painter.fontMetrics()
        line = metrics.height()
        box = QRectF(self.rect()).adjusted(0, line + 6, 0, -2 * line - 8)
        spans = list(_spans(self._steps))
        values = [0.0, *(value for span in spans for value in span)]
        values += [self._level[0]] if self._level else []
        low, high = min(values), max(values)
        scale = box.height() / ((high - low) or 1.0)
        step = box.width() / len(self._steps)
        if self._level:
            self._paint_level(painter, box, box.bottom() - (self._level[0] - low) * scale)
        for place, (each, (base, top)) in enumerate(zip(self._steps, spans, strict=True)):
            bar = QRectF(
                box.left() + place * step + step * 0.14,
                box.bottom() - (max(base, top) - low) * scale,
                step * 0.72,
                max(abs(top - base) * scale, 1.5),
            )
            self._paint_step(painter, each, bar, box, step)

    def _paint_step(
        self, painter: QPainter, each: Step, bar: QRectF, box: QRectF, step: float
    ) -> None:
        chosen = colours()
        colour = QColor(chosen.charts[0] if each.value >= 0 else chosen.charts[1])
        painter.setPen(QPen(colour, 1.2))
        if each.is_total:
            painter.setBrush(colour)
        elif each.value < 0:
            painter.setBrush(QBrush(colour, Qt.BrushStyle.BDiagPattern))
        else:
            weak = QColor(colour)
            weak.setAlphaF(0.45)
            painter.setBrush(weak)
        painter.drawRect(bar)
        metrics = painter.fontMetrics()
        line = metrics.height()
        middle = bar.center().x()
        painter.setPen(QColor(chosen.text))
        above = QRectF(middle - step / 2, bar.top() - line - 2, step, line)
        wide = metrics.horizontalAdvance(each.text) + 6
        ground = QRectF(middle - wide / 2, above.top() + 1, wide, line - 1)
        painter.fillRect(ground, QColor(chosen.bg))
        painter.drawText(above, Qt.AlignmentFlag.AlignCenter, each.text)
        painter.setPen(QColor(chosen.muted))
        below = QRectF(middle - step / 2 + 2, box.bottom() + 4, step - 4, 2 * line)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(below, int(flags) | int(Qt.TextFlag.TextWordWrap), each.label)

    def _paint_level(self, painter: QPainter, box: QRectF, height: float) -> None:
        assert self._level is not None
        chosen = colours()
        painter.setPen(QPen(QColor(chosen.accent), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(box.left(), height), QPointF(box.right(), height))
        line = painter.fontMetrics().height()
        room = QRectF(box.left() + 2, height - line - 1, box.width() - 4, line)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft, self._level[1])


def _spans(steps: Sequence[Step]) -> Sequence[tuple[float, float]]:
    """Return where each step begins and ends."""
    found: list[tuple[float, float]] = []
    level = 0.0
    for step in steps:
        if step.is_total:
            found.append((0.0, step.value))
            level = step.value
        else:
            found.append((level, level + step.value))
            level += step.value
    return found
