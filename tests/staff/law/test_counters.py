"""Hours counted for payroll: bands by agreement, contingent, averages, drift."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cantine_desktop.staff.law.counters import (
    Band,
    average,
    complementary_bands,
    contingent_used,
    drift,
    minutes_by_week,
    night_minutes,
    night_window,
    overtime,
    overtime_bands,
    sunday_minutes,
)
from cantine_desktop.staff.law.rules import Branch
from cantine_desktop.staff.law.timeline import timeline
from cantine_desktop.values.period import Period
from tests.staff.law.hours import (
    ADULT,
    CIVIC,
    CODE,
    HCR,
    MONDAY,
    part_time,
    stint,
    week,
    worker,
)


@pytest.mark.parametrize(
    ("branch", "hours", "bands"),
    [
        (Branch.NONE, 35, []),
        (Branch.NONE, 43, [(25, 8)]),
        (Branch.NONE, 45, [(25, 8), (50, 2)]),
        (Branch.HCR, 39, [(10, 4)]),
        (Branch.HCR, 43, [(10, 4), (20, 4)]),
        (Branch.HCR, 46, [(10, 4), (20, 4), (50, 3)]),
        (Branch.ECLAT, 45, [(25, 8), (50, 2)]),
    ],
)
def test_overtime_is_paid_by_bands(branch, hours, bands):
    found = overtime_bands(branch, hours * 60)
    assert [(band.percent, band.minutes) for band in found] == [(p, h * 60) for p, h in bands]
    assert all(band.is_recovered == (branch is Branch.ECLAT) for band in found)


@pytest.mark.parametrize(
    ("branch", "worked", "bands"),
    [
        (Branch.NONE, 1440, ()),
        (Branch.NONE, 1584, (Band(10, 144),)),
        (Branch.NONE, 1644, (Band(10, 144), Band(25, 60))),
        (Branch.HCR, 1644, (Band(10, 144), Band(25, 60))),
        (Branch.ECLAT, 1644, (Band(17, 204),)),
    ],
)
def test_complementary_hours_are_paid_by_bands(branch, worked, bands):
    assert complementary_bands(branch, 1440, worked) == bands


@given(st.sampled_from(list(Branch)), st.integers(0, 5000))
def test_bands_hold_every_minute_above_35_hours_once(branch, minutes):
    total = sum(band.minutes for band in overtime_bands(branch, minutes))
    assert total == max(0, minutes - 2100)


@given(st.sampled_from(list(Branch)), st.integers(0, 2100), st.integers(0, 3000))
def test_bands_hold_every_minute_above_the_contract_once(branch, contract, minutes):
    total = sum(band.minutes for band in complementary_bands(branch, contract, minutes))
    assert total == max(0, minutes - contract)


def test_overtime_is_of_full_time_employees_alone():
    assert overtime(ADULT, MONDAY, 2400) == 300
    assert overtime(part_time(30), MONDAY, 2400) == 0
    assert overtime(CIVIC, MONDAY, 2400) == 0
    assert overtime(worker(follows_programme=True), MONDAY, 2400) == 60


def test_the_contingent_counts_the_year_a_week_ends_in():
    weeks = {date(2025, 12, 29): 2160, date(2026, 1, 5): 2220, date(2026, 12, 28): 2400}
    assert contingent_used(ADULT, weeks, 2026, date(2026, 12, 31)) == 180
    assert contingent_used(ADULT, weeks, 2026, date(2026, 1, 4)) == 60
    assert contingent_used(ADULT, weeks, 2026, date(2026, 12, 31), before=40) == 220


def test_an_average_is_exact_and_unknown_weeks_are_empty():
    weeks = {MONDAY: 2400, MONDAY - timedelta(7): 2401}
    assert average(weeks, MONDAY, 2) == Fraction(4801, 2)
    assert average(weeks, MONDAY) == Fraction(4801, 12)


def test_drift_takes_the_twelve_weeks_that_exceed_most():
    weeks = {MONDAY - timedelta(7 * back): 1440 + 10 * back for back in range(15)}
    assert drift(part_time(24), weeks, MONDAY) == (sum(range(30, 150, 10)), 15)


def test_weeks_known_as_totals_and_weeks_of_stints_make_one_table():
    line = timeline(ADULT, week(range(5)))
    before = {MONDAY - timedelta(7): 2000}
    assert minutes_by_week(line, before) == {MONDAY - timedelta(7): 2000, MONDAY: 2100}


def test_night_and_sunday_minutes_follow_the_agreement_and_the_clock():
    line = timeline(ADULT, [stint("2026-03-28", "20:00", "06:00")])
    period = Period.month(date(2026, 3, 1))
    code = night_window(CODE, ADULT, MONDAY)
    hcr = night_window(HCR, ADULT, MONDAY)
    saturday, sunday = date(2026, 3, 28), date(2026, 3, 29)
    assert night_minutes(line, code, period) == {saturday: 180, sunday: 300}
    assert night_minutes(line, hcr, period) == {saturday: 120, sunday: 300}
    assert sunday_minutes(line, period) == {sunday: 300}
