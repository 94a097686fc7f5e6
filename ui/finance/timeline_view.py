"""The months of grants on one line each: convention, answer, payments, report, today."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from cantine_desktop.i18n import short_day, tr
from ui.kit.colours import colours
from ui.kit.theme import font, scaled

_ROW = 24


class Milestone(NamedTuple):
    """A day that matters: ``"paid"`` a disc, ``"due"`` a diamond, ``"late"`` a red one."""

    day: date
    kind: str
    words: str


class Lane(NamedTuple):
    """A grant: its name, the days of its convention if it has them, its milestones."""

    name: str
    first: date | None
    last: date | None
    milestones: tuple[Milestone, ...]


class TimelineView(QWidget):
    """Lanes under one another, today as a line through all."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._lanes: list[Lane] = []
        self._today = date.min
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lanes(self, lanes: Sequence[Lane], today: date) -> None:
        """Show other lanes."""
        self._lanes, self._today = list(lanes), today
        said = [
            f"{lane.name} : " + ", ".join(f"{m.words} {short_day(m.day)}" for m in lane.milestones)
            for lane in lanes
        ]
        self.setAccessibleDescription(" ; ".join(said))
        self.setToolTip(tr("● versement   ◆ échéance   trait : aujourd’hui"))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(scaled(500), scaled(_ROW * (len(self._lanes) + 1) + 6))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(260), self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._lanes:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(10))
        days = [self._today, *(m.day for lane in self._lanes for m in lane.milestones)]
        days += [day for lane in self._lanes for day in (lane.first, lane.last) if day]
        low, high = min(days).toordinal() - 15, max(days).toordinal() + 15
        left = float(min(scaled(240), self.width() // 3))
        scale = (self.width() - left - 8) / (high - low)
        self._paint_months(painter, left, (low, high), scale)
        for place, lane in enumerate(self._lanes):
            self._paint_lane(painter, lane, place, left, low, scale)

    def _paint_months(
        self, painter: QPainter, left: float, span: tuple[int, int], scale: float
    ) -> None:
        chosen = colours()
        metrics = painter.fontMetrics()
        day = date.fromordinal(span[0]).replace(day=1)
        taken = left
        while day.toordinal() < span[1]:
            x = left + (day.toordinal() - span[0]) * scale
            words = f"{day:%m/%y}"
            if x >= taken and x + metrics.horizontalAdvance(words) <= self.width():
                painter.setPen(QPen(QColor(chosen.border), 1))
                painter.drawLine(QPointF(x, scaled(_ROW) - 6), QPointF(x, self.height()))
                painter.setPen(QColor(chosen.muted))
                painter.drawText(QPointF(x, metrics.ascent()), words)
                taken = x + metrics.horizontalAdvance(words) + scaled(10)
            day = (day.replace(day=28) + _FIVE_DAYS).replace(day=1)
        x = left + (self._today.toordinal() - span[0]) * scale
        painter.setPen(QPen(QColor(chosen.accent), 1.5))
        painter.drawLine(QPointF(x, scaled(_ROW) - 8), QPointF(x, self.height()))

    def _paint_lane(
        self, painter: QPainter, lane: Lane, place: int, left: float, low: int, scale: float
    ) -> None:
        chosen = colours()
        row = float(scaled(_ROW))
        middle = row * (place + 1.5)
        metrics = painter.fontMetrics()
        name = metrics.elidedText(lane.name, Qt.TextElideMode.ElideRight, int(left - 12))
        painter.setPen(QColor(chosen.text))
        painter.drawText(QPointF(0, middle + metrics.ascent() / 2 - 2), name)
        if lane.first and lane.last:
            start = left + (lane.first.toordinal() - low) * scale
            wide = (lane.last.toordinal() - lane.first.toordinal()) * scale
            weak = QColor(chosen.charts[0])
            weak.setAlphaF(0.35)
            painter.fillRect(QRectF(start, middle - row * 0.18, wide, row * 0.36), weak)
        for mark in lane.milestones:
            x = left + (mark.day.toordinal() - low) * scale
            painter.setPen(QPen(QColor(chosen.surface), 1))
            painter.setBrush(QColor(_colour_of(mark.kind)))
            size = row * 0.22
            if mark.kind == "paid":
                painter.drawEllipse(QPointF(x, middle), size, size)
            else:
                diamond = QPolygonF([
                    QPointF(x, middle - size * 1.3),
                    QPointF(x + size * 1.3, middle),
                    QPointF(x, middle + size * 1.3),
                    QPointF(x - size * 1.3, middle),
                ])
                painter.drawPolygon(diamond)


_FIVE_DAYS = date(2000, 1, 6) - date(2000, 1, 1)


def _colour_of(kind: str) -> str:
    chosen = colours()
    return {"paid": chosen.charts[0], "late": chosen.bad}.get(kind, chosen.warn)
