from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCalendarWidget, QPushButton, QVBoxLayout, QWidget

from cantine_desktop.i18n import use_language
from cantine_desktop.values.money import Money
from ui.kit.fields import DateEdit, Item, MoneyEdit, NumberEdit, SearchCombo, TemperatureEdit

pytestmark = pytest.mark.usefixtures("dressed")
TODAY = date(2026, 11, 22)


@pytest.fixture
def put(qtbot):
    def put(field):
        window = QWidget()
        layout = QVBoxLayout(window)
        layout.addWidget(field)
        layout.addWidget(QPushButton("Après"))
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        field.setFocus()
        field.line.selectAll()
        field.said = []
        field.committed.connect(field.said.append)
        field.window_ = window
        return field

    return put


def leave(qtbot, field, text):
    field.setFocus()
    field.line.selectAll()
    if text.isascii():
        qtbot.keyClicks(field.line, text)
    else:
        QApplication.clipboard().setText(text)
        qtbot.keyClick(field.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(field.line, Qt.Key.Key_Tab)


@pytest.mark.parametrize("text", ["1234,5", "1234.5", "1 234,50", "1\u202f234,5 €", "1230+4,5"])
def test_an_amount_is_typed_in_any_habit_and_written_in_ours(qtbot, put, text):
    field = put(MoneyEdit("Fond de caisse"))
    leave(qtbot, field, text)
    assert field.said == [Money(123450)]
    assert field.line.text() == "1\u202f234,50"
    assert field.line.unit == "€"


def test_the_keypad_point_is_a_decimal_mark(qtbot, put):
    field = put(NumberEdit("Poids", places=3, unit="kg"))
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_Period, Qt.Key.Key_5):
        qtbot.keyClick(field.line, key, Qt.KeyboardModifier.KeypadModifier)
    qtbot.keyClick(field.line, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert field.value == Decimal("12.5")


def test_a_refused_text_stays_with_its_reason_until_put_right(qtbot, put):
    field = put(NumberEdit("Convives", places=0))
    field.set_value(Decimal(31))
    leave(qtbot, field, "trente")
    assert field.line.text() == "trente"
    assert field.value is None
    assert not field.is_valid
    assert field.error == "«\u00a0trente\u00a0» n’est pas un nombre."
    assert field.line.accessibleDescription() == field.error
    assert field.said == []
    field.setFocus()
    leave(qtbot, field, "32")
    assert field.said == [Decimal(32)]
    assert not field.error


def test_bounds_and_needs_are_said_in_words(qtbot, put):
    field = put(NumberEdit("Part", minimum=Decimal(0), maximum=Decimal(100), required=True))
    leave(qtbot, field, "120")
    assert field.error == "Au plus 100."
    leave(qtbot, field, "-1")
    assert field.error == "Au moins 0."
    field.line.clear()
    assert not field.commit()
    assert field.error == "À remplir."
    field.set_value(Decimal(3))
    assert not field.error


def test_an_ambiguous_number_is_asked_about_and_never_guessed(qtbot, put):
    field = put(NumberEdit("Poids", places=3))
    leave(qtbot, field, "1.234")
    assert field.said == []
    assert field.line.text() == "1.234"
    qtbot.waitUntil(lambda: len(field.findChildren(QPushButton)) == 2)
    field.findChildren(QPushButton)[1].click()
    assert field.said == [Decimal("1.234")]
    assert field.line.text() == "1,2340".rstrip("0") or field.line.text() == "1,2340"


def test_in_english_commas_group_and_what_is_shown_can_be_typed_back(qtbot, put):
    use_language("en")
    try:
        field = put(NumberEdit("Guests"))
        field.set_value(Decimal(1234))
        leave(qtbot, field, field.line.text() + "5")
        assert field.said == [Decimal(12345)]
        leave(qtbot, field, "1,234")
        assert not field.is_valid
    finally:
        use_language("fr")


def test_a_value_set_by_the_program_is_not_told_back(put):
    field = put(MoneyEdit("Fond"))
    field.set_value(Money(8000))
    assert field.commit()
    assert field.said == []


def test_a_temperature_has_one_decimal_and_sense(qtbot, put):
    field = put(TemperatureEdit("À cœur"))
    leave(qtbot, field, "63,5 °C")
    assert field.value == Decimal("63.5")
    leave(qtbot, field, "635")
    assert not field.is_valid
    leave(qtbot, field, "-19,25")
    assert "1 chiffre après la virgule" in field.error


def test_a_day_is_typed_moved_by_arrows_and_shows_its_weekday(qtbot, put):
    field = put(DateEdit("Date", lambda: TODAY))
    leave(qtbot, field, "9/10")
    assert field.value == date(2026, 10, 9)
    assert field.line.text() == "09/10/2026"
    assert field.line.unit == "ven."
    field.setFocus()
    qtbot.keyClick(field.line, Qt.Key.Key_Up)
    qtbot.keyClick(field.line, Qt.Key.Key_PageDown)
    assert field.value == date(2026, 10, 3)
    leave(qtbot, field, "31/2")
    assert "31/2" in field.error
    assert field.line.text() == "31/2"


def test_a_day_outside_the_bounds_is_refused(qtbot, put):
    field = put(DateEdit("Date", lambda: TODAY, last=TODAY))
    leave(qtbot, field, "demain")
    assert field.error == "Pas après le 22/11/2026."


def test_a_day_is_picked_on_a_calendar_opened_by_the_keyboard(qtbot, put):
    field = put(DateEdit("Date", lambda: TODAY))
    qtbot.keyClick(field.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = field.findChild(QCalendarWidget)
    assert calendar.firstDayOfWeek() == Qt.DayOfWeek.Monday
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert field.said == [date(2026, 11, 21)]


PEOPLE = [
    Item(1, "Zoé Étienne"),
    Item(2, "Odile Colin", "bénévole"),
    Item(3, "Odile Cœur"),
    Item(4, "Paul"),
    Item(5, "Pauline"),
]


@pytest.mark.parametrize(
    ("text", "key"),
    [("etienne", 1), ("odile col", 2), ("COEUR", 3), ("benev", 2), ("paul", 4), ("paulin", 5)],
)
def test_one_of_many_is_found_by_any_part_of_its_name(qtbot, put, text, key):
    field = put(SearchCombo("Personne", PEOPLE))
    leave(qtbot, field, text)
    assert field.key == key
    assert field.line.text() == PEOPLE[key - 1].label


def test_what_is_not_one_of_many_is_said(qtbot, put):
    field = put(SearchCombo("Personne", PEOPLE))
    leave(qtbot, field, "odile")
    assert "2 possibilités" in field.error
    leave(qtbot, field, "Xavier")
    assert "n’est pas dans la liste" in field.error
    assert field.key is None


def test_letters_filter_the_list_and_the_arrows_take_from_it(qtbot, put):
    field = put(SearchCombo("Personne", PEOPLE))
    qtbot.keyClicks(field.line, "coe")
    popup = field.line.completer().popup()
    assert popup.isVisible()
    assert popup.model().rowCount() == 1
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: field.key == 3)
    assert QApplication.focusWidget() is field.line
