"""The counter at the door: large buttons, no money, and nobody out of it without the code."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from sqlalchemy import select

from cantine_desktop.clock import civil_date
from cantine_desktop.meals.closing.arrivals import Who
from cantine_desktop.meals.closing.model import ServiceClosing
from cantine_desktop.meals.reservations.model import Place, Reservation, ReservationState
from cantine_desktop.meals.reservations.seating import reserve
from cantine_desktop.people.way_out import set_code
from cantine_desktop.values.money import Money
from tests.meals.closings import add_service
from ui.meals.counter import CounterPage
from ui.meals.counter_code import CodeDialog, LeaveDialog


@pytest.fixture
def service(workplace):
    return awaited(workplace.desk.book)


def awaited(book):
    with book.action("service") as session:
        key = add_service(session, civil_date(book.clock()))
        for name, place in (("Odile", Place.COOK), ("Karim", Place.EAT)):
            reserve(session, key, name, place, 1, book.clock())
    return key


@pytest.fixture
def page(workplace, service):
    set_code(workplace.desk.book, "2580")
    answer("", CodeDialog)
    workplace.desk.keep_counter(service)
    let_go(workplace)
    return workplace._window.findChild(CounterPage)


def let_go(workplace):
    """Let the test close the window at its end."""
    workplace._window.may_close = lambda: True


def click(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def draft(book):
    with book.read() as session:
        row = session.scalars(select(ServiceClosing)).one()
        return row.diners, row.cooks, row.newcomers, {t.amount: t.count for t in row.tally}


def states(book):
    with book.read() as session:
        rows = session.scalars(select(Reservation).order_by(Reservation.id))
        return {row.name: row.state for row in rows}


def answer(secret, kind=LeaveDialog, *, again=""):
    """Type into the dialog that opens, and press Enter."""

    def type_it():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, kind)
        dialog.secret.setText(secret)
        if again:
            dialog.again.setText(again)
        QTest.keyClick(dialog.secret, Qt.Key.Key_Return)
        if dialog.isVisible():
            told.append(dialog.notice.text)
            dialog.reject()

    told = []
    QTimer.singleShot(0, type_it)
    return told


def test_taps_go_into_the_draft_of_the_closing_at_once(workplace, page):
    book = workplace.desk.book
    for who in (Who.EATER, Who.EATER, Who.COOK, Who.NEWCOMER):
        click(page.people.adds[who])
    click(page.people.takes[Who.EATER])
    for amount in (0, 1_000, 1_000):
        click(page.gifts.buttons[Money(amount)])
    assert draft(book) == (2, 1, 1, {Money(0): 1, Money(1_000): 2})
    click(page.undo)
    assert draft(book)[3] == {Money(0): 1, Money(1_000): 1}


def test_who_is_awaited_is_ticked_by_name_and_who_is_not_is_added(workplace, page):
    book = workplace.desk.book
    QTest.keyClicks(page.awaited.line, "odi")
    QTest.keyClick(page.awaited.line, Qt.Key.Key_Return)
    assert states(book)["Odile"] is ReservationState.CAME
    assert draft(book)[:2] == (1, 1)
    QTest.keyClicks(page.awaited.line, "fatou")
    QTest.keyClick(page.awaited.line, Qt.Key.Key_Return)
    assert states(book)["Fatou"] is ReservationState.CAME
    assert draft(book)[0] == 2
    click(page.undo)
    assert draft(book)[0] == 1
    page.awaited.list.setCurrentRow(1)
    click(page.awaited.is_absent)
    assert states(book)["Karim"] is ReservationState.NO_SHOW
    click(page.awaited.is_absent)
    assert states(book)["Karim"] is ReservationState.SEATED


def test_no_sum_and_no_mean_is_on_the_screen(page):
    click(page.gifts.buttons[Money(1_000)])
    click(page.gifts.buttons[Money(2_000)])
    words = " ".join(each.text() for each in page.findChildren(QLabel))
    assert "€" not in words
    assert "2 personnes ont donné" in words


def test_nothing_else_is_in_reach_and_only_the_code_leaves(workplace, page):
    window, book = workplace._window, workplace.desk.book
    assert window.menuBar().isHidden()
    assert not any(window.commands[key].isEnabled() for key in ("open", "quit", "palette", "lock"))
    workplace.desk.go("closing")
    assert not window.is_framed
    assert not workplace.desk.may_read("finance")
    window.may_close = workplace.counter.leave
    told = answer("1111")
    assert not window.close()
    assert told
    assert not window.is_framed
    answer("2580")
    click(page.leave)
    assert window.is_framed
    assert workplace.desk.may_read("finance")
    assert window.commands["palette"].isEnabled()
    assert not window.menuBar().isHidden()
    assert book.actor.may_write("finance")


def test_the_first_time_a_code_is_chosen_before_entering(workplace, service):
    told = answer("12", CodeDialog, again="12")
    workplace.desk.keep_counter(service)
    assert told
    assert workplace._window.is_framed
    answer("1234", CodeDialog, again="1234")
    workplace.desk.keep_counter(service)
    assert not workplace._window.is_framed
    let_go(workplace)


def test_every_button_of_the_counter_is_large_enough_for_a_finger(page):
    for button in page.findChildren(QPushButton):
        if button.isVisible():
            assert button.height() >= 48, button.text()


def test_keys_of_the_window_do_nothing_at_the_counter(workplace, page):
    window = workplace._window
    click(page.people.adds[Who.EATER])
    for key in (Qt.Key.Key_Z, Qt.Key.Key_K, Qt.Key.Key_R, Qt.Key.Key_L, Qt.Key.Key_O):
        QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert not window.is_framed
    assert draft(workplace.desk.book)[0] == 1


def test_names_go_from_sight_and_come_back_at_a_touch(page):
    click(page.awaited.is_here)
    page.awaited._watch.timeout.emit()
    assert not page.awaited.list.isVisible()
    assert not page.awaited.is_here.isEnabled()
    assert not page.notice.text
    click(page.awaited.veil)
    assert page.awaited.list.isVisible()
    assert page.awaited.is_here.isEnabled()


def test_a_code_chosen_before_is_kept_by_enter_or_changed(workplace, service):
    set_code(workplace.desk.book, "2580")
    answer("", CodeDialog)
    workplace.desk.keep_counter(service)
    answer("2580")
    assert workplace.counter.leave()
    answer("7777", CodeDialog, again="7777")
    workplace.desk.keep_counter(service)
    answer("7777")
    assert workplace.counter.leave()
