"""A grid of boxes to tick: Space and x tick, the rest is typed as in any grid."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView
from typing_extensions import override

from ui.kit.grid import EntryGrid, GridModel

_TICKS = {"x", "X"}


class MatrixGrid(EntryGrid):
    """A sheet of days; several selected boxes are ticked in one gesture.

    Signals:
        ticked: Space was pressed on the selected boxes.
        crossed: ``x`` was: the screen ticks where boxes are ticked, and lets it be
            typed elsewhere.
    """

    ticked = Signal()

    def __init__(self, model: GridModel, name: str) -> None:
        super().__init__(model, name, fills_down=False)
        self.takes_x = False
        self.view.installEventFilter(self)

    def places(self) -> list[tuple[int, int]]:
        """Return the selected cells that may be written in, row by row."""
        rows, columns = self.view.selected()
        return [
            (row, column)
            for row in rows
            for column in columns
            if row >= 0 and column >= 0 and self.model.cell(row, column).is_open
        ]

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and self.view.state() != QAbstractItemView.State.EditingState
            and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        ):
            is_cross = self.takes_x and event.text() in _TICKS
            if event.key() == Qt.Key.Key_Space or is_cross:
                self.ticked.emit()
                return True
        return super().eventFilter(watched, event)
