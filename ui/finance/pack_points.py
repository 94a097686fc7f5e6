"""What an accountant would ask of a month; Enter goes where it is mended."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem
from typing_extensions import override

from cantine_desktop.finance.pack.checklist import STATES, Point, State
from cantine_desktop.i18n import tr
from ui.kit.icons import icon

ROLE = Qt.ItemDataRole.UserRole

_ICONS = {
    State.DONE: ("check-circle-fill", "ok"),
    State.TO_DO: ("warning-fill", "warn"),
    State.TO_WATCH: ("info-fill", "info"),
    State.LATER: ("info-fill", "muted"),
}
_ORDER = (State.TO_DO, State.TO_WATCH, State.DONE, State.LATER)


class PointList(QListWidget):
    """One line for each point, what is to do first.

    Signals:
        chosen: Enter or a double click on a point (its ``Point``).
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Contrôles du mois"))
        self.setWordWrap(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemActivated.connect(self._on_activated)

    def show_points(self, points: Sequence[Point]) -> None:
        """Show other points; the current line stays current by its place."""
        place = max(self.currentRow(), 0)
        self.clear()
        for state in _ORDER:
            for point in points:
                if point.state is state:
                    self._add(point)
        self.setCurrentRow(min(place, self.count() - 1))

    def _add(self, point: Point) -> None:
        words = tr("{title} : {words}").format(title=point.title, words=point.words)
        item = QListWidgetItem(icon(*_ICONS[point.state]), words)
        item.setData(ROLE, point)
        spoken = tr("{words}, {state}").format(words=words, state=tr(STATES[point.state]))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        self.addItem(item)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_activated(self.currentItem())
            return
        super().keyPressEvent(event)

    @Slot(QListWidgetItem)
    def _on_activated(self, item: QListWidgetItem | None) -> None:
        point = item.data(ROLE) if item is not None else None
        if isinstance(point, Point):
            self.chosen.emit(point)
