"""What every screen is: a title, a period, a document, and fresh figures."""

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cantine_desktop.i18n import tr
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.sections import entry_of


class Screen(QWidget):
    """The page of a section: builds itself once, reads again when its tables change.

    A screen is built again when the language changes; ``place`` and ``open_at``
    bring the person back where they were. Actions added with ``addAction`` are
    offered in the palette and in the Actions menu while the screen is shown.

    Attributes:
        key: Its key in ``ui.sections``.
        shows: Tables whose changes make it read again.
        help_text: One or two sentences shown by F1; marked, ``tr`` it when shown.
        desk: What it works with.
        begins_at_action: The keyboard begins on the main action of the header.
        first_stop: Where the keyboard begins; ``None`` is the first control. A focus proxy would
            have Tab pass over what stands before it.

    Signals:
        renamed: Its title or subtitle changed.
    """

    key: ClassVar[str] = ""
    shows: ClassVar[frozenset[str]] = frozenset()
    help_text: ClassVar[str] = ""
    begins_at_action: ClassVar[bool] = False

    renamed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.room)
        self.desk = desk
        self.first_stop: QWidget | None = None
        self._title = tr(entry_of(self.key).title) if self.key else ""
        self._subtitle = ""
        self._stale = True
        desk.changed.connect(self._on_changed)

    @property
    def title(self) -> str:
        """The large words of the header."""
        return self._title

    @title.setter
    def title(self, text: str) -> None:
        if text != self._title:
            self._title = text
            self.renamed.emit()

    @property
    def subtitle(self) -> str:
        """The small words under the title; may be empty."""
        return self._subtitle

    @subtitle.setter
    def subtitle(self, text: str) -> None:
        if text != self._subtitle:
            self._subtitle = text
            self.renamed.emit()

    def filters(self) -> QWidget | None:
        """Return what chooses the period or filters the screen, for the header."""
        return None

    def primary(self) -> QAction | None:
        """Return the one action of the header's filled button."""
        return None

    def document(self) -> tuple[str, Period] | None:
        """Return what Ctrl+P prints: a document's key and its period."""
        return None

    def refresh(self) -> None:
        """Read the book again and show it."""

    def open_at(self, target: object) -> None:
        """Show a place of the screen: a period, a record's key, what ``place`` returned."""

    @Slot()
    def take_keyboard(self) -> None:
        """Put the keyboard where the work of the screen begins, or goes on."""
        if self.first_stop is not None:
            self.first_stop.setFocus()

    def place(self) -> object:
        """Return what ``open_at`` needs to come back to what is shown now."""
        return None

    def _action(
        self, words: str, keys: str, do: Callable[[], object], *, enabled: bool = True
    ) -> QAction:
        """Return a new action of the screen: in its palette, and by its keys while it has them.

        Args:
            words: What the person reads.
            keys: Its keys, or empty.
            do: What it does; its result is nobody's.
            enabled: Whether it can be done now.
        """
        action = QAction(words, self)
        if keys:
            action.setShortcut(keys)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setEnabled(enabled)
        action.triggered.connect(do)
        self.addAction(action)
        return action

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.refresh()

    def _on_changed(self, tables: frozenset[str]) -> None:
        if not tables & self.shows:
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True
