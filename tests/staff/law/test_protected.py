"""The young at night and on holidays, Alsace and Moselle, Sundays, night workers."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cantine_desktop.staff.law.nouns import Regime, Severity, Status
from cantine_desktop.values.period import Period
from tests.staff.law.hours import (
    ADULT,
    CHILD,
    CIVIC_MINOR,
    CODE,
    ECLAT,
    HCR,
    MINOR,
    MONDAY,
    found,
    judged,
    one,
    plain,
    stint,
    worker,
)

DAY = "2026-03-03"


@pytest.mark.parametrize(
    ("who", "end"), [(MINOR, "22:00"), (CIVIC_MINOR, "22:00"), (CHILD, "20:00")]
)
def test_the_young_stop_before_the_night(who, end):
    late = f"{end[:3]}01"
    assert not found("NIGHT_MINOR", [stint(DAY, "17:00", end)], who)
    assert one("NIGHT_MINOR", [stint(DAY, "17:00", late)], who).measured == 1
    assert not found("NIGHT_MINOR", [stint(DAY, "06:00", "09:00")], who)
    assert one("NIGHT_MINOR", [stint(DAY, "05:59", "09:00")], who).measured == 1
    assert not found("NIGHT_MINOR", [stint(DAY, "17:00", "23:00")], ADULT)


def test_the_ban_of_the_night_ends_at_midnight_on_the_birthday():
    turning = worker(Status.APPRENTICE, date(2008, 3, 4))
    alert = one("NIGHT_MINOR", [stint(DAY, "18:00", "01:30")], turning)
    assert alert.measured == 120
    assert not found("NIGHT_MINOR", [stint("2026-03-04", "18:00", "01:30")], turning)


def test_the_night_clocks_go_back_the_ban_covers_the_hour_that_comes_twice():
    both = stint("2026-10-24", "21:00", "07:00")
    nights = found("NIGHT_MINOR", [both], worker(Status.APPRENTICE, date(2009, 6, 1)))
    assert [alert.measured for alert in nights] == [120, 420]


@pytest.mark.parametrize(
    ("born", "regime"),
    [
        (date(2010, 3, 4), Regime.UNDER_16),
        (date(2010, 3, 3), Regime.MINOR),
        (date(2008, 3, 4), Regime.MINOR),
        (date(2008, 3, 3), Regime.ADULT),
        (None, Regime.ADULT),
    ],
)
def test_the_regime_changes_on_the_birthday(born, regime):
    assert worker(Status.APPRENTICE, born).regime_on(date(2026, 3, 3)) is regime


def test_somebody_born_on_29_february_is_of_age_on_1_march():
    leap = worker(Status.TRAINEE, date(2008, 2, 29))
    assert leap.regime_on(date(2026, 2, 28)) is Regime.TRAINEE_MINOR
    assert leap.regime_on(date(2026, 3, 1)) is Regime.TRAINEE_ADULT


def test_the_status_of_a_new_contract_changes_the_regime():
    first = worker(Status.CIVIC_SERVICE, date(2004, 1, 1)).terms[0]
    hired = date(2026, 3, 4)
    someone = replace(
        worker(Status.CIVIC_SERVICE, date(2004, 1, 1)),
        terms=(replace(first, end=hired), replace(first, first=hired, status=Status.PERMANENT)),
    )
    assert someone.regime_on(date(2026, 3, 3)) is Regime.CIVIC_ADULT
    assert someone.regime_on(hired) is Regime.ADULT


@pytest.mark.parametrize("who", [MINOR, CIVIC_MINOR, CHILD])
def test_the_young_do_not_work_on_public_holidays(who):
    easter_monday = [stint("2026-04-06", "10:00", "14:00")]
    alert = one("HOLIDAY_MINOR", easter_monday, who)
    assert "lundi de Pâques" in alert.sentence.replace("Lundi", "lundi")
    assert alert.severity is Severity.FORBIDDEN
    assert not found("HOLIDAY_MINOR", [stint("2026-04-07", "10:00", "14:00")], who)


def test_an_agreement_lets_young_employees_work_on_holidays_but_not_civic_service():
    easter_monday = [stint("2026-04-06", "10:00", "14:00")]
    assert not found("HOLIDAY_MINOR", easter_monday, MINOR, minors_on_holidays=True)
    assert found("HOLIDAY_MINOR", easter_monday, CIVIC_MINOR, minors_on_holidays=True)
    may = [stint("2026-05-01", "10:00", "14:00")]
    assert found("HOLIDAY_MINOR", may, MINOR, minors_on_holidays=True)


@pytest.mark.parametrize("department", ["57", "67", "68"])
@pytest.mark.parametrize("day", ["2026-04-03", "2026-12-26"])
def test_good_friday_and_26_december_are_holidays_in_strasbourg_and_metz_only(department, day):
    stints = [stint(day, "10:00", "14:00")]
    assert one("LOCAL_HOLIDAY", stints, department=department).severity is Severity.TO_JUSTIFY
    assert found("HOLIDAY_MINOR", stints, MINOR, department=department)
    assert not found("HOLIDAY", stints, department="69")
    assert not found("HOLIDAY_MINOR", stints, MINOR, department="69")


def test_good_friday_is_a_holiday_only_where_a_temple_stands():
    friday = [stint("2026-04-03", "10:00", "14:00")]
    assert not found("LOCAL_HOLIDAY", friday, department="57", keeps_good_friday=False)
    christmas = [stint("2026-12-25", "10:00", "14:00")]
    assert found("LOCAL_HOLIDAY", christmas, department="57", keeps_good_friday=False)


def test_a_shift_that_ends_after_midnight_reaches_into_a_holiday():
    eve = [stint("2026-07-13", "18:00", "00:30")]
    alert = one("HOLIDAY", eve)
    assert (alert.days, alert.measured) == ((date(2026, 7, 14),), 30)


def test_1_may_is_to_be_justified_and_14_july_is_said():
    assert one("MAY_FIRST", [stint("2026-05-01", "10:00", "14:00")]).severity is Severity.TO_JUSTIFY
    assert not found("HOLIDAY", [stint("2026-05-01", "10:00", "14:00")])
    alert = one("HOLIDAY", [stint("2026-07-14", "10:00", "14:00")], profile=ECLAT)
    assert (alert.severity, alert.article) == (Severity.ADVICE, "ECLAT-5.4.2")


def test_sundays_are_said_by_agreement_and_are_to_justify_for_the_young():
    brunch = [stint("2026-03-08", "10:00", "14:00")]
    assert one("SUNDAY", brunch, profile=HCR).article == "L3132-12"
    assert one("SUNDAY", brunch, profile=ECLAT).article == "ECLAT-5.4.2"
    assert one("LOCAL_HOLIDAY", brunch, department="67").severity is Severity.TO_JUSTIFY
    trainee = worker(Status.TRAINEE, date(2009, 6, 1))
    assert one("SUNDAY_MINOR", brunch, trainee).severity is Severity.TO_JUSTIFY
    assert not found("SUNDAY_MINOR", brunch, MINOR)


@pytest.mark.parametrize(("profile", "hours"), [(CODE, 270), (ECLAT, 300), (HCR, 280)])
def test_so_many_night_hours_in_twelve_months_make_a_night_worker(profile, hours):
    evening = [stint(DAY, "18:00", "23:00")]
    tonight = 120 if profile is CODE else 60
    before = hours * 60 - tonight
    alert = one("NIGHT_WORKER", evening, profile=profile, night_before=before)
    assert alert.severity is Severity.TO_JUSTIFY
    assert not found("NIGHT_WORKER", evening, profile=profile, night_before=before - 1)


def test_two_nights_of_three_hours_four_weeks_running_are_a_habit():
    def evenings(weeks, end):
        return [
            stint(MONDAY + timedelta(7 * n + place), "19:00", end)
            for n in range(weeks)
            for place in (1, 3)
        ]

    assert one("NIGHT_HABIT", evenings(4, "00:00")).severity is Severity.ADVICE
    assert not found("NIGHT_HABIT", evenings(3, "00:00"))
    assert not found("NIGHT_HABIT", evenings(4, "23:59"))


def test_a_night_worker_s_day_ends_after_eight_hours_and_nobody_else_s_does():
    late = [stint(DAY, "14:00", "22:31", 30)]
    before = 270 * 60
    alert = one("NIGHT_WORKER_DAY", late, night_before=before)
    assert alert.severity is Severity.TO_JUSTIFY
    assert plain(alert.sentence) == (
        "8 h 01 de travail mardi 3 mars : 8 h au plus pour un travailleur de nuit (art. L3122-6)."
    )
    assert not found("NIGHT_WORKER_DAY", late, night_before=before - 3 * 60)
    assert not found("NIGHT_WORKER_DAY", [stint(DAY, "14:00", "22:30", 30)], night_before=before)


def test_habit_makes_a_night_worker_of_whom_each_day_is_looked_at():
    evenings = [
        stint(MONDAY + timedelta(7 * n + place), "19:00", "00:00")
        for n in range(4)
        for place in (1, 3)
    ]
    long = stint(MONDAY + timedelta(25), "08:00", "17:00")
    assert one("NIGHT_WORKER_DAY", [*evenings, long]).measured == 9 * 60
    assert not found("NIGHT_WORKER_DAY", [*evenings[2:], long])


def test_a_night_worker_works_40_hours_on_average_of_twelve_weeks_at_most():
    def weeks(end):
        return [
            stint(MONDAY + timedelta(7 * n + place), "09:00", end)
            for n in range(12)
            for place in range(5)
        ]

    last = Period(MONDAY + timedelta(77), MONDAY + timedelta(84))
    night = {"night_before": 270 * 60, "span": last}
    assert not found("NIGHT_WORKER_12", weeks("17:00"), **night)
    alert = one("NIGHT_WORKER_12", weeks("17:01"), **night)
    assert alert.measured == 40 * 60 + 5
    assert "L3122-7" in alert.sentence
    assert not found("NIGHT_WORKER_12", weeks("17:01"), span=last)


def test_nobody_who_gives_their_time_is_held_to_labour_law():
    long = [stint(MONDAY + timedelta(n), "08:00", "23:00") for n in range(7)]
    rules = {alert.rule for alert in judged(long, worker(Status.BOARD_MEMBER), CODE)}
    assert rules <= {"VOLUNTEER_REST"}
    assert {alert.severity for alert in judged(long, worker(Status.DINER_COOK))} == {
        Severity.ADVICE
    }


def test_nights_of_clock_changes_last_what_they_last():
    assert stint("2026-03-28", "22:00", "06:00").effective == 7 * 60
    assert stint("2026-10-24", "22:00", "06:00").effective == 9 * 60
