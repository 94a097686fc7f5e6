"""Breaks and days cut in two, on each side of each limit."""

import pytest

from cantine_desktop.staff.law.nouns import Overlay, Severity
from cantine_desktop.staff.law.rules import Profile
from tests.staff.law.hours import (
    ADULT,
    CIVIC_MINOR,
    ECLAT,
    HCR,
    MINOR,
    at,
    found,
    one,
    part_time,
    plain,
    stint,
)

DAY = "2026-03-03"


def test_a_break_is_due_as_soon_as_six_hours_are_reached():
    assert not found("BREAK", [stint(DAY, "08:00", "13:59")])
    alert = one("BREAK", [stint(DAY, "08:00", "14:00")])
    assert plain(alert.sentence) == (
        "Aucune pause pour 6 h de travail mardi 3 mars : 20 min sont dues (art. L3121-16)."
    )


def test_twenty_minutes_are_enough_and_nineteen_are_not():
    assert not found("BREAK", [stint(DAY, "08:00", "15:00", 20)])
    alert = one("BREAK", [stint(DAY, "08:00", "15:00", 19)])
    assert (alert.measured, alert.limit) == (19, 20)


def test_time_between_two_posts_is_a_break():
    assert not found("BREAK", [stint(DAY, "08:00", "12:00"), stint(DAY, "12:20", "16:00")])
    assert found("BREAK", [stint(DAY, "08:00", "12:00"), stint(DAY, "12:19", "16:00")])


def test_a_break_after_six_hours_comes_too_late():
    late = [stint(DAY, "08:00", "14:00"), stint(DAY, "15:00", "17:00")]
    assert found("BREAK", late)
    noted = stint(DAY, "08:00", "16:00", 30, pause_at=at(f"{DAY} 14:00"))
    assert found("BREAK", [noted])
    in_time = stint(DAY, "08:00", "16:00", 30, pause_at=at(f"{DAY} 13:59"))
    assert not found("BREAK", [in_time])


def test_eclat_gives_45_minutes_every_day_worked_however_short():
    assert found("BREAK", [stint(DAY, "10:00", "12:00")], profile=ECLAT)
    assert found("BREAK", [stint(DAY, "10:00", "15:00", 44)], profile=ECLAT)
    assert not found("BREAK", [stint(DAY, "10:00", "15:00", 45)], profile=ECLAT)


@pytest.mark.parametrize("who", [MINOR, CIVIC_MINOR])
def test_under_18_no_work_is_longer_than_four_and_a_half_hours_without_half_an_hour(who):
    assert not found("BREAK_MINOR", [stint(DAY, "08:00", "12:30")], who)
    assert one("BREAK_MINOR", [stint(DAY, "08:00", "12:31")], who).measured == 271
    assert found("BREAK_MINOR", [stint(DAY, "08:00", "14:00", 29)], who)
    assert not found("BREAK_MINOR", [stint(DAY, "08:00", "14:00", 30)], who)


def test_under_18_one_break_does_not_cover_two_long_runs():
    badly = stint(DAY, "08:00", "15:30", 30, pause_at=at(f"{DAY} 10:00"))
    assert one("BREAK_MINOR", [badly], MINOR).measured == 300
    well = stint(DAY, "08:00", "15:30", 30, pause_at=at(f"{DAY} 12:00"))
    assert not found("BREAK_MINOR", [well], MINOR)


def test_under_18_a_short_stop_does_not_begin_a_new_run():
    assert found("BREAK_MINOR", [stint(DAY, "08:00", "11:00"), stint(DAY, "11:20", "13:00")], MINOR)
    assert not found(
        "BREAK_MINOR", [stint(DAY, "08:00", "11:00"), stint(DAY, "11:30", "13:10")], MINOR
    )


def cut(start, hours=24):
    return [stint(DAY, "09:00", "12:00"), stint(DAY, start, "19:00")], part_time(hours)


def test_a_part_time_day_is_cut_for_two_hours_at_most():
    assert not found("SPLIT_LENGTH", *cut("14:00"))
    alert = one("SPLIT_LENGTH", *cut("14:01"))
    assert plain(alert.sentence) == (
        "Coupure de 2 h 01 de mardi 12 h à mardi 14 h 01 : 2 h au plus (art. L3123-30)."
    )
    assert not found("SPLIT_LENGTH", cut("16:00")[0], ADULT)


def test_hcr_lets_a_part_time_day_be_cut_for_five_hours_under_conditions():
    long, cook = [stint(DAY, "09:00", "12:00"), stint(DAY, "17:00", "20:00")], part_time(24)
    assert not found("SPLIT_LENGTH", long, cook, HCR)
    assert found("SPLIT_LENGTH", [long[0], stint(DAY, "17:01", "20:01")], cook, HCR)
    assert found("SPLIT_LENGTH", [long[0], stint(DAY, "17:00", "19:59")], cook, HCR)
    assert found("SPLIT_LENGTH", long, part_time(23), HCR)


def test_a_part_time_day_is_cut_once():
    three = [
        stint(DAY, "08:00", "10:00"),
        stint(DAY, "11:30", "13:00"),
        stint(DAY, "14:30", "16:00"),
    ]
    assert one("SPLIT_COUNT", three, part_time(24)).measured == 2
    assert not found("SPLIT_COUNT", three, ADULT)
    assert found("SPLIT_COUNT", three, ADULT, ECLAT)


def test_a_half_day_of_part_time_work_lasts_two_hours_at_eclat():
    day = [stint(DAY, "08:00", "10:00"), stint(DAY, "14:00", "15:59")]
    alert = one("SEQUENCE_MIN", day, part_time(16), ECLAT)
    assert (alert.measured, alert.severity) == (119, Severity.TO_JUSTIFY)
    assert not found("SEQUENCE_MIN", [day[0], stint(DAY, "14:00", "16:00")], part_time(16), ECLAT)
    assert not found("SEQUENCE_MIN", day, part_time(16))
    assert not found("SEQUENCE_MIN", day, ADULT, ECLAT)


def test_two_short_posts_with_a_meal_between_are_one_half_day_at_eclat():
    day = [stint(DAY, "11:00", "12:00"), stint(DAY, "13:00", "14:00")]
    assert not found("SEQUENCE_MIN", day, part_time(16), ECLAT)


def test_a_meal_between_two_posts_does_not_cut_the_day():
    meal = [
        stint(DAY, "08:00", "10:00"),
        stint(DAY, "11:00", "13:00"),
        stint(DAY, "14:30", "16:00"),
    ]
    assert not found("SPLIT_COUNT", meal, part_time(24))
    strict = Profile(canteen=(Overlay("SPLIT_FROM", 30),))
    assert found("SPLIT_COUNT", meal, part_time(24), strict)
