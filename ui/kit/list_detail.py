"""A list on the left, what is current in it on the right."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.i18n import tr
from ui.kit.empty import EmptyState
from ui.kit.field import UnitLine
from ui.kit.table import LazyTable
from ui.kit.theme import scaled, set_role

Key = TypeVar("Key")

_PATIENCE = 150
"""Milliseconds after the last letter before the list is filtered."""


class ListDetail(QWidget, Generic[Key]):
    """A searched table beside the detail of its current row.

    Args:
        table: The list; its ``find_keys`` reads :attr:`words` to filter.
        detail: Returns the pane of a key; called when another row is current.
        invitation: What the pane says while no row is current.

    Attributes:
        table: The list.
        search: The line above it.
    """

    def __init__(
        self,
        table: LazyTable[Key],
        detail: Callable[[Key], QWidget],
        invitation: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.table = table
        self._detail = detail
        # Each inside what holds it from the first: a widget that moves in is dressed again.
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        left = QWidget(self._splitter)
        self.search = UnitLine()
        self.search.setPlaceholderText(tr("Filtrer la liste"))
        self.search.setAccessibleName(tr("Filtrer la liste"))
        self.search.setClearButtonEnabled(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PATIENCE)
        self._timer.timeout.connect(table.refresh)
        self.search.textChanged.connect(self._timer.start)
        self.search.returnPressed.connect(table.setFocus)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.search)
        column.addWidget(table, 1)
        self._panes = QStackedWidget(self._splitter)
        self._panes.addWidget(EmptyState(invitation or tr("Choisissez une ligne de la liste.")))
        self._splitter.setStretchFactor(0, 2)
        self._splitter.setStretchFactor(1, 3)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(scaled(20))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)
        table.current_changed.connect(self._show)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        # A focus proxy would have Tab pass over what stands before it.
        super().focusInEvent(event)
        self.table.setFocus(event.reason())

    def share(self, left: int, right: int) -> None:
        """Give the list and the detail their parts of the width, until the person moves them."""
        self._splitter.setStretchFactor(0, left)
        self._splitter.setStretchFactor(1, right)
        self._splitter.setSizes([scaled(1000 * left), scaled(1000 * right)])

    @property
    def words(self) -> str:
        """What the list is filtered by."""
        return self.search.text().strip()

    @property
    def pane(self) -> QWidget | None:
        """The detail that is shown, or ``None``."""
        area = self._panes.currentWidget()
        return area.widget() if isinstance(area, QScrollArea) else None

    @Slot(object)
    def _show(self, key: Key | None) -> None:
        while self._panes.count() > 1:
            if (old := self._panes.widget(1)) is not None:
                self._panes.removeWidget(old)
                old.deleteLater()
        if key is None:
            return
        area = QScrollArea(self._panes)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        pane = self._detail(key)
        set_role(pane, "page")
        area.setWidget(pane)
        self._panes.addWidget(area)
        self._panes.setCurrentWidget(area)
