"""A screen that is one list: found by words, sorted, and the current record open beside it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.values.text import fold
from ui.desk import Desk
from ui.kit.empty import EmptyState
from ui.kit.flow import FlowLayout
from ui.kit.list_detail import ListDetail
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled
from ui.screen import Screen


class RecordPane(QWidget):
    """What shows one record, beside the list it stands in.

    Args:
        desk: The working context.
        key: Key of the record.
    """

    def __init__(self, desk: Desk, key: int) -> None:
        super().__init__()
        self.desk, self.key = desk, key

    def refresh(self) -> None:
        """Read the record again."""


class Keyed(Protocol):
    """A record that has a key."""

    @property
    def key(self) -> int:
        """Its key in its table."""
        ...


Record = TypeVar("Record", bound=Keyed)
Pane = TypeVar("Pane", bound=RecordPane)
Sorting = Mapping[str, Callable[[Record], Any]]


class ListScreen(Screen, Generic[Record, Pane]):
    """Records of one kind, one of them open.

    What is its own, each screen says by ``_read``, ``_row``, ``_words`` and ``_pane``; it builds
    itself with ``_lay_out``. The list is small enough to be read whole: hundreds of records.

    Attributes:
        parts: Parts of the width that the list and the pane take at first.
        rows: The records read, by key, in the order they are shown in at first.
        table: The list.
        list: The list beside the pane.
    """

    parts: ClassVar[tuple[int, int]] = (4, 7)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.rows: dict[int, Record] = {}
        self._open: Pane | None = None
        self._bar: QWidget | None = None
        self._main: QAction | None = None

    def _lay_out(
        self, name: str, columns: Sequence[Column], empty: EmptyState, invitation: str
    ) -> None:
        """Build the list and the place of the pane.

        Args:
            name: What the list is called, for screen readers.
            columns: Its columns; those with a key are sorted by ``_sorting``.
            empty: What stands there while no record exists.
            invitation: What the pane says while no record is open.
        """
        self.table: LazyTable[int] = LazyTable(
            name, columns, self._load, self._find, empty=empty, parent=self
        )
        self.list = ListDetail(self.table, self._detail, invitation, self)
        self.list.share(*self.parts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        self.first_stop = self.list.search

    def _make_bar(self, *parts: QWidget | QAction) -> QWidget:
        """Return what stands in the header: boxes that filter, buttons of actions."""
        bar = QWidget(self)
        flow = FlowLayout(scaled(8), bar)
        for part in parts:
            flow.addWidget(part if isinstance(part, QWidget) else _button(part, bar))
        return bar

    # -- what each screen says

    def _read(self) -> Iterable[Record]:
        """Read the records, and say how many in the subtitle."""
        raise NotImplementedError

    def _row(self, record: Record) -> Row:
        """Return the texts of a record."""
        raise NotImplementedError

    def _words(self, record: Record) -> str:
        """Return what a record is found by."""
        raise NotImplementedError

    def _pane(self, key: int) -> Pane:
        """Return the pane of a record."""
        raise NotImplementedError

    def _sorting(self) -> Sorting[Record]:
        """Return by what each column sorts; another one keeps the order of ``_read``."""
        return {}

    def _kept(self) -> list[Record]:
        """Return the records that the words and the boxes leave."""
        wanted = fold(self.list.words).split()
        return [
            record
            for record in self.rows.values()
            if all(word in fold(self._words(record)) for word in wanted)
        ]

    def _widen(self) -> None:
        """Drop what may hide a record."""

    # -- what all of them do

    @property
    def pane(self) -> Pane | None:
        """The record that is open."""
        return self._open if self.list.pane is not None else None

    @override
    def filters(self) -> QWidget | None:
        return self._bar

    @override
    def primary(self) -> QAction | None:
        return self._main

    @override
    def place(self) -> object:
        return self.table.current_key

    @override
    def open_at(self, target: object) -> None:
        """Show a record by its key, whatever hid it."""
        self.list.search.clear()
        self.refresh()
        if isinstance(target, int) and not self.table.go_to(target):
            self._widen()
            self.refresh()
            self.table.go_to(target)

    @override
    def refresh(self) -> None:
        """Read the records again, and the open one."""
        before = self.pane
        self.rows = {record.key: record for record in self._read()}
        self.table.refresh()
        if self.table.current_key is None and self.table.model.keys:
            self.table.go_to(self.table.model.keys[0])
        if before is not None and before is self.pane and before.key in self.rows:
            before.refresh()  # another one was just read

    def _find(self, column: str, down: bool) -> Sequence[int]:  # noqa: FBT001  -- the table's signature
        kept = self._kept()
        by = self._sorting().get(column)
        if by is not None:
            kept.sort(key=by, reverse=down)
        elif down:
            kept.reverse()
        return [record.key for record in kept]

    def _load(self, keys: Sequence[int]) -> list[Row]:
        return [self._row(self.rows[key]) for key in keys]

    def _detail(self, key: int) -> QWidget:
        self._open = self._pane(key)
        return self._open


def _button(action: QAction, parent: QWidget) -> QPushButton:
    button = QPushButton(action.text(), parent)
    button.setEnabled(action.isEnabled())
    button.clicked.connect(action.trigger)
    return button
