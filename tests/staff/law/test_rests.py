"""Rest between days and rest of the week, across midnight, Sunday and clock changes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cantine_desktop.staff.law.nouns import Severity, Status
from cantine_desktop.staff.law.stints import Kind
from cantine_desktop.values.period import Period
from tests.staff.law.hours import (
    ADULT,
    ALISFA,
    CHILD,
    CIVIC,
    CODE,
    ECLAT,
    HCR,
    MINOR,
    MONDAY,
    found,
    one,
    plain,
    stint,
    week,
    worker,
)


def nights(start):
    return [stint("2026-03-02", "14:00", "21:50"), stint("2026-03-03", start, "15:00")]


@pytest.mark.parametrize(
    ("who", "profile", "short", "enough"),
    [
        (ADULT, CODE, "08:49", "08:50"),
        (ADULT, ECLAT, "08:49", "08:50"),
        (ADULT, HCR, "08:49", "08:50"),
        (ADULT, ALISFA, "09:49", "09:50"),
        (MINOR, CODE, "09:49", "09:50"),
        (MINOR, HCR, "09:49", "09:50"),
        (CHILD, CODE, "11:49", "11:50"),
        (CIVIC, CODE, "08:49", "08:50"),
    ],
)
def test_a_minute_less_of_rest_between_two_days_is_too_little(who, profile, short, enough):
    assert not found("DAILY_REST", nights(enough), who, profile)
    alert = one("DAILY_REST", nights(short), who, profile)
    assert alert.limit - alert.measured == 1


def test_the_sentence_tells_both_times_what_is_missing_and_the_article():
    alert = one("DAILY_REST", nights("08:30"))
    assert plain(alert.sentence) == (
        "Repos de 10 h 40 entre lundi 21 h 50 et mardi 8 h 30 : il manque 20 min (art. L3131-1)."
    )
    assert plain(alert.remedy) == (
        "Commencer mardi 8 h 50 au plus tôt, ou finir lundi 21 h 30 au plus tard."
    )


def test_rest_is_counted_from_after_midnight():
    late = stint("2026-03-02", "18:00", "01:00")
    assert not found("DAILY_REST", [late, stint("2026-03-03", "12:00", "15:00")])
    assert one("DAILY_REST", [late, stint("2026-03-03", "11:59", "15:00")]).measured == 659


def test_rest_is_counted_from_sunday_to_monday():
    alert = one(
        "DAILY_REST", [stint("2026-03-08", "15:00", "23:00"), stint("2026-03-09", "09:00", "12:00")]
    )
    assert alert.days == (date(2026, 3, 8), date(2026, 3, 9))
    assert alert.measured == 600


def test_the_night_clocks_go_forward_eleven_hours_on_the_clock_are_ten():
    nights = [stint("2026-03-28", "14:00", "21:00"), stint("2026-03-29", "08:00", "12:00")]
    assert one("DAILY_REST", nights).measured == 600


def test_the_night_clocks_go_back_ten_hours_on_the_clock_are_eleven():
    nights = [stint("2026-10-24", "14:00", "21:30"), stint("2026-10-25", "07:30", "12:00")]
    assert not found("DAILY_REST", nights)
    nights[1] = stint("2026-10-25", "07:29", "12:00")
    assert one("DAILY_REST", nights).measured == 659


def test_the_rest_of_a_week_may_begin_on_saturday_night_and_end_on_monday():
    days = week(range(5))
    assert not found(
        "WEEKLY_REST",
        [*days, stint("2026-03-07", "15:00", "22:00"), stint("2026-03-09", "09:00", "12:00")],
    )
    alert = one(
        "WEEKLY_REST",
        [*days, stint("2026-03-07", "15:00", "22:00"), stint("2026-03-09", "08:59", "12:00")],
        span=None,
    )
    assert (alert.measured, alert.days[0]) == (2099, MONDAY)


def test_a_week_worked_through_has_no_rest_of_35_hours():
    around = week([-1, *range(8)])
    alert = one("WEEKLY_REST", around, span=Period.week(MONDAY))
    assert plain(alert.sentence) == (
        "Semaine du 2 mars : repos de 16 h 30 au plus, il manque 18 h 30 pour 35 h de suite "
        "(art. L3132-2)."
    )


def test_the_rest_of_a_week_may_be_any_day():
    for free in range(7):
        days = week([place for place in range(7) if place != free])
        assert not found("WEEKLY_REST", days), free


def test_a_rest_that_begins_on_sunday_morning_is_to_be_justified():
    days = [*week(range(5)), stint("2026-03-07", "18:00", "01:00")]
    alert = one("WEEKLY_REST", [*days, stint("2026-03-09", "12:00", "15:00")])
    assert (alert.severity, alert.measured) == (Severity.TO_JUSTIFY, 34 * 60)
    short = one("WEEKLY_REST", [*days, stint("2026-03-09", "11:59", "15:00")])
    assert short.severity is Severity.FORBIDDEN
    for end, severity in (("12:00", Severity.TO_JUSTIFY), ("12:01", Severity.FORBIDDEN)):
        brunch = stint("2026-03-08", "09:00", end)
        assert one("WEEKLY_REST", [*week(range(6)), brunch]).severity is severity


def test_two_days_in_a_row_at_eclat_may_be_sunday_and_the_next_monday():
    tuesday_to_saturday = week(range(1, 6)) + week(range(1, 6), monday=MONDAY + timedelta(7))
    assert not found("REST_DAYS", tuesday_to_saturday, profile=ECLAT)


def test_two_days_apart_are_not_two_in_a_row_at_eclat():
    alert = one("REST_DAYS", week([0, 1, 3, 4, 6]) + week([0], monday=MONDAY + timedelta(7)),
                profile=ECLAT)  # fmt: skip
    assert plain(alert.sentence) == (
        "Semaine du 2 mars : 1 jour de repos de suite au plus, 2 jours sont dus (ÉCLAT art. 5.2)."
    )
    assert alert.severity is Severity.FORBIDDEN


def test_the_same_two_days_do_not_serve_two_weeks():
    first = week(range(1, 6))
    second = week(range(1, 7), monday=MONDAY + timedelta(7))
    third = week([0], monday=MONDAY + timedelta(14))
    alert = one("REST_DAYS", first + second + third, profile=ECLAT)
    assert alert.days[0] == MONDAY + timedelta(7)


def test_a_week_may_use_the_sunday_and_monday_that_the_week_before_did_not_need():
    first = week([0, 3, 4, 5])
    second = week(range(1, 7), monday=MONDAY + timedelta(7))
    third = week([0], monday=MONDAY + timedelta(14))
    assert not found("REST_DAYS", first + second + third, profile=ECLAT)


def test_alisfa_asks_for_sunday_among_the_two_days_unless_the_contract_says_otherwise():
    wednesday_to_sunday = week(range(2, 7))
    alert = one("REST_DAYS", wednesday_to_sunday, profile=ALISFA)
    assert "dimanche" in alert.sentence
    assert "sep-unsa-education.org" in alert.caution
    agreed = worker(sunday_consent="Avenant du 3 janvier")
    assert not found("REST_DAYS", wednesday_to_sunday, agreed, ALISFA)
    assert not found("REST_DAYS", week(range(5)), profile=ALISFA)
    assert not found("REST_DAYS", week(range(1, 6)), profile=ALISFA)


def test_hcr_days_of_rest_need_not_follow_each_other():
    assert not found("REST_DAYS", week([0, 1, 3, 4, 6]), profile=HCR)


def test_hcr_half_a_day_may_be_given_back_later():
    days = [*week([0, 1, 3, 4, 5]), stint("2026-03-04", "09:00", "14:00")]
    alert = one("REST_DAYS", days, profile=HCR)
    assert alert.severity is Severity.TO_JUSTIFY
    whole = week(range(6))
    assert one("REST_DAYS", whole, profile=HCR).severity is Severity.FORBIDDEN


def short_week(number):
    """A week of five days and a half."""
    monday = MONDAY + timedelta(7 * number)
    return [*week([0, 1, 3, 4, 5], monday=monday), stint(monday + timedelta(2), "09:00", "14:00")]


def test_hcr_half_days_put_off_are_given_back_within_a_year():
    year = [each for n in range(1, 53) for each in week(range(5), monday=MONDAY + timedelta(7 * n))]
    stints = [*short_week(0), *year]
    in_time, late = (Period(MONDAY, MONDAY + timedelta(days)) for days in (366, 367))
    assert not found("REST_BANK", stints, profile=HCR, span=in_time)
    alert = one("REST_BANK", stints, profile=HCR, span=late)
    assert plain(alert.sentence) == (
        "1 demi-journée de repos à rendre, depuis la semaine du 2 mars (HCR art. 21.3)."
    )
    lighter = [each for each in stints if each.day != MONDAY + timedelta(70)]
    assert not found("REST_BANK", lighter, profile=HCR, span=late)
    leave = frozenset({MONDAY + timedelta(70)})
    assert found("REST_BANK", lighter, profile=HCR, span=late, leave=leave)


def test_hcr_each_half_day_put_off_is_owed():
    stints = short_week(0) + short_week(1) + short_week(60)
    alert = one("REST_BANK", stints, profile=HCR)
    assert "3 demi-journées" in plain(alert.sentence)


def test_hcr_evenings_are_not_as_many_half_days_of_rest():
    evenings = week(range(7), "18:00", "23:00", 0)
    assert one("REST_DAYS", evenings, profile=HCR).severity is Severity.FORBIDDEN


def test_under_18_two_days_follow_each_other_whatever_the_agreement():
    for profile in (CODE, HCR, ALISFA):
        assert found("REST_DAYS", week([0, 1, 3, 4, 6]) + week([0], monday=MONDAY + timedelta(7)),
                     MINOR, profile)  # fmt: skip
    assert not found("REST_DAYS", week(range(5)), MINOR)


def test_days_at_school_are_no_rest_for_an_apprentice_and_are_nothing_for_a_trainee():
    school = [replace(each, kind=Kind.SCHOOL) for each in week(range(4))]
    days = [*school, *week([4, 5])]
    days += week([0], monday=MONDAY + timedelta(7))
    assert one("REST_DAYS", days, MINOR).measured == 1
    trainee = worker(Status.TRAINEE, date(2009, 6, 1))
    assert not found("REST_DAYS", days, trainee)
