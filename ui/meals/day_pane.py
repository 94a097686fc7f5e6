"""The day that is current in the calendar: its services, and what can be done there."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cantine_desktop.i18n import long_day, tr
from cantine_desktop.meals.services.model import ServiceState
from ui.kit.flow import FlowLayout
from ui.kit.icons import icon
from ui.kit.labels import wrapped
from ui.kit.theme import scaled, set_role
from ui.meals.calendar_reading import ShownDay, ShownMeal

_KEY = Qt.ItemDataRole.UserRole


class DayPane(QFrame):
    """The services of a day in words, over buttons.

    Args:
        actions: What can be done with the chosen service or the day; each is a button.
        parent: What holds it.

    Attributes:
        services: The list; its current line is the chosen service.

    Signals:
        picked: Another service of the day was chosen (its key).
        asked: A service is to be opened (its key).
    """

    picked = Signal(int)
    asked = Signal(int)

    def __init__(self, actions: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.title = wrapped(role="h2")
        self.about = wrapped(role="muted")
        self.services = QListWidget(self)
        self.services.setAccessibleName(tr("Services du jour"))
        self.services.setWordWrap(True)
        self.services.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.services.currentItemChanged.connect(self._on_current)
        self.services.itemActivated.connect(self._on_activated)
        self.nothing = wrapped(tr("Aucun service ce jour-là."), "muted")
        self.buttons: dict[QAction, QPushButton] = {}
        flow = FlowLayout(scaled(8))
        for action in actions:
            button = QPushButton(action.text(), self)
            button.clicked.connect(action.trigger)
            self.buttons[action] = button
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(12), scaled(12), scaled(12), scaled(12))
        column.setSpacing(scaled(8))
        for widget in (self.title, self.about, self.nothing):
            column.addWidget(widget)
        column.addWidget(self.services, 1)
        column.addStretch(0)
        column.addLayout(flow)

    def show_day(self, shown: ShownDay | None, picked: int | None) -> None:
        """Show a day, one of its services chosen."""
        self.services.blockSignals(True)
        self.services.clear()
        self.title.setText(long_day(shown.day).capitalize() if shown else "")
        about = " · ".join(filter(None, [shown.marks, shown.school])) if shown else ""
        self.about.setText(about)
        self.about.setVisible(bool(about))
        for each in shown.services if shown else ():
            item = QListWidgetItem(_icon(each), _lines(each))
            item.setData(_KEY, each.row.key)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, each.words)
            self.services.addItem(item)
            if each.row.key == picked:
                self.services.setCurrentItem(item)
        has_any = self.services.count() > 0
        self.services.setVisible(has_any)
        self.nothing.setVisible(not has_any)
        self.services.blockSignals(False)

    def show_actions(self) -> None:
        """Show the buttons of the actions that can be done now."""
        for action, button in self.buttons.items():
            button.setText(action.text())
            button.setVisible(action.isEnabled())

    @Slot()
    def _on_current(self) -> None:
        place = self.services.currentRow()
        if place >= 0:
            self.picked.emit(int(self.services.item(place).data(_KEY)))

    @Slot(QListWidgetItem)
    def _on_activated(self, item: QListWidgetItem) -> None:
        self.asked.emit(int(item.data(_KEY)))


def _lines(each: ShownMeal) -> str:
    row = each.row
    lines = [
        f"{row.title}, {row.meal_at:%H:%M}",
        tr("{n} inscrits sur {seats}, {cooks} en cuisine sur {places}").format(
            n=each.announced, seats=row.seats, cooks=each.cooks, places=row.kitchen_places
        ),
    ]
    state = each.state_words
    lines.append(f"{state} : {row.reason}" if row.reason else state)
    return "\n".join([*lines, *([row.note] if row.note else [])])


def _icon(each: ShownMeal) -> QIcon:
    if each.row.state is ServiceState.CANCELLED:
        return icon("prohibit", "muted")
    if each.row.state is ServiceState.CLOSED:
        return icon("check-circle-fill", "ok")
    return icon("warning-fill", "warn") if each.is_due else icon("fork-knife", "info")
