"""A table of any length: keys first, rows when they come in sight."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStackedLayout, QTableView, QWidget
from typing_extensions import override

from cantine_desktop.i18n import tr
from ui.kit.colours import colours
from ui.kit.empty import EmptyState
from ui.kit.theme import looks_changed, scaled

Index = QModelIndex | QPersistentModelIndex
Key = TypeVar("Key")

_PAGE = 128
"""Rows read at once; a screenful and some."""
_PAGES_KEPT = 40
_PATIENCE = 1000
"""Milliseconds between two letters of one type-ahead search."""

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Column(NamedTuple):
    """A column of a table.

    Attributes:
        title: What stands at its head, with the unit of its numbers.
        width: Pixels at 100 %, until the person changes it.
        align: Numbers right, words left.
        key: Name under which the sort asks for it; empty where no sort makes sense.
    """

    title: str
    width: int = 120
    align: Literal["left", "right"] = "left"
    key: str = ""


class Row(NamedTuple):
    """The texts of a row, one per column; ``tone`` names its colour, ``"muted"`` or ``"bad"``."""

    texts: tuple[str, ...]
    tone: str = ""


class LazyModel(QAbstractTableModel, Generic[Key]):
    """Rows by key, read a page at a time.

    Args:
        columns: The columns.
        load: Returns the rows of some keys, in the order of the keys. It opens its own
            session.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        load: Callable[[Sequence[Key]], Sequence[Row]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = list(columns)
        self._load = load
        self._keys: Sequence[Key] = ()
        self._pages: dict[int, Sequence[Row]] = {}

    @property
    def keys(self) -> Sequence[Key]:
        """The keys of all rows, in the order shown."""
        return self._keys

    def show_keys(self, keys: Sequence[Key]) -> None:
        """Show other rows; none is read before it comes in sight."""
        self.beginResetModel()
        self._keys = keys
        self._pages.clear()
        self.endResetModel()

    def reload(self) -> None:
        """Read again the rows in sight; the keys are the same."""
        self._pages.clear()
        if self._keys:
            last = self.index(len(self._keys) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def row(self, place: int) -> Row:
        """Return a row, read with its neighbours if need be."""
        page, rest = divmod(place, _PAGE)
        rows = self._pages.get(page)
        if rows is None:
            rows = self._load(self._keys[page * _PAGE : (page + 1) * _PAGE])
            if len(self._pages) >= _PAGES_KEPT:
                del self._pages[next(iter(self._pages))]
            self._pages[page] = rows
        return rows[rest]

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._keys)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == _DISPLAY:
            return self.row(index.row()).texts[index.column()]
        if role == _ALIGNMENT:
            return _RIGHT if self.columns[index.column()].align == "right" else _LEFT
        if role == _ACCESSIBLE:
            return self.row(index.row()).texts[index.column()] or tr("vide")
        if role == _FOREGROUND and (tone := self.row(index.row()).tone):
            return QColor(getattr(colours(), tone))
        return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == _DISPLAY:
            return self.columns[section].title
        if role == _ALIGNMENT:
            return _RIGHT if self.columns[section].align == "right" else _LEFT
        return None


# Plain integers: comparing with Qt's enumeration costs more than the rest of data().
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_FOREGROUND = int(Qt.ItemDataRole.ForegroundRole)


class LazyTable(QWidget, Generic[Key]):
    """A table that opens at once whatever its length, sorts and searches through SQL.

    Args:
        name: What the table is called, for screen readers.
        columns: The columns.
        load: Returns the rows of some keys, in their order.
        find_keys: Returns all keys in the order of a column: its ``key`` and whether it
            goes down; called to refresh and when a title is clicked.
        search: Returns the place of the first row that starts with some typed letters,
            or ``None``; without it typing does nothing.
        empty: What stands there when no row exists.
        parent: What holds it; given from the first, it is dressed once.

    Signals:
        current_changed: Another row is current (its key or ``None``).
        activated: Enter or a double click on a row (its key).
    """

    current_changed = Signal(object)
    activated = Signal(object)

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        load: Callable[[Sequence[Key]], Sequence[Row]],
        find_keys: Callable[[str, bool], Sequence[Key]],
        *,
        search: Callable[[str], int | None] | None = None,
        empty: EmptyState | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model = LazyModel(columns, load, self)
        self._find_keys = find_keys
        self._order = (next((column.key for column in columns if column.key), ""), False)
        self.view = _TableView(search, self)
        self.view.setAccessibleName(name)
        self.view.setModel(self.model)
        self._empty = empty or EmptyState(tr("Rien à montrer."))
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        self._told: Key | None = None
        self.set_widths([column.width for column in columns])
        header = self.view.horizontalHeader()
        header.setSortIndicatorShown(True)
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._sort_by)
        self.view.selectionModel().currentRowChanged.connect(self._on_current)
        self.view.activated.connect(self._on_activated)
        self._show_order()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        # A focus proxy would have Tab pass over what stands before it.
        super().focusInEvent(event)
        self.view.setFocus(event.reason())

    def refresh(self) -> None:
        """Find the keys and read the rows again; the current row stays current."""
        current, places = self.current_key, self.selected_keys
        top = self.view.rowAt(0)
        self.model.show_keys(self._find_keys(*self._order))
        self._stack.setCurrentWidget(self.view if self.model.keys else self._empty)
        if self.model.keys and current is not None:
            self.view.verticalScrollBar().setValue(max(top, 0))
            self._select(current, places)
        self._on_current()

    @property
    def current_key(self) -> Key | None:
        """The key of the current row."""
        place = self.view.currentIndex().row()
        return self.model.keys[place] if 0 <= place < len(self.model.keys) else None

    @property
    def selected_keys(self) -> list[Key]:
        """The keys of the selected rows, in the order shown."""
        rows = self.view.selectionModel().selectedRows()
        return [self.model.keys[place] for place in sorted(index.row() for index in rows)]

    def go_to(self, key: Key) -> bool:
        """Make the row of a key current and bring it into sight; tell whether it is there."""
        place = self._place(key)
        if place is None:
            return False
        self.view.selectRow(place)
        self.view.scrollTo(self.model.index(place, 0))
        return True

    @property
    def widths(self) -> list[int]:
        """Widths of the columns in pixels at 100 %, for the settings."""
        one = scaled(1000) / 1000
        return [round(self.view.columnWidth(n) / one) for n in range(len(self.model.columns))]

    def set_widths(self, widths: Sequence[int]) -> None:
        """Set the widths of the columns, in pixels at 100 %."""
        for place, width in enumerate(widths[: len(self.model.columns)]):
            self.view.setColumnWidth(place, scaled(width))

    @property
    def order(self) -> tuple[str, bool]:
        """The key of the column that sorts, and whether it goes down."""
        return self._order

    def _place(self, key: Key) -> int | None:
        try:
            return self.model.keys.index(key)
        except ValueError:
            return None

    def _select(self, current: Key, others: Sequence[Key]) -> None:
        flags = QItemSelectionModel.SelectionFlag
        selection = self.view.selectionModel()
        for key in others[:1000]:
            if (place := self._place(key)) is not None:
                selection.select(self.model.index(place, 0), flags.Select | flags.Rows)
        if (place := self._place(current)) is not None:
            selection.setCurrentIndex(self.model.index(place, 0), flags.NoUpdate)
            self.view.scrollTo(self.model.index(place, 0))

    @Slot(int)
    def _sort_by(self, place: int) -> None:
        key = self.model.columns[place].key
        if key:
            self._order = (key, key == self._order[0] and not self._order[1])
            self.refresh()
        self._show_order()

    def _show_order(self) -> None:
        key, down = self._order
        keys = [column.key for column in self.model.columns]
        order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        place = keys.index(key) if key else -1
        self.view.horizontalHeader().setSortIndicator(place, order)

    @Slot()
    def _on_current(self) -> None:
        if self.current_key != self._told:
            self._told = self.current_key
            self.current_changed.emit(self._told)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        self.activated.emit(self.model.keys[index.row()])


class _TableView(QTableView):
    """Rows of one height; letters typed look for a row through the caller's search."""

    def __init__(self, search: Callable[[str], int | None] | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._search = search
        self._typed = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PATIENCE)
        self._timer.timeout.connect(self._forget)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setAlternatingRowColors(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        self._lay_out()

    def _lay_out(self) -> None:
        self.verticalHeader().setDefaultSectionSize(scaled(32))

    @override
    def keyboardSearch(self, search: str) -> None:
        if self._search is None:
            return
        self._typed += search
        self._timer.start()
        place = self._search(self._typed)
        if place is not None:
            self.selectRow(place)

    @Slot()
    def _forget(self) -> None:
        self._typed = ""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            if self.currentIndex().isValid():
                self.activated.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if looks_changed(event):
            self._lay_out()
