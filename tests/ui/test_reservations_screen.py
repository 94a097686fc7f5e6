"""A reservation noted while the phone rings, a list that moves up, by the keyboard."""

from datetime import time, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from cantine_desktop.documents.sheet_ids import SheetAsked
from cantine_desktop.meals.reservations import diets
from cantine_desktop.meals.reservations.model import (
    Diet,
    DietRequest,
    Place,
    Reservation,
    ReservationState,
)
from cantine_desktop.meals.services import planning
from cantine_desktop.meals.services.facts import PatternFacts
from cantine_desktop.meals.services.model import MealKind, MealService
from cantine_desktop.meals.services.rhythm import Rhythm
from cantine_desktop.values.period import Period
from tests.conftest import NOW
from ui.desk import Desk
from ui.meals.reservations import ReservationsScreen
from ui.meals.reservations_dialogs import PasteDialog, RequestsDialog
from ui.meals.service_forms import ServiceDialog
from ui.preferences.pattern_form import PatternDialog


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


def diets_now(screen):
    with screen.desk.book.read() as session:
        return diets.diets_of(session, screen._key)


def told(screen):
    said = []
    screen.desk.told.connect(lambda text, _undo: said.append(text))
    return said


def press(qtbot, screen, key):
    screen.list.setFocus()
    qtbot.keyClick(screen.list, key)


def test_the_same_key_takes_back_who_came_and_who_did_not(qtbot, screen):
    note(qtbot, screen, "a")
    for key, state in ((Qt.Key.Key_V, "CAME"), (Qt.Key.Key_A, "NO_SHOW")):
        press(qtbot, screen, key)
        assert rows(screen)[0][3] is ReservationState[state]
        press(qtbot, screen, key)
        assert rows(screen)[0][3] is ReservationState.SEATED


def test_an_absence_before_the_meal_says_who_gets_the_place(qtbot, screen):
    for text in ("a", "b", "zoe"):
        note(qtbot, screen, text)
    said = told(screen)
    screen.list.setCurrentRow(0)
    press(qtbot, screen, Qt.Key.Key_A)
    assert said[-1] == "Zoe quitte la liste d’attente."
    assert rows(screen)[2][3] is ReservationState.SEATED


def test_a_reservation_is_changed_in_place_and_taken_back(qtbot, screen):
    note(qtbot, screen, "odile 0612345678")
    assert "0612345678" not in screen.list.item(0).text()
    assert screen.pane.contact.line.text() == "0612345678"
    press(qtbot, screen, Qt.Key.Key_Return)
    assert screen.pane.name.line.hasFocus() or screen.pane.name.hasFocus()
    screen.pane.name.line.selectAll()
    qtbot.keyClicks(screen.pane.name.line, "Paul")
    qtbot.keyClick(screen.pane.name.line, Qt.Key.Key_Tab)
    assert rows(screen)[0][0] == "Paul"
    screen.pane.people.line.setFocus()
    screen.pane.people.line.selectAll()
    qtbot.keyClicks(screen.pane.people.line, "2")
    qtbot.keyClick(screen.pane.people.line, Qt.Key.Key_Tab)
    assert rows(screen)[0][2] == 2
    screen.desk.book.undo()
    screen.desk.book.undo()
    assert rows(screen)[0][:3] == ("Odile", Place.EAT, 1)
    assert screen.pane.name.line.text() == "Odile"


def test_a_change_without_room_is_refused_and_the_pane_says_what_is(qtbot, screen):
    for text in ("a", "b"):
        note(qtbot, screen, text)
    screen.list.setCurrentRow(0)
    said = told(screen)
    screen.pane.people.line.setFocus()
    screen.pane.people.line.selectAll()
    qtbot.keyClicks(screen.pane.people.line, "9")
    qtbot.keyClick(screen.pane.people.line, Qt.Key.Key_Tab)
    assert "pas assez de places" in said[-1]
    assert screen.pane.people.line.text() == "1"


def test_diets_are_typed_as_counts_and_a_line_of_phone_gives_them_too(qtbot, screen):
    qtbot.keyClicks(screen.asked, "2 sans gluten, 1 sans porc")
    qtbot.keyClick(screen.asked, Qt.Key.Key_Return)
    assert diets_now(screen) == {Diet.NO_GLUTEN: 2, Diet.NO_PORK: 1}
    note(qtbot, screen, "odile c sans gluten")
    assert diets_now(screen)[Diet.NO_GLUTEN] == 3
    assert rows(screen) == [("Odile", Place.COOK, 1, ReservationState.SEATED)]
    assert screen.asked.text() == "1 sans porc, 3 sans gluten"
    screen.asked.selectAll()
    qtbot.keyClicks(screen.asked, "Paul")
    qtbot.keyClick(screen.asked, Qt.Key.Key_Return)
    assert screen.asked.text() == "Paul"
    assert diets_now(screen)[Diet.NO_GLUTEN] == 3


def type_cell(qtbot, text):
    for letter in text:
        qtbot.keyClicks(QApplication.focusWidget(), letter)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def test_the_sheet_is_typed_back_by_the_keyboard_alone(qtbot, screen):
    screen.open_at(SheetAsked("IN", Period.week(NOW.date())))
    view = screen.sheet.grid.view
    assert view.isVisible()
    assert not screen.line.isVisible()
    screen.take_keyboard()
    view.setFocus()
    view.stand(0, 0)
    for name in ("odile", "odile"):
        type_cell(qtbot, name)
    assert [row[:2] for row in rows(screen)] == [("Odile", Place.COOK)]
    view.stand(14, 0)
    type_cell(qtbot, "karim")
    assert screen.sheet.model.cell(14, 0).text == "Karim"
    assert view.currentIndex().row() == 15
    assert screen.place() == SheetAsked("IN", Period.week(NOW.date()))


def test_a_block_pasted_in_the_sheet_is_one_step(screen):
    screen.bar.sheet.setChecked(True)
    view = screen.sheet.grid.view
    view.stand(10, 0)
    QGuiApplication.clipboard().setText("odile\nkarim\n+1\n2 sans gluten\nOdile")
    view.paste()
    assert [row[0] for row in rows(screen)] == ["Odile", "Karim", ""]
    assert diets_now(screen) == {Diet.NO_GLUTEN: 2}
    assert not screen.sheet.model.refused
    screen.desk.book.undo()
    assert rows(screen) == []
    assert diets_now(screen) == {}


def test_a_list_is_shown_before_it_is_written(qtbot, screen):
    note(qtbot, screen, "odile")
    dialog = PasteDialog(screen.desk, screen, screen._key, "Dimanche")
    dialog.area.setPlainText("Odile\n0 zut\nkarim 06 12 34 56 78\nzoé")
    dialog.read()
    shown = [dialog.preview.item(row).text() for row in range(dialog.preview.count())]
    assert "déjà" in shown[0]
    assert "Ligne 2" in shown[1]
    assert "en attente" in shown[3]
    assert len(rows(screen)) == 1
    dialog.accept()
    assert [row[0] for row in rows(screen)] == ["Odile", "Karim", "Zoé"]
    screen.desk.book.undo()
    assert len(rows(screen)) == 1


def test_a_written_request_is_kept_then_taken_back_for_good(screen):
    dialog = RequestsDialog(screen.desk, screen)
    dialog.accept()
    assert not dialog._asked
    dialog.name.set_value("Melchior")
    dialog.words.set_value("un houmous à la place du fromage")
    dialog.accept()
    assert "demande écrite du 22/11/2026" in dialog.list.item(0).text()
    dialog.take_back(dialog._asked[0].key)
    assert not dialog._asked
    with screen.desk.book.read() as session:
        assert session.scalars(select(DietRequest)).all() == []


def test_the_places_left_are_copied(screen):
    screen._copy_places()
    assert "Il reste 2 places à table, dont 1 en cuisine" in QGuiApplication.clipboard().text()


def test_the_weeks_are_turned_and_an_empty_one_leads_to_the_calendar(screen, monkeypatch):
    screen._step(3)
    assert screen.empty.isVisible()
    assert not screen.list.isVisible()
    gone = []
    monkeypatch.setattr(screen.desk, "go", gone.append)
    screen.empty.button.click()
    assert gone == ["calendar"]
    screen._step(-3)
    assert screen.list.isVisible()


def test_places_added_in_the_window_of_a_service_go_to_who_waits(qtbot, screen):
    for text in ("a", "b", "zoe"):
        note(qtbot, screen, text)
    said = told(screen)
    dialog = ServiceDialog(screen.desk, screen, NOW.date(), screen._key)
    dialog.seats.set_value(Decimal(3))
    dialog.keep()
    assert said[-1].endswith("Zoe quitte la liste d’attente.")
    assert rows(screen)[2][3] is ReservationState.SEATED
    screen.desk.book.undo()
    assert rows(screen)[2][3] is ReservationState.WAITING


def test_places_a_usual_service_gains_go_to_who_waits(qtbot, screen):
    book = screen.desk.book
    day = NOW.date() + timedelta(3)
    with book.action("habituel") as session:
        facts = PatternFacts(
            kind=MealKind.LUNCH,
            cook_at=time(9, 30),
            meal_at=time(12, 30),
            seats=1,
            kitchen_places=1,
            rhythm=Rhythm(str(day.isoweekday()), day),
        )
        pattern = planning.add_pattern(session, facts, NOW).id
        planning.fill(session, day, NOW)
        key = session.scalar(select(MealService.id).where(MealService.pattern_id == pattern))
    screen.open_at(key)
    for text in ("a", "zoe"):
        note(qtbot, screen, text)
    said = told(screen)
    dialog = PatternDialog(screen.desk, screen, pattern)
    dialog.seats.set_value(Decimal(4))
    dialog.keep()
    assert "Zoe quitte" in said[-1]
