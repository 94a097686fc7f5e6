"""The menus of a week as a table: a service a row, a course a column, dishes typed in cells."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCompleter,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from cantine_desktop.i18n import tr, weekday
from cantine_desktop.meals.menus.allergens import STATES, DishState
from cantine_desktop.meals.menus.queries import DishRow, MenuRow
from cantine_desktop.meals.recipes.model import COURSES, Course
from ui.kit.theme import scaled

COLUMNS = (Course.STARTER, Course.MAIN, Course.SIDE, Course.DESSERT)
"""Courses that have a column; a menu with another course shows it in the last one."""
BETWEEN = " / "
"""Stands between two dishes of a course."""
SIGNS = {
    DishState.CONFIRMED: "✓",
    DishState.TO_CONFIRM: "○",
    DishState.CHANGED_SINCE: "▲",
    DishState.UNKNOWN: "?",
}
"""What a cell shows of the allergens of a dish, besides its colour."""


class MenusGrid(QTableView):
    """Menus to type into; Enter goes down, Tab to the next course.

    Args:
        parent: What holds it.
        say: Keeps what is typed: service, course, names; returns whether it was kept.

    Attributes:
        names: Names of recipes that complete what is typed.

    Signals:
        moved: Another cell is current.
    """

    moved = Signal()

    def __init__(self, parent: QWidget, say: Callable[[int, Course, list[str]], bool]) -> None:
        super().__init__(parent)
        self._cells = QStandardItemModel(0, len(COLUMNS), self)
        self.setModel(self._cells)
        self.names: Sequence[str] = ()
        self._say = say
        self._menus: list[MenuRow] = []
        self._filling = False
        self.setAccessibleName(tr("Menus de la semaine"))
        self._cells.setHorizontalHeaderLabels([tr(COURSES[course]) for course in COLUMNS])
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setWordWrap(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setItemDelegate(_DishEditor(self))
        self.setMinimumHeight(scaled(160))
        self._cells.itemChanged.connect(self._on_changed)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the grid by Tab past its last cell, or back before its first one."""
        here = self.currentIndex()
        ends = {
            Qt.Key.Key_Tab: (self._cells.rowCount() - 1, len(COLUMNS) - 1),
            Qt.Key.Key_Backtab: (0, 0),
        }
        if ends.get(Qt.Key(event.key())) == (here.row(), here.column()):
            event.ignore()
            return
        super().keyPressEvent(event)

    def show_menus(self, menus: Sequence[MenuRow], *, writable: bool) -> None:
        """Show other menus; the current cell stays where it is."""
        here = self.currentIndex()
        spot = here.row(), here.column()
        self._menus = list(menus)
        self._filling = True
        self._cells.setRowCount(len(self._menus))
        for row, menu in enumerate(self._menus):
            service = menu.service
            head = QStandardItem(f"{weekday(service.day)} {service.day:%d/%m}\n{service.title}")
            self._cells.setVerticalHeaderItem(row, head)
            for column, course in enumerate(COLUMNS):
                item = QStandardItem(_cell(menu, course))
                item.setData(BETWEEN.join(_names(menu, course)), Qt.ItemDataRole.UserRole)
                item.setData(_spoken(menu, course), Qt.ItemDataRole.AccessibleTextRole)
                item.setEditable(writable)
                self._cells.setItem(row, column, item)
        self._fit()
        self._filling = False
        if self._menus:
            self.setCurrentCell(
                max(0, min(spot[0], len(self._menus) - 1)), max(0, min(spot[1], len(COLUMNS) - 1))
            )

    def go_to(self, service: int) -> None:
        """Make the row of a service current."""
        for row, menu in enumerate(self._menus):
            if menu.service.key == service:
                self.setCurrentCell(row, max(self.currentIndex().column(), 0))

    @property
    def menu(self) -> MenuRow | None:
        """The menu of the current row."""
        row = self.currentIndex().row()
        return self._menus[row] if 0 <= row < len(self._menus) else None

    @property
    def course(self) -> Course:
        """The course of the current cell; the main one before there is any."""
        column = self.currentIndex().column()
        return COLUMNS[column] if column >= 0 else Course.MAIN

    @property
    def dishes(self) -> tuple[DishRow, ...]:
        """The dishes of the current cell."""
        menu = self.menu
        column = self.currentIndex().column()
        return _dishes(menu, COLUMNS[column]) if menu is not None and column >= 0 else ()

    def item(self, row: int, column: int) -> QStandardItem:
        """Return the cell of a row and a column."""
        return self._cells.item(row, column)

    def setCurrentCell(self, row: int, column: int) -> None:  # noqa: N802  -- as Qt says it
        """Make a cell current."""
        self.setCurrentIndex(self._cells.index(row, column))

    @override
    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().currentChanged(current, previous)
        self.moved.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for row, menu in enumerate(self._menus):
            self.setRowHeight(row, self._height_of(menu))

    def _height_of(self, menu: MenuRow) -> int:
        """Return how high a row is: as many lines as its fullest cell takes, two for its title."""
        metrics = self.fontMetrics()
        room = max(self.viewport().width() // len(COLUMNS) - scaled(16), 1)
        lines = max(
            sum(
                1 + metrics.horizontalAdvance(line) // room
                for line in _cell(menu, course).split("\n")
            )
            for course in COLUMNS
        )
        return max(lines, 2) * metrics.lineSpacing() + scaled(12)

    def _on_changed(self, item: QStandardItem) -> None:
        if self._filling:
            return
        menu, course = self._menus[item.row()], COLUMNS[item.column()]
        names = [name.strip() for name in item.text().split(BETWEEN.strip()) if name.strip()]
        if names == _names(menu, course) or not self._say(menu.service.key, course, names):
            self._filling = True
            item.setText(_cell(menu, course))
            self._filling = False


class _DishEditor(QStyledItemDelegate):
    """Types names of dishes, completed by those of recipes."""

    def __init__(self, grid: MenusGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    @override
    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        line = QLineEdit(parent)
        line.setAccessibleName(
            tr("{course}, un nom de plat ; deux séparés par une barre").format(
                course=tr(COURSES[COLUMNS[index.column()]])
            )
        )
        completer = QCompleter(list(self._grid.names), line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        line.setCompleter(completer)
        return line

    @override
    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        assert isinstance(editor, QLineEdit)
        editor.setText(str(index.data(Qt.ItemDataRole.UserRole) or ""))


def _dishes(menu: MenuRow, course: Course) -> tuple[DishRow, ...]:
    last = course is COLUMNS[-1]
    return tuple(
        dish
        for dish in menu.dishes
        if dish.course is course or (last and dish.course not in COLUMNS)
    )


def _names(menu: MenuRow, course: Course) -> list[str]:
    return [dish.name for dish in _dishes(menu, course) if dish.course is course]


def _cell(menu: MenuRow, course: Course) -> str:
    return "\n".join(f"{SIGNS[dish.state]} {dish.name}" for dish in _dishes(menu, course))


def _spoken(menu: MenuRow, course: Course) -> str:
    """Return what a screen reader says of a cell."""
    said = [f"{dish.name}, {tr(STATES[dish.state])}" for dish in _dishes(menu, course)]
    return " ; ".join(said) or tr("vide")
