"""Random weeks against an oracle that counts minutes one by one."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cantine_desktop.staff.law.nouns import Severity
from cantine_desktop.staff.law.stints import Stint
from cantine_desktop.values.period import Period
from tests.staff.law.hours import ADULT, CODE, ECLAT, MINOR, judged
from tests.staff.law.painting import ZONE, Painting

STARTS = (date(2026, 3, 16), date(2026, 10, 12), date(2026, 6, 1))
"""Mondays: clocks go forward in the second week, back in the second week, not at all."""
DAYS = 21


def later(instant, minutes):
    return (instant.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(ZONE)


@st.composite
def rosters(draw):
    """Draw stints of three weeks that do not meet, some across midnight, some cut in two."""
    first = draw(st.sampled_from(STARTS))
    stints, reached = [], None
    for place in range(DAYS):
        for _ in range(draw(st.sampled_from([0, 1, 1, 1, 2]))):
            clock = draw(st.integers(5 * 12, 23 * 12)) * 5
            length = draw(st.integers(6, 150)) * 5
            pause = draw(st.sampled_from([0, 0, 20, 30, 45]))
            day = first + timedelta(place)
            start = datetime(day.year, day.month, day.day, clock // 60, clock % 60, tzinfo=ZONE)
            if reached is not None and draw(st.integers(0, 3)) == 0:
                start = later(reached, draw(st.sampled_from([655, 660, 665, 720, 2095, 2100])))
            end = later(start, length)
            if (reached is not None and start <= reached) or (
                start.date() >= first + timedelta(DAYS)
            ):
                continue
            if pause >= length:
                pause = 0
            stints.append(Stint(start, end, pause))
            reached = end
    return first, draw(st.permutations(stints))


def said(alerts, rule):
    return {alert.days[0]: alert.measured for alert in alerts if alert.rule == rule}


@settings(max_examples=120, deadline=None)
@given(rosters())
def test_every_day_week_and_rest_is_what_minutes_counted_one_by_one_say(roster):
    first, stints = roster
    painting = Painting(first, stints)
    span = Period(first, first + timedelta(DAYS + 2))
    alerts = judged(stints, ADULT, CODE, span)
    assert said(alerts, "DAILY_MAX") == painting.too_long_days(600)
    assert said(alerts, "WEEKLY_MAX") == painting.too_long_weeks(2880)
    assert said(alerts, "AMPLITUDE") == painting.too_stretched(780)
    assert said(alerts, "DAILY_REST") == painting.too_short_rests(660)
    restless, forbidden = painting.weeks_without_rest(2100, 1440)
    found = [alert for alert in alerts if alert.rule == "WEEKLY_REST"]
    assert {alert.days[0] for alert in found} == restless
    assert {a.days[0] for a in found if a.severity is Severity.FORBIDDEN} == forbidden


@settings(max_examples=60, deadline=None)
@given(rosters())
def test_the_limits_of_an_agreement_and_of_the_young_hold_alike(roster):
    first, stints = roster
    painting = Painting(first, stints)
    span = Period(first, first + timedelta(DAYS + 2))
    eclat = judged(stints, ADULT, ECLAT, span)
    assert said(eclat, "AMPLITUDE") == painting.too_stretched(720)
    minor = judged(stints, MINOR, CODE, span)
    assert said(minor, "WEEKLY_MAX") == painting.too_long_weeks(2100)
    assert said(minor, "DAILY_REST") == painting.too_short_rests(720)
    assert said(minor, "DAILY_MAX") == painting.too_long_days(480)


def placed(stints):
    """Cut each stint at its break, so that nothing is left to guess."""
    for stint in stints:
        if not stint.pause:
            yield stint
            continue
        middle = stint.break_inside
        start, end = (datetime.fromtimestamp(60 * minute, UTC) for minute in middle)
        yield Stint(stint.start, end=start, belongs_to=stint.day)
        yield Stint(end, stint.end, belongs_to=stint.day)


@settings(max_examples=120, deadline=None)
@given(rosters())
def test_a_break_cut_out_of_the_day_is_found_where_it_is(roster):
    first, stints = roster
    span = Period(first, first + timedelta(DAYS + 2))
    painting = Painting(first, stints)
    alerts = judged(list(placed(stints)), ADULT, CODE, span)
    assert set(said(alerts, "BREAK")) == painting.without_break(360, 20)
    assert said(alerts, "DAILY_MAX") == painting.too_long_days(600)


@pytest.mark.parametrize("first", STARTS)
def test_the_oracle_itself_sees_nights_of_clock_changes(first):
    saturday = first + timedelta(12)
    night = Stint(
        datetime(saturday.year, saturday.month, saturday.day, 22, tzinfo=ZONE),
        datetime(saturday.year, saturday.month, saturday.day + 1, 6, tzinfo=ZONE),
    )
    worked = sum(Painting(first, [night]).working)
    assert worked == {STARTS[0]: 420, STARTS[1]: 540, STARTS[2]: 480}[first]
