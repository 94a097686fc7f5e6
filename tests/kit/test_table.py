import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel

from ui.kit.empty import EmptyState
from ui.kit.list_detail import ListDetail
from ui.kit.table import Column, LazyTable, Row

pytestmark = pytest.mark.usefixtures("dressed")

COLUMNS = [Column("Nom", 200, key="name"), Column("Montant (€)", 100, "right", key="amount")]


class Rows:
    """Rows numbered from 0; remembers what was read."""

    def __init__(self, count):
        self.keys = range(count)
        self.loaded = []
        self.orders = []

    def load(self, keys):
        self.loaded.append(len(keys))
        return [Row((f"Convive {key}", f"{key},00")) for key in keys]

    def find(self, column, down):
        self.orders.append((column, down))
        return self.keys[::-1] if down else self.keys

    def search(self, text):
        return int(text) if text.isdigit() else None


@pytest.fixture
def make(qtbot):
    def make(count, **options):
        rows = Rows(count)
        table = LazyTable("Convives", COLUMNS, rows.load, rows.find, **options)
        qtbot.addWidget(table)
        table.resize(500, 400)
        with qtbot.waitActive(table):
            table.show()
            table.activateWindow()
        table.refresh()
        table.setFocus()
        qtbot.wait(1)
        table.rows = rows
        return table

    return make


def test_a_million_rows_are_read_only_where_they_are_seen(qtbot, make):
    table = make(1_000_000)
    table.view.scrollToBottom()
    qtbot.wait(1)
    assert table.model.index(999_999, 0).data() == "Convive 999999"
    assert sum(table.rows.loaded) < 2000
    assert table.go_to(500_000)
    assert table.current_key == 500_000
    picture = table.view.viewport().grab()
    assert not picture.isNull()
    assert sum(table.rows.loaded) < 3000


def test_a_title_sorts_through_the_caller_and_the_current_row_stays(make):
    table = make(1000)
    table.go_to(3)
    header = table.view.horizontalHeader()
    header.sectionClicked.emit(1)
    header.sectionClicked.emit(1)
    assert table.rows.orders == [("name", False), ("amount", False), ("amount", True)]
    assert table.current_key == 3
    assert table.view.currentIndex().row() == 996
    assert header.sortIndicatorSection() == 1
    assert header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder


def test_selection_and_place_outlive_a_refresh_and_a_vanished_row_is_told(qtbot, make):
    table, told = make(100), []
    table.go_to(5)
    qtbot.keyClick(table.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    table.current_changed.connect(told.append)
    table.refresh()
    assert table.selected_keys == [5, 6]
    assert told == []
    table.rows.keys = range(3)
    table.refresh()
    assert told == [None]


def test_letters_look_for_a_row_and_enter_opens_it(qtbot, make):
    table, opened = make(1000), []
    table.view._search = table.rows.search
    table.activated.connect(opened.append)
    qtbot.keyClicks(table.view, "42")
    assert table.current_key == 42
    qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert opened == [42]


def test_nothing_to_show_is_said_with_a_button(make):
    table = make(0, empty=EmptyState("Personne.", "Ajouter"))
    assert [label.text() for label in table.findChildren(QLabel) if label.isVisible()] == [
        "Personne."
    ]
    table.rows.keys = range(2)
    table.refresh()
    assert table.view.isVisible()


def test_widths_are_those_the_person_left(make):
    table = make(3)
    table.view.setColumnWidth(0, 333)
    other = make(3)
    other.set_widths(table.widths)
    assert other.view.columnWidth(0) == 333


def test_rows_share_one_height_and_are_never_measured(make):
    table = make(10)
    header = table.view.verticalHeader()
    assert header.sectionResizeMode(0) == header.ResizeMode.Fixed
    assert header.defaultSectionSize() == 32


def test_a_screen_reader_is_told_empty_cells(make):
    table = make(1)
    table.rows.load = None
    table.model._load = lambda keys: [Row(("", "3")) for _ in keys]
    table.model.reload()
    view = QAccessible.queryAccessibleInterface(table.view)
    assert view.text(QAccessible.Text.Name) == "Convives"
    assert table.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "vide"


def test_the_detail_follows_the_current_row_and_letters_filter_the_list(qtbot, make):
    table = make(50)
    made = ListDetail(table, lambda key: QLabel(f"détail {key}"))
    qtbot.addWidget(made)
    made.show()
    assert made.pane is None
    table.go_to(4)
    assert made.pane.text() == "détail 4"
    before = len(table.rows.orders)
    qtbot.keyClicks(made.search, "odile")
    assert made.words == "odile"
    qtbot.waitUntil(lambda: len(table.rows.orders) == before + 1)
    assert table.current_key == 4
