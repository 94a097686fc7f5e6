"""Hours confirmed, corrected, signed; what cannot be is refused in words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import create_engine, func, select, text

from cantine_desktop.errors import SealedError, UserError
from cantine_desktop.staff.contracts.model import Status
from cantine_desktop.staff.hours.checks import check_hours
from cantine_desktop.staff.hours.clock_text import read_hours, write_hours
from cantine_desktop.staff.hours.confirming import (
    as_planned,
    confirm_week,
    forget_day,
    say_absent,
    set_hours,
    waiting_days,
)
from cantine_desktop.staff.hours.model import HoursWeek, WeekState, WorkedShift
from cantine_desktop.staff.hours.signing import correct_day, sign_everybody, sign_week
from cantine_desktop.staff.hours.standing import hours_of, rows_in, standing, worked_in
from cantine_desktop.staff.rosters.model import Absence, AbsenceCode
from cantine_desktop.storage.verify import verify
from cantine_desktop.values.period import Period
from tests.staff.contracts.people import hire, member
from tests.staff.hours.team import MONDAY, NOW, away, canteen, confirm, plan, plan_week, work

TUESDAY, FRIDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=4)
WEEK = Period.week(MONDAY)


@pytest.fixture
def awa(book):
    book.clock = lambda: NOW
    with book.action("équipe") as session:
        canteen(session)
        who = member(session, "Awa Diop")
        hire(session, who, first=date(2026, 1, 5))
        plan_week(session, who, "9:00-16:30 p30")
    return who


def shown(session, who, day):
    rows = rows_in(session, Period(day, day + timedelta(days=1)), who)
    return write_hours(hours_of(standing(rows)))


@pytest.mark.usefixtures("awa")
def test_a_week_of_four_people_is_confirmed_in_one_action_that_undo_takes_back(book):
    with book.action("équipe") as session:
        for name in ("Bo", "Chloé", "Dan"):
            who = member(session, name)
            hire(session, who, first=date(2026, 1, 5))
            plan_week(session, who, "10:00-17:00")
    with book.action("Semaine confirmée") as session:
        done = confirm(session)
    assert (done.rows, done.weeks, done.ahead, done.unclear) == (20, 4, (), ())
    book.undo()
    with book.read() as session:
        assert session.scalar(select(func.count(WorkedShift.id))) == 0
        assert session.scalar(select(func.count(HoursWeek.id))) == 0


def test_what_was_typed_and_who_was_away_are_left_as_they_are(book, awa):
    with book.action("semaine") as session:
        work(session, awa, TUESDAY, "8:30-15:00")
        set_hours(session, awa, MONDAY, [], NOW)
        say_absent(session, awa, FRIDAY, AbsenceCode.SICKNESS, NOW)
        assert confirm(session).rows == 2
        assert shown(session, awa, TUESDAY) == "8:30–15"
        assert not shown(session, awa, MONDAY)
        assert not shown(session, awa, FRIDAY)
        assert not waiting_days(session, WEEK, NOW)


def test_a_partial_absence_inside_the_plan_is_asked_not_guessed(book, awa):
    with book.action("semaine") as session:
        away(session, awa, AbsenceCode.MEDICAL_VISIT, TUESDAY, TUESDAY, start=600, finish=720)
        done = confirm(session)
        assert done.unclear == ((awa, TUESDAY),)
        assert done.weeks == 0
        work(session, awa, TUESDAY, "9:00-10:00 12:00-16:30")
        assert confirm(session).weeks == 1


def test_a_day_that_is_not_over_waits(book, awa):
    thursday_noon = datetime(2026, 11, 19, 11, tzinfo=UTC)
    with book.action("semaine") as session:
        done = confirm(session, now=thursday_noon)
        assert done.rows == 3
        assert [day for _who, day in done.ahead] == [date(2026, 11, 19), FRIDAY]
        assert done.weeks == 0
        with pytest.raises(UserError, match="pas encore fini"):
            as_planned(session, awa, date(2026, 11, 19), thursday_noon)
        with pytest.raises(UserError, match="pas encore venue"):
            confirm_week(session, date(2026, 11, 23), thursday_noon)


@pytest.mark.parametrize(
    ("day", "text", "said"),
    [
        (date(2026, 11, 24), "9-12", "pas encore venu"),
        (date(2025, 12, 30), "9-12", "pas de contrat"),
        (date(1926, 11, 17), "9-12", "trop ancien"),
        (TUESDAY, "9-13 12-15", "se chevauchent"),
        (TUESDAY, "9-10 p60", "ne tient pas"),
    ],
)
def test_hours_that_cannot_be_are_refused(book, awa, day, text, said):
    with book.action("semaine") as session, pytest.raises(UserError, match=said):
        work(session, awa, day, text)


def test_a_night_does_not_run_into_the_next_morning(book, awa):
    with book.action("semaine") as session:
        work(session, awa, MONDAY, "20:00-2:00")
        with pytest.raises(UserError, match="se chevauchent"):
            work(session, awa, TUESDAY, "1:30-9:00")
        assert shown(session, awa, MONDAY) == "20–2"


def test_more_than_a_day_at_once_is_refused(book, awa):
    (hours,) = read_hours("8-9")
    with book.action("semaine") as session, pytest.raises(UserError, match="d’un seul tenant"):
        set_hours(session, awa, MONDAY, [hours._replace(finish=hours.start + 1441)], NOW)


def test_an_absence_takes_the_place_of_hours_and_goes_on_from_day_to_day(book, awa):
    with book.action("semaine") as session:
        confirm(session)
        for day in (MONDAY, TUESDAY):
            say_absent(session, awa, day, AbsenceCode.SICKNESS, NOW)
        (absence,) = session.scalars(select(Absence))
        assert (absence.first, absence.end) == (MONDAY, date(2026, 11, 18))
        assert not shown(session, awa, MONDAY)
        say_absent(session, awa, TUESDAY, AbsenceCode.PAID_LEAVE, NOW)
        codes = {each.first: each.code for each in session.scalars(select(Absence))}
        assert codes == {MONDAY: AbsenceCode.SICKNESS, TUESDAY: AbsenceCode.PAID_LEAVE}


def test_a_signed_week_is_only_corrected_and_keeps_the_old_value(book, awa):
    with book.action("semaine") as session:
        confirm(session)
    with book.action("signature") as session:
        week = sign_week(session, awa, MONDAY, "Awa", NOW)
        assert (week.state, week.minutes) == (WeekState.SIGNED, 35 * 60)
    with book.action("retouche") as session:
        with pytest.raises(SealedError, match="est signée"):
            work(session, awa, TUESDAY, "8-12")
        with pytest.raises(SealedError, match="est signée"):
            forget_day(session, awa, TUESDAY)
        with pytest.raises(SealedError, match="est signée"):
            say_absent(session, awa, TUESDAY, AbsenceCode.SICKNESS, NOW)
        with pytest.raises(UserError, match="pourquoi"):
            correct_day(session, awa, TUESDAY, read_hours("8-12"), " ", NOW)
    with book.action("correction") as session:
        correct_day(session, awa, TUESDAY, read_hours("9:00-18:00 p30"), "oubli", NOW)
    with book.action("correction") as session:
        correct_day(session, awa, FRIDAY, [], "partie", NOW)
    with book.read() as session:
        assert shown(session, awa, TUESDAY) == "9–18 p30"
        assert not shown(session, awa, FRIDAY)
        kept = [row for row in rows_in(session, WEEK, awa) if row.day == TUESDAY]
        assert [(row.finish, row.reason) for row in kept] == [
            (16 * 60 + 30, ""),
            (18 * 60, "oubli"),
        ]
        assert all(row.is_sealed for row in kept)
        assert not list(check_hours(session))
        assert not verify(session)


def test_signing_waits_for_confirmation_and_a_name(book, awa):
    with book.action("semaine") as session:
        with pytest.raises(UserError, match="pas confirmée"):
            sign_week(session, awa, MONDAY, "Awa", NOW)
        with pytest.raises(UserError, match="Aucune semaine"):
            sign_everybody(session, MONDAY, "Awa", NOW)
        confirm(session)
        with pytest.raises(UserError, match="Signez"):
            sign_week(session, awa, MONDAY, " ", NOW)
        assert sign_everybody(session, MONDAY, "Awa", NOW) == 1


def test_a_shift_added_to_the_plan_after_confirmation_keeps_the_week_from_being_signed(book, awa):
    with book.action("semaine") as session:
        confirm(session)
        plan(session, awa, MONDAY + timedelta(days=5), "9-12")
        with pytest.raises(UserError, match="attendent encore"):
            sign_week(session, awa, MONDAY, "Awa", NOW)


def test_a_signed_row_changed_by_another_program_is_found(book, awa, tmp_path):
    with book.action("semaine") as session:
        confirm(session)
        sign_week(session, awa, MONDAY, "Awa", NOW)
    other = create_engine(f"sqlite:///{tmp_path / 'canteen.db'}")
    with other.begin() as connection:
        connection.execute(text('UPDATE worked_shift SET "finish" = 1080 WHERE id = 2'))
    other.dispose()
    with book.read() as session:
        said = " ".join(str(finding) for finding in verify(session))
        assert "worked_shift" in said or "Heures faites" in said
        assert any("signé" in str(each) for each in check_hours(session))


@pytest.mark.usefixtures("awa")
def test_hours_of_a_trainee_and_a_volunteer_are_written_alike(book):
    with book.action("équipe") as session:
        trainee = member(session, "Théo", date(2004, 1, 2))
        hire(session, trainee, Status.TRAINEE, date(2026, 11, 2), date(2026, 12, 20))
        cook = member(session, "Mona", date(1970, 1, 2))
        hire(session, cook, Status.DINER_COOK, date(2026, 1, 2), weekly_minutes=None)
        plan(session, trainee, TUESDAY, "9-16 p60")
        plan(session, cook, TUESDAY, "9:30-14:00")
        confirm(session)
        worked = worked_in(session, WEEK)
        assert write_hours(hours_of(worked[trainee])) == "9–16 p60"
        assert write_hours(hours_of(worked[cook])) == "9:30–14"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("8:30-15:00", "8:30–15"),
        ("8h30 15h", "8:30–15"),
        ("8 h 30 – 15 h", "8:30–15"),
        ("830 1500", "8:30–15"),
        ("9-12 13-16:30 p20", "9–12, 13–16:30 p20"),
        ("18h-1h", "18–1"),
        ("9h 12h", "9–12"),
        ("9h 12", "9–12"),
        ("9 h 15 à 12 h", "9:15–12"),
        ("18-24", "18–0"),
    ],
)
def test_hours_are_read_as_people_type_them(typed, read):
    hours = read_hours(typed)
    assert write_hours(hours) == read
    assert read_hours(write_hours(hours)) == hours


@pytest.mark.parametrize("typed", ["", "8", "25-26", "8:70-9", "matin", "8-9-10", "-3"])
def test_what_is_no_hours_is_refused_with_an_example(typed):
    with pytest.raises(UserError, match="8:30-15:30"):
        read_hours(typed)
