"""Part-time: least contract, complementary hours, drift, and overtime in the year."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from cantine_desktop.staff.law.nouns import Group, Severity
from tests.staff.law.hours import ADULT, CODE, ECLAT, HCR, MONDAY, found, one, part_time, plain
from tests.staff.law.test_weeks import WEEK, hours_of


@pytest.mark.parametrize(
    ("profile", "group", "least"),
    [
        (CODE, None, 24),
        (HCR, None, 24),
        (ECLAT, Group.A, 10),
        (ECLAT, Group.B_C, 14),
        (ECLAT, Group.D_E_F, 16),
        (ECLAT, Group.G_UP, 24),
        (ECLAT, None, 24),
    ],
)
def test_a_part_time_contract_has_a_least_duration(profile, group, least):
    stints = hours_of(300)
    assert not found("PART_TIME_MIN", stints, part_time(least, group=group), profile)
    below = part_time(least - 1, group=group)
    assert one("PART_TIME_MIN", stints, below, profile).severity is Severity.TO_JUSTIFY
    reason = part_time(least - 1, group=group, below_minimum="étudiant de 22 ans")
    assert not found("PART_TIME_MIN", stints, reason, profile)


@pytest.mark.parametrize(
    ("profile", "share", "most"),
    [
        (CODE, None, 1440 + 144),
        (ECLAT, None, 1440 + 480),
        (HCR, None, 1440 + 480),
        (ECLAT, Fraction(1, 10), 1440 + 144),
        (CODE, Fraction(1, 3), 1440 + 144),
    ],
)
def test_complementary_hours_have_a_share_of_the_contract(profile, share, most):
    someone = part_time(24, complementary=share)
    assert not found("COMPLEMENTARY", hours_of(most), someone, profile)
    assert one("COMPLEMENTARY", hours_of(most + 1), someone, profile).measured > 0


def test_the_sentence_tells_hours_above_the_contract_and_how_many_to_take_off():
    alert = one("COMPLEMENTARY", hours_of(1620), part_time(24))
    assert plain(alert.sentence) == (
        "Semaine du 2 mars : 3 h complémentaires pour un contrat de 24 h, 2 h 24 au plus "
        "(art. L3123-28)."
    )
    assert plain(alert.remedy) == "Retirer 36 min, ou signer un complément d’heures."


def test_a_part_time_week_never_reaches_35_hours():
    someone = part_time(33)
    assert not found("COMPLEMENTARY_35", hours_of(2099), someone, HCR)
    assert one("COMPLEMENTARY_35", hours_of(2100), someone, HCR).measured == 2100
    assert not found("COMPLEMENTARY_35", hours_of(2100), ADULT)


def drifting(excesses):
    """Return totals before and the stints of the last week, by hours above 24."""
    weeks = [
        (MONDAY - WEEK * back, 1440 + minutes) for back, minutes in enumerate(reversed(excesses))
    ]
    return {
        "stints": hours_of(weeks[0][1]),
        "minutes_before": tuple(weeks[1:]),
        "who": part_time(24),
    }


def test_twelve_weeks_two_hours_above_raise_the_contract():
    alert = one("DRIFT", **drifting([120] * 12))
    assert alert.severity is Severity.TO_JUSTIFY
    assert "Le contrat passe à 26 h" in plain(alert.sentence)
    assert one("DRIFT", **drifting([120] * 11 + [119])).severity is Severity.ADVICE


def test_twelve_weeks_among_fifteen_are_enough():
    mixed = [120, 0, 120, 120, 0, 120, 120, 120, 120, 0, 120, 120, 120, 120, 120]
    assert one("DRIFT", **drifting(mixed)).severity is Severity.TO_JUSTIFY
    mixed[0] = 0
    assert one("DRIFT", **drifting(mixed)).severity is Severity.ADVICE


def test_it_is_told_before_it_bites_with_what_is_left():
    assert not found("DRIFT", **drifting([120] * 8 + [119]))
    alert = one("DRIFT", **drifting([120] * 9))
    assert alert.severity is Severity.ADVICE
    assert plain(alert.remedy) == "Il reste 6 h ; revenir à l’horaire du contrat."


def test_eleven_weeks_far_above_are_not_twelve():
    assert one("DRIFT", **drifting([600] * 11)).severity is Severity.ADVICE
    assert one("DRIFT", **drifting([600] * 11 + [10])).severity is Severity.TO_JUSTIFY


def test_a_contract_raised_in_time_starts_a_new_count():
    someone = part_time(24)
    first, new = someone.terms[0], MONDAY - WEEK * 4
    raised = replace(
        someone,
        terms=(replace(first, end=new), replace(first, first=new, weekly_minutes=1560)),
    )
    facts = drifting([120] * 12)
    assert not found("DRIFT", facts["stints"], raised, minutes_before=facts["minutes_before"])


@pytest.mark.parametrize(("profile", "hours"), [(CODE, 220), (ECLAT, 70), (HCR, 360)])
def test_overtime_of_the_year_has_a_contingent(profile, hours):
    def used(minutes):
        return {"stints": hours_of(2100 + 300), "overtime_before": ((2026, minutes - 300),)}

    alert = one("CONTINGENT", profile=profile, **used(hours * 60))
    assert alert.severity is Severity.ADVICE
    over = one("CONTINGENT", profile=profile, **used(hours * 60 + 1))
    assert (over.severity, over.measured) == (Severity.TO_JUSTIFY, hours * 60 + 1)
    assert not found("CONTINGENT", profile=profile, **used(hours * 54 - 1))


def test_overtime_starts_again_with_the_year():
    stints = hours_of(2400, date(2027, 1, 4))
    before = ((2026, 13200),)
    assert not found("CONTINGENT", stints, overtime_before=before)
    assert found("CONTINGENT", hours_of(2400, date(2026, 12, 21)), overtime_before=before)


def test_part_time_has_no_overtime():
    assert not found("CONTINGENT", hours_of(2400), part_time(24), overtime_before=((2026, 13200),))


def test_the_first_and_the_last_week_of_a_contract_are_compared_with_it():
    someone = part_time(24)
    starts = replace(someone.terms[0], first=MONDAY + timedelta(1))
    ends = replace(someone.terms[0], end=MONDAY + timedelta(5))
    for terms in (starts, ends):
        alert = one("COMPLEMENTARY", hours_of(1585), replace(someone, terms=(terms,)))
        assert alert.severity is Severity.FORBIDDEN


def test_a_week_after_the_contract_is_not_compared_with_it():
    someone = part_time(24)
    ended = replace(someone, terms=(replace(someone.terms[0], end=MONDAY - timedelta(7)),))
    assert not found("COMPLEMENTARY", hours_of(2000), ended)
