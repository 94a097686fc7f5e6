"""Failures that other programs document, each shown not to happen here."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from cantine_desktop.staff.law.judging import is_legal, judge, judge_cell, judge_team
from cantine_desktop.staff.law.nouns import Context, Overlay, Severity, Status
from cantine_desktop.staff.law.stints import Kind, Stint
from tests.staff.law.hours import (
    ADULT,
    CODE,
    ECLAT,
    HCR,
    MINOR,
    MONDAY,
    at,
    found,
    judged,
    stint,
    week,
    worker,
)


def test_school_of_an_apprentice_counts_in_days_worked_in_a_row():
    school = [replace(each, kind=Kind.SCHOOL) for each in week(range(5))]
    apprentice = worker(Status.APPRENTICE, date(2005, 1, 1))
    seven = [*school, *week([5, 6])]
    assert found("DAYS_PER_WEEK", seven, apprentice)
    assert found("DAYS_IN_ROW", seven, apprentice)
    assert not found("DAYS_PER_WEEK", week(range(5)), apprentice)


def test_a_week_at_school_uses_up_the_35_hours_of_a_young_apprentice():
    school = [replace(each, kind=Kind.SCHOOL) for each in week(range(5))]
    assert not found("WEEKLY_MAX", school, MINOR)
    assert found("WEEKLY_MAX", [*school, stint("2026-03-07", "10:00", "11:00")], MINOR)


def test_each_person_has_the_rules_of_their_own():
    """Others set one limit for everybody of a place."""
    contract = replace(ADULT.terms[0], overlays=(Overlay("DAILY_MAX", Fraction(480)),))
    tired = replace(ADULT, key="tired", terms=(contract,))
    nine = [stint("2026-03-03", "08:00", "17:30", 30)]
    alerts = judge_team([(ADULT, nine), (tired, nine), (replace(MINOR, key="young"), nine)], CODE)
    assert {a.worker for a in alerts if a.rule == "DAILY_MAX"} == {"tired", "young"}


def test_hours_done_are_judged_by_the_same_rules_as_hours_planned():
    plan = [stint("2026-03-03", "14:00", "21:30"), stint("2026-03-04", "08:30", "14:00")]
    done = [stint("2026-03-03", "14:00", "21:50"), plan[1]]
    assert not found("DAILY_REST", plan)
    assert found("DAILY_REST", done)[0].measured == 640


def test_the_rest_of_the_week_is_not_always_on_sunday():
    for profile in (CODE, ECLAT, HCR):
        wednesday_to_sunday = week(range(2, 7)) + week(range(2, 7), monday=MONDAY + timedelta(7))
        rested = judged(wednesday_to_sunday, ADULT, profile)
        assert not [alert for alert in rested if alert.rule in {"WEEKLY_REST", "REST_DAYS"}]


def test_a_shift_across_midnight_is_understood_and_stops_nothing_else():
    late = [stint("2026-03-03", "18:00", "01:00", 30)]
    assert is_legal(ADULT, late, HCR)
    bad = Stint(at("2026-03-05 00:00"), at("2026-03-05 23:59"))
    alerts = judge(ADULT, [*late, bad, stint("2026-03-09", "08:00", "19:00", 30)], CODE)
    assert {alert.days[0] for alert in alerts if alert.rule == "DAILY_MAX"} == {
        date(2026, 3, 5),
        date(2026, 3, 9),
    }


def test_a_night_before_a_day_already_planned_is_seen():
    planned = stint("2026-03-04", "08:00", "14:00")
    night = stint("2026-03-03", "20:00", "03:00")
    alerts = judge_cell(ADULT, [night, planned], date(2026, 3, 3), CODE)
    assert [alert.measured for alert in alerts if alert.rule == "DAILY_REST"] == [300]


def test_breaks_and_weekly_limits_are_rules_like_the_others():
    days = week(range(6), "08:00", "17:00", 0)
    rules = {alert.rule for alert in judged(days)}
    assert {"BREAK", "WEEKLY_MAX"} <= rules


def test_what_is_forbidden_is_told_apart_from_what_is_advised():
    days = [stint("2026-03-08", "10:00", "15:00"), stint("2026-03-08", "20:00", "23:50")]
    severities = [alert.severity for alert in judged(days)]
    assert severities == sorted(severities, key=list(Severity).index)
    assert severities[0] is Severity.FORBIDDEN
    assert severities[-1] is Severity.ADVICE


def test_one_cell_says_what_the_whole_month_says_of_the_days_around():
    month = [
        each
        for n in range(8)
        for each in week(range(1, 7), "08:00", "18:45", 45, monday=MONDAY + timedelta(7 * n))
    ]
    near = {MONDAY + timedelta(21 + n) for n in range(7)}
    before = tuple((MONDAY - timedelta(7 * back), 2700) for back in range(1, 12))
    context = Context(minutes_before=before)
    whole = [a for a in judge(ADULT, month, ECLAT, context) if near & set(a.days)]
    cell = judge_cell(ADULT, month, MONDAY + timedelta(23), ECLAT, context)
    once_a_year = {"CONTINGENT", "NIGHT_WORKER", "DAYS_IN_ROW"}
    missing = [a for a in whole if a not in cell and a.rule not in once_a_year]
    assert not missing
    assert {a.days[0] for a in cell if a.rule == "AVERAGE_12"} >= {MONDAY + timedelta(49)}
