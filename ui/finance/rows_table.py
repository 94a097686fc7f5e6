"""A table of rows that are already known, with totals set off, and amounts for its columns."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.i18n import number
from cantine_desktop.values.money import Money
from ui.kit.empty import EmptyState
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled

_LEAST = 180
"""Width under which words are not narrowed, in pixels at 100 %."""


class ShownRow:
    """A row to show.

    Attributes:
        key: What the screen knows it by; ``None`` for a heading or a total.
        texts: One per column.
        is_strong: Written in bold: a total, a heading.
        tone: Name of its colour, or empty.
    """

    def __init__(
        self, key: object, texts: Sequence[str], *, is_strong: bool = False, tone: str = ""
    ) -> None:
        self.key = key
        self.texts = tuple(texts)
        self.is_strong = is_strong
        self.tone = tone


class _Strong(QStyledItemDelegate):
    """Writes totals and headings in bold."""

    def __init__(self, parent: "RowsTable") -> None:
        super().__init__(parent)
        self._table = parent

    @override
    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        if self._table.rows[index.row()].is_strong:
            font = option.font
            font.setBold(True)
            option.font = font


class RowsTable(QWidget):
    """A ``LazyTable`` over rows in memory; its keys are places.

    Args:
        name: What it is called, for screen readers.
        columns: The columns.
        empty: What stands there when there is no row.
        parent: What holds it; given from the first, it is dressed once.
    """

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        empty: EmptyState | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows: list[ShownRow] = []
        self.table: LazyTable[int] = LazyTable(
            name, columns, self._load, self._keys, empty=empty, parent=self
        )
        self.table.view.setItemDelegate(_Strong(self))
        self._columns = columns
        self._own = self.table.widths[:-1]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table)
        self.table.view.viewport().installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A table that was never shown learns its room after what holds it.
        if event.type() == QEvent.Type.Resize:
            self._fit_words()
        return False

    def _fit_words(self) -> None:
        """Narrow the widest column of words so that figures show, unless the person chose."""
        if self.table.widths[:-1] != self._own:
            return
        words = [n for n, column in enumerate(self._columns) if column.align == "left"]
        widest = max(words, key=self._width_of, default=None)
        if widest is None:
            return
        widths = [column.width for column in self._columns]
        over = sum(widths) - self.table.view.viewport().width() * 100 // scaled(100)
        widths[widest] = max(min(widths[widest], _LEAST), widths[widest] - max(over, 0))
        self.table.set_widths(widths)
        self._own = self.table.widths[:-1]

    def _width_of(self, place: int) -> int:
        return self._columns[place].width

    def show_rows(self, rows: Sequence[ShownRow]) -> None:
        """Show other rows; the current place stays current where there is one."""
        self.rows = list(rows)
        self.table.refresh()
        if self.rows and self.table.current_key is None:
            first = next((n for n, row in enumerate(self.rows) if row.key is not None), 0)
            self.table.go_to(first)

    @property
    def current(self) -> object:
        """Key of the current row, or ``None``."""
        place = self.table.current_key
        return self.rows[place].key if place is not None and place < len(self.rows) else None

    def go_to(self, key: object) -> None:
        """Make a row current."""
        for place, row in enumerate(self.rows):
            if row.key == key:
                self.table.go_to(place)
                return

    def _keys(self, _column: str, _down: bool) -> list[int]:  # noqa: FBT001  -- the table's call
        return list(range(len(self.rows)))

    def _load(self, keys: Sequence[int]) -> list[Row]:
        return [Row(self.rows[key].texts, self.rows[key].tone) for key in keys]


def exact(amount: Money) -> str:
    """Return an amount to the cent without its unit; nothing for zero."""
    return number(amount.euros) if amount else ""


def whole(amount: Money) -> str:
    """Return an amount in whole euros without its unit; nothing for zero."""
    return number(amount.euros, 0) if amount else ""


def signed(amount: Money) -> str:
    """Return a difference in whole euros with its sign; nothing for zero."""
    if not round(amount.cents / 100):
        return ""
    return ("+" if amount.cents > 0 else "") + number(amount.euros, 0)
