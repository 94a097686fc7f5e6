"""The board of the week, in the window, by keyboard and by mouse."""

from datetime import time

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from sqlalchemy import select

from cantine_desktop.meals.services.model import MealKind, MealService
from cantine_desktop.staff.rosters.model import Branch, Post, Publication, RosterChange
from cantine_desktop.staff.rosters.staffing import StaffingFacts, add_rule
from cantine_desktop.staff.rosters.team import rules_of
from cantine_desktop.storage.rights import Actor
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY, Period
from tests.staff.contracts.people import plain
from tests.staff.rosters.week import MONDAY, NOW, TUESDAY, WEDNESDAY, team, type_in
from tests.ui.boards import board_of
from ui.desk import Desk
from ui.kit.cells import State
from ui.staff.board import BoardScreen
from ui.staff.board_alerts import AlertDialog
from ui.staff.proposal_dialog import ProposalDialog
from ui.staff.publish_dialog import PublishDialog
from ui.staff.rules_dialog import RulesDialog

ANNE, MALIK, TOM, PAUL = range(4)


@pytest.fixture
def people(book):
    book.clock = lambda: NOW
    return team(book)


@pytest.fixture
def screen(qtbot, book, people):
    assert people
    with board_of(qtbot, book, MONDAY) as made:
        yield made


def text(screen, row, column):
    return plain(screen.model.cell(row, column).text)


def type_keys(screen, row, column, words):
    view = screen.grid.view
    view.setFocus()
    view.stand(row, column)
    QTest.keyClicks(view, words[0])
    editor = QGuiApplication.focusObject() or view
    QTest.keyClicks(editor, words[1:])
    QTest.keyClick(editor, Qt.Key.Key_Return)


def test_hours_typed_in_a_cell_stand_there_and_enter_goes_to_the_next_day(screen):
    type_keys(screen, MALIK, 1, "8-16 p30 plonge")
    assert text(screen, MALIK, 1) == "8–16 p30"
    assert screen.model.cell(MALIK, 1).note == "Plonge"
    assert screen.grid.view.currentIndex().column() == 2
    assert text(screen, MALIK, 7) == "7 h 30"
    assert plain(screen.model.cell(MALIK, 7).note) == "sur 35 h"


def test_what_is_no_hours_stays_in_its_cell_with_the_reason(screen):
    type_keys(screen, MALIK, 1, "8-26")
    assert screen.model.cell(MALIK, 1).state is State.ERROR
    assert "n’est pas une heure" in screen.grid.message
    assert screen.board.rows[MALIK].minutes == 0


def test_what_the_rules_say_stands_in_the_cell_and_in_the_list(screen, monkeypatch):
    type_keys(screen, MALIK, 1, "14-22")
    type_keys(screen, MALIK, 2, "8:30-15")
    assert screen.model.cell(MALIK, 2).state is State.BREACH
    lines = [screen.alerts.list.item(row).text() for row in range(screen.alerts.list.count())]
    assert any("Malik Benali" in line and "L3131-1" in line for line in lines)
    opened = []

    def note(dialog):
        opened.append(dialog.windowTitle())

    monkeypatch.setattr(AlertDialog, "exec", note)
    rest = next(row for row, line in enumerate(lines) if "L3131-1" in line)
    screen.alerts.list.setCurrentRow(rest)
    assert screen.grid.view.currentIndex().row() == MALIK
    screen.alerts.opens.click()
    assert opened == ["Repos entre deux journées"]


def test_a_block_of_a_spreadsheet_is_pasted_as_one_step(screen, book):
    QGuiApplication.clipboard().setText("8-12\t9-13\n8:30-12:30\t")
    screen.grid.view.setFocus()
    screen.grid.view.stand(ANNE, 1)
    screen.grid.view.paste()
    assert text(screen, ANNE, 1) == "8–12"
    assert text(screen, ANNE, 2) == "9–13"
    assert text(screen, MALIK, 1) == "8:30–12:30"
    book.undo()
    assert [text(screen, ANNE, 1), text(screen, MALIK, 1)] == ["", ""]


def test_a_code_of_absence_takes_the_place_of_hours_and_hours_take_it_back(screen):
    type_keys(screen, MALIK, 1, "8-16 p30")
    for column in (1, 2, 3):
        type_keys(screen, MALIK, column, "cp")
    assert [text(screen, MALIK, column) for column in (1, 2, 3)] == ["CP"] * 3
    assert screen.model.cell(MALIK, 2).tip == "Congés payés"
    type_keys(screen, MALIK, 2, "9-12")
    assert [text(screen, MALIK, column) for column in (1, 2, 3)] == ["CP", "9–12", "CP"]
    screen.grid.view.stand(MALIK, 3)
    screen.grid.view.erase()
    assert not text(screen, MALIK, 3)


def test_a_cell_is_dragged_to_another_person_and_copied_with_ctrl(screen, people, book):
    type_in(book, people[0], TUESDAY, "8-16")
    model = screen.model
    data = model.mimeData([model.index(MALIK, 1)])
    assert model.flags(model.index(MALIK, 1)) & Qt.ItemFlag.ItemIsDragEnabled
    assert not model.flags(model.index(ANNE, 1)) & Qt.ItemFlag.ItemIsDragEnabled
    model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, model.index(ANNE, 3))
    assert (text(screen, MALIK, 1), text(screen, ANNE, 3)) == ("", "8–16")
    data = model.mimeData([model.index(ANNE, 3)])
    model.dropMimeData(data, Qt.DropAction.CopyAction, -1, -1, model.index(MALIK, 4))
    assert text(screen, ANNE, 3) == text(screen, MALIK, 4) == "8–16"
    assert not model.dropMimeData(
        QMimeData(), Qt.DropAction.MoveAction, -1, -1, model.index(MALIK, 0)
    )


def test_ctrl_and_an_arrow_moves_a_day(screen, people, book):
    type_in(book, people[0], TUESDAY, "8-16")
    screen.grid.view.setFocus()
    screen.grid.view.stand(MALIK, 1)
    next(each for each in screen.actions() if each.shortcut().toString() == "Ctrl+Right").trigger()
    assert (text(screen, MALIK, 1), text(screen, MALIK, 2)) == ("", "8–16")
    assert screen.grid.view.currentIndex().column() == 2


def test_the_week_before_is_copied_and_told(screen, people, book, qtbot):
    type_in(book, people[0], TUESDAY - 7 * DAY, "8-16")
    with qtbot.waitSignal(screen.desk.told) as told:
        screen.copying.trigger()
    assert plain(told.args[0]).startswith("1 créneau copié.")
    assert text(screen, MALIK, 1) == "8–16"


def test_a_week_is_published_then_a_change_is_told_with_who_agreed(
    screen, people, book, monkeypatch
):
    type_in(book, people[1], TUESDAY, "8:30-12:30")
    monkeypatch.setattr(PublishDialog, "exec", PublishDialog._publish)
    screen.publishing.trigger()
    assert "version 1" in plain(screen.subtitle)
    assert not screen.notice.text
    type_in(book, people[1], TUESDAY, "14-18")
    assert "1 jour diffère" in plain(screen.notice.text)
    assert "changé" in screen.model.cell(ANNE, 1).note

    def agree(dialog):
        for box in dialog.agreed.values():
            box.setChecked(True)
        dialog.reason.line.setText("absence")
        dialog._publish()

    monkeypatch.setattr(PublishDialog, "exec", agree)
    screen.publishing.trigger()
    with book.read() as session:
        assert len(session.scalars(select(Publication)).all()) == 2
        change = session.scalars(select(RosterChange)).one()
        assert (change.consent, change.reason, change.due) == (True, "absence", 7)


def test_an_empty_week_says_why_it_cannot_be_published(screen, monkeypatch):
    told = []

    def try_it(dialog):
        dialog._publish()
        told.append(dialog.notice.text)

    monkeypatch.setattr(PublishDialog, "exec", try_it)
    screen.publishing.trigger()
    assert "rien à publier" in told[0]


def test_the_rules_and_the_cost_of_an_hour_are_chosen(screen, book, monkeypatch):
    told = []

    def choose(dialog):
        dialog.branch.setCurrentIndex(dialog.branch.findData(Branch.HCR))
        dialog.cost.line.setText("19,50")
        dialog.keep()
        told.append(dialog.notice.text)

    monkeypatch.setattr(RulesDialog, "exec", choose)
    screen.rules.trigger()
    with book.read() as session:
        rules = rules_of(session)
        assert (rules.branch, rules.hour_cost) == (Branch.HCR, Money(19_50))
    assert told == [""]
    assert "0,00" in plain(screen.subtitle)


def test_it_prints_the_week_it_shows_and_comes_back_to_it(screen):
    screen.bar.next.click()
    assert screen.document() == ("roster-week", Period.week(MONDAY + 7 * DAY))
    assert screen.place() == MONDAY + 7 * DAY
    screen.open_at(WEDNESDAY)
    assert screen.week.first == MONDAY


@pytest.mark.usefixtures("people")
def test_who_may_only_read_changes_nothing(qtbot, book):
    book.actor = Actor("Lecture", writes=frozenset())
    desk = Desk(book)
    made = BoardScreen(desk)
    qtbot.addWidget(made)
    made.show()
    made.open_at(MONDAY)
    assert not made.publishing.isEnabled()
    assert not made.model.cell(MALIK, 1).is_open
    desk.close()


def test_a_week_is_proposed_shown_taken_and_undone(screen, book, qtbot, monkeypatch):
    with book.action("Besoins") as session:
        session.add(
            MealService(
                day=TUESDAY,
                kind=MealKind.LUNCH,
                cook_at=time(9, 30),
                meal_at=time(12, 30),
                seats=30,
                kitchen_places=10,
            )
        )
        add_rule(session, StaffingFacts(Post.LEAD, 1, 1, before=60))
    seen = []

    def take(dialog):
        dialog.show()
        qtbot.waitUntil(lambda: not screen.desk.jobs.running, timeout=20000)
        seen.append(plain(dialog.quality.text()))
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    monkeypatch.setattr(ProposalDialog, "exec", take)
    screen.grid.view.setFocus()
    QTest.keyClick(
        screen.grid.view,
        Qt.Key.Key_P,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert seen[0].startswith("Planning optimal")
    assert text(screen, ANNE, 1) or text(screen, MALIK, 1)
    book.undo()
    assert not text(screen, ANNE, 1)
    assert not text(screen, MALIK, 1)
