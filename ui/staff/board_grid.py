"""The grid of the week: a row for each person, typed in like a spreadsheet, dragged like cards."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, QMimeData, QModelIndex, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from cantine_desktop.i18n import tr
from ui.kit.grid_model import GridModel, Place

Index = QModelIndex | QPersistentModelIndex
Movable = Callable[[int, int], bool]

_KIND = "application/x-cantine-roster-cell"


class BoardModel(GridModel):
    """Cells whose content may be dragged to another.

    Attributes:
        may_move: Tells whether the content of a cell may leave it; set by the screen.

    Signals:
        dropped: A cell was dropped on another: both places, and whether it stays too.
    """

    dropped = Signal(object, object, bool)
    may_move: Movable | None = None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if not index.isValid() or not self.cell(index.row(), index.column()).is_open:
            return flags
        flags |= Qt.ItemFlag.ItemIsDropEnabled
        if self.may_move is not None and self.may_move(index.row(), index.column()):
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags

    @override
    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    @override
    def mimeTypes(self) -> list[str]:
        return [_KIND]

    @override
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        if indexes:
            here = indexes[0]
            data.setData(_KIND, QByteArray(f"{here.row()},{here.column()}".encode()))
            data.setText(self.cell(here.row(), here.column()).text)
        return data

    @override
    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        if not parent.isValid() or not data.hasFormat(_KIND):
            return False
        source = _place(bytes(data.data(_KIND).data()).decode())
        target = (parent.row(), parent.column())
        if source != target:
            self.dropped.emit(source, target, action == Qt.DropAction.CopyAction)
        return False  # the book was written: Qt must not take the first cell away


def _place(words: str) -> Place:
    row, _, column = words.partition(",")
    return int(row), int(column)


def hours_words(minutes: int) -> str:
    """Return minutes as hours of a table: « 17 h 30 », « 0 h »."""
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else ""
    whole = tr("{hours} h").format(hours=hours)
    return f"{sign}{whole}\u00a0{rest:02}" if rest else f"{sign}{whole}"
