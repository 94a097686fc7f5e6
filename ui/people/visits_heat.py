"""Weekdays by months, each place as dark as its mean is high, the mean written inside."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from cantine_desktop.i18n import month, number, tr, trn
from cantine_desktop.meals.visits.attendance import Attendance
from cantine_desktop.meals.visits.report import weekday_name
from cantine_desktop.values.text import NBSP
from ui.kit.colours import colours, contrast
from ui.kit.theme import font, scaled

_GAP = 3


class HeatView(QWidget):
    """The means of a period: a row for each weekday, a column for each month."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: Attendance | None = None
        self._months: Sequence[date] = ()
        self._marked: frozenset[date] = frozenset()
        self.setAccessibleName(tr("Convives par service, par jour et par mois"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def present(self, found: Attendance, marked: frozenset[date]) -> None:
        """Draw other visits; months with a note are marked with a triangle."""
        self._found, self._months, self._marked = found, found.months, marked
        self.setAccessibleDescription(self._words(found))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        rows = len(self._found.weekdays) if self._found else 1
        line = self.fontMetrics().height() + scaled(8)
        return QSize(scaled(620), line * (max(rows, 1) + 1) + scaled(4))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(300), self.sizeHint().height())

    def _words(self, found: Attendance) -> str:
        said: list[str] = []
        for place in found.weekdays:
            for first in found.months:
                cell = found.cells.get((place, first))
                if cell:
                    services = trn("{n} service", "{n} services", cell.services)
                    mean = _mean(cell.mean)
                    said.append(f"{weekday_name(place)} {month(first)}{NBSP}: {mean} ({services})")
        return " ; ".join(said)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        found = self._found
        if found is None or not found.weekdays:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(10))
        metrics = painter.fontMetrics()
        left = max(metrics.horizontalAdvance(weekday_name(each)) for each in found.weekdays)
        left += scaled(10)
        wide = (self.width() - left) / max(len(self._months), 1)
        high = self.height() / (len(found.weekdays) + 1)
        self._paint_months(painter, left, wide, high)
        most = max(cell.mean for cell in found.cells.values()) or 1.0
        for row, place in enumerate(found.weekdays):
            painter.setPen(QColor(colours().text))
            room = QRectF(0, (row + 1) * high, left - scaled(6), high)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, weekday_name(place))
            for column, first in enumerate(self._months):
                box = QRectF(left + column * wide, (row + 1) * high, wide, high)
                cell = found.cells.get((place, first))
                self._paint_cell(painter, box, cell.mean if cell else None, most)

    def _paint_months(self, painter: QPainter, left: float, wide: float, high: float) -> None:
        painter.setPen(QColor(colours().muted))
        widest = painter.fontMetrics().horizontalAdvance("00/00▲")
        every = max(1, -(-(widest + 4) // max(int(wide), 1)))
        for column, first in enumerate(self._months):
            if column % every and first not in self._marked:
                continue
            words = f"{first:%m/%y}" if column % every == 0 else ""
            words += "▲" if first in self._marked else ""
            room = QRectF(left + column * wide - widest, 0, wide + 2 * widest, high)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_cell(self, painter: QPainter, box: QRectF, mean: float | None, most: float) -> None:
        chosen = colours()
        inside = box.adjusted(_GAP / 2, _GAP / 2, -_GAP / 2, -_GAP / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        if mean is None:
            painter.setBrush(QColor(chosen.sunk))
            painter.drawRoundedRect(inside, 3, 3)
            return
        ground = _mixed(chosen.surface, chosen.primary, 0.12 + 0.88 * (mean / most) ** 2)
        painter.setBrush(ground)
        painter.drawRoundedRect(inside, 3, 3)
        inks = (chosen.text, chosen.bg)
        painter.setPen(QColor(max(inks, key=lambda ink: contrast(ink, ground.name()))))
        text = _mean(mean, 1)
        if painter.fontMetrics().horizontalAdvance(text) > inside.width():
            text = _mean(mean)
        if painter.fontMetrics().horizontalAdvance(text) <= inside.width():
            painter.drawText(inside, Qt.AlignmentFlag.AlignCenter, text)


def _mean(value: float, places: int = 0) -> str:
    return number(Decimal(str(round(value, places))), places)


def _mixed(one: str, other: str, part: float) -> QColor:
    first, second = QColor(one), QColor(other)
    return QColor(
        _shade(first.red(), second.red(), part),
        _shade(first.green(), second.green(), part),
        _shade(first.blue(), second.blue(), part),
    )


def _shade(one: int, other: int, part: float) -> int:
    return round(one + (other - one) * part)
