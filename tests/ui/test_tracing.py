"""Labels are made and lots found again in the real window, by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cantine_desktop.canteen.allergens import Allergen
from cantine_desktop.hygiene.labels import labelling
from cantine_desktop.hygiene.labels.labelling import LabelWish
from ui.printing import PreviewDialog


@pytest.fixture
def screen(workplace):
    workplace.navigator.go("tracing")
    return workplace.navigator.current


def foods(screen):
    with screen.desk.book.read() as session:
        return [(f.name, f.use_by - f.begun_on, f.allergens) for f in labelling.in_stock(session)]


def typed(widget, text):
    QTest.keyClicks(widget, text)
    QTest.keyClick(widget, Qt.Key.Key_Tab)


def preview(window):
    (dialog,) = window.findChildren(PreviewDialog)
    dialog.close()
    return dialog


def test_a_label_is_typed_kept_and_shown_ready_to_print(screen, window):
    form = screen.labels.form
    form.name.setFocus()
    typed(form.name.line, "Gratin de courge")
    form.boxes[Allergen.MILK].setFocus()
    QTest.keyClick(form.boxes[Allergen.MILK], Qt.Key.Key_Space)
    screen.primary().trigger()
    ((name, life, allergens),) = foods(screen)
    assert (name, life.days, allergens) == ("Gratin de courge", 3, {Allergen.MILK})
    assert preview(window).windowTitle() == "Étiquettes"
    assert form.name.value is None


def test_a_label_that_lasts_too_long_says_until_when_it_may(screen):
    form = screen.labels.form
    form.name.setFocus()
    typed(form.name.line, "Soupe")
    form.use_by.setFocus()
    typed(form.use_by.line, "+9")
    screen.primary().trigger()
    assert "Au plus tard le" in form.use_by.error
    assert foods(screen) == []


def test_what_is_finished_leaves_the_list_and_comes_back_with_undo(screen, workplace):
    book = screen.desk.book
    with book.action("Étiquette") as session:
        wish = LabelWish("Houmous", screen.labels._today())
        labelling.label(session, wish, book.clock())
    screen.labels.table.view.selectRow(0)
    screen.labels.gone.click()
    assert foods(screen) == []
    workplace.undoing.undo()
    assert len(foods(screen)) == 1


def test_the_palette_opens_a_label_and_the_search_opens_its_page(screen):
    book = screen.desk.book
    with book.action("Étiquette") as session:
        wish = LabelWish("Houmous", screen.labels._today(), lot="H7")
        key = labelling.label(session, wish, book.clock()).id
    screen.desk.go("tracing", key)
    assert screen.labels.table.current_key == key
    screen.desk.go("tracing", "h7")
    assert screen.pages.currentWidget() is screen.finder
    assert screen.finder.table.model.row(0).texts[2] == "Houmous"
    QTest.keyClick(screen.finder.search, Qt.Key.Key_Return)
    QTest.keyClick(screen.finder.table.view, Qt.Key.Key_Return)
    assert screen.pages.currentWidget() is screen.labels


def test_a_label_is_begun_by_its_dish_and_allergens_come_last(workplace, window, qtbot):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    workplace.navigator.go("tracing")
    form = workplace.navigator.current.labels.form
    passed = []
    for _step in range(12):
        passed.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert form.name.isAncestorOf(passed[0])
    assert any(form.initials.isAncestorOf(each) or each is form.initials for each in passed[:8])
    assert not any(each in form.boxes.values() for each in passed[:6])


def test_the_inspection_file_does_not_open_on_the_button_of_a_suspicion(workplace, window, qtbot):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    workplace.navigator.go("dossier")
    assert QApplication.focusWidget() is workplace.navigator.current.span
