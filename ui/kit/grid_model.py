"""The cells of an entry grid: a function reads them, another writes them."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from typing_extensions import override

from ui.kit.cells import Cell, Edit, Head, State, spoken
from ui.kit.sentences import REFUSALS, Refusal, refusal

Index = QModelIndex | QPersistentModelIndex
Place = tuple[int, int]

Read = Callable[[int, int], Cell]
Write = Callable[[int, int, str], str | None]
WriteMany = Callable[[Sequence[Edit]], Sequence[str | None]]

_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "center": Qt.AlignmentFlag.AlignCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
}

_ROLES = frozenset({
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
})
"""What a cell is read for."""


class GridModel(QAbstractTableModel):
    """Cells that ``read`` gives and ``write`` takes.

    ``write`` returns ``None``, or the sentence that says why the text was not taken. It
    may also simply let ``UserError``, ``NotANumber`` or ``Ambiguous`` through: the grid
    says the sentence or asks the question. A refused text stays in its cell until it is
    put right. ``write_many`` writes several cells as one action and returns as many
    answers; without it they are written one by one.

    Signals:
        refusals_changed: A text was refused, or a refused one was put right.
    """

    grows = False
    """Whether a pasted block may go on below the last row: its rows are then added."""

    refusals_changed = Signal()

    def __init__(
        self,
        read: Read,
        write: Write,
        write_many: WriteMany | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._read = read
        self._write = write
        self._write_many = write_many
        self._rows: list[Head] = []
        self._columns: list[Head] = []
        self._refused: dict[Place, tuple[str, Refusal]] = {}

    def show(self, rows: Sequence[str | Head], columns: Sequence[str | Head]) -> None:
        """Set the titles and read every cell again.

        With the titles already shown, only the cells are read: place, selection and
        refused texts stay.
        """
        heads = (_heads(rows), _heads(columns))
        if heads == (self._rows, self._columns):
            self.refresh()
            return
        self.beginResetModel()
        self._rows, self._columns = heads
        self._refused.clear()
        self.endResetModel()
        self.refusals_changed.emit()

    def show_rows(self, rows: Sequence[str | Head]) -> None:
        """Show a list that grows or shrinks at its end, without losing one's place in it.

        Refused texts of rows that are gone are dropped.
        """
        heads, before = _heads(rows), len(self._rows)
        if len(heads) > before:
            self.beginInsertRows(QModelIndex(), before, len(heads) - 1)
            self._rows = heads
            self.endInsertRows()
        elif len(heads) < before:
            self.beginRemoveRows(QModelIndex(), len(heads), before - 1)
            self._rows = heads
            self._refused = {at: why for at, why in self._refused.items() if at[0] < len(heads)}
            self.endRemoveRows()
        self._rows = heads
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, max(len(heads) - 1, 0))
        self.refresh()
        self.refusals_changed.emit()

    def refresh(self) -> None:
        """Read every cell again."""
        if self._rows and self._columns:
            last = self.index(len(self._rows) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    @property
    def rows(self) -> Sequence[Head]:
        """The titles of the rows."""
        return self._rows

    @property
    def columns(self) -> Sequence[Head]:
        """The titles of the columns."""
        return self._columns

    @property
    def refused(self) -> Sequence[Place]:
        """Cells whose text was not taken, by row, then column."""
        return sorted(self._refused)

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell as it is shown: a refused text stands before the stored one."""
        if (row, column) in self._refused:
            text, reason = self._refused[row, column]
            return Cell(text, State.ERROR, reason.sentence)
        return self._read(row, column)

    def refusal_at(self, row: int, column: int) -> Refusal | None:
        """Return why the text of a cell was not taken."""
        found = self._refused.get((row, column))
        return found[1] if found else None

    def forget(self, row: int, column: int) -> None:
        """Drop a refused text; the stored one is shown again."""
        if self._refused.pop((row, column), None) is not None:
            self._tell([(row, column)])

    def enter(self, edits: Sequence[Edit]) -> bool:
        """Write texts in cells, several as one action; tell whether all were taken."""
        answers = self._answers(edits)
        for edit, answer in zip(edits, answers, strict=True):
            place = (edit.row, edit.column)
            if answer is None:
                self._refused.pop(place, None)
            else:
                self._refused[place] = (edit.text, answer)
        self._tell((edit.row, edit.column) for edit in edits)
        return not any(answers)

    def _answers(self, edits: Sequence[Edit]) -> list[Refusal | None]:
        if self._write_many is None or len(edits) < 2:
            return [self._answer(edit) for edit in edits]
        try:
            said = self._write_many(edits)
        except REFUSALS as error:
            return [refusal(error)] * len(edits)
        return [None if sentence is None else Refusal(sentence) for sentence in said]

    def _answer(self, edit: Edit) -> Refusal | None:
        try:
            sentence = self._write(edit.row, edit.column, edit.text)
        except REFUSALS as error:
            return refusal(error)
        return None if sentence is None else Refusal(sentence)

    def _tell(self, places: Iterable[Place]) -> None:
        for row, column in places:
            index = self.index(row, column)
            if index.isValid():
                self.dataChanged.emit(index, index)
        self.refusals_changed.emit()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[self._columns[index.column()].align]
        if role not in _ROLES:
            return None
        cell = self.cell(index.row(), index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return cell.text
            case Qt.ItemDataRole.ToolTipRole:
                return cell.tip or None
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken(cell)
            case _:
                return cell.tip

    @override
    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole:
            return False
        edit = Edit(index.row(), index.column(), str(value).strip())
        is_refused = (edit.row, edit.column) in self._refused
        if edit.text == self.cell(edit.row, edit.column).text and not is_refused:
            return True  # a refused text typed again is tried again
        return self.enter([edit])

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if self.cell(index.row(), index.column()).is_open:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        heads = self._columns if orientation == Qt.Orientation.Horizontal else self._rows
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return heads[section].text
            case Qt.ItemDataRole.AccessibleTextRole:
                return heads[section].spoken
            case Qt.ItemDataRole.ToolTipRole:
                return heads[section].tip or None
            case _:
                return None


def _heads(titles: Sequence[str | Head]) -> list[Head]:
    return [title if isinstance(title, Head) else Head(title) for title in titles]
