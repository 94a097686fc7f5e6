"""The table of an entry grid: its keys, its clipboard."""

from typing import Literal

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QWidget
from typing_extensions import override

from cantine_desktop.i18n import tr, trn
from ui.kit.cells import Edit
from ui.kit.clipboard import read_block, write_block
from ui.kit.grid_model import GridModel, Place
from ui.kit.grid_paint import CellDelegate, ColumnHeader, RowHeader, lines_height
from ui.kit.theme import looks_changed, scaled

Index = QModelIndex | QPersistentModelIndex
Direction = Literal["down", "across"]

MOST_PASTED = 500
"""Rows of a block that a growing grid takes at once; more is a file to import."""

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_TAB = {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
_ERASE = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}


class GridView(QTableView):
    """A table typed in like a spreadsheet; see :class:`ui.kit.grid.EntryGrid`.

    Attributes:
        grid: The cells.
        enter_moves: Where Enter goes: down the column, or across the row. Tab goes across.
        fills_down: Whether one value may fill several cells (Ctrl+D, one copied cell over a
            selection); off where each value must be read.
        row_height: Pixels at 100 %: 32, 26 when dense, 48 at the counter.
        wraps: Cells may take several lines: rows grow with them.

    Signals:
        told: Something to say about what was just done, in one sentence (``str``).
        current_moved: Another cell is current.
    """

    told = Signal(str)
    current_moved = Signal()

    def __init__(self, model: GridModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.enter_moves: Direction = "down"
        self.fills_down = True
        self.row_height = 32
        self.wraps = False
        self._fills_width = False
        self.grid = model
        self._place: Place = (0, 0)
        self.setProperty("role", "grid")
        self.setAccessibleName(name)
        self.setHorizontalHeader(ColumnHeader(self))
        self.setVerticalHeader(RowHeader(self))
        self._delegate = CellDelegate(self)
        self._delegate.left.connect(self._on_editor_left)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setModel(model)
        model.modelReset.connect(self.lay_out)
        model.dataChanged.connect(self._size_rows)
        self.lay_out()

    @Slot()
    def lay_out(self) -> None:
        """Size rows and columns for the text scale in use, and stand on a cell."""
        self.verticalHeader().setDefaultSectionSize(scaled(self.row_height))
        self._size_columns()
        self._size_rows()
        row, column = self._place
        self.stand(min(row, len(self.grid.rows) - 1), min(column, len(self.grid.columns) - 1))

    def fill_width(self) -> None:
        """Let columns grow together, each by its share, to fill the width.

        They give a little, a twentieth at most, rather than scroll.
        The room of the scroll bar is kept, so that a row more changes no width.
        """
        self._fills_width = True
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._size_columns()

    def _size_columns(self) -> None:
        widths = [scaled(head.width) for head in self.grid.columns]
        room = self.viewport().width()
        if self._fills_width and 0 < sum(widths) <= room * 21 // 20:
            widths = [width * room // sum(widths) for width in widths]
        if widths == [self.columnWidth(column) for column in range(len(widths))]:
            return
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        # Titles may need two lines in narrow columns, and no longer do in wide ones.
        self.updateGeometries()

    @Slot()
    def _size_rows(self) -> None:
        """Give each row the height of the cell that takes most lines in it."""
        if not self.wraps:
            return
        widths = [self.columnWidth(column) for column in range(len(self.grid.columns))]
        for row in range(len(self.grid.rows)):
            cells = (self.grid.cell(row, column) for column in range(len(widths)))
            needed = (
                lines_height(cell, width)
                for cell, width in zip(cells, widths, strict=True)
                if cell.wraps
            )
            self.setRowHeight(row, max(scaled(self.row_height), *needed, 0))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fills_width and event.size().width() != event.oldSize().width():
            self._size_columns()
            self._size_rows()

    def commit(self) -> None:
        """Write what is being typed; screens call it before they act on the whole grid."""
        self._delegate.finish()

    def stand(self, row: int, column: int) -> None:
        """Make a cell the current and only selected one."""
        index = self.grid.index(row, column)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def step(self, direction: Direction, *, back: bool = False) -> bool:
        """Move to the next cell to be typed in; tell whether there is one."""
        found = self._next_place(direction, back=back)
        if found is None:
            return False
        self.stand(*found)
        return True

    def _next_place(self, direction: Direction, *, back: bool) -> Place | None:
        rows, columns = len(self.grid.rows), len(self.grid.columns)
        current = self.currentIndex()
        across = direction == "across"
        line = columns if across else rows
        row, column = current.row(), current.column()
        place = row * columns + column if across else column * rows + row
        stop = -1 if back else rows * columns
        for at in range(place + (-1 if back else 1), stop, -1 if back else 1):
            major, minor = divmod(at, line)
            row, column = (major, minor) if across else (minor, major)
            if self.grid.cell(row, column).is_next:
                return row, column
        return None

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, back = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif control and key == Qt.Key.Key_D and self.fills_down:
            self.fill_down()
        elif key in _ERASE and not control:
            self.erase()
        elif key == Qt.Key.Key_Escape and self.grid.refusal_at(*self._here()):
            self.grid.forget(*self._here())
        elif key in _ENTER | _TAB and not control:
            self._leave_by(event, back=back or key == Qt.Key.Key_Backtab)
        elif control and key in _TAB:
            self._leave_grid(back=back or key == Qt.Key.Key_Backtab)
        elif control and key in _ENTER:
            event.ignore()  # the screen's
        else:
            super().keyPressEvent(event)

    def _leave_grid(self, *, back: bool) -> None:
        """Go to the next control, wherever in the grid the keyboard is."""
        self.setTabKeyNavigation(False)
        self.focusNextPrevChild(not back)
        self.setTabKeyNavigation(True)

    def _leave_by(self, event: QKeyEvent, *, back: bool) -> None:
        direction: Direction = "across" if event.key() in _TAB else self.enter_moves
        if self.step(direction, back=back):
            event.accept()
        else:
            event.ignore()  # past the last cell, Tab goes to the next control

    @Slot(object)
    def _on_editor_left(self, event: QKeyEvent) -> None:
        self.setFocus()
        if self.grid.refusal_at(*self._here()):
            return
        back = event.key() == Qt.Key.Key_Backtab or bool(
            event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        )
        match event.key():
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                up = event.key() == Qt.Key.Key_Up
                self.stand(self._here()[0] + (-1 if up else 1), self._here()[1])
            case Qt.Key.Key_Tab | Qt.Key.Key_Backtab:
                self.step("across", back=back)
            case _:
                self.step(self.enter_moves, back=back)

    def _here(self) -> Place:
        return self.currentIndex().row(), self.currentIndex().column()

    def selected(self) -> tuple[range, range]:
        """Return the rows and columns of the selected block."""
        places = [(i.row(), i.column()) for i in self.selectedIndexes()] or [self._here()]
        rows, columns = [row for row, _ in places], [column for _, column in places]
        return range(min(rows), max(rows) + 1), range(min(columns), max(columns) + 1)

    @Slot()
    def copy(self) -> None:
        """Put the selected cells on the clipboard, as a spreadsheet reads them."""
        rows, columns = self.selected()
        lines = [[self.grid.cell(row, column).text for column in columns] for row in rows]
        QGuiApplication.clipboard().setText(write_block(lines))

    @Slot()
    def copy_with_titles(self) -> None:
        """Put the selected cells on the clipboard, with the titles of rows and columns."""
        rows, columns = self.selected()
        lines = [["", *(self.grid.columns[column].spoken for column in columns)]]
        for row in rows:
            texts = [self.grid.cell(row, column).text for column in columns]
            lines.append([self.grid.rows[row].text, *texts])
        QGuiApplication.clipboard().setText(write_block(lines))

    @Slot()
    def paste(self) -> None:
        """Write the clipboard from the current cell on, as one action.

        One copied cell fills the whole selection where ``fills_down``. Empty cells of the
        block leave what is there, and so do closed and sealed cells of the grid. A block
        that does not fit is refused whole. Titles copied along are recognised and left out.
        """
        block = self._without_titles(read_block(QGuiApplication.clipboard().text()))
        if not block:
            return
        rows, columns = self.selected()
        if self.fills_down and len(block) == len(block[0]) == 1:
            block = [block[0] * len(columns)] * len(rows)
        below = MOST_PASTED if self.grid.grows else len(self.grid.rows) - rows[0]
        room = (below, len(self.grid.columns) - columns[0])
        if len(block) > room[0] or len(block[0]) > room[1]:
            self.told.emit(_too_large((len(block), len(block[0])), room))
            return
        edits = [
            Edit(rows[0] + down, columns[0] + across, text)
            for down, line in enumerate(block)
            for across, text in enumerate(line)
            if text
        ]
        self._write(edits)

    def _without_titles(self, block: list[list[str]]) -> list[list[str]]:
        """Leave out the titles that :meth:`copy_with_titles` adds."""
        titles = {head.spoken for head in self.grid.columns}
        if len(block) > 1 and len(block[0]) > 1 and not block[0][0]:
            if set(block[0][1:]) <= titles:
                return [line[1:] for line in block[1:]]
        elif len(block) > 1 and set(block[0]) <= titles:
            return block[1:]
        return block

    @Slot()
    def fill_down(self) -> None:
        """Copy the first selected row to the others, or the cell above to the current one."""
        rows, columns = self.selected()
        source = rows[0] if len(rows) > 1 else rows[0] - 1
        if source < 0:
            return
        self._write([
            Edit(row, column, self.grid.cell(source, column).text)
            for row in range(source + 1, rows[-1] + 1)
            for column in columns
        ])

    @Slot()
    def erase(self) -> None:
        """Empty the selected cells, as one action."""
        rows, columns = self.selected()
        self._write([Edit(row, column, "") for row in rows for column in columns])

    def _write(self, edits: list[Edit]) -> None:
        """Write what changes an open cell; say how many cells stayed as they were."""
        open_: list[Edit] = []
        closed = 0
        for edit in edits:
            cell = self.grid.cell(edit.row, edit.column)
            if cell.text == edit.text:
                continue
            if cell.is_open:
                open_.append(edit)
            else:
                closed += 1
        if open_:
            self.grid.enter(open_)
        if closed:
            self.told.emit(
                trn(
                    "{n} case fermée ou validée est restée telle quelle.",
                    "{n} cases fermées ou validées sont restées telles quelles.",
                    closed,
                )
            )

    @override
    def contextMenuEvent(self, arg__1: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.addAction(tr("Copier"), QKeySequence.StandardKey.Copy, self.copy)
        menu.addAction(tr("Copier avec les titres"), self.copy_with_titles)
        menu.addAction(tr("Coller"), QKeySequence.StandardKey.Paste, self.paste)
        if self.fills_down:
            menu.addAction(tr("Recopier vers le bas"), QKeySequence("Ctrl+D"), self.fill_down)
        menu.addAction(tr("Effacer"), QKeySequence.StandardKey.Delete, self.erase)
        if self.actions():  # what the screen adds for a cell
            menu.addSeparator()
            menu.addActions(self.actions())
        menu.exec(arg__1.globalPos())
        menu.deleteLater()

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self._place = (current.row(), current.column())
        self.current_moved.emit()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.stand(0, 0)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if looks_changed(event) and hasattr(self, "_place"):
            self.lay_out()


def _too_large(size: Place, room: Place) -> str:
    return tr(
        "Le bloc collé fait {rows} lignes sur {columns} colonnes ; il n’y a place que "
        "pour {free_rows} lignes sur {free_columns} à partir d’ici. Rien n’a été collé."
    ).format(rows=size[0], columns=size[1], free_rows=room[0], free_columns=room[1])
