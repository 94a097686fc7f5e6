import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QComboBox, QDialogButtonBox, QPushButton

from cantine_desktop.i18n import language
from ui.kit.theme import scaled


def cancel():
    """Return what Qt itself writes on its Cancel button."""
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    return box.buttons()[0].text()


def test_english_comes_at_once_and_keeps_the_place(workplace, window):
    workplace.navigator.go("preferences", "appearance")
    page = workplace.navigator.current.page
    page._choose_language(1)
    assert language() == "en"
    assert workplace.navigator.key == "preferences"
    assert workplace.navigator.current.place() == "appearance"
    assert cancel() == "Cancel"
    window.commands["language-fr"].trigger()
    assert language() == "fr"
    assert cancel() == "Annuler"


@pytest.mark.usefixtures("workplace")
def test_dark_and_light_come_at_once(window, qapp, settings):
    window.commands["theme-dark"].trigger()
    assert settings.theme == "dark"
    assert qapp.palette().color(QPalette.ColorRole.Window).lightness() < 60
    assert window.commands["theme-dark"].isChecked()
    window.commands["theme-light"].trigger()
    assert qapp.palette().color(QPalette.ColorRole.Window).lightness() > 200
    assert not window.commands["theme-dark"].isChecked()


@pytest.mark.usefixtures("workplace")
def test_text_grows_step_by_step_and_stops(window, settings):
    for wanted in (115, 130, 150, 200, 200):
        window.commands["larger"].trigger()
        assert settings.text_scale == wanted
        assert scaled(100) == wanted
    window.commands["normal-size"].trigger()
    assert scaled(100) == 100
    window.commands["smaller"].trigger()
    assert settings.text_scale == 100


@pytest.mark.usefixtures("workplace")
def test_at_twice_the_text_the_sidebar_folds_by_itself(window, settings):
    window.resize(1366, 768)
    for _ in range(4):
        window.commands["larger"].trigger()
    assert window.sidebar.folded
    assert not settings.sidebar_folded
    window.commands["normal-size"].trigger()
    assert not window.sidebar.folded


def test_a_page_of_settings_goes_back_to_the_usual_ones(workplace, settings):
    workplace.navigator.go("preferences", "appearance")
    page = workplace.navigator.current.page
    page._choose_theme(2)
    page._choose_scale(2)
    page.reset()
    assert (settings.theme, settings.text_scale, settings.language) == ("system", 100, "fr")


def test_settings_are_found_by_a_word(workplace):
    workplace.navigator.go("preferences")
    screen = workplace.navigator.current
    screen.search.setText("sombre")
    shown = [row for row in range(screen.list.count()) if not screen.list.item(row).isHidden()]
    assert [screen.list.item(row).text() for row in shown] == ["Apparence et langue"]
    assert screen.place() == "appearance"


def test_enter_in_the_search_goes_to_the_first_setting_never_to_the_reset(workplace, window, qtbot):
    workplace.navigator.go("preferences")
    window.activateWindow()
    screen = workplace.navigator.current
    qtbot.keyClicks(screen.search, "langue")
    qtbot.keyClick(screen.search, Qt.Key.Key_Return)
    assert isinstance(QApplication.focusWidget(), QComboBox)
    assert screen.page.isAncestorOf(QApplication.focusWidget())


def test_the_enter_that_leads_to_a_button_does_not_press_it(workplace, window, qtbot):
    workplace.navigator.go("preferences")
    window.activateWindow()
    screen = workplace.navigator.current
    qtbot.keyClicks(screen.search, "droits")
    qtbot.keyClick(screen.search, Qt.Key.Key_Return)
    assert isinstance(QApplication.focusWidget(), QPushButton)
    assert QApplication.activeModalWidget() is None
    assert QApplication.activeWindow() is window
