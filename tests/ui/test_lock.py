import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.errors import ForbiddenError
from cantine_desktop.people import profiles
from cantine_desktop.people.model import ProfileKey
from ui.lock import LockScreen

PASSWORD = "une bonne soupe"


@pytest.fixture
def guarded(workplace):
    workplace.navigator.go("preferences", "access")
    page = workplace.navigator.current.page
    page.set_password(ProfileKey.DIRECTION, PASSWORD)
    workplace.recovery_key = page.key.text
    return workplace


def lock_screen(window):
    return window.findChildren(LockScreen)[-1]


def test_the_first_password_shows_the_recovery_key_once(guarded):
    page = guarded.navigator.current.page
    assert "une seule fois" in page.key.text
    assert page.notice.isHidden()


def test_too_short_a_password_is_refused_in_words(workplace):
    workplace.navigator.go("preferences", "access")
    page = workplace.navigator.current.page
    page.set_password(ProfileKey.DIRECTION, "abc")
    assert "8" in page.notice.text


def test_locking_hides_everything_and_takes_every_right(guarded, window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert not window.is_framed
    assert not window.header.isVisible()
    with pytest.raises(ForbiddenError), guarded.desk.book.action("x") as session:
        session.scalars(select(Canteen)).one()
    qtbot.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert not window.is_framed
    assert guarded.navigator.key == "preferences"


def test_a_wrong_password_is_said_and_the_right_one_opens_where_one_was(guarded, window, qtbot):
    guarded.access.lock()
    screen = lock_screen(window)
    screen.choose(ProfileKey.DIRECTION)
    assert screen.password.echoMode() == screen.password.EchoMode.Password
    qtbot.keyClicks(screen.password, "pas celui-la")
    qtbot.keyClick(screen.password, Qt.Key.Key_Return)
    assert "mot de passe" in screen._problem.text()
    assert not window.is_framed
    screen.password.clear()
    qtbot.keyClicks(screen.password, PASSWORD)
    qtbot.keyClick(screen.password, Qt.Key.Key_Return)
    assert window.is_framed
    assert guarded.navigator.key == "preferences"
    assert guarded.desk.book.actor.name == "Direction"


def test_a_profile_without_password_enters_by_a_click_and_sees_only_its_sections(guarded, window):
    guarded.access.lock()
    lock_screen(window).choose(ProfileKey.KITCHEN)
    assert window.is_framed
    assert guarded.desk.book.actor.name == "Cuisine"
    assert window.sidebar.buttons["finance"].isHidden()
    assert not window.sidebar.buttons["hygiene"].isHidden()
    guarded.navigator.go("bank")
    assert guarded.navigator.key != "bank"
    titles = {offer.title for offer in window.header.search.offers()}
    assert "Banque" not in titles
    assert "Relevés" in titles


def test_the_recovery_key_opens_and_sets_a_new_password(guarded, window):
    key = guarded.recovery_key.split("fois\u00a0: ")[1].split(". ")[0]
    guarded.access.lock()
    screen = lock_screen(window)
    screen.recover()
    screen.key.setText(key.lower())
    screen._new.setText("un autre bon plat")
    screen._use_key()
    assert window.is_framed
    assert profiles.sign_in(guarded.desk.book, ProfileKey.DIRECTION, "un autre bon plat")


def test_a_junk_recovery_key_is_refused_in_words(guarded, window):
    guarded.access.lock()
    screen = lock_screen(window)
    screen.recover()
    screen.key.setText("x")
    screen._new.setText("un autre bon plat")
    screen._use_key()
    assert screen._problem.text()
    assert not window.is_framed


def test_an_idle_window_locks_itself(guarded, window, qtbot):
    guarded.access._idle._timer.setInterval(50)
    QApplication.instance().installEventFilter(guarded.access._idle)
    guarded.access._idle._timer.start()
    qtbot.waitUntil(lambda: not window.is_framed, timeout=3000)


def test_an_open_list_of_results_does_not_hang_over_the_lock(guarded, window, qtbot):
    search = window.header.search
    window.activateWindow()
    search.open_palette()
    qtbot.keyClicks(search, "rele")
    assert search.results.isVisible()
    # The director turned to another program: its window has the keyboard now.
    search.clearFocus()
    search.results.hang()
    guarded.access.lock()
    assert not window.header.isVisible()
    assert not search.results.isVisible()


def test_a_guarded_canteen_opens_locked(guarded, open_book, window, settings):
    settings.last_profile = ""
    again = open_book(guarded.desk.location)
    assert not window.is_framed
    assert again.desk.book.actor == profiles.NOBODY


def test_only_the_direction_touches_the_profiles(workplace):
    profiles.sign_in(workplace.desk.book, ProfileKey.TREASURY)
    workplace.navigator.rebuild()
    workplace.navigator.go("preferences", "access")
    page = workplace.navigator.current.page
    assert "direction" in page.notice.text
    assert not any(card.isEnabled() for card in page._cards)
