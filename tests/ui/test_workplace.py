from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QDialog
from sqlalchemy import select

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.hygiene.model import ColdUnit, Slot
from cantine_desktop.hygiene.recording import record_temperature
from ui.promises import PROMISES
from ui.sections import SECTIONS, section_of
from ui.workplace import SCREENS

CTRL = Qt.KeyboardModifier.ControlModifier


def rename(workplace, name):
    with workplace.desk.book.action(f"Renommer : {name}") as session:
        session.scalars(select(Canteen)).one().name = name


def name_of(workplace):
    with workplace.desk.book.read() as session:
        return session.scalars(select(Canteen.name)).one()


def test_every_screen_is_built_or_promised():
    keys = [entry.key for section in SECTIONS for entry in section.screens]
    assert len(keys) == len(set(keys))
    assert set(PROMISES) == set(keys) - set(SCREENS), "a screen that is there promises nothing"


def test_every_screen_opens_with_its_title_and_section(workplace, window):
    for section in SECTIONS:
        for entry in section.screens:
            workplace.navigator.go(entry.key)
            assert workplace.navigator.current.title
            assert window.sidebar.buttons[section.key].isChecked()


def test_undo_and_redo_name_the_action_from_any_screen(workplace, window, qtbot):
    rename(workplace, "Le Quai")
    workplace.navigator.go("budget")
    assert window.commands["undo"].text() == "Annuler : Renommer : Le Quai"
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert name_of(workplace) == "Le Port"
    workplace.navigator.go("stock")
    assert window.commands["redo"].text() == "Rétablir : Renommer : Le Quai"
    qtbot.keyClick(window, Qt.Key.Key_Y, CTRL)
    assert name_of(workplace) == "Le Quai"


def test_the_history_menu_takes_back_several_actions_at_once(workplace, window):
    for name in ("A", "B", "C"):
        rename(workplace, name)
    menu = window.menus.history
    assert [action.text() for action in menu.actions()] == [
        "Annuler : Renommer : C",
        "Annuler : Renommer : B",
        "Annuler : Renommer : A",
    ]
    menu.actions()[2].trigger()
    assert name_of(workplace) == "Le Port"
    texts = [action.text() for action in window.menus.history.actions() if action.text()]
    assert texts[-1] == "Rétablir : Renommer : A"
    assert not window.commands["undo"].isEnabled()


@pytest.mark.usefixtures("workplace")
def test_an_empty_history_says_so(window):
    assert not window.commands["undo"].isEnabled()
    assert [action.text() for action in window.menus.history.actions()] == [
        "Rien à annuler pour l’instant"
    ]


def test_a_field_without_anything_typed_lets_ctrl_z_take_back_the_last_action(
    workplace, window, qtbot
):
    rename(workplace, "Le Quai")
    workplace.navigator.go("preferences")
    search = workplace.navigator.current.search
    window.activateWindow()
    search.setFocus()
    qtbot.keyClick(search, Qt.Key.Key_Z, CTRL)
    assert name_of(workplace) == "Le Port"


def test_a_field_being_typed_in_keeps_its_own_undo(workplace, window, qtbot):
    rename(workplace, "Le Quai")
    workplace.navigator.go("preferences")
    search = workplace.navigator.current.search
    window.activateWindow()
    search.setFocus()
    qtbot.keyClicks(search, "cle")
    qtbot.keyClick(search, Qt.Key.Key_Z, CTRL)
    assert not search.text()
    assert name_of(workplace) == "Le Quai"


def test_back_and_forward_find_the_way_and_the_place(workplace, window, qtbot):
    workplace.navigator.go("preferences", "data")
    workplace.navigator.go("bank")
    alt = Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(window, Qt.Key.Key_Left, alt)
    assert workplace.navigator.key == "preferences"
    assert workplace.navigator.current.place() == "data"
    qtbot.keyClick(window, Qt.Key.Key_Right, alt)
    assert workplace.navigator.key == "bank"


def test_a_change_tells_when_it_was_kept(workplace, window):
    rename(workplace, "Le Quai")
    assert window.sidebar._saved.text().startswith("Enregistré · ")


def test_open_breaches_are_counted_in_the_sidebar(workplace, window, qtbot):
    book = workplace.desk.book
    with book.action("Relevé") as session:
        unit = session.scalars(select(ColdUnit.id)).first()
        record_temperature(
            session, unit, date(2026, 11, 20), Slot.MORNING, Decimal(9), book.clock()
        )
    button = window.sidebar.buttons["hygiene"]
    qtbot.waitUntil(lambda: "à faire" in button.accessibleName(), timeout=3000)


def test_a_file_dropped_anywhere_is_answered(workplace, window, tmp_path):
    told = []
    workplace.desk.told.connect(lambda text, _undo: told.append(text))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "releve.ofx"))])
    drop = QDropEvent(
        QPointF(300, 300),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(drop)
    assert "releve.ofx" in told[0]


def test_the_catalogue_prints_the_sheet_of_the_chosen_week(workplace, window, qtbot):
    workplace.navigator.go("papers")
    screen = workplace.navigator.current
    screen._step_on()
    key, period = screen.document()
    assert key == "weekly-kit"
    window.commands["print"].trigger()
    qtbot.waitUntil(lambda: window.findChild(QDialog) is not None, timeout=20000)
    dialog = window.findChild(QDialog)
    assert dialog.preview.count >= 1
    assert f"{period.last.day} " in dialog.windowTitle()
    dialog.close()


def test_a_changed_table_is_read_again_only_by_who_shows_it(workplace):
    workplace.navigator.go("preferences", "canteen")
    page = workplace.navigator.current.page
    rename(workplace, "Le Quai")
    assert page.name.text() == "Le Quai"


@pytest.mark.parametrize("key", [key for key in SCREENS if key != "preferences"])
def test_screens_stand_in_a_section(key):
    assert section_of(key).key


def test_the_menus_outlive_every_page(workplace, window):
    """PySide forgets a widget with the page it was reached from by Qt's chain of focus."""
    window.activateWindow()
    for key in ("preferences", "buying", "readings", "preferences"):
        workplace.navigator.go(key)
        window.commands["next-region"].trigger()
    settings = workplace.navigator.current
    for row in range(settings.list.count()):
        settings.list.setCurrentRow(row)
    workplace.rebuild()
    assert window.menus.offers()
