"""How a day of the calendar is drawn: its number, what is said of it, its services as chips."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from cantine_desktop.i18n import tr
from cantine_desktop.meals.services.model import ServiceState
from ui.kit.colours import Colours, colours
from ui.kit.theme import font, scaled
from ui.meals.calendar_reading import ShownDay, ShownMeal

Index = QModelIndex | QPersistentModelIndex
_LINE, _GAP, _EDGE = 21, 2, 5
"""Pixels at 100 %: a line of a chip, between chips, inside a cell."""

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class DayDelegate(QStyledItemDelegate):
    """Draws days.

    Args:
        parent: The grid.
        day_at: Returns the day of a cell.

    Attributes:
        today: The present day, ringed.
        month: Month shown; days of others are dimmed. ``None`` shows them alike.
        is_week: Chips say more: places, kitchen, state.
    """

    def __init__(self, parent: QWidget, day_at: Callable[[Index], ShownDay | None]) -> None:
        super().__init__(parent)
        self._day_at = day_at
        self.today = date.min
        self.month: int | None = None
        self.is_week = False

    def boxes(self, cell: QRect, shown: ShownDay) -> list[tuple[QRect, int]]:
        """Return where each service of a day is drawn, with its key, as many as fit."""
        edge, gap = scaled(_EDGE), scaled(_GAP)
        top = cell.top() + scaled(_LINE) + edge
        if self.is_week and (shown.marks or shown.school):
            top += scaled(_LINE) * (bool(shown.marks) + bool(shown.school))
        room = cell.bottom() - edge - top
        both = len(shown.services) * (2 * scaled(_LINE) + gap) - gap
        height = scaled(_LINE) * (4 if self.is_week else 2 if both <= room else 1)
        fit = max((room + gap) // (height + gap), 1)
        return [
            (
                QRect(
                    cell.left() + edge, top + n * (height + gap), cell.width() - 2 * edge, height
                ),
                each.row.key,
            )
            for n, each in enumerate(shown.services[:fit])
        ]

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown = self._day_at(index)
        if shown is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = colours()
        cell: QRect = option.rect
        has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(cell, QColor(self._ground(shown, chosen, is_current=is_current)))
        self._head(painter, cell, shown, chosen)
        boxes = self.boxes(cell, shown)
        for (box, _key), each in zip(boxes, shown.services, strict=False):
            self._chip(painter, box, each, chosen)
        hidden = len(shown.services) - len(boxes)
        if hidden > 0:
            painter.setFont(font(10))
            painter.setPen(QColor(chosen.muted))
            edge = scaled(_EDGE)
            painter.drawText(
                cell.adjusted(edge, edge, -edge, 0), Qt.AlignmentFlag.AlignRight, f"+{hidden}"
            )
        if has_focus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(chosen.focus), scaled(2)))
            painter.drawRect(cell.adjusted(1, 1, -2, -2))
        painter.restore()

    def _ground(self, shown: ShownDay, chosen: Colours, *, is_current: bool) -> str:
        if is_current:
            return chosen.selection
        if shown.closed is not None or self._is_dim(shown):
            return chosen.sunk
        return chosen.bg if shown.day.isoweekday() > 5 else chosen.surface

    def _is_dim(self, shown: ShownDay) -> bool:
        return self.month is not None and shown.day.month != self.month

    def _head(self, painter: QPainter, cell: QRect, shown: ShownDay, chosen: Colours) -> None:
        edge, line = scaled(_EDGE), scaled(_LINE)
        head = QRect(cell.left() + edge, cell.top() + edge // 2, cell.width() - 2 * edge, line)
        if shown.school:
            band = QRect(cell.left(), cell.top(), cell.width(), scaled(3))
            painter.fillRect(band, QColor(chosen.charts[3]))
        number = str(shown.day.day)
        painter.setFont(font(11, semibold=True))
        wide = max(painter.fontMetrics().horizontalAdvance(number) + scaled(8), line)
        if shown.day == self.today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(chosen.primary))
            disc = QRect(head.left() - scaled(2), head.top(), wide, line)
            painter.drawRoundedRect(disc, line / 2, line / 2)
            painter.setPen(QColor(chosen.on_primary))
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, number)
        else:
            painter.setPen(QColor(chosen.muted if self._is_dim(shown) else chosen.text))
            painter.drawText(head, _LEFT, number)
        if self.is_week:
            self._week_marks(painter, head, shown, chosen)
            return
        painter.setFont(font(10))
        marks = shown.closed or shown.marks  # the grey of the cell says that it is closed
        painter.setPen(
            QColor(chosen.bad if shown.holiday and shown.closed is None else chosen.muted)
        )
        room = head.adjusted(wide + scaled(2), 0, 0, 0)
        painter.drawText(room, _RIGHT, _cut(painter.font(), marks, room.width()))

    def _week_marks(self, painter: QPainter, head: QRect, shown: ShownDay, chosen: Colours) -> None:
        painter.setFont(font(10))
        line = head
        for words, colour in ((shown.marks, chosen.bad), (shown.school, chosen.muted)):
            if words:
                line = line.translated(0, scaled(_LINE))
                painter.setPen(QColor(colour))
                painter.drawText(line, _LEFT, _cut(painter.font(), words, line.width()))

    def _chip(self, painter: QPainter, box: QRect, each: ShownMeal, chosen: Colours) -> None:
        edge, ground, ink = _inks(each, chosen)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, 3, 3)
        painter.fillRect(QRect(box.left(), box.top(), scaled(4), box.height()), QColor(edge))
        is_off = each.row.state is ServiceState.CANCELLED
        written = font(10, semibold=not is_off)
        written.setStrikeOut(is_off)
        plain = font(10)
        painter.setPen(QColor(ink))
        room = box.adjusted(scaled(8), 0, -scaled(4), 0)
        line = QRect(room.left(), room.top(), room.width(), scaled(_LINE))
        lines = _told(each) if self.is_week else _short(each)
        if box.height() < 2 * scaled(_LINE) or self.is_week:
            lines[0] = _one_line(each, written, line.width())
        if box.height() < 2 * scaled(_LINE):
            del lines[1:]
        for n, words in enumerate(lines):
            painter.setFont(written if n == 0 else plain)
            at = line.translated(0, n * scaled(_LINE))
            painter.drawText(at, _LEFT, _cut(painter.font(), words, at.width()))


def _inks(each: ShownMeal, chosen: Colours) -> tuple[str, str, str]:
    """Return the colours of a chip: its edge, its ground, its words."""
    if each.row.state is ServiceState.CANCELLED:
        return chosen.border, chosen.sunk, chosen.muted
    if each.row.state is ServiceState.CLOSED:
        return chosen.ok, chosen.ok_bg, chosen.text
    if each.is_due:
        return chosen.warn, chosen.warn_bg, chosen.text
    return chosen.info, chosen.info_bg, chosen.text


def _told(each: ShownMeal) -> list[str]:
    row = each.row
    last = each.state_words
    if row.reason:
        last = f"{last} – {row.reason}"
    return [
        f"{row.meal_at:%H:%M} {row.title}",
        tr("{n} / {seats} inscrits").format(n=each.announced, seats=row.seats),
        tr("{n} / {places} en cuisine").format(n=each.cooks, places=row.kitchen_places),
        last,
    ]


def _short(each: ShownMeal) -> list[str]:
    row = each.row
    if row.state is ServiceState.CANCELLED:
        return [f"{row.meal_at:%H:%M} {row.title}", row.reason or each.state_words]
    if row.state is ServiceState.PLANNED and not each.is_due:
        second = tr("{n} / {seats} inscrits").format(n=each.announced, seats=row.seats)
        return [f"{row.meal_at:%H:%M} {row.title}", second]
    return [f"{row.meal_at:%H:%M} {row.title}", each.state_words]


def _one_line(each: ShownMeal, written: QFont, width: int) -> str:
    """Return what a narrow chip says: what fits of its hour and title."""
    hour = f"{each.row.meal_at:%H:%M}"
    metrics = QFontMetrics(written)
    tries = (f"{hour} {each.row.title}", each.row.title, hour)
    return next((words for words in tries if metrics.horizontalAdvance(words) <= width), hour)


def _cut(written: QFont, words: str, width: int) -> str:
    return QFontMetrics(written).elidedText(words, Qt.TextElideMode.ElideRight, width)
