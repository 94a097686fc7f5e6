"""Hours and absences, in the window: a week of four people by keyboard."""

import threading
from datetime import date, timedelta
from itertools import starmap

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from sqlalchemy import func, select

from cantine_desktop.finance.ledger.years import open_year
from cantine_desktop.staff.contracts.model import Status
from cantine_desktop.staff.hours.clock_text import write_hours
from cantine_desktop.staff.hours.confirming import confirm_week
from cantine_desktop.staff.hours.model import HoursWeek, ValuedHours, WeekState, WorkedShift
from cantine_desktop.staff.hours.signing import sign_everybody
from cantine_desktop.staff.hours.standing import hours_of, worked_in
from cantine_desktop.staff.law.rules import Branch
from cantine_desktop.staff.payroll.model import PayrollCode, PayrollExtra, PayrollNumber
from cantine_desktop.staff.rosters.model import Absence, AbsenceCode
from cantine_desktop.storage.rights import Actor
from cantine_desktop.values.period import Period
from tests.staff.contracts.people import hire, member, plain
from tests.staff.hours.team import MONDAY, NOW, canteen, plan_week, work
from ui.desk import Desk
from ui.kit import theme
from ui.kit.cells import Edit, State
from ui.kit.grid_paint import lines_of
from ui.kit.theme import font, scaled
from ui.staff import month_counters, valuing
from ui.staff.hours import HoursScreen
from ui.staff.member_forms import DeedDialog
from ui.staff.payroll_dialog import PayrollDialog

NAMES = ("Awa Diop", "Bo Lin", "Chloé Roy", "Dan Weiss")


@pytest.fixture
def book_of_four(book):
    with book.action("départ") as session:
        canteen(session, Branch.ECLAT)
        for name in NAMES:
            who = member(session, name)
            hire(session, who, first=date(2026, 1, 5))
            plan_week(session, who, "9:00-16:30 p30")
    book.clock = lambda: NOW
    return book


@pytest.fixture
def desk(book_of_four):
    desk = Desk(book_of_four)
    yield desk
    desk.close()


@pytest.fixture
def screen(qtbot, desk):
    made = HoursScreen(desk)
    qtbot.addWidget(made)
    made.resize(1130, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.open_at(MONDAY)
    yield made
    made.hide()


def press(qtbot, *keys):
    """Press keys where the keyboard is; a text is typed; return how many keys it took."""
    count = 0
    for key in keys:
        if isinstance(key, str):
            for letter in key:
                qtbot.keyClick(QApplication.focusWidget(), letter)
                count += 1
        else:
            qtbot.keyClick(QApplication.focusWidget(), key)
            count += 1
    return count


def confirm_with_keys(qtbot):
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, control)


def done(book, name, day):
    with book.read() as session:
        who = NAMES.index(name) + 1
        rows = worked_in(session, Period.week(MONDAY)).get(who, [])
        return write_hours(hours_of([row for row in rows if row.day == date(2026, 11, day)]))


def test_the_week_of_four_people_is_done_in_a_few_dozen_keys(qtbot, screen, book_of_four):
    """Two corrections, an illness, an afternoon off; at a key a second, well under two minutes."""
    keys = press(qtbot, Qt.Key.Key_Return, Qt.Key.Key_Return)  # Monday and Tuesday as planned
    keys += press(qtbot, "9-17:30 p30", Qt.Key.Key_Return)  # Wednesday of Awa, longer
    screen.grid.view.stand(1, 3)
    keys += 4
    keys += press(qtbot, "mal", Qt.Key.Key_Tab)
    keys += press(qtbot, "mal", Qt.Key.Key_Return)
    screen.grid.view.stand(3, 4)
    keys += 3
    keys += press(qtbot, "9h 12h", Qt.Key.Key_Return)
    confirm_with_keys(qtbot)
    assert keys + 1 < 60
    assert done(book_of_four, "Awa Diop", 16) == "9–16:30 p30"
    assert done(book_of_four, "Awa Diop", 18) == "9–17:30 p30"
    assert done(book_of_four, "Bo Lin", 18) == "9–16:30 p30"
    assert not done(book_of_four, "Bo Lin", 19)
    assert done(book_of_four, "Dan Weiss", 20) == "9–12"
    with book_of_four.read() as session:
        (absence,) = session.scalars(select(Absence))
        assert (absence.code, absence.first, absence.end) == (
            AbsenceCode.SICKNESS,
            date(2026, 11, 19),
            date(2026, 11, 21),
        )
        assert session.scalar(select(func.count(HoursWeek.id))) == 4
        assert session.scalar(select(func.count(WorkedShift.id))) == 18
    book_of_four.undo()
    screen.refresh()
    assert not done(book_of_four, "Chloé Roy", 16)
    assert "14 jours à confirmer" in plain(screen.subtitle)


def test_what_waits_is_grey_and_what_was_said_is_marked(qtbot, screen):
    waiting = screen.model.cell(0, 0)
    assert (waiting.text, waiting.state) == ("9–16:30 p30", State.MISSING)
    assert "Entrée : fait comme prévu" in plain(waiting.tip)
    press(qtbot, Qt.Key.Key_Return)
    assert screen.model.cell(0, 0).state is State.CONFORM
    assert screen.grid.view.currentIndex().column() == 1
    assert screen.model.cell(0, 5).state is State.SPARE
    assert screen.model.cell(0, 8).text.startswith("7")


def test_hours_that_cannot_be_stay_in_their_cell_with_the_reason(qtbot, screen, book_of_four):
    press(qtbot, "9-12 11-15", Qt.Key.Key_Return)
    assert screen.model.cell(0, 0).state is State.ERROR
    assert "se chevauchent" in plain(screen.model.cell(0, 0).tip)
    assert not done(book_of_four, "Awa Diop", 16)


def test_delete_takes_a_day_back_and_an_absence_too(qtbot, screen, book_of_four):
    press(qtbot, "cp", Qt.Key.Key_Return)
    assert screen.model.cell(0, 0).text == "CP"
    assert [plain(line.words) for line in screen.absences.part.lines] == [
        "Awa Diop, CP le 16/11/2026"
    ]
    screen.grid.view.stand(0, 0)
    press(qtbot, Qt.Key.Key_Delete)
    assert screen.model.cell(0, 0).state is State.MISSING
    with book_of_four.read() as session:
        assert not session.scalars(select(Absence)).all()


def test_a_signed_week_is_corrected_with_a_reason(qtbot, screen, book_of_four, monkeypatch):
    with book_of_four.action("semaine") as session:
        confirm_week(session, MONDAY, NOW)
    screen.refresh()
    assert screen.primary().text() == "Signer la semaine"
    answers = [["Awa"], ["9-18", "inventaire"]]

    def fill(dialog):
        for rank, value in enumerate(answers.pop(0)):
            dialog.form.field(str(rank)).line.setText(value)
        dialog.keep()
        return not dialog.notice.text

    monkeypatch.setattr(DeedDialog, "exec", fill)
    confirm_with_keys(qtbot)
    with book_of_four.read() as session:
        weeks = session.scalars(select(HoursWeek)).all()
        assert {(week.state, week.signed_by) for week in weeks} == {(WeekState.SIGNED, "Awa")}
    assert screen.model.cell(0, 1).state is State.SEALED
    assert screen.primary().text() == "Semaine signée"
    assert not screen.primary().isEnabled()
    screen.grid.view.stand(0, 1)
    screen.correct()
    assert done(book_of_four, "Awa Diop", 17) == "9–18"
    assert "Corrigé : inventaire" in plain(screen.model.cell(0, 1).tip)


def test_the_counters_follow_the_month_the_week_ends_in(qtbot, screen, book_of_four):
    title = screen.counters.title
    with book_of_four.action("semaine") as session:
        confirm_week(session, MONDAY, NOW)
    qtbot.waitUntil(lambda: any(row.hours for row in screen.counters.rows.values()))
    assert plain(title.text()) == "Compteurs, novembre 2026"
    row = screen.counters.rows[1]
    assert (plain(row.hours), row.over, row.waiting) == ("35 h", "", 0)
    screen.show_week(date(2026, 11, 30))
    qtbot.waitUntil(lambda: plain(title.text()) == "Compteurs, décembre 2026")


def test_the_counters_are_counted_beside_the_window_which_goes_on(
    qtbot, screen, book_of_four, monkeypatch
):
    threads, going = [], threading.Event()
    count = month_counters.counter_rows

    def slow(*args):
        threads.append(threading.current_thread())
        assert going.wait(5)
        return count(*args)

    monkeypatch.setattr(month_counters, "counter_rows", slow)
    with book_of_four.action("semaine") as session:
        confirm_week(session, MONDAY, NOW)
    screen.refresh()
    qtbot.waitUntil(lambda: bool(threads))
    screen.grid.view.stand(0, 1)
    screen.grid.view.setFocus()
    press(qtbot, "9-17", Qt.Key.Key_Return)
    assert done(book_of_four, "Awa Diop", 17) == "9–17"
    going.set()
    qtbot.waitUntil(lambda: "36 h" in [plain(row.hours) for row in screen.counters.rows.values()])
    assert threading.main_thread() not in threads


@pytest.mark.parametrize("percent", [200, 150, 100])
def test_a_day_of_several_stretches_is_whole_in_its_cell(qapp, screen, book_of_four, percent):
    theme.apply(qapp, "light", percent)
    QApplication.processEvents()
    with book_of_four.action("coupure") as session:
        work(session, 1, date(2026, 11, 17), "8:30-11:30 p15, 13:30-15:45, 17:30-19:45 p15")
    screen.refresh()
    cell, view = screen.model.cell(0, 1), screen.grid.view
    wide = view.columnWidth(1) - scaled(16)
    lines = lines_of(cell.text, wide)
    assert len(lines) >= 3
    metrics = QFontMetrics(font())
    assert all(metrics.horizontalAdvance(line) <= wide for line in lines), lines
    assert view.rowHeight(0) >= len(lines) * metrics.height()
    assert view.rowHeight(1) < view.rowHeight(0)
    assert cell.text in screen.model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert cell.text in screen.model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole)
    assert view.height() >= view.rowHeight(0) + view.rowHeight(1)


def test_hours_really_done_are_judged_like_planned_ones_and_the_cell_says_it(qtbot, screen):
    screen.grid.view.stand(0, 1)
    press(qtbot, "8-20:30 p45", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.model.cell(0, 1).state is State.TOLERATED)
    assert "11 h 45 de travail mardi 17 novembre" in plain(screen.model.cell(0, 1).tip)
    press(qtbot, "9-16:30 p45", Qt.Key.Key_Return)
    screen.grid.view.stand(0, 1)
    press(qtbot, "9-16:30 p45", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.model.cell(0, 1).state is not State.TOLERATED)


def test_a_week_that_is_too_long_is_said_beside_its_total_which_stays_closed(
    qtbot, screen, book_of_four
):
    with book_of_four.action("semaine longue") as session:
        for place in range(5):
            work(session, 1, MONDAY + timedelta(days=place), "8-18:45 p45")
    screen.refresh()
    qtbot.waitUntil(lambda: screen.model.cell(0, 8).state is State.TOLERATED)
    assert "50 h de travail, 2 h de trop" in plain(screen.model.cell(0, 8).tip)
    assert not screen.model.cell(0, 8).is_open


def test_the_paper_is_the_week_and_the_month(screen, desk):
    asked = []
    desk.printing.connect(lambda key, period: asked.append((key, period)))
    assert screen.document() == ("hours-week", Period.week(MONDAY))
    screen.print_month()
    assert asked == [("hours-month", Period.month(MONDAY))]


def test_payroll_numbers_extras_and_codes_are_typed_in_grids(qtbot, screen, desk, book_of_four):
    dialog = PayrollDialog(desk, screen, Period.month(MONDAY))
    qtbot.addWidget(dialog)
    assert dialog.people.enter(edits((0, 0, "0042"), (0, 1, "12"), (0, 3, "150,5")))
    assert not dialog.people.enter(edits((1, 0, "0042")))
    assert not dialog.people.enter(edits((1, 1, "douze")))
    dialog.office.setCurrentIndex(dialog.office.findData("silae"))
    dialog.office.activated.emit(1)
    row = [each.variable for each in dialog.mapped].index("overtime-25")
    assert dialog.codes.cell(row, 0).text == "HS-HS25"
    assert dialog.codes.enter(edits((row, 0, "HS-125")))
    with book_of_four.read() as session:
        assert session.scalars(select(PayrollNumber.number)).all() == ["0042"]
        assert sorted(session.scalars(select(PayrollExtra.kind))) == ["advance", "meals"]
        assert session.scalars(select(PayrollCode.code)).all() == ["HS-125"]


def test_who_may_only_read_types_nothing(qtbot, book_of_four):
    with book_of_four.action("semaine") as session:
        confirm_week(session, MONDAY, NOW, members=[1])
        sign_everybody(session, MONDAY, "Awa", NOW)
    book_of_four.actor = Actor("Zoé", reads=frozenset({"staff", "canteen"}), writes=frozenset())
    desk = Desk(book_of_four)
    screen = HoursScreen(desk)
    qtbot.addWidget(screen)
    screen.show()
    screen.open_at(MONDAY)
    assert not screen.model.cell(1, 0).is_open
    assert not screen.primary().isEnabled()
    screen.hide()
    desk.close()


def edits(*wanted):
    return list(starmap(Edit, wanted))


def test_last_week_opens_while_it_waits_and_then_this_one(screen, book_of_four):
    screen.open_at(None)
    assert screen.week == Period.week(MONDAY)
    with book_of_four.action("semaine") as session:
        confirm_week(session, MONDAY, NOW)
    screen.open_at(None)
    assert screen.week.first == date(2026, 11, 23)


def test_hours_given_go_to_the_accounts_and_undo_takes_them_back(
    screen, desk, book_of_four, monkeypatch
):
    said, asked = [], []

    def agree(_parent, _title, text, _action):
        asked.append(plain(text))
        return len(asked) > 1

    monkeypatch.setattr(valuing, "ask", agree)
    desk.told.connect(lambda text, *_: said.append(plain(text)))
    with book_of_four.action("bénévole") as session:
        open_year(session, Period.year(MONDAY))
        cook = member(session, "Mona Ben", date(1970, 1, 2))
        hire(session, cook, Status.DINER_COOK, date(2026, 1, 2), weekly_minutes=None)
        work(session, cook, date(2026, 10, 6), "10-12")
    screen.value_given()
    assert said.pop().startswith("Ce mois n’est pas fini")
    screen.show_week(date(2026, 10, 5))
    screen.value_given()
    assert (said, asked) == ([], ["Cuisine, service, plonge : 2 h à 12,02 €, 24,04 €"])
    screen.value_given()
    assert said.pop() == "Bénévolat valorisé en classe 8."
    with book_of_four.read() as session:
        (row,) = session.scalars(select(ValuedHours))
        assert (row.hundredths, row.month) == (200, date(2026, 10, 1))
    book_of_four.undo()
    with book_of_four.read() as session:
        assert not session.scalars(select(ValuedHours)).all()
