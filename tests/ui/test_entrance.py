import os

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QPushButton
from sqlalchemy import func, select

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.clock import system_clock
from cantine_desktop.errors import LockedError
from cantine_desktop.hygiene.model import ColdUnit
from cantine_desktop.settings import load
from cantine_desktop.storage.backup import list_backups
from cantine_desktop.storage.lock import BookLock
from ui.entrance.creation import CreationForm
from ui.entrance.opening import fulfil
from ui.entrance.welcome import WelcomePage
from ui.places import demo_file
from ui.requests import OpenDemo


def welcome(window):
    return window.findChildren(WelcomePage)[-1]


def buttons(widget):
    return {
        button.accessibleName() or button.text(): button
        for button in widget.findChildren(QPushButton)
    }


def test_without_a_book_the_welcome_offers_four_ways(entrance, window, qtbot):
    with qtbot.waitSignal(entrance.ready):
        entrance.begin("", demo=False)
    assert list(buttons(welcome(window))) == [
        "Découvrir la cantine de démonstration",
        "Créer ma cantine",
        "Ouvrir un fichier",
        "Restaurer une sauvegarde",
    ]
    assert welcome(window).first.hasFocus() or not window.isActiveWindow()


def test_a_canteen_is_made_with_its_cold_units_and_opens(entrance, window, qtbot, tmp_path):
    entrance.begin("", demo=False)
    page = welcome(window)
    qtbot.mouseClick(buttons(page)["Créer ma cantine"], Qt.MouseButton.LeftButton)
    form = page.findChild(CreationForm)
    form.name.setText("La Tablée")
    form.department.setText("2a")
    form.fridges.set_value(form.fridges.read("3"))
    form.place.setText(str(tmp_path / "new" / "La Tablée"))
    with qtbot.waitSignal(entrance.ready, timeout=60000):
        qtbot.keyClick(form.department, Qt.Key.Key_Return)
    assert window.windowTitle() == "La Tablée — Cantine"
    assert entrance.workplace.navigator.key == "today"
    with entrance.workplace.desk.book.read() as session:
        canteen = session.scalars(select(Canteen)).one()
        assert (canteen.department, canteen.open_weekdays) == ("2A", "2345")
        assert session.scalar(select(func.count()).select_from(ColdUnit)) == 4
    assert load().last_book == str(tmp_path / "new" / "La Tablée.cantine")
    assert not window.commands["undo"].isEnabled()


def test_enter_presses_the_way_that_has_the_keyboard(entrance, window, qtbot):
    entrance.begin("", demo=False)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    create = buttons(welcome(window))["Créer ma cantine"]
    create.setFocus()
    qtbot.keyClick(create, Qt.Key.Key_Return)
    assert welcome(window).findChild(CreationForm) is not None


def test_a_canteen_without_a_name_is_asked_for_one(entrance, window):
    entrance.begin("", demo=False)
    welcome(window).start_creation()
    form = welcome(window).findChild(CreationForm)
    form._make()
    assert "nom" in form._problem.text()


def test_the_demonstration_says_it_is_one_and_is_never_the_last_book(entrance, window, qtbot, home):
    with qtbot.waitSignal(entrance.ready, timeout=110000):
        entrance.begin("", demo=True)
    assert window.banner.isVisible()
    assert "DÉMO" in window.banner._label.text()
    assert entrance.workplace.desk.location == str(home / "demonstration.cantine")
    assert not load().last_book


def test_the_language_of_the_welcome_changes_at_once(entrance, window):
    entrance.begin("", demo=False)
    welcome(window)._choose_language(1)
    assert window.commands["language-en"].isChecked()
    welcome(window)._choose_language(0)
    assert window.commands["language-fr"].isChecked()


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 not a book", b"SQLite format 3\x00" + b"\x00" * 200]
)
def test_a_file_that_is_no_book_is_refused_with_a_way_out(
    entrance, window, qtbot, tmp_path, content
):
    path = tmp_path / "autre.cantine"
    path.write_bytes(content)
    with qtbot.waitSignal(entrance.refused, timeout=20000) as refused:
        entrance.begin(str(path), demo=False)
    assert "autre.cantine" in refused.args[0]
    assert "Réessayer" in buttons(welcome(window))
    assert path.read_bytes() == content


def test_a_missing_file_is_said_and_the_other_ways_remain(entrance, window, qtbot, tmp_path):
    with qtbot.waitSignal(entrance.refused, timeout=20000):
        entrance.begin(str(tmp_path / "parti.cantine"), demo=False)
    assert "Créer ma cantine" in buttons(welcome(window))


def test_closing_backs_up_and_keeps_the_settings(workplace, window, canteen_file):
    with workplace.desk.book.action("Renommer") as session:
        session.scalars(select(Canteen)).one().name = "Le Quai"
    workplace.navigator.go("stock")
    window.close()
    folder = canteen_file.with_name("Le Port-sauvegardes")
    assert list_backups(folder, "Le Port")
    assert load().last_screen == "stock"
    assert load().last_canteen == "Le Port"


def test_a_backup_is_restored_in_four_clicks_after_a_look_inside(
    workplace, entrance, window, qtbot
):
    workplace.backups._make()
    with workplace.desk.book.action("Renommer par erreur") as session:
        session.scalars(select(Canteen)).one().name = "Oups"
    clicks = 0
    window.sidebar.buttons["preferences"].click()
    clicks += 1
    screen = workplace.navigator.current
    screen.list.setCurrentRow(8)
    clicks += 1
    card = screen.page.backups
    card.list.setCurrentRow(card.list.count() - 1)
    clicks += 1
    qtbot.waitUntil(card.restore.isEnabled, timeout=10000)
    assert "Le Port" in card.content.text()
    assert "gardé" in card.content.text()
    with qtbot.waitSignal(entrance.ready, timeout=60000):
        card.restore.click()
        clicks += 1
    assert clicks <= 4
    assert window.windowTitle() == "Le Port — Cantine"
    with entrance.workplace.desk.book.read() as session:
        assert session.scalars(select(Canteen.name)).one() == "Le Port"


def test_the_whole_book_is_verified_on_demand(workplace, qtbot):
    workplace.navigator.go("preferences", "data")
    page = workplace.navigator.current.page
    page.verify.click()
    qtbot.waitUntil(lambda: "en ordre" in page.notice.text, timeout=20000)


def test_leaving_for_another_canteen_asks_nothing_and_loses_nothing(
    workplace, open_book, window, canteen_file
):
    with workplace.desk.book.action("Renommer") as session:
        session.scalars(select(Canteen)).one().name = "Le Quai"
    open_book(canteen_file)
    assert window.windowTitle() == "Le Quai — Cantine"


def test_the_open_book_is_opened_again_however_its_place_is_written(
    workplace, open_book, entrance, canteen_file
):
    assert open_book(f"{canteen_file.parent.as_posix()}//{canteen_file.name}") is not workplace
    assert entrance.workplace.desk.location == str(canteen_file)


def test_a_book_left_at_once_is_not_worked_on_any_more(workplace, entrance):
    assert any(timer.isActive() for timer in workplace.findChildren(QTimer))
    entrance.welcome()
    assert not any(timer.isActive() for timer in workplace.findChildren(QTimer))


@pytest.mark.usefixtures("home")
# Two whole demonstrations are written: minutes on a busy machine.
@pytest.mark.timeout(400)
def test_the_old_demonstration_is_not_replaced_under_another_process():
    fulfil(OpenDemo(), []).close()
    path = demo_file()
    os.utime(path, (0, 0))
    other = BookLock(path)
    other.acquire(system_clock())
    try:
        with pytest.raises(LockedError):
            fulfil(OpenDemo(), [])
    finally:
        other.release()
    assert path.stat().st_mtime == 0
    fulfil(OpenDemo(), []).close()
    assert path.stat().st_mtime > 0
