"""The month or the week as a grid of days: services as chips, moved by the mouse or the keys."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget
from typing_extensions import override

from cantine_desktop.i18n import weekday
from cantine_desktop.meals.services.model import ServiceState
from ui.kit.theme import scaled
from ui.meals.calendar_paint import DayDelegate
from ui.meals.calendar_reading import ShownDay, ShownMeal

Index = QModelIndex | QPersistentModelIndex
_MIME = "application/x-cantine-service"
_MONDAY = date(2026, 1, 5)


class CalendarModel(QAbstractTableModel):
    """Days, a week a row.

    Attributes:
        days: The days shown, whole weeks.

    Signals:
        dropped: A service was dropped on a day (its key, the day).
    """

    dropped = Signal(int, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.days: list[ShownDay] = []
        self.picked: int | None = None

    def show_days(self, days: Sequence[ShownDay]) -> None:
        """Show other days."""
        same = len(days) == len(self.days)
        if same:
            self.days = list(days)
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 6))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)
            return
        self.beginResetModel()
        self.days = list(days)
        self.endResetModel()

    def day_at(self, index: Index) -> ShownDay | None:
        """Return the day of a cell."""
        place = index.row() * 7 + index.column()
        return self.days[place] if index.isValid() and place < len(self.days) else None

    def index_of(self, day: date) -> QModelIndex:
        """Return the cell of a day, or none."""
        if not self.days:
            return QModelIndex()
        place = (day - self.days[0].day).days
        return self.index(*divmod(place, 7)) if 0 <= place < len(self.days) else QModelIndex()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.days) // 7

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else 7

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        shown = self.day_at(index)
        if shown is None:
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return shown.words
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, [shown.marks, shown.school, *_lines(shown)])) or None
        return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return weekday(_MONDAY + timedelta(days=section))
        place = section * 7
        return f"S{self.days[place].day.isocalendar().week}" if place < len(self.days) else ""

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        flags |= Qt.ItemFlag.ItemIsDropEnabled
        if self.picked is not None:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags

    @override
    def mimeTypes(self) -> list[str]:
        return [_MIME]

    @override
    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    @override
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        if self.picked is not None:
            data.setData(_MIME, str(self.picked).encode())
        return data

    @override
    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        shown = self.day_at(parent)
        carried = bytes(data.data(_MIME).data()).decode()
        if shown is None or not carried.isdigit():
            return False
        self.dropped.emit(int(carried), shown.day)
        return False  # the book moves it, and the grid shows the book


class CalendarGrid(QTableView):
    """The days; the arrows go from day to day, Ctrl and an arrow moves the service.

    Signals:
        day_changed: Another day or service is current.
        asked: A service is to be opened (its key).
        stepped: The service of a day is to move by days (the number).
        left: An arrow went past the first or last week shown (the number of days).
    """

    day_changed = Signal()
    asked = Signal(int)
    stepped = Signal(int)
    left = Signal(int)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.days = CalendarModel(self)
        self.picked: int | None = None
        self.setProperty("role", "grid")
        self.setAccessibleName(name)
        self.setModel(self.days)
        self.painting = DayDelegate(self, self.days.day_at)
        self.setItemDelegate(self.painting)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setHighlightSections(False)
        self.setCornerButtonEnabled(False)
        self.activated.connect(self._on_activated)

    def show_days(self, days: Sequence[ShownDay], day: date, month: int | None) -> None:
        """Show other days, one of them current; days of another month are dimmed."""
        self.painting.month = month
        self.days.show_days(days)
        self._fit()
        self.stand(day)

    def stand(self, day: date) -> None:
        """Make a day current."""
        index = self.days.index_of(day)
        if index.isValid() and index != self.currentIndex():
            self.setCurrentIndex(index)
        self._keep_pick()

    @property
    def current(self) -> ShownDay | None:
        """The current day."""
        return self.days.day_at(self.currentIndex())

    @property
    def service(self) -> ShownMeal | None:
        """The service that keys act on: the one picked in its day, or the first."""
        shown = self.current
        if shown is None:
            return None
        found = [each for each in shown.services if each.row.key == self.picked]
        return found[0] if found else _first_of(shown)

    def pick(self, key: int | None) -> None:
        """Choose a service of the current day."""
        self.picked = self.days.picked = key
        self.viewport().update()

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._keep_pick()
        self.day_changed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        step = _STEPS.get(key)
        if step is not None and modifiers == Qt.KeyboardModifier.ControlModifier:
            self.stepped.emit(step)
            return
        if step is not None and not modifiers & ~Qt.KeyboardModifier.KeypadModifier:
            self._walk(step)
            return
        super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        key = self._service_at(index, event.position().toPoint())
        if key is not None:
            self.picked = self.days.picked = key
        super().mousePressEvent(event)
        if key is not None:
            self.pick(key)
            self.day_changed.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Share the height between weeks; a short window scrolls rather than cut a day."""
        rows = self.days.rowCount()
        if rows:
            least = scaled(64)
            height = max(self.viewport().height() // rows, least)
            self.verticalHeader().setDefaultSectionSize(height)

    def _walk(self, step: int) -> None:
        shown = self.current
        if shown is None:
            return
        there = self.days.index_of(shown.day + timedelta(days=step))
        if there.isValid():
            self.setCurrentIndex(there)
            self.scrollTo(there)
        else:
            self.left.emit(step)

    def _keep_pick(self) -> None:
        service = self.service
        self.picked = self.days.picked = service.row.key if service else None

    def _service_at(self, index: QModelIndex, point: QPoint) -> int | None:
        shown = self.days.day_at(index)
        if shown is None:
            return None
        boxes = self.painting.boxes(self.visualRect(index), shown)
        return next((key for box, key in boxes if box.contains(point)), None)

    def _on_activated(self, _index: QModelIndex) -> None:
        if self.service is not None:
            self.asked.emit(self.service.row.key)


_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


def _first_of(shown: ShownDay) -> ShownMeal | None:
    held = [each for each in shown.services if each.row.state is not ServiceState.CANCELLED]
    return next(iter(held or shown.services), None)


def _lines(shown: ShownDay) -> list[str]:
    return [each.words for each in shown.services]
