"""The board of events: a column a state, a card an event; arrows go from one to the next."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QWidget,
)
from typing_extensions import override

from cantine_desktop.i18n import tr
from cantine_desktop.meals.events.board import COLUMNS, EventRow
from cantine_desktop.meals.events.model import STATES, EventState
from ui.kit.theme import scaled, set_role
from ui.meals.workshops_card import CARD, CardPainter, card_of

ROLE = Qt.ItemDataRole.UserRole


LEAST_COLUMN = 150
"""Width under which a card is not read any more, in pixels at 100 %."""


class EventBoard(QWidget):
    """Columns of cards; what is over is shown in none of them.

    Signals:
        chosen: Another event is current: its key, or ``None``.
        opened: An event was opened, by Enter or by a double click.
    """

    chosen = Signal(object)
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles: dict[EventState, QLabel] = {}
        self.lists: dict[EventState, QListWidget] = {}
        self._current: int | None = None
        self._filling = False
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(scaled(8))
        grid.setVerticalSpacing(scaled(4))
        for place, state in enumerate(COLUMNS):
            title, cards = QLabel(self), QListWidget(self)
            set_role(title, "small")
            title.setWordWrap(True)
            _dress(cards, tr(STATES[state]))
            cards.itemSelectionChanged.connect(self._on_selected)
            cards.itemActivated.connect(self._on_activated)
            cards.installEventFilter(self)
            self._titles[state], self.lists[state] = title, cards
            grid.addWidget(title, 0, place)
            grid.addWidget(cards, 1, place)
            grid.setColumnStretch(place, 1)
        grid.setRowStretch(1, 1)

    @staticmethod
    def fits(width: int) -> bool:
        """Tell whether the columns can be read in a width, in pixels."""
        return width >= len(COLUMNS) * scaled(LEAST_COLUMN)

    @property
    def current(self) -> int | None:
        """Key of the current event."""
        return self._current

    def show_events(self, rows: Sequence[EventRow]) -> None:
        """Show other events; the current one stays current where it is still there."""
        self._filling = True
        for state, cards in self.lists.items():
            cards.clear()
            mine = [row for row in rows if row.state is state]
            for row in mine:
                cards.addItem(_card(row))
            words = tr(STATES[state])
            self._titles[state].setText(f"{words} · {len(mine)}" if mine else words)
        self._filling = False
        shown = [row.key for row in rows if row.state in self.lists]
        wanted = self._current if self._current in shown else next(iter(shown), None)
        self._current = None
        self.go_to(wanted)
        if any(cards.hasFocus() for cards in self.lists.values()):
            self.take_keyboard()

    def go_to(self, key: int | None) -> None:
        """Make an event current."""
        self._filling = True
        found: int | None = None
        for cards in self.lists.values():
            cards.clearSelection()
            cards.setCurrentRow(-1)
            for place in range(cards.count()):
                if key is not None and cards.item(place).data(ROLE) == key:
                    cards.setCurrentRow(place)
                    found = key
        self._filling = False
        if found != self._current:
            self._current = found
            self.chosen.emit(found)

    def take_keyboard(self) -> None:
        """Put the keyboard on the current card."""
        for cards in self.lists.values():
            for place in range(cards.count()):
                if cards.item(place).data(ROLE) == self._current:
                    cards.setCurrentRow(place)
                    cards.setFocus()
                    return
        next(iter(self.lists.values())).setFocus()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
            if step and isinstance(watched, QListWidget):
                self._go_beside(watched, step)
                return True
        return super().eventFilter(watched, event)

    def _go_beside(self, cards: QListWidget, step: int) -> None:
        """Go to the next column that has cards, at the same height."""
        columns = list(self.lists.values())
        place = columns.index(cards) + step
        while 0 <= place < len(columns):
            if count := columns[place].count():
                row = min(max(cards.currentRow(), 0), count - 1)
                self.go_to(columns[place].item(row).data(ROLE))
                columns[place].setFocus()
                return
            place += step

    @Slot()
    def _on_selected(self) -> None:
        cards = self.sender()
        if self._filling or not isinstance(cards, QListWidget) or not cards.selectedItems():
            return
        self.go_to(cards.selectedItems()[0].data(ROLE))

    @Slot(QListWidgetItem)
    def _on_activated(self, _item: QListWidgetItem) -> None:
        self.opened.emit()


def _dress(cards: QListWidget, name: str) -> None:
    cards.setAccessibleName(name)
    cards.setItemDelegate(CardPainter(cards))
    cards.setSpacing(scaled(2))
    cards.setResizeMode(QListWidget.ResizeMode.Adjust)
    cards.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    cards.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
    cards.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
    cards.setMinimumHeight(scaled(140))


def _card(row: EventRow) -> QListWidgetItem:
    card = card_of(row)
    words = "\n".join(filter(None, (card.title, card.customer, card.facts, card.step)))
    item = QListWidgetItem(words)
    item.setToolTip(words)
    item.setData(ROLE, row.key)
    item.setData(CARD, card)
    return item
