import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication

from cantine_desktop.settings import Settings
from ui.frame.place import SMALLEST, USUAL, fit
from ui.sections import PREFERENCES, SECTIONS
from ui.window import Window

MAIN = QRect(0, 0, 1920, 1040)
SIDE = QRect(1920, 0, 1280, 984)


def test_a_window_comes_back_where_it_was():
    box = QRect(100, 80, 1200, 700)
    assert fit(box, [MAIN], MAIN) == box
    assert fit(QRect(2000, 50, 1100, 700), [MAIN, SIDE], MAIN) == QRect(2000, 50, 1100, 700)


def test_a_window_of_a_screen_that_is_gone_comes_back_on_the_main_one():
    box = fit(QRect(2000, 50, 1100, 700), [MAIN], MAIN)
    assert MAIN.contains(box)
    assert box.size() == USUAL
    assert fit(QRect(), [MAIN], MAIN).size() == USUAL


@pytest.mark.parametrize(
    "box", [QRect(-500, -300, 1200, 700), QRect(1800, 900, 1200, 700), QRect(0, 0, 9000, 9000)]
)
def test_no_part_of_a_window_is_off_the_screen(box):
    assert MAIN.contains(fit(box, [MAIN], MAIN))


def test_a_window_is_never_too_small_to_use():
    assert fit(QRect(10, 10, 5, 5), [MAIN], MAIN).size() == SMALLEST


def test_the_place_is_kept_for_the_next_start(window, settings):
    window.setGeometry(30, 40, 1000, 640)
    window.close()
    assert settings.geometry == [30, 40, 1000, 640]


@pytest.mark.parametrize("junk", [[1], [0, 0, 0, 0], [10**6, 10**6, 800, 600], [-(10**6), 0, 1, 1]])
def test_a_junk_place_is_put_right(qtbot, qapp, junk):
    window = Window(Settings(geometry=junk))
    qtbot.addWidget(window)
    assert qapp.primaryScreen().availableGeometry().intersects(window.geometry())


def test_the_frame_shows_the_last_canteen_before_any_book_is_open(qtbot):
    window = Window(Settings(last_canteen="La Tablée"))
    qtbot.addWidget(window)
    assert window.windowTitle() == "La Tablée — Cantine"


def test_every_section_has_its_button_with_a_name(window):
    for section in (*SECTIONS, PREFERENCES):
        assert section.title in window.sidebar.buttons[section.key].accessibleName()


def test_the_number_of_things_to_do_is_read_aloud(window):
    window.sidebar.set_to_do({"hygiene": 3})
    assert window.sidebar.buttons["hygiene"].accessibleName() == "Hygiène (PMS), 3 choses à faire"
    assert window.sidebar.buttons["meals"].accessibleName() == "Services"


def test_a_folded_sidebar_keeps_its_names_in_tooltips(window, settings):
    window.commands["fold"].trigger()
    assert settings.sidebar_folded
    assert window.sidebar.width() == 56
    button = window.sidebar.buttons["finance"]
    assert not button.text()
    assert button.toolTip() == "Finances (Ctrl+7)"
    assert button.accessibleName() == "Finances"
    window.commands["fold"].trigger()
    assert window.sidebar.width() == 232


def test_a_narrow_window_folds_the_sidebar_without_changing_the_wish(window, settings):
    window.setMinimumSize(0, 0)
    window.resize(690, 600)
    assert window.sidebar.folded
    assert not settings.sidebar_folded
    window.resize(1366, 768)
    assert not window.sidebar.folded


@pytest.mark.usefixtures("workplace")
def test_every_command_of_the_palette_stands_in_a_menu(window):
    in_menus = set()
    menus = [action.menu() for action in window.menuBar().actions()]
    while menus:
        for action in menus.pop().actions():
            if action.menu() is not None:
                menus.append(action.menu())
            in_menus.add(action.text().replace("&", ""))
    offered = {offer.title for offer in window.header.search.offers() if "command:" in offer.key}
    assert offered
    assert offered <= in_menus


def test_f6_walks_the_regions_and_comes_back(workplace, window, qtbot):
    workplace.navigator.go("readings")
    window.activateWindow()
    seen = []
    for _ in range(len(window.regions()) + 1):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        seen.append(
            next(
                n
                for n, each in enumerate(window.regions())
                if each is focus or each.isAncestorOf(focus)
            )
        )
    assert sorted(set(seen)) == list(range(len(window.regions())))
    assert seen[0] == seen[-1]


def test_ctrl_digits_and_comma_go_to_the_sections(workplace, window, qtbot):
    for rank, section in enumerate(SECTIONS, 1):
        qtbot.keyClick(window, getattr(Qt.Key, f"Key_{rank}"), Qt.KeyboardModifier.ControlModifier)
        assert workplace.navigator.key == section.screens[0].key
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert workplace.navigator.key == "preferences"


def test_a_long_title_leaves_its_room_when_a_short_one_comes(window):
    window.header.set_titles("Relevés", "")
    width = window.header.minimumSizeHint().width()
    window.header.set_titles("Dimanche 22 novembre 2026", "")
    window.header.set_titles("Relevés", "")
    assert window.header.minimumSizeHint().width() == width
