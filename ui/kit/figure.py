"""Small figures drawn at once, with words for those who do not see them."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any, Literal, NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.i18n import tr
from cantine_desktop.values.text import NBSP
from ui.kit.colours import Colours, colours
from ui.kit.theme import font, looks_changed, scaled


class Point(NamedTuple):
    """A value of a figure.

    Attributes:
        label: What it is of: « oct. ».
        value: Where it stands; ``None`` leaves a gap.
        text: How the value is written: « 9,83 € ».
    """

    label: str
    value: float | None
    text: str


class Figure(QWidget):
    """Bars or a line, the last point set off, its value written beside it.

    Values are floats: they are only drawn, never counted with.

    Args:
        title: What it shows; said by screen readers before the values.
        kind: ``"bars"``, ``"line"``, or ``"spark"``, a line without any words.
    """

    def __init__(self, title: str, kind: Literal["bars", "line", "spark"] = "bars") -> None:
        super().__init__()
        self._title, self._kind = title, kind
        self._points: list[Point] = []
        self._target: Point | None = None
        self._series = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._say()

    def show_points(
        self, points: Sequence[Point], target: Point | None = None, *, series: int = 0
    ) -> None:
        """Draw other values.

        Args:
            points: From left to right.
            target: A level to reach, drawn as a dashed line with its words.
            series: Place of the colour among those of charts.
        """
        self._points, self._target, self._series = list(points), target, series
        self._say()
        self.update()

    @property
    def words(self) -> str:
        """The figure in words, as screen readers say it."""
        values = [f"{point.label} {point.text}" for point in self._points]
        if self._target:
            values.append(f"{self._target.label} {self._target.text}")
        said = ", ".join(values) or tr("aucune valeur")
        return f"{self._title}{NBSP}: {said}"

    def _say(self) -> None:
        self.setAccessibleName(self._title)
        self.setAccessibleDescription(self.words)
        self.setToolTip("" if self._kind != "spark" else self.words)

    @override
    def sizeHint(self) -> QSize:
        return QSize(scaled(220), scaled(44 if self._kind == "spark" else 140))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(80), scaled(32 if self._kind == "spark" else 96))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not any(point.value is not None for point in self._points):
            return
        painter = QPainter(self)
        chosen = colours()
        frame = _Frame(self._points, self._target, self._plot_box(), self._kind == "bars")
        if self._kind == "bars":
            self._paint_bars(painter, frame, chosen)
        else:
            self._paint_line(painter, frame, chosen)
        if self._kind != "spark":
            self._paint_words(painter, frame, chosen)
        if self._target:
            self._paint_target(painter, frame, chosen)

    def _plot_box(self) -> QRectF:
        if self._kind == "spark":
            return QRectF(self.rect()).adjusted(2, 4, -2, -2)
        line = QFontMetrics(font(10)).height()
        return QRectF(self.rect()).adjusted(0, line + 4, 0, -line - 4)

    def _colour(self, chosen: Colours) -> QColor:
        return QColor(chosen.charts[self._series % len(chosen.charts)])

    def _paint_bars(self, painter: QPainter, frame: "_Frame", chosen: Colours) -> None:
        strong = self._colour(chosen)
        weak = QColor(strong)
        weak.setAlphaF(0.45)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        floor = frame.y(0.0)
        for place, point in enumerate(self._points):
            if point.value is None:
                continue
            painter.setBrush(strong if place == len(self._points) - 1 else weak)
            top = frame.y(point.value)
            bar = QRectF(frame.left(place), min(top, floor), frame.bar, max(abs(floor - top), 1))
            painter.drawRoundedRect(bar, 2, 2)

    def _paint_line(self, painter: QPainter, frame: "_Frame", chosen: Colours) -> None:
        # An antialiased wide pen costs 100 times more on long lines; see the house's measures.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, len(self._points) < 200)
        painter.setPen(QPen(self._colour(chosen), 2 if len(self._points) < 200 else 0))
        run = QPolygonF()
        for place, point in enumerate(self._points):
            if point.value is None:
                painter.drawPolyline(run)
                run = QPolygonF()
            else:
                run.append(QPointF(frame.middle(place), frame.y(point.value)))
        painter.drawPolyline(run)
        if run.size():
            painter.setBrush(self._colour(chosen))
            painter.drawEllipse(run.last(), 3, 3)

    def _paint_words(self, painter: QPainter, frame: "_Frame", chosen: Colours) -> None:
        """Write labels under the points where they fit, and values where they matter."""
        small, strong = font(10), font(10, semibold=True)
        metrics = QFontMetrics(small)
        widest = max(metrics.horizontalAdvance(point.label) for point in self._points)
        every = max(1, -(-(widest + scaled(8)) // max(round(frame.step), 1)))
        last = len(self._points) - 1
        painter.setFont(small)
        painter.setPen(QColor(chosen.muted))
        floor = self.height() - metrics.height()
        for place in range(last, -1, -every):
            _centred(painter, frame, place, floor, self._points[place].label)
        values_fit = every == 1 and all(
            metrics.horizontalAdvance(point.text) < frame.step for point in self._points
        )
        painter.setPen(QColor(chosen.text))
        for place, point in enumerate(self._points):
            if point.value is not None and (values_fit or place == last):
                painter.setFont(strong if place == last else small)
                top = frame.y(max(point.value, 0.0)) - metrics.height() - 4
                _centred(painter, frame, place, round(top), point.text)

    def _paint_target(self, painter: QPainter, frame: "_Frame", chosen: Colours) -> None:
        assert self._target is not None
        assert self._target.value is not None
        height = frame.y(self._target.value)
        pen = QPen(QColor(chosen.accent), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawLine(QPointF(0, height), QPointF(frame.box.right(), height))
        if self._kind == "spark":
            return
        painter.setFont(font(10))
        line = painter.fontMetrics().height()
        room = QRectF(0, height - line - 1, frame.box.width(), line)
        painter.drawText(
            room, Qt.AlignmentFlag.AlignLeft, f"{self._target.label} {self._target.text}"
        )

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if looks_changed(event):
            self.updateGeometry()


class _Frame:
    """Where values stand in a box; zero is always in sight of bars."""

    def __init__(
        self,
        points: Sequence[Point],
        target: Point | None,
        box: QRectF,
        from_zero: bool,  # noqa: FBT001  -- private
    ) -> None:
        values = [point.value for point in points if point.value is not None]
        if target and target.value is not None:
            values.append(target.value)
        if from_zero:
            values.append(0.0)
        self.low, self.high = min(values), max(values)
        self.box = box
        self.step = box.width() / len(points)
        self.bar = max(self.step - max(self.step * 0.12, 1), 1)

    def y(self, value: float) -> float:
        span = self.high - self.low or 1.0
        return self.box.bottom() - (value - self.low) / span * self.box.height()

    def left(self, place: int) -> float:
        return self.box.left() + place * self.step + (self.step - self.bar) / 2

    def middle(self, place: int) -> float:
        return self.box.left() + (place + 0.5) * self.step


def _centred(painter: QPainter, frame: _Frame, place: int, top: int, text: str) -> None:
    width = painter.fontMetrics().horizontalAdvance(text)
    left = min(max(frame.middle(place) - width / 2, 0), frame.box.right() - width)
    room = QRectF(left, max(top, 0), width + 1, painter.fontMetrics().height())
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)


def chart_canvas(figure: Any, words: str) -> QWidget:
    """Return a widget that shows a matplotlib figure, with its text alternative.

    Args:
        figure: A ``matplotlib.figure.Figure`` in the house style.
        words: What it shows and says, for screen readers.
    """
    # Seconds that only a screen with such a figure needs.
    backend: Any = import_module("matplotlib.backends.backend_qtagg")
    holder = QWidget()
    canvas: QWidget = backend.FigureCanvasQTAgg(figure)
    canvas.setAccessibleName(words)
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(canvas)
    return holder
