"""The figures of the team: hours done or planned, beyond contracts, days in a row."""

from datetime import date
from decimal import Decimal

import pytest

from cantine_desktop.network.alerts import alert
from cantine_desktop.network.indicators import figures
from cantine_desktop.staff.hours.clock_text import read_hours as read_done
from cantine_desktop.staff.hours.confirming import set_hours
from cantine_desktop.staff.hours.workload import workloads
from cantine_desktop.staff.rosters.absences import AbsenceFacts, add_absence
from cantine_desktop.staff.rosters.model import AbsenceCode
from cantine_desktop.values.period import DAY, Period
from tests.meals.closings import DAY as CLOSED
from tests.meals.closings import closed, prepared
from tests.staff.rosters.week import MONDAY, NOW, team, type_in

LAST = MONDAY - 7 * DAY
WEEK = Period.week(LAST)


@pytest.fixture
def people(book):
    return team(book)


def figure(book, key, period=WEEK):
    with book.read() as session:
        found = figures(session, period, date(2026, 11, 30))
    return next(each.value for each in found if each.indicator.key == key)


def minutes(book):
    with book.read() as session:
        return {each.name: (each.minutes, each.beyond) for each in workloads(session, WEEK)}


def test_without_a_roster_nothing_is_said(book):
    keys = ("hours-per-meal", "cook-hours", "beyond-contract", "days-in-row")
    assert [figure(book, key) for key in keys] == [None] * 4


def test_hours_done_count_and_planned_ones_where_nobody_wrote_any(book, people):
    malik, anne, tom, paul = people
    for who in (malik, tom, paul):
        type_in(book, who, LAST + DAY, "8-16 p30")
    type_in(book, anne, LAST + DAY, "9-19 p30")
    type_in(book, anne, LAST + 2 * DAY, "9-19 p30")
    with book.action("Heures") as session:
        set_hours(session, malik, LAST + DAY, read_done("8-17 p30"), NOW)
        add_absence(
            session,
            anne,
            AbsenceFacts(AbsenceCode.SICKNESS, LAST + 2 * DAY, LAST + 3 * DAY),
        )
    assert minutes(book) == {"Anne Muller": (570, 0), "Malik Benali": (510, 0)}


def test_hours_beyond_the_contract_are_counted_week_by_week(book, people):
    anne = people[1]
    for rank in range(3):
        type_in(book, anne, LAST + rank * DAY, "9-16 p30")
    type_in(book, anne, LAST + 7 * DAY, "9-12")
    assert figure(book, "beyond-contract") == Decimal("2.0")
    assert figure(book, "days-in-row") == 3
    assert figure(book, "days-in-row", Period(LAST, LAST + 14 * DAY)) == 3


def test_seven_days_in_a_row_are_told(book, people):
    for rank in range(7):
        type_in(book, people[0], LAST + rank * DAY, "9-12")
    most = figure(book, "days-in-row")
    assert (most, alert("days-in-row", most)) == (7, "plus de six jours de suite")


def test_a_meal_takes_its_share_of_hours_and_diners_cook_from_their_coming(book, people):
    with book.action("Clôture") as session:
        closed(session, prepared(session))
    type_in(book, people[0], CLOSED, "8-16 p30")
    assert figure(book, "cook-hours") == 9 * 3
    assert figure(book, "hours-per-meal") == round(Decimal("7.5") / 31, 2)
