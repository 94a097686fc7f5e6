"""A reservation noted while the phone rings, a list that moves up, by the keyboard."""

from datetime import time, timedelta

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from cantine_desktop.meals.reservations.model import Place, Reservation, ReservationState
from cantine_desktop.meals.services.model import MealKind, MealService
from tests.conftest import NOW
from ui.desk import Desk
from ui.meals.reservations import ReservationsScreen


@pytest.fixture
def screen(qtbot, book):
    with book.action("service") as session:
        for days in (0, 1):
            session.add(
                MealService(
                    day=NOW.date() + timedelta(days),
                    kind=MealKind.LUNCH,
                    cook_at=time(9, 30),
                    meal_at=time(12, 30),
                    seats=2,
                    kitchen_places=1,
                )
            )
    desk = Desk(book)
    screen = ReservationsScreen(desk)
    qtbot.addWidget(screen)
    screen.show()
    screen.take_keyboard()
    yield screen
    desk.close()


def rows(screen):
    with screen.desk.book.read() as session:
        found = session.scalars(select(Reservation).order_by(Reservation.rank))
        return [(row.name, row.place, row.people, row.state) for row in found]


def note(qtbot, screen, text):
    qtbot.keyClicks(screen.line, text)
    qtbot.keyClick(screen.line, Qt.Key.Key_Return)


def test_a_name_a_letter_and_enter_note_a_reservation(qtbot, screen):
    note(qtbot, screen, "odile c")
    assert rows(screen) == [("Odile", Place.COOK, 1, ReservationState.SEATED)]
    assert not screen.line.text()
    qtbot.waitUntil(lambda: screen.list.count() == 1)
    assert screen.list.item(0).text() == "Odile · cuisine"
    assert "1 en cuisine sur 1" in screen.counts.text()


def test_who_is_refused_keeps_the_line_typed(qtbot, screen):
    note(qtbot, screen, "c")
    assert rows(screen) == []
    assert screen.line.text() == "c"


def test_delete_withdraws_and_the_waiting_list_moves_up(qtbot, screen):
    for text in ("a", "b", "g"):
        note(qtbot, screen, text)
    qtbot.waitUntil(lambda: screen.list.count() == 3)
    assert rows(screen)[2][3] is ReservationState.WAITING
    screen.list.setFocus()
    screen.list.setCurrentRow(0)
    qtbot.keyClick(screen.list, Qt.Key.Key_Delete)
    states = [row[3] for row in rows(screen)]
    assert states == [
        ReservationState.WITHDRAWN,
        ReservationState.SEATED,
        ReservationState.SEATED,
    ]


def test_a_key_notes_who_came_and_who_did_not(qtbot, screen):
    for text in ("a", "b"):
        note(qtbot, screen, text)
    qtbot.waitUntil(lambda: screen.list.count() == 2)
    screen.list.setFocus()
    screen.list.setCurrentRow(0)
    qtbot.keyClick(screen.list, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: "venu" in screen.list.item(0).text())
    screen.list.setCurrentRow(1)
    qtbot.keyClick(screen.list, Qt.Key.Key_A)
    assert [row[3] for row in rows(screen)] == [ReservationState.CAME, ReservationState.NO_SHOW]
