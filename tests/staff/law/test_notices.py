"""How long before a change somebody is told: working days, consent, agreements."""

from dataclasses import replace
from datetime import date

import pytest

from cantine_desktop.staff.law.notices import Change, ChangeKind, first_day_on_time, judge_change
from cantine_desktop.staff.law.nouns import Context, Overlay, Severity, Terms
from cantine_desktop.staff.law.rules import Profile
from tests.staff.law.hours import ADULT, CODE, ECLAT, HCR, at, part_time, plain, worker

TOLD = at("2026-03-02 18:00")
"""A Monday evening."""
STUDENT = part_time(24)
PROGRAMME = worker(follows_programme=True)


def late(day, who=STUDENT, profile=CODE, *, told=TOLD, **more):
    context = more.pop("context", None)
    return judge_change(who, Change(date.fromisoformat(day), told, **more), profile, context)


@pytest.mark.parametrize(
    ("who", "profile", "short", "enough"),
    [
        (STUDENT, CODE, "2026-03-11", "2026-03-12"),
        (STUDENT, ECLAT, "2026-03-11", "2026-03-12"),
        (STUDENT, HCR, "2026-03-05", "2026-03-06"),
        (PROGRAMME, CODE, "2026-03-11", "2026-03-12"),
        (ADULT, CODE, "2026-03-08", "2026-03-09"),
        (ADULT, HCR, "2026-03-09", "2026-03-10"),
    ],
)
def test_whole_days_lie_between_the_word_and_the_change(who, profile, short, enough):
    assert late(short, who, profile)
    assert not late(enough, who, profile)
    assert first_day_on_time(who, TOLD, profile) == date.fromisoformat(enough)


def test_a_public_holiday_and_closed_days_are_no_working_days():
    before_easter = at("2026-04-01 09:00")
    assert late("2026-04-13", told=before_easter)
    assert not late("2026-04-14", told=before_easter)
    metz = Context("57")
    assert late("2026-04-14", told=before_easter, context=metz)
    assert not late("2026-04-15", told=before_easter, context=metz)
    tuesday_to_saturday = Context(open_weekdays=frozenset({1, 2, 3, 4, 5}))
    assert late("2026-03-11", context=tuesday_to_saturday)


def test_what_is_late_needs_consent_and_is_then_to_be_justified():
    (alert,) = late("2026-03-05")
    assert alert.severity is Severity.FORBIDDEN
    assert plain(alert.sentence) == (
        "Horaire du jeudi 5 mars changé le lundi 2 mars : 2 jours ouvrés avant, "
        "7 jours ouvrés sont dus (art. L3123-31)."
    )
    (agreed,) = late("2026-03-05", has_consent=True)
    assert agreed.severity is Severity.TO_JUSTIFY
    assert "accord écrit" in alert.remedy
    assert not agreed.remedy


def test_complementary_hours_told_three_days_before_cannot_be_refused():
    kind = ChangeKind.COMPLEMENTARY
    (alert,) = late("2026-03-04", kind=kind)
    assert (alert.rule, alert.measured) == ("NOTICE_COMPLEMENTARY", 2)
    assert not late("2026-03-05", kind=kind)


def test_a_word_just_before_midnight_is_of_that_day_in_paris():
    assert late("2026-03-05", told=at("2026-03-03 00:10"), kind=ChangeKind.COMPLEMENTARY)
    assert not late("2026-03-05", told=at("2026-03-02 23:50"), kind=ChangeKind.COMPLEMENTARY)


def test_an_agreement_may_shorten_the_notice_to_three_days_and_no_less():
    shorter = Profile(canteen=(Overlay("NOTICE_PART_TIME", 3, "Accord du 1er mars 2025"),))
    assert not late("2026-03-06", profile=shorter)
    too_short = Profile(canteen=(Overlay("NOTICE_PART_TIME", 2, "Accord du 1er mars 2025"),))
    assert late("2026-03-06", profile=too_short)


def test_the_contract_of_the_day_that_changes_decides():
    now_full = replace(
        STUDENT,
        terms=(
            replace(STUDENT.terms[0], end=date(2026, 3, 9)),
            Terms(date(2026, 3, 9), None, 2100),
        ),
    )
    assert late("2026-03-08", now_full)[0].severity is Severity.FORBIDDEN
    assert not late("2026-03-09", now_full)
