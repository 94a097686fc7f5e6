"""The length of a day: limits on each side, midnight, clock changes, each regime."""

from dataclasses import replace
from datetime import date

import pytest

from cantine_desktop.staff.law.nouns import Category, Overlay, SetBy, Severity
from cantine_desktop.staff.law.rules import Profile
from tests.staff.law.hours import (
    ADULT,
    CHILD,
    CIVIC,
    CIVIC_MINOR,
    CODE,
    ECLAT,
    HCR,
    MINOR,
    found,
    one,
    plain,
    stint,
    worker,
)

COOK = worker(category=Category.COOK)
OTHER = worker(category=Category.OTHER)
OFFICE = worker(category=Category.OFFICE)


@pytest.mark.parametrize(
    ("who", "profile", "last", "over"),
    [
        (ADULT, CODE, "18:30", "18:31"),
        (ADULT, ECLAT, "18:30", "18:31"),
        (ADULT, HCR, "19:30", "19:31"),
        (COOK, HCR, "19:30", "19:31"),
        (OTHER, HCR, "20:00", "20:01"),
        (OFFICE, HCR, "18:30", "18:31"),
        (MINOR, CODE, "16:30", "16:31"),
        (MINOR, HCR, "16:30", "16:31"),
        (CHILD, ECLAT, "16:30", "16:31"),
        (CIVIC_MINOR, CODE, "15:30", "15:31"),
        (CIVIC, HCR, "18:30", "18:31"),
    ],
)
def test_a_day_is_too_long_from_the_first_minute_above_its_limit(who, profile, last, over):
    assert not found("DAILY_MAX", [stint("2026-03-03", "08:00", last, 30)], who, profile)
    alert = one("DAILY_MAX", [stint("2026-03-03", "08:00", over, 30)], who, profile)
    assert alert.measured == alert.limit + 1


def test_the_sentence_tells_the_day_the_figures_and_the_article():
    alert = one("DAILY_MAX", [stint("2026-03-03", "08:00", "19:10", 30)])
    assert plain(alert.sentence) == (
        "10 h 40 de travail mardi 3 mars : 40 min de trop pour 10 h (art. L3121-18)."
    )
    assert plain(alert.remedy) == "Retirer 40 min ce jour-là, ou ajouter une pause."
    assert alert.severity is Severity.FORBIDDEN
    assert alert.days == (date(2026, 3, 3),)
    assert not alert.caution


def test_what_follows_midnight_is_work_of_the_next_day():
    late = stint("2026-03-03", "17:00", "02:00")
    assert not found("DAILY_MAX", [late])
    again = [late, stint("2026-03-04", "14:00", "22:01")]
    alert = one("DAILY_MAX", again)
    assert (alert.days, alert.measured) == ((date(2026, 3, 4),), 601)


def test_ten_hours_cut_in_two_by_midnight_are_told_all_the_same():
    assert not found("PERIOD_MAX", [stint("2026-03-03", "18:00", "04:00")])
    alert = one("PERIOD_MAX", [stint("2026-03-03", "18:00", "04:01")])
    assert alert.severity is Severity.TO_JUSTIFY
    assert alert.measured == 601


def test_the_night_clocks_go_forward_is_an_hour_shorter():
    spring = stint("2026-03-28", "20:00", "07:00")
    assert spring.effective == 600
    assert not found("PERIOD_MAX", [spring])


def test_the_night_clocks_go_back_is_an_hour_longer():
    autumn = stint("2026-10-24", "20:00", "06:00")
    assert autumn.effective == 660
    assert one("PERIOD_MAX", [autumn]).measured == 660
    sunday = stint("2026-10-25", "00:00", "09:00")
    assert not found("DAILY_MAX", [sunday])
    assert one("DAILY_MAX", [stint("2026-10-25", "00:00", "09:01")]).measured == 601


@pytest.mark.parametrize(
    ("who", "profile", "last", "over"),
    [
        (ADULT, CODE, "21:00", "21:01"),
        (ADULT, HCR, "21:00", "21:01"),
        (ADULT, ECLAT, "20:00", "20:01"),
        (MINOR, CODE, "20:00", "20:01"),
        (CHILD, CODE, "18:00", "18:01"),
    ],
)
def test_a_day_is_stretched_no_further_than_its_amplitude(who, profile, last, over):
    def split(end):
        return [stint("2026-03-03", "08:00", "12:00"), stint("2026-03-03", "16:00", end)]

    assert not found("AMPLITUDE", split(last), who, profile)
    alert = one("AMPLITUDE", split(over), who, profile)
    assert alert.measured == alert.limit + 1


def test_an_evening_that_ends_after_midnight_is_one_stretch_from_noon():
    noon = stint("2026-03-03", "11:30", "14:00")
    assert not found("AMPLITUDE", [noon, stint("2026-03-03", "18:00", "00:30")])
    alert = one("AMPLITUDE", [noon, stint("2026-03-03", "18:00", "00:31")])
    assert plain(alert.sentence) == (
        "Amplitude de 13 h 01 de mardi 11 h 30 à mercredi 0 h 31 : 1 min de trop pour 13 h "
        "(art. L3131-1)."
    )


def test_work_begun_after_midnight_may_belong_to_the_evening_before():
    evening = stint("2026-03-03", "14:00", "23:30")
    tidying = stint("2026-03-04", "00:15", "03:30", belongs_to=date(2026, 3, 3))
    assert one("AMPLITUDE", [evening, tidying]).measured == 13 * 60 + 30
    assert not found("DAILY_REST", [evening, tidying])


def test_two_posts_at_once_are_told_and_counted_once():
    both = [stint("2026-03-03", "08:00", "14:00"), stint("2026-03-03", "12:00", "18:00")]
    assert one("OVERLAP", both).measured == 120
    assert not found("DAILY_MAX", both)
    assert not found("OVERLAP", [both[0], stint("2026-03-03", "14:00", "18:00")])


@pytest.mark.parametrize("who", [ADULT, CIVIC, CHILD])
def test_work_after_the_end_of_a_contract_is_found(who):
    ended = replace(who, terms=(replace(who.terms[0], end=date(2026, 3, 4)),))
    assert not found("OUTSIDE_CONTRACT", [stint("2026-03-03", "10:00", "14:00")], ended)
    alert = one("OUTSIDE_CONTRACT", [stint("2026-03-04", "10:00", "14:00")], ended)
    assert alert.severity is Severity.FORBIDDEN


def test_the_canteen_may_ask_for_shorter_days_and_is_named_for_it():
    profile = Profile(canteen=(Overlay("DAILY_MAX", 540),))
    alert = one("DAILY_MAX", [stint("2026-03-03", "08:00", "18:00", 30)], profile=profile)
    assert (alert.limit, alert.set_by) == (540, SetBy.CANTEEN)


@pytest.mark.parametrize(
    ("start", "end", "pause"),
    [("08:00", "08:00", -1), ("08:00", "09:00", 61), ("08:00", "09:00", -5)],
)
def test_a_break_longer_than_its_stint_is_refused(start, end, pause):
    with pytest.raises(ValueError, match="break"):
        stint("2026-03-03", start, end, pause)
