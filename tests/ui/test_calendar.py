"""The calendar of services in its screen: days, keys, closures, what changes in them."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from cantine_desktop.canteen.model import Canteen, ClosedDay
from cantine_desktop.meals.services import planning
from cantine_desktop.meals.services.model import MealKind, MealService, ServiceState
from cantine_desktop.meals.services.rhythm import Rhythm
from tests.meals.season import act, days, key_on, lunches, one, row_on
from ui.desk import Desk
from ui.meals.calendar import CalendarPlace, CalendarScreen
from ui.meals.service_forms import CancelDialog, ClosureDialog, ServiceDialog

NOW = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
TUESDAY = date(2026, 11, 24)


@pytest.fixture
def canteen(book):
    with book.action("Installer") as session:
        session.add(Canteen(name="La Tablée", department="67", open_weekdays="2345"))
        session.flush()
        planning.add_pattern(session, lunches(), NOW)
    return book


@pytest.fixture
def desk(canteen):
    desk = Desk(canteen)
    yield desk
    desk.close()


@pytest.fixture
def screen(qtbot, desk):
    screen = CalendarScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1100, 560)
    screen.show()
    screen.open_at(TUESDAY)
    screen.grid.setFocus()
    return screen


def press(qtbot, screen, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(screen.grid, key, modifier)


def test_opening_the_calendar_makes_a_year_of_usual_services(screen, canteen):
    assert len(days(canteen)) == 15
    assert max(days(canteen, screen.period)) == date(2026, 12, 4)
    with canteen.read() as session:
        last = session.scalars(select(MealService.day).order_by(MealService.day.desc())).first()
    assert last is not None
    assert last > date(2027, 11, 20)
    assert not canteen.undo_labels[:-1]


def test_the_month_is_whole_weeks_and_says_each_day(screen):
    shown = screen.grid.days.days
    assert (shown[0].day, shown[-1].day) == (date(2026, 10, 26), date(2026, 12, 6))
    armistice = next(each for each in shown if each.day == date(2026, 11, 11))
    assert armistice.marks == "Fermé\u00a0: Armistice"
    assert "Vacances de la Toussaint" in shown[0].words
    assert "12:15 Déjeuner, 0 inscrit sur 35, à clôturer" in shown[8].words


def test_arrows_go_from_day_to_day_and_past_the_edge_of_the_month(qtbot, screen):
    press(qtbot, screen, Qt.Key.Key_Right)
    assert screen.grid.current.day == date(2026, 11, 25)
    for _week in range(2):
        press(qtbot, screen, Qt.Key.Key_Down)
    assert screen.grid.current.day == date(2026, 12, 9)
    assert screen.bar.name.text() == "Décembre 2026"


def test_ctrl_and_an_arrow_moves_the_service_and_undo_brings_it_back(qtbot, screen, canteen):
    press(qtbot, screen, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert date(2026, 11, 23) in days(canteen)
    assert TUESDAY not in days(canteen)
    assert screen.grid.current.day == date(2026, 11, 23)
    canteen.undo()
    assert TUESDAY in days(canteen)


def test_a_service_is_dropped_on_another_day(screen, canteen):
    key = key_on(canteen, TUESDAY)
    screen.grid.pick(key)
    model = screen.grid.days
    carried = model.mimeData([model.index_of(TUESDAY)])
    there = date(2026, 11, 28)
    model.dropMimeData(carried, Qt.DropAction.MoveAction, -1, -1, model.index_of(there))
    assert row_on(canteen, there).is_changed


def test_enter_opens_the_page_of_the_service(qtbot, screen, desk, canteen):
    with qtbot.waitSignal(desk.going) as asked:
        press(qtbot, screen, Qt.Key.Key_Return)
    assert asked.args == ["service", key_on(canteen, TUESDAY)]


def test_a_new_service_is_added_with_usual_hours_and_places(screen, desk, canteen, qtbot):
    dialog = ServiceDialog(desk, None, TUESDAY)
    qtbot.addWidget(dialog)
    dialog.kind.setCurrentIndex(1)
    dialog._propose_hours()
    dialog.keep()
    row = row_on(canteen, TUESDAY, MealKind.DINNER)
    assert (f"{row.cook_at:%H:%M}", f"{row.meal_at:%H:%M}") == ("17:00", "19:30")
    assert (row.seats, row.kitchen_places) == (35, 10)
    assert [each.row.kind for each in screen.grid.current.services] == [
        MealKind.LUNCH,
        MealKind.DINNER,
    ]


@pytest.mark.usefixtures("screen")
def test_the_same_service_twice_is_refused_in_the_form(desk, qtbot):
    dialog = ServiceDialog(desk, None, TUESDAY)
    qtbot.addWidget(dialog)
    dialog.keep()
    assert "Il y a déjà" in dialog.notice.text
    assert not dialog.result()


@pytest.mark.usefixtures("screen")
def test_a_change_goes_to_the_following_services_when_asked(desk, canteen, qtbot):
    dialog = ServiceDialog(desk, None, TUESDAY, key_on(canteen, TUESDAY))
    qtbot.addWidget(dialog)
    dialog.meal.line.setText("12h45")
    dialog.scopes.button(1).setChecked(True)
    dialog.keep()
    assert f"{row_on(canteen, date(2026, 12, 1)).meal_at:%H:%M}" == "12:45"
    assert f"{row_on(canteen, date(2026, 11, 20)).meal_at:%H:%M}" == "12:15"


@pytest.mark.usefixtures("screen")
def test_a_service_added_by_hand_asks_no_scope(desk, canteen, qtbot):
    act(canteen, planning.add_service, one(TUESDAY), NOW)
    dialog = ServiceDialog(desk, None, TUESDAY, key_on(canteen, TUESDAY, MealKind.DINNER))
    qtbot.addWidget(dialog)
    assert not dialog.scopes.buttons()


def test_a_service_is_cancelled_with_its_reason_and_held_after_all(desk, screen, canteen, qtbot):
    row = row_on(canteen, TUESDAY)
    dialog = CancelDialog(desk, None, row, 3)
    qtbot.addWidget(dialog)
    assert "3 personnes" in dialog.notice.text
    dialog.keep()
    assert row_on(canteen, TUESDAY).state is ServiceState.PLANNED
    dialog.reason.line.setText("Panne de gaz")
    dialog.keep()
    assert row_on(canteen, TUESDAY).reason == "Panne de gaz"
    assert screen.restore.isEnabled()
    screen.restore.trigger()
    assert row_on(canteen, TUESDAY).state is ServiceState.PLANNED


def test_a_cancelled_service_may_close_its_day(desk, screen, canteen, qtbot):
    dialog = CancelDialog(desk, None, row_on(canteen, TUESDAY), 0)
    qtbot.addWidget(dialog)
    dialog.reason.line.setText("Grève")
    dialog.closes.setChecked(True)
    dialog.keep()
    with canteen.read() as session:
        closed = session.scalars(select(ClosedDay).where(ClosedDay.day == TUESDAY)).one()
    assert closed.reason == "Grève"
    screen.reopen.trigger()
    assert row_on(canteen, TUESDAY).state is ServiceState.PLANNED


def test_days_close_with_a_count_of_what_goes(desk, screen, canteen, qtbot):
    dialog = ClosureDialog(desk, None, TUESDAY)
    qtbot.addWidget(dialog)
    dialog.last.line.setText("27/11/2026")
    dialog.last.commit()
    assert dialog.notice.text == "4 jours, 4 services annulés."
    dialog.keep()
    assert TUESDAY not in days(canteen)
    assert screen.grid.current.marks == "Fermé"


def test_the_week_is_shown_and_come_back_to(screen):
    screen.open_at(CalendarPlace(TUESDAY, is_week=True))
    assert len(screen.grid.days.days) == 7
    assert screen.place() == CalendarPlace(TUESDAY, is_week=True)
    screen.bar.next.click()
    assert screen.grid.current.day == date(2026, 12, 1)


def test_a_narrow_window_says_the_day_under_the_title(screen):
    screen.resize(500, 400)
    assert screen.pane.isHidden()
    assert screen.subtitle.startswith("mardi 24 novembre 2026")


def test_a_calendar_without_usual_services_says_where_they_are_said(book, qtbot):
    desk = Desk(book)
    empty = CalendarScreen(desk)
    qtbot.addWidget(empty)
    empty.show()
    with qtbot.waitSignal(desk.going) as asked:
        empty.usual.trigger()
    assert asked.args == ["preferences", "services"]
    assert "services habituels" in empty.notice.text
    desk.close()


@pytest.mark.usefixtures("screen")
def test_every_other_friday_keeps_its_turn_over_the_end_of_the_year(canteen):
    rule = Rhythm("5", date(2026, 12, 4), every_weeks=2)
    act(canteen, planning.add_pattern, lunches(kind=MealKind.DINNER, rhythm=rule), NOW)
    act(canteen, planning.fill, date(2027, 2, 28), NOW)
    with canteen.read() as session:
        found = session.scalars(
            select(MealService.day).where(MealService.kind == MealKind.DINNER)
        ).all()
    assert sorted(found)[:4] == [
        date(2026, 12, 4),
        date(2026, 12, 18),
        date(2027, 1, 15),
        date(2027, 1, 29),
    ]
