"""Weeks: maximum, average of twelve, days worked, civic service, birthdays in mid-week."""

from datetime import date, timedelta

import pytest

from cantine_desktop.staff.law.nouns import Severity, Status
from cantine_desktop.staff.law.stints import Kind
from cantine_desktop.values.period import Period
from tests.staff.law.hours import (
    ADULT,
    CIVIC,
    CIVIC_MINOR,
    CODE,
    HCR,
    MINOR,
    MONDAY,
    at,
    found,
    one,
    plain,
    stint,
    week,
    worker,
)

WEEK = timedelta(7)


def hours_of(total, monday=MONDAY):
    """Return five days of work of so many minutes in all."""
    ends = [total // 5 + (place < total % 5) for place in range(5)]
    nine = at(f"{monday} 09:00")
    return [
        stint(monday + timedelta(place), "09:00", f"{nine + timedelta(minutes=end):%H:%M}")
        for place, end in enumerate(ends)
    ]


@pytest.mark.parametrize(
    ("who", "limit"), [(ADULT, 2880), (CIVIC, 2880), (MINOR, 2100), (CIVIC_MINOR, 2100)]
)
def test_a_week_is_too_long_from_the_first_minute_above_its_limit(who, limit):
    assert not found("WEEKLY_MAX", hours_of(limit), who)
    alert = one("WEEKLY_MAX", hours_of(limit + 1), who)
    assert (alert.measured, alert.limit) == (limit + 1, limit)


def test_the_week_ends_on_sunday_at_midnight():
    sunday = stint("2026-03-08", "20:00", "04:00")
    assert not found("WEEKLY_MAX", [*hours_of(2640), sunday])
    assert one("WEEKLY_MAX", [*hours_of(2641), sunday]).measured == 2881
    monday = [sunday, *hours_of(2641, MONDAY + WEEK)]
    assert one("WEEKLY_MAX", monday).measured == 2881


def test_the_week_of_18_keeps_35_hours_for_the_days_before_the_birthday():
    thursday, friday = (worker(Status.APPRENTICE, date(2008, 3, day)) for day in (5, 6))
    nines = [stint(MONDAY + timedelta(place), "08:00", "17:00") for place in range(5)]
    assert not found("WEEKLY_MAX", nines, thursday)
    alert = one("WEEKLY_MAX", nines, friday)
    assert (alert.measured, len(alert.days)) == (36 * 60, 4)
    assert [alert.days[0].day for alert in found("DAILY_MAX", nines, thursday)] == [2, 3, 4]


def test_rest_rules_of_the_week_of_18_are_to_be_justified():
    turning = worker(Status.APPRENTICE, date(2008, 3, 6))
    days = week([0, 1, 3, 4, 6]) + week([0], monday=MONDAY + WEEK)
    assert found("REST_DAYS", days, turning)[0].severity is Severity.TO_JUSTIFY
    assert found("REST_DAYS", days, MINOR)[0].severity is Severity.FORBIDDEN


def test_the_sixth_day_of_civic_service_is_to_be_justified_in_the_week_of_18():
    days = week(range(6))
    turning = worker(Status.CIVIC_SERVICE, date(2008, 3, 5), hours=24)
    assert one("DAYS_PER_WEEK", days, turning).severity is Severity.TO_JUSTIFY
    assert one("DAYS_PER_WEEK", days, CIVIC_MINOR).severity is Severity.FORBIDDEN


def twelve(minutes, last):
    """Return totals of eleven weeks, and the stints of the twelfth."""
    before = tuple((MONDAY - WEEK * back, minutes) for back in range(1, 12))
    return {"stints": hours_of(last), "minutes_before": before}


@pytest.mark.parametrize(("profile", "limit"), [(CODE, 2640), (HCR, 2760)])
def test_twelve_weeks_are_too_long_on_average_from_the_first_minute(profile, limit):
    assert not found("AVERAGE_12", profile=profile, **twelve(limit, limit))
    alert = one("AVERAGE_12", profile=profile, **twelve(limit, limit + 1))
    assert alert.severity is Severity.FORBIDDEN
    assert plain(alert.remedy) == "Retirer 1 min d’ici la fin de cette semaine."


def test_any_twelve_weeks_are_looked_at_not_quarters():
    weeks = [hours_of(2700, MONDAY + WEEK * n) for n in range(12)]
    stints = [each for some in weeks for each in some]
    assert one("AVERAGE_12", stints).days[0] == MONDAY + WEEK * 11


def test_a_week_of_leave_does_not_hide_long_weeks():
    before = [(MONDAY - WEEK * back, 2700) for back in range(1, 14)]
    before[4] = (before[4][0], 0)
    leave = frozenset(before[4][0] + timedelta(n) for n in range(5))
    stints = hours_of(2700)
    assert not found("AVERAGE_12", stints, minutes_before=tuple(before))
    alert = one("AVERAGE_12", stints, minutes_before=tuple(before), leave=leave)
    assert alert.severity is Severity.TO_JUSTIFY


def test_a_seventh_day_in_the_week_is_one_too_many():
    assert not found("DAYS_PER_WEEK", week(range(6)))
    alert = one("DAYS_PER_WEEK", week(range(7)))
    assert plain(alert.sentence) == (
        "Semaine du 2 mars : 7 jours travaillés, 6 jours au plus (art. L3132-1)."
    )
    assert not found("DAYS_PER_WEEK", week(range(5)), CIVIC_MINOR)
    assert found("DAYS_PER_WEEK", week(range(6)), CIVIC_MINOR)


def test_a_seventh_day_in_a_row_over_two_weeks_is_an_advice():
    days = week(range(2, 7)) + week([0], monday=MONDAY + WEEK)
    assert not found("DAYS_IN_ROW", days)
    alert = one("DAYS_IN_ROW", [*days, *week([1], monday=MONDAY + WEEK)])
    assert alert.severity is Severity.ADVICE
    assert plain(alert.sentence) == (
        "7 jours travaillés de suite du mercredi 4 mars au mardi 10 mars, sans jour de repos "
        "entre deux."
    )
    assert "de mémoire" in alert.caution


def test_days_at_school_count_in_the_row():
    school = [
        stint(MONDAY + timedelta(place), "09:00", "16:00", kind=Kind.SCHOOL) for place in range(5)
    ]
    days = [*school, *week([5, 6])]
    assert one("DAYS_IN_ROW", days, worker(Status.APPRENTICE, date(2005, 1, 1))).measured == 7


def test_a_short_week_of_civic_service_is_told_unless_leave_explains_it():
    assert not found("CIVIC_MIN", hours_of(1440), CIVIC)
    assert one("CIVIC_MIN", hours_of(1439), CIVIC).severity is Severity.ADVICE
    assert not found("CIVIC_MIN", hours_of(1200), CIVIC, leave=frozenset({MONDAY}))
    assert "2020" in one("CIVIC_MIN", hours_of(1439), CIVIC).caution


def test_only_the_span_is_judged_and_history_only_counts():
    stints = [each for n in range(4) for each in hours_of(3000, MONDAY + WEEK * n)]
    third = Period.week(MONDAY + WEEK * 2)
    assert one("WEEKLY_MAX", stints, span=third).days[0] == MONDAY + WEEK * 2
