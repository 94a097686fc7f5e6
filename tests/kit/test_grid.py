import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from cantine_desktop.errors import SealedError
from cantine_desktop.i18n import number
from ui.kit.cells import LOOKS, state_word
from ui.kit.colours import colours
from ui.kit.grid import Cell, EntryGrid, GridModel, Head, State
from ui.kit.sentences import read_number

pytestmark = pytest.mark.usefixtures("dressed")

ROWS = [Head("Frigo 1", note="≤ 4 °C"), Head("Frigo 2", note="≤ 4 °C"), Head("Congélateur")]
COLUMNS = [Head(slot, group=day) for day in ("mar. 7", "mer. 8") for slot in ("matin", "soir")]


class Fridges:
    """Readings by place; the last column is closed, one cell is sealed."""

    def __init__(self):
        self.readings = {}
        self.actions = []

    def read(self, row, column):
        if column == 3:
            return Cell("fermé", State.CLOSED)
        if (row, column) == (2, 0):
            return Cell("−19", State.SEALED)
        if (row, column) not in self.readings:
            return Cell("", State.MISSING)
        value = self.readings[row, column]
        return Cell(number(value), State.BREACH if value > 4 else State.CONFORM)

    def write(self, row, column, text):
        self.write_many([(row, column, text)])

    def write_many(self, edits):
        values = [(r, c, read_number(t, 3) if t else None) for r, c, t in edits]
        self.actions.append(values)
        for row, column, value in values:
            if value is None:
                self.readings.pop((row, column), None)
            else:
                self.readings[row, column] = value
        return [None] * len(edits)

    def texts(self):
        return {place: number(value) for place, value in self.readings.items()}


@pytest.fixture
def fridges():
    return Fridges()


@pytest.fixture
def grid(qtbot, fridges):
    model = GridModel(fridges.read, fridges.write, fridges.write_many)
    model.show(ROWS, COLUMNS)
    grid = EntryGrid(model, "Températures de la semaine")
    window = QWidget()
    layout = QVBoxLayout(window)
    layout.addWidget(grid)
    layout.addWidget(QPushButton("Après"))
    qtbot.addWidget(window)
    window.resize(700, 300)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    grid.setFocus()
    grid.window_ = window
    return grid


def type_in(qtbot, text):
    for character in text:
        if character in _KEYS:
            qtbot.keyClick(QApplication.focusWidget(), _KEYS[character])
        else:
            qtbot.keyClicks(QApplication.focusWidget(), character)


_KEYS = {
    "\n": Qt.Key.Key_Return,
    "\t": Qt.Key.Key_Tab,
    "⎋": Qt.Key.Key_Escape,
    "⌦": Qt.Key.Key_Delete,
    "↓": Qt.Key.Key_Down,
    "↑": Qt.Key.Key_Up,
    "→": Qt.Key.Key_Right,
    "←": Qt.Key.Key_Left,
}


def here(grid):
    index = grid.view.currentIndex()
    return index.row(), index.column()


def clip(text):
    QApplication.clipboard().setText(text)


def press(qtbot, key):
    qtbot.keyClick(QApplication.focusWidget(), key, Qt.KeyboardModifier.ControlModifier)


def test_values_separated_by_enter_go_down_and_over_sealed_cells(qtbot, grid, fridges):
    type_in(qtbot, "3,1\n2.9\n3,4\n-0,5\n")
    assert fridges.texts() == {(0, 0): "3,1", (1, 0): "2,9", (0, 1): "3,4", (1, 1): "−0,5"}
    assert here(grid) == (2, 1)


def test_tab_goes_across_and_over_closed_cells_then_out_of_the_grid(qtbot, grid, fridges):
    type_in(qtbot, "3\t4\t5\t6\t")
    assert fridges.texts() == {(0, 0): "3", (0, 1): "4", (0, 2): "5", (1, 0): "6"}
    grid.view.stand(2, 2)
    type_in(qtbot, "\t")
    assert QApplication.focusWidget().text() == "Après"


def test_enter_goes_across_when_asked(qtbot, grid, fridges):
    grid.view.enter_moves = "across"
    type_in(qtbot, "3\n4\n")
    assert fridges.texts() == {(0, 0): "3", (0, 1): "4"}


def test_shift_goes_back(qtbot, grid):
    grid.view.stand(1, 1)
    qtbot.keyClick(grid.view, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert here(grid) == (1, 0)
    qtbot.keyClick(grid.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert here(grid) == (0, 0)


def test_arrows_leave_a_cell_being_typed_and_write_it(qtbot, grid, fridges):
    type_in(qtbot, "3,1↓2,9↑")
    assert fridges.texts() == {(0, 0): "3,1", (1, 0): "2,9"}
    assert here(grid) == (0, 0)


def test_home_and_end_reach_the_ends_of_a_row(qtbot, grid):
    grid.view.stand(1, 1)
    qtbot.keyClick(grid.view, Qt.Key.Key_End)
    assert here(grid) == (1, 3)
    qtbot.keyClick(grid.view, Qt.Key.Key_Home)
    assert here(grid) == (1, 0)


def test_f2_opens_the_text_and_escape_gives_up(qtbot, grid, fridges):
    type_in(qtbot, "3,1↑")
    qtbot.keyClick(grid.view, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "3,1"
    assert "Frigo 1" in editor.accessibleName()
    assert "mar. 7 matin" in editor.accessibleName()
    type_in(qtbot, "9⎋")
    assert fridges.texts() == {(0, 0): "3,1"}


def test_a_sealed_or_closed_cell_cannot_be_typed_in(qtbot, grid, fridges):
    for place in ((2, 0), (0, 3)):
        grid.view.stand(*place)
        type_in(qtbot, "5\n")
    assert not fridges.readings


def test_a_refused_text_stays_with_its_sentence_until_put_right(qtbot, grid, fridges):
    type_in(qtbot, "froid\n")
    assert here(grid) == (0, 0)
    assert grid.model.cell(0, 0) == Cell("froid", State.ERROR, grid.message)
    assert "«\u00a0froid\u00a0» n’est pas un nombre" in grid.message
    type_in(qtbot, "↓")
    assert not grid.message
    assert "1 autre case à corriger" in {b.text() for b in grid.findChildren(QPushButton)}
    grid.model.show(ROWS, COLUMNS)
    assert grid.model.cell(0, 0).text == "froid"
    grid.view.stand(0, 0)
    type_in(qtbot, "3\n")
    assert fridges.texts() == {(0, 0): "3"}
    assert not grid.model.refused


def test_escape_drops_a_refused_text(qtbot, grid):
    type_in(qtbot, "froid\n⎋")
    assert grid.model.cell(0, 0) == Cell("", State.MISSING)


def test_an_ambiguous_number_is_asked_about(qtbot, fridges, grid):
    type_in(qtbot, "1.230\n")
    assert "deux façons" in grid.message
    buttons = [b for b in grid.findChildren(QPushButton) if not b.isHidden()]
    assert [b.text() for b in buttons] == ["1\u202f230", "1,230"]
    buttons[1].click()
    assert all(button.isHidden() for button in buttons)
    assert fridges.texts() == {(0, 0): "1,23"}
    assert here(grid) == (1, 0)
    assert not grid.message


def test_what_the_core_forbids_is_said_under_the_grid(qtbot, grid):
    def refuse(_row, _column, _text):
        raise SealedError("La feuille est signée.")

    grid.model._write = refuse
    type_in(qtbot, "3\n")
    assert grid.message == "La feuille est signée."


def test_a_block_is_pasted_as_one_action_and_blanks_leave_what_is_there(qtbot, grid, fridges):
    type_in(qtbot, "4\n")
    grid.view.stand(0, 0)
    clip("\t3,1\r\n2,9\t3\r\n")
    press(qtbot, Qt.Key.Key_V)
    assert fridges.texts() == {(0, 0): "4", (0, 1): "3,1", (1, 0): "2,9", (1, 1): "3"}
    assert len(fridges.actions) == 2


def test_a_block_that_does_not_fit_is_refused_whole(qtbot, grid, fridges):
    grid.view.stand(1, 2)
    clip("1\t2\t3\n1\t2\t3")
    press(qtbot, Qt.Key.Key_V)
    assert not fridges.actions
    assert "2 lignes sur 3 colonnes" in grid.message
    assert "Rien n’a été collé" in grid.message


def test_closed_and_sealed_cells_under_a_block_stay_and_that_is_said(qtbot, grid, fridges):
    grid.view.stand(2, 0)
    clip("1\t2\t3\t4")
    press(qtbot, Qt.Key.Key_V)
    assert fridges.texts() == {(2, 1): "2", (2, 2): "3"}
    assert "2 cases" in grid.message


def test_a_bad_value_in_a_block_stays_to_be_put_right(qtbot, grid, fridges):
    fridges.write_many = None
    grid.model._write_many = None
    grid.model._write = lambda _row, _column, text: None if text == "3" else "Non."
    clip("3\nfroid")
    press(qtbot, Qt.Key.Key_V)
    assert grid.model.refused == [(1, 0)]


def test_one_copied_value_fills_the_selection(qtbot, grid, fridges):
    grid.view.stand(0, 1)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(grid.view, key, Qt.KeyboardModifier.ShiftModifier)
    clip("3")
    press(qtbot, Qt.Key.Key_V)
    assert set(fridges.readings) == {(0, 1), (0, 2), (1, 1), (1, 2)}


def test_cells_are_copied_for_spreadsheets_with_and_without_titles(qtbot, grid):
    clip("-18,5\t3\n4\t")
    press(qtbot, Qt.Key.Key_V)
    grid.view.stand(0, 0)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(grid.view, key, Qt.KeyboardModifier.ShiftModifier)
    press(qtbot, Qt.Key.Key_C)
    assert QApplication.clipboard().text() == "-18,5\t3\r\n4\t\r\n"
    grid.view.copy_with_titles()
    copied = QApplication.clipboard().text()
    assert copied.splitlines() == [
        "\tmar. 7 matin\tmar. 7 soir",
        "Frigo 1\t-18,5\t3",
        "Frigo 2\t4\t",
    ]


def test_titles_copied_along_are_left_out_when_pasted(qtbot, grid, fridges):
    assert here(grid) == (0, 0)
    clip("\tmar. 7 matin\tmar. 7 soir\r\nFrigo 1\t1\t2\r\nFrigo 2\t3\t4\r\n")
    press(qtbot, Qt.Key.Key_V)
    assert fridges.texts() == {(0, 0): "1", (0, 1): "2", (1, 0): "3", (1, 1): "4"}


def test_ctrl_d_copies_from_above_unless_each_value_must_be_read(qtbot, grid, fridges):
    type_in(qtbot, "3\n")
    press(qtbot, Qt.Key.Key_D)
    assert fridges.texts() == {(0, 0): "3", (1, 0): "3"}
    grid.view.stand(0, 1)
    grid.view.fills_down = False
    type_in(qtbot, "4\n")
    press(qtbot, Qt.Key.Key_D)
    assert (1, 1) not in fridges.readings


def test_delete_empties_the_selection_as_one_action(qtbot, grid, fridges):
    type_in(qtbot, "3\n4\n")
    grid.view.stand(0, 0)
    qtbot.keyClick(grid.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    type_in(qtbot, "⌦")
    assert not fridges.readings
    assert len(fridges.actions) == 3


def test_ctrl_enter_is_left_to_the_screen(qtbot, grid):
    press(qtbot, Qt.Key.Key_Return)
    assert here(grid) == (0, 0)


def test_what_is_being_typed_is_written_before_an_action_on_the_whole_grid(qtbot, grid, fridges):
    type_in(qtbot, "3,4")
    assert not fridges.readings
    assert grid.commit()
    assert fridges.texts() == {(0, 0): "3,4"}
    type_in(qtbot, "froid")
    assert not grid.commit()


def test_ctrl_tab_leaves_the_grid_from_any_cell(qtbot, grid):
    grid.view.stand(1, 1)
    press(qtbot, Qt.Key.Key_Tab)
    assert QApplication.focusWidget().text() == "Après"


def test_the_place_and_what_is_being_typed_outlive_a_refresh(qtbot, grid, fridges):
    grid.view.stand(1, 1)
    type_in(qtbot, "3,")
    grid.model.show(ROWS, COLUMNS)
    type_in(qtbot, "5\n")
    assert fridges.texts() == {(1, 1): "3,5"}
    grid.model.show(ROWS[:2], COLUMNS)
    assert here(grid) == (1, 1)


def test_a_proposal_taken_in_the_middle_of_a_cell_outlives_a_refresh(qtbot, grid, fridges):
    grid.view.stand(1, 1)
    type_in(qtbot, "3,")
    QApplication.focusWidget().setText("3,5")  # as a completer does: Qt forgets it was typed
    grid.model.show(ROWS, COLUMNS)
    type_in(qtbot, "\n")
    assert fridges.texts() == {(1, 1): "3,5"}


def test_each_state_is_told_by_colour_mark_and_word():
    coloured = [s for s in State if s is not State.PLAIN]
    assert len({(LOOKS[s].ground, LOOKS[s].mark) for s in coloured}) == len(coloured)
    assert all(LOOKS[s].mark or s is State.CLOSED for s in coloured)
    assert all(state_word(s) for s in coloured)
    assert len({state_word(s) for s in coloured}) == len(coloured)


def test_a_screen_reader_is_told_titles_values_and_empty_cells(qtbot, grid):
    type_in(qtbot, "9\n")
    table = QAccessible.queryAccessibleInterface(grid.view)
    name = QAccessible.Text.Name
    assert table.text(name) == "Températures de la semaine"
    said = [[table.child(row * 5 + column).text(name) for column in range(5)] for row in range(2)]
    assert said == [
        ["", "mar. 7 matin", "mar. 7 soir", "mer. 8 matin", "mer. 8 soir"],
        ["Frigo 1 ≤ 4 °C", "9, non conforme", *["vide, à saisir"] * 2, "fermé, fermé"],
    ]


def test_the_current_cell_wears_a_ring_and_a_breach_its_ground(qtbot, grid):
    type_in(qtbot, "9\n")
    picture = grid.view.viewport().grab().toImage()
    box = grid.view.visualRect(grid.model.index(1, 0))
    assert picture.pixelColor(box.left() + 1, box.center().y()) == QColor(colours().focus)
    box = grid.view.visualRect(grid.model.index(0, 0))
    assert picture.pixelColor(box.left() + 2, box.top() + 2) == QColor(colours().bad_bg)


def test_titles_of_days_span_their_columns(grid):
    header = grid.view.horizontalHeader()
    assert header._span(COLUMNS, 1).width() == 2 * header.sectionSize(0)
    assert header.height() > 2 * header.fontMetrics().height()
