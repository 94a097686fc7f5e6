"""The hours of the demonstration: true to the roster, signed but the last week, and counted."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from cantine_desktop.office.todo_staff import staff_waits
from cantine_desktop.staff.hours.counters import month_counts
from cantine_desktop.staff.hours.leave import leaves
from cantine_desktop.staff.hours.model import HoursWeek, WeekState, WorkedShift
from cantine_desktop.staff.hours.queries import DayState, hours_week
from cantine_desktop.staff.hours.standing import stints_of
from cantine_desktop.staff.law.stints import monday_of
from cantine_desktop.staff.payroll.variables import variables_of
from cantine_desktop.storage.book import Book
from cantine_desktop.storage.engine import open_engine
from cantine_desktop.values.period import DAY, Period
from tests.conftest import NOW

LAST = monday_of(NOW.date()) - 7 * DAY
"""Monday of the last week that is over: the demonstration ends on a Sunday."""


@pytest.fixture
def read(demo):
    engine = open_engine(f"sqlite:///{demo}")
    book = Book(engine, clock=lambda: NOW)
    with book.read() as session:
        yield session
    engine.dispose()


def test_every_week_before_the_last_is_signed_by_each_and_holds_what_its_rows_say(read):
    weeks = read.scalars(select(HoursWeek)).all()
    states = {each.state for each in weeks if each.monday == LAST}
    assert states == {WeekState.CONFIRMED}
    signed = [each for each in weeks if each.monday < LAST]
    assert {each.state for each in signed} == {WeekState.SIGNED}
    assert all(each.is_sealed and each.signed_by for each in signed)
    rows = read.scalars(select(WorkedShift)).all()
    first_rows = [row for row in rows if row.corrects_id is None and not row.is_void]
    for each in signed:
        own = [
            row
            for row in first_rows
            if row.member_id == each.member_id and monday_of(row.day) == each.monday
        ]
        assert sum(stint.effective for stint in stints_of(own)) == each.minutes


def test_two_signed_days_were_corrected_with_their_reason_and_nothing_was_changed(read):
    corrections = read.scalars(
        select(WorkedShift).where(WorkedShift.corrects_id.is_not(None))
    ).all()
    assert {row.reason for row in corrections} == {
        "livraison arrivée à 16 h 30",
        "réunion avec la mairie oubliée",
    }
    for row in corrections:
        former = read.get_one(WorkedShift, row.corrects_id)
        assert former.is_sealed
        assert row.is_sealed
        assert (former.day, former.post) == (row.day, row.post)
        assert former.finish != row.finish


def test_nobody_worked_on_a_day_of_absence_nor_out_of_a_contract(read):
    for monday in (LAST - 7 * rank * DAY for rank in range(1, 51)):
        for person in hours_week(read, monday, NOW):
            for day in person.days:
                assert not (day.done and day.away), (person.name, monday)
                assert day.state is not DayState.WAITING


def test_a_trainee_s_presence_is_counted_up_to_the_last_day_of_the_placement(read):
    months = (Period.month(NOW.date().replace(day=1)), Period.month(date(2026, 10, 1)))
    counted = {
        day.day: day.minutes
        for month in months
        for count in month_counts(read, month, NOW)
        if count.mate.worker.name == "Lina Haas"
        for day in count.days
    }
    assert len(counted) > 10
    assert max(counted) < NOW.date() - timedelta(days=7)


def test_the_months_show_overtime_in_june_an_illness_and_leave_that_nobody_must_guess(read):
    by_name = {
        count.mate.worker.name: count
        for count in month_counts(read, Period.month(date(2026, 6, 1)), NOW)
    }
    busy = sum(band.minutes for week in by_name["Malik Benali"].weeks for band in week.overtime)
    assert busy >= 10 * 60
    assert not any(week.overtime for week in by_name["Anne Muller"].weeks)
    left = {each.name: each for each in leaves(read, NOW.date())}
    assert all(left[name].is_sure for name in ("Malik Benali", "Anne Muller"))
    assert all(0 <= left[name].available <= 30_00 for name in ("Malik Benali", "Anne Muller"))
    keys = {
        variable.key
        for month in (date(2026, 10, 1), date(2026, 11, 1))
        for person in variables_of(read, Period.month(month), NOW)
        for variable in person.variables
    }
    assert {"overtime-25", "complementary-10", "absence-MAL", "absence-FAM", "exit"} <= keys


def test_what_waits_in_the_hours_is_the_signature_of_one_week_at_most(read):
    found = [line for line in staff_waits(read, NOW) if line.screen == "hours"]
    assert [line.button for line in found] in ([], ["Signer"])
