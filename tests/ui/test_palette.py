import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from ui.finance import bank

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def field(workplace, window, qtbot):
    assert workplace.navigator.key
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    field = window.header.search
    assert field.hasFocus()
    return field


def titles(field):
    model = field.results._model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_ctrl_k_then_a_few_letters_then_enter_goes_to_a_screen(field, workplace, qtbot):
    qtbot.keyClicks(field, "etiquet")
    screen, *papers = titles(field)
    assert screen == "Traçabilité et étiquettes", "the screen comes before what it prints"
    assert all("tiquette" in paper for paper in papers)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert workplace.navigator.key == "tracing"
    assert not field.results.isVisible()
    assert not field.text()


def test_an_action_runs_and_shows_its_keys(field, window, qtbot):
    qtbot.keyClicks(field, "replier")
    index = field.results._model.index(0, 0)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Replier la barre latérale, Affichage, Ctrl+B"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.sidebar.folded


@pytest.mark.usefixtures("workplace")
def test_a_record_of_the_book_is_found_by_its_name(field, qtbot):
    qtbot.keyClicks(field, "congelateur")
    assert "Congélateur 1" in " ".join(titles(field))


def test_the_code_printed_on_a_sheet_opens_its_week(field, workplace, qtbot):
    qtbot.keyClicks(field, "t-2026-s46")
    assert titles(field)[-1] == "Saisir la feuille T-2026-S46"
    qtbot.keyClick(field, Qt.Key.Key_Up)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert workplace.navigator.key == "readings"
    assert "semaine 46" in workplace.navigator.current.subtitle


def test_a_setting_opens_its_page(field, workplace, qtbot):
    qtbot.keyClicks(field, "mot de passe")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert workplace.navigator.key == "preferences"
    assert workplace.navigator.current.place() == "access"


@pytest.mark.usefixtures("workplace")
def test_what_was_run_comes_first_the_next_time(field, settings, window, qtbot):
    qtbot.keyClicks(field, "budget")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    assert titles(field)[0] == "Budget"
    assert settings.palette_recent[0] == "screen:budget"


def test_nothing_found_says_so_and_enter_does_nothing(field, workplace, qtbot):
    before = workplace.navigator.key
    qtbot.keyClicks(field, "xyzzyx")
    assert titles(field) == []
    assert "« xyzzyx »" in field.results._nothing.text()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert workplace.navigator.key == before


def test_escape_closes_and_gives_the_keyboard_back(field, window, qtbot):
    before = window.sidebar.findChildren(QPushButton)[2]
    before.setFocus()
    field.open_palette()
    qtbot.keyClicks(field, "caisse")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not field.results.isVisible()
    assert not field.text()
    assert before.hasFocus()


def test_the_arrows_go_round(field, qtbot):
    qtbot.keyClicks(field, "p")
    view = field.results._view
    last = field.results._model.rowCount() - 1
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert view.currentIndex().row() == last
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert view.currentIndex().row() == 0


def test_the_list_stays_inside_the_window(field, window, qtbot):
    qtbot.keyClicks(field, "e")
    assert window.rect().contains(field.results.geometry())
    window.resize(960, 600)
    assert window.rect().contains(field.results.geometry())


@pytest.mark.parametrize("query", ["releves S41", "s41", "semaine 41"])
def test_a_week_of_readings_is_found_by_its_number(field, workplace, qtbot, query):
    qtbot.keyClicks(field, query)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert workplace.navigator.key == "readings"
    assert workplace.navigator.current.place().first.isocalendar().week == 41


def test_the_kit_is_ready_to_print_in_three_letters(field, qtbot):
    qtbot.keyClicks(field, "kit")
    assert titles(field)[0] == "Kit hygiène de la semaine"


def test_the_rules_of_the_bank_are_found_from_anywhere(field, workplace, qtbot, monkeypatch):
    opened = []
    monkeypatch.setattr(bank.RulesDialog, "exec", lambda _self: opened.append(1))
    qtbot.keyClicks(field, "regles de pointage")
    assert titles(field)[0] == "Règles de pointage"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert workplace.navigator.key == "bank"
    qtbot.waitUntil(lambda: len(opened) == 1)
