"""A list of sentences, each with a state and the way to where it is mended."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem
from typing_extensions import override

from ui.kit.icons import icon

_ROLE = Qt.ItemDataRole.UserRole


class WayList(QListWidget):
    """One line for each thing; the current line stays current by its place.

    Signals:
        chosen: Enter or a double click on a line (what it stands for, never ``None``).
    """

    chosen = Signal(object)

    def __init__(self, name: str) -> None:
        """Make an empty list.

        Args:
            name: What it is called, for screen readers.
        """
        super().__init__()
        self.setAccessibleName(name)
        self.setWordWrap(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemActivated.connect(self._on_activated)

    def empty(self) -> int:
        """Take every line away, and return the place of the current one."""
        place = max(self.currentRow(), 0)
        self.clear()
        return place

    def go_back(self, place: int) -> None:
        """Make a place current again, or the last one when there are fewer lines now."""
        self.setCurrentRow(min(place, self.count() - 1))

    def add(self, drawing: tuple[str, str], words: str, meant: object, spoken: str = "") -> None:
        """Add a line.

        Args:
            drawing: Icon and its colour.
            words: The sentence.
            meant: What it stands for; ``None`` leads nowhere.
            spoken: What is read out instead of the sentence: it tells the icon too.
        """
        item = QListWidgetItem(icon(*drawing), words)
        item.setData(_ROLE, meant)
        if spoken:
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
        meant = item.data(_ROLE) if item is not None else None
        if meant is not None:
            self.chosen.emit(meant)
