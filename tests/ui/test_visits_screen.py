"""Who comes, by the keyboard: the past, the next two weeks, slips typed back, notes."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from sqlalchemy import select

from cantine_desktop.canteen.model import DayNote
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.sheet_ids import SheetAsked
from cantine_desktop.meals.visits.model import SlipCount
from cantine_desktop.meals.visits.slips import ANSWERS
from cantine_desktop.values.period import Period
from tests.meals.attendance import fill, history, plan


@pytest.fixture
def today(workplace):
    return civil_date(workplace.desk.book.clock())


@pytest.fixture
def screen(workplace, qtbot):
    workplace.navigator.go("visits")
    found = workplace.navigator.current
    qtbot.waitUntil(lambda: found._job is None, timeout=20_000)
    return found


@pytest.fixture
def full(workplace, today, qtbot):
    book = workplace.desk.book
    fill(book, history(today - timedelta(days=1), weeks=40))
    days = [today + timedelta(days=n) for n in range(1, 15)]
    plan(book, [day for day in days if day.isoweekday() in {2, 3, 4, 5}])
    workplace.navigator.go("visits")
    found = workplace.navigator.current
    qtbot.waitUntil(lambda: found._job is None and bool(found.coming._coming), timeout=20_000)
    return found


def show(screen, name):
    screen.open_at(name)
    return screen


def test_an_empty_book_says_what_will_come_and_offers_to_begin(screen):
    assert "Aucun service clôturé" in screen.past.sentence.text()
    assert screen.past.table._empty.button.text() == "Clôturer un service"
    assert not screen.past.heat.isVisible()
    assert "Pas encore d’essai" in screen.coming.verdict.text()


def test_the_past_shows_its_means_and_each_service(full):
    assert "convives en" in full.past.sentence.text()
    assert full.past.heat.isVisible()
    assert "ven. " in full.past.heat.accessibleDescription()
    assert len(full.past.table.view.model().keys) == len(full.past._visits)
    assert not full.past.heat.grab().isNull()


def test_the_next_two_weeks_say_how_many_why_and_how_well_it_went(full):
    show(full, "coming")
    assert full.coming.table.view.model().rowCount() == 8
    assert "Médiane des 8 derniers" in full.coming.why.text()
    assert "Essai sur les" in full.coming.verdict.text()
    assert full.document()[0] == "forecast"


def test_enter_on_a_service_opens_it(full, monkeypatch):
    asked = []
    monkeypatch.setattr(full.desk, "go", lambda key, target=None: asked.append((key, target)))
    show(full, "coming")
    key = next(iter(full.coming._coming))
    full.coming.table.activated.emit(key)
    assert asked == [("service", key)]


def test_slips_are_typed_back_by_the_keyboard_in_the_order_of_the_sheet(screen, qtbot):
    show(screen, "slips")
    view = screen.slips.grid.view
    view.setFocus()
    view.setCurrentIndex(screen.slips.model.index(0, 0))
    for count in (4, 8, 3):
        qtbot.keyClicks(view, str(count))
        qtbot.keyClick(view.focusWidget() or view, Qt.Key.Key_Return)
    with screen.desk.book.read() as session:
        rows = session.scalars(select(SlipCount).order_by(SlipCount.id)).all()
    assert [((row.question, row.answer), row.count) for row in rows] == list(
        zip(ANSWERS[:3], (4, 8, 3), strict=True)
    )
    assert "15 réponses" in screen.slips.told.text()


def test_what_is_no_number_is_refused_in_words_and_changes_nothing(screen):
    refused = screen.slips._type(0, 0, "beaucoup")
    assert "nombre entier" in refused
    assert "de 0 à" in screen.slips._type(0, 0, "99999")
    assert screen.slips._type(0, 0, "12") is None
    assert screen.slips._type(0, 0, "") is None
    with screen.desk.book.read() as session:
        assert session.scalars(select(SlipCount)).all() == []


def test_a_sheet_code_opens_the_month_it_names(screen, today):
    month = Period.month(Period.month(today).first - timedelta(days=1))
    screen.open_at(SheetAsked("DV", month))
    assert screen.place() == "slips"
    assert screen.slips.shown == month.first
    assert screen.document() == ("diversity-tally", month)


def test_a_note_is_added_seen_and_taken_off(screen, qtbot, monkeypatch):
    def fill_in(dialog):
        dialog.words.set_value("Nouvelle affiche")
        dialog._keep()
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(QDialog, "exec", fill_in)
    screen.note.trigger()
    qtbot.waitUntil(lambda: len(screen.notes._notes) == 1, timeout=20_000)
    assert [words for _day, words in screen.notes._notes.values()] == ["Nouvelle affiche"]
    monkeypatch.setattr("ui.people.visits_notes.ask", lambda *_args, **_more: True)
    screen.notes.table.go_to(next(iter(screen.notes._notes)))
    screen.notes._drop()
    with screen.desk.book.read() as session:
        assert session.scalars(select(DayNote)).all() == []
