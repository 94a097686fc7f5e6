"""Usual services and the days they give: closures, holidays, two a day, what is refused."""

from datetime import date, time, timedelta

import pytest

from cantine_desktop.canteen import calendar
from cantine_desktop.canteen.model import Canteen
from cantine_desktop.errors import UserError
from cantine_desktop.meals.services import closures, planning
from cantine_desktop.meals.services.model import MealKind, MealService, ServiceState
from cantine_desktop.meals.services.queries import services_of
from cantine_desktop.meals.services.rhythm import Rhythm
from cantine_desktop.meals.services.season import fill_season
from cantine_desktop.values.period import Period
from tests.meals.season import (
    NOVEMBER,
    NOW,
    TUESDAY,
    act,
    days,
    key_on,
    lunches,
    one,
    plan,
    row_on,
)


@pytest.fixture
def canteen(any_book):
    with any_book.action("Installer") as session:
        session.add(Canteen(name="La Tablée", open_weekdays="2345", department="67"))
    return any_book


def test_a_usual_service_gives_its_days_and_a_public_holiday_closes(canteen):
    plan(canteen, lunches())
    found = days(canteen)
    assert len(found) == 15
    assert {day.isoweekday() for day in found} == {2, 3, 4, 5}
    assert date(2026, 11, 11) not in found
    with canteen.read() as session:
        closed = calendar.closed_days(session, NOVEMBER)
    assert [(each.day, each.reason) for each in closed] == [(date(2026, 11, 11), "Armistice")]


def test_alsace_does_not_serve_on_saint_stephens_day(canteen):
    plan(canteen, lunches(rhythm=Rhythm("6", date(2026, 12, 1))))
    assert date(2026, 12, 26) not in days(canteen, Period.month(date(2026, 12, 1)))


def test_filling_again_makes_nothing_twice(canteen):
    plan(canteen, lunches())
    before = days(canteen)
    assert act(canteen, planning.fill, date(2026, 12, 31), NOW) == 0
    assert days(canteen) == before
    assert act(canteen, planning.fill, date(2027, 1, 31), NOW) == 16


def test_a_closed_week_gives_no_service_and_its_days_open_again(canteen):
    week = Period.week(date(2026, 11, 16)).days
    act(canteen, closures.close_days, week, "Travaux", NOW)
    plan(canteen, lunches())
    assert not set(week) & set(days(canteen))
    made = act(canteen, lambda session: [s.day for s in planning.reopen_day(session, week[1])])
    assert made == [week[1]]
    assert week[1] in days(canteen)


def test_closing_days_cancels_their_services_with_the_reason_and_they_come_back(canteen):
    plan(canteen, lunches())
    act(canteen, planning.cancel, key_on(canteen, date(2026, 11, 18)), "Plus de gaz", NOW)
    week = Period.week(date(2026, 11, 16))
    gone = act(canteen, closures.close_days, week.days, "Congés", NOW)
    assert len(gone) == 3
    assert days(canteen, week) == []
    row = row_on(canteen, date(2026, 11, 17))
    assert (row.state, row.reason) == (ServiceState.CANCELLED, "Congés")
    for day in week.days:
        act(canteen, planning.reopen_day, day)
    assert len(days(canteen, week)) == 3
    assert row_on(canteen, date(2026, 11, 18)).reason == "Plus de gaz"
    with canteen.read() as session:
        assert calendar.closed_days(session, week) == []


def test_a_day_whose_service_was_held_cannot_be_said_closed(canteen):
    plan(canteen, lunches())
    with canteen.action("Clore") as session:
        session.get(MealService, key_on(canteen, TUESDAY)).state = ServiceState.CLOSED
    with pytest.raises(UserError, match="a eu lieu"):
        act(canteen, closures.close_days, [TUESDAY], "Grève", NOW)
    assert TUESDAY in days(canteen)


def test_a_public_holiday_may_be_opened_and_stays_open(canteen):
    plan(canteen, lunches())
    armistice = date(2026, 11, 11)
    act(canteen, planning.reopen_day, armistice)
    assert armistice in days(canteen)
    act(canteen, planning.fill, date(2027, 3, 31), NOW)
    assert armistice in days(canteen)


def test_a_canteen_may_choose_to_serve_on_public_holidays_and_back(canteen):
    plan(canteen, lunches())
    armistice = date(2026, 11, 11)
    act(canteen, planning.skip_public_holidays, NOW, skips=False)
    assert armistice in days(canteen)
    act(canteen, planning.skip_public_holidays, NOW, skips=True)
    assert armistice not in days(canteen)
    assert row_on(canteen, armistice).reason == "Armistice"


def test_a_usual_service_may_rest_in_the_school_holidays(canteen):
    plan(canteen, lunches(in_school_holidays=False))
    december = days(canteen, Period.month(date(2026, 12, 1)))
    assert max(december) == date(2026, 12, 18)


def test_two_services_on_one_day(canteen):
    plan(canteen, lunches())
    plan(
        canteen,
        lunches(
            kind=MealKind.DINNER,
            cook_at=time(17),
            meal_at=time(19, 30),
            rhythm=Rhythm("5", date(2026, 11, 1), every_weeks=2),
        ),
    )
    friday = Period.through(date(2026, 11, 13), date(2026, 11, 13))
    with canteen.read() as session:
        rows = services_of(session, friday)
    assert [row.kind for row in rows] == [MealKind.LUNCH, MealKind.DINNER]
    assert days(canteen).count(date(2026, 11, 20)) == 1
    assert days(canteen).count(date(2026, 11, 27)) == 2


def test_the_same_service_twice_on_a_day_is_refused(canteen):
    plan(canteen, lunches())
    act(canteen, planning.add_service, one(TUESDAY), NOW)
    with pytest.raises(UserError, match="Il y a déjà « Soirée » à 19:30"):
        act(canteen, planning.add_service, one(TUESDAY), NOW)
    act(canteen, planning.add_service, one(TUESDAY, meal_at=time(21)), NOW)
    assert days(canteen).count(TUESDAY) == 3


def test_a_service_on_a_closed_day_opens_it(canteen):
    act(canteen, closures.close_days, [TUESDAY], "Pont", NOW)
    act(canteen, planning.add_service, one(TUESDAY), NOW)
    with canteen.read() as session:
        assert calendar.closed_days(session, NOVEMBER) == []


def test_the_season_fills_itself_a_year_ahead_and_once(canteen):
    plan(canteen, lunches(), until=NOW.date())
    assert fill_season(canteen) > 150
    made = days(canteen, Period(NOVEMBER.first, date(2028, 1, 1)))
    assert made[-1] > canteen.clock().date() + timedelta(days=360)
    assert fill_season(canteen) == 0
    assert days(canteen, Period(NOVEMBER.first, date(2028, 1, 1))) == made
