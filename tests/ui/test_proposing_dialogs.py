"""A week proposed, explained, mended and compared, by keyboard over the real board."""

from datetime import time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView

from cantine_desktop.meals.services.model import MealKind, MealService
from cantine_desktop.staff.rosters.absences import AbsenceFacts, add_absence
from cantine_desktop.staff.rosters.model import AbsenceCode, Shift
from cantine_desktop.storage.rights import Actor
from tests.staff.contracts.people import plain
from tests.staff.proposing.crew import MONDAY, NOW, eight
from tests.ui.boards import board_of
from ui.desk import Desk
from ui.staff.board import BoardScreen
from ui.staff.compare_dialog import CompareDialog
from ui.staff.proposal_dialog import ProposalDialog
from ui.staff.repair_dialog import RepairDialog
from ui.staff.why_dialog import WhyDialog

BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def keys(book):
    book.clock = lambda: NOW
    with book.action("Équipe") as session:
        found = eight(session)
        for place in range(1, 5):
            session.add(
                MealService(
                    day=MONDAY + timedelta(place),
                    kind=MealKind.LUNCH,
                    cook_at=time(9, 30),
                    meal_at=time(12, 30),
                    seats=40,
                    kitchen_places=10,
                    expected=40,
                )
            )
    return found


@pytest.fixture
def screen(qtbot, book, keys):
    assert keys
    with board_of(qtbot, book, MONDAY) as made:
        yield made


def shifts(book):
    with book.read() as session:
        return {(x.member_id, x.day, x.start, x.finish) for x in session.query(Shift)}


def texts(some):
    return [plain(some.item(row).text()) for row in range(some.count())]


@pytest.fixture
def press(screen, qtbot, monkeypatch):
    """Press Ctrl+Shift and a key on a cell, wait for what opens, and do something with it."""

    def deed(kind, key, do, row=0, column=1):
        def look(dialog):
            dialog.show()
            qtbot.waitUntil(lambda: not screen.desk.jobs.running, timeout=30000)
            do(dialog)

        monkeypatch.setattr(kind, "exec", look)
        screen.activateWindow()
        qtbot.waitUntil(screen.isActiveWindow, timeout=3000)
        screen.grid.view.setFocus()
        screen.grid.view.stand(row, column)
        QTest.keyClick(screen.grid.view, key, BOTH)

    return deed


def row_of(screen, name):
    return next(place for place, row in enumerate(screen.board.rows) if row.name == name)


def take(press):
    press(ProposalDialog, Qt.Key.Key_P, lambda x: QTest.keyClick(x, Qt.Key.Key_Return))


def test_a_week_is_shown_with_its_bound_then_taken_and_taken_back(screen, book, press):
    seen = {}

    def look(dialog):
        seen["quality"] = plain(dialog.quality.text())
        seen["reasons"] = texts(dialog.reasons)
        seen["changes"] = texts(dialog.changes)
        assert not shifts(book)
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        assert not dialog.isVisible()

    press(ProposalDialog, Qt.Key.Key_P, look)
    assert seen["quality"] == "Planning optimal : aucun autre planning permis ne fait mieux."
    assert any(words.startswith("Awa") for words in seen["reasons"])
    assert any("Responsable de cuisine" in words for words in seen["changes"])
    assert len(shifts(book)) > 10
    assert any(cell.shifts for row in screen.board.rows for cell in row.cells)
    book.undo()
    assert not shifts(book)


def test_a_proposal_that_is_given_up_writes_nothing(book, press):
    press(ProposalDialog, Qt.Key.Key_P, lambda x: QTest.keyClick(x, Qt.Key.Key_Escape))
    assert not shifts(book)


def test_what_is_missing_is_told_with_what_could_be_given_up(screen, book, keys, press):
    with book.action("Congés") as session:
        for name in ("Awa", "Malik", "Rosa"):
            facts = AbsenceFacts(AbsenceCode.PAID_LEAVE, MONDAY, MONDAY + timedelta(7))
            add_absence(session, keys[name], facts)
    seen = []
    press(ProposalDialog, Qt.Key.Key_P, lambda x: seen.extend(texts(x.missing)))
    assert any(words.startswith("Il manque Responsable de cuisine") for words in seen)
    assert any(words.startswith("Impossible") for words in seen)
    assert any("Congés payés" in words for words in seen)
    assert screen.board is not None


def test_a_cell_says_why_and_why_not(screen, press):
    seen = []
    row = row_of(screen, "Noé")
    press(WhyDialog, Qt.Key.Key_W, lambda x: seen.extend(texts(x.lines)), row, 2)
    lead = next(words for words in seen if words.startswith("Responsable de cuisine"))
    assert lead == ("Responsable de cuisine : Ce poste revient à une personne salariée et majeure.")


def test_the_week_as_it_is_stands_beside_the_proposal(press):
    seen = {}

    def look(dialog):
        model = dialog.table.findChild(QTableView).model()
        for row in range(model.rowCount()):
            words = [plain(model.index(row, column).data()) for column in range(3)]
            seen[words[0]] = words[1:]

    press(CompareDialog, Qt.Key.Key_B, look)
    assert seen["Besoins couverts comme souhaité"] == ["0 sur 24", "24 sur 24, mieux"]
    assert seen["Heures de Awa"][0] == "0 min"
    assert seen["Heures de Awa"][1] > "24 h"
    assert seen["Ce que la loi interdit"][1].startswith("0 alerte")


def test_an_absence_is_replaced_and_the_messages_are_copied(screen, book, keys, press):
    take(press)
    with book.action("Arrêt") as session:
        facts = AbsenceFacts(AbsenceCode.SICKNESS, MONDAY + timedelta(2), MONDAY + timedelta(4))
        add_absence(session, keys["Awa"], facts)
    before = shifts(book)
    seen = []

    def look(dialog):
        assert 1 <= len(dialog.ways) <= 3
        if dialog.chosen.messages:
            dialog.copy.click()
            assert "Bonjour" in QGuiApplication.clipboard().text()
        seen.append(dialog.ways[0])
        dialog.act.click()

    press(RepairDialog, Qt.Key.Key_M, look, row_of(screen, "Awa"), 2)
    assert seen
    days = {day for who, day, *_rest in shifts(book) if who == keys["Awa"]}
    assert not days & {MONDAY + timedelta(2), MONDAY + timedelta(3)}
    book.undo()
    assert shifts(book) == before


def test_whoever_may_only_read_cannot_have_a_week_written(qtbot, book, keys):
    assert keys
    book.actor = Actor("Conseil", writes=frozenset())
    desk = Desk(book)
    made = BoardScreen(desk)
    qtbot.addWidget(made)
    assert not made.proposing.isEnabled()
    assert not made.replacing.isEnabled()
    assert made.explaining.isEnabled()
    desk.close()
