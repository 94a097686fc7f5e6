"""Random weeks against an oracle that counts minutes one by one.

The oracle knows nothing of intervals: it paints each minute of four weeks, in real time, and
reads every figure off the painting.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cantine_desktop.staff.law.nouns import Severity
from cantine_desktop.staff.law.stints import Stint
from cantine_desktop.values.period import Period
from tests.staff.law.hours import ADULT, CODE, ECLAT, MINOR, judged

ZONE = ZoneInfo("Europe/Paris")
STARTS = (date(2026, 3, 16), date(2026, 10, 12), date(2026, 6, 1))
"""Mondays: clocks go forward in the second week, back in the second week, not at all."""
DAYS = 21


class Painting:
    """Each minute of three weeks: nothing, present, at work, and the day it is reckoned with."""

    def __init__(self, first, stints):
        self.first = first
        self.origin = datetime(first.year, first.month, first.day, tzinfo=ZONE).astimezone(UTC)
        end = first + timedelta(DAYS + 2)
        last = datetime(end.year, end.month, end.day, tzinfo=ZONE).astimezone(UTC)
        size = int((last - self.origin).total_seconds()) // 60
        self.present, self.working, self.owner = [False] * size, [False] * size, [None] * size
        self.civil = [None] * size
        for place in range(0, size, 30):
            day = (self.origin + timedelta(minutes=place)).astimezone(ZONE).date()
            self.civil[place : place + 30] = [day] * 30
        for stint in stints:
            start, end = self.place(stint.start), self.place(stint.end)
            pause = start + (end - start - stint.pause) // 2
            for minute in range(start, end):
                self.present[minute] = True
                self.working[minute] = not pause <= minute < pause + stint.pause
                self.owner[minute] = stint.start.astimezone(ZONE).date()

    def place(self, instant):
        return int((instant.astimezone(UTC) - self.origin).total_seconds()) // 60

    def minutes_by(self, name):
        counted = {}
        for minute, works in enumerate(self.working):
            if works:
                key = name(self.civil[minute])
                counted[key] = counted.get(key, 0) + 1
        return counted

    def by_owner(self):
        places = {}
        for minute, owner in enumerate(self.owner):
            if owner is not None:
                places.setdefault(owner, []).append(minute)
        return places

    def too_long_days(self, limit):
        return {day: n for day, n in self.minutes_by(lambda day: day).items() if n > limit}

    def too_long_weeks(self, limit):
        weeks = self.minutes_by(lambda day: day - timedelta(day.weekday()))
        return {monday: n for monday, n in weeks.items() if n > limit}

    def too_stretched(self, limit):
        stretched = {day: spots[-1] - spots[0] + 1 for day, spots in self.by_owner().items()}
        return {day: n for day, n in stretched.items() if n > limit}

    def too_short_rests(self, limit):
        days = sorted(self.by_owner().items())
        found = {}
        for (day, spots), (_, later) in zip(days, days[1:], strict=False):
            rest = 0
            while not self.present[spots[-1] + 1 + rest] and spots[-1] + 1 + rest < later[0]:
                rest += 1
            if rest < limit:
                found[day] = rest
        return found

    def weeks_without_rest(self, whole, inside):
        """Weeks worked without a run of free minutes long enough, enough of it in the week."""
        mondays = {day - timedelta(day.weekday()) for day, works in
                   zip(self.civil, self.working, strict=True) if works}  # fmt: skip
        rested, began = set(), set()
        for spots in self.free_runs():
            if len(spots) < whole and not self.is_edge(spots):
                continue
            counts = {}
            for minute in spots:
                monday = self.civil[minute] - timedelta(self.civil[minute].weekday())
                counts[monday] = counts.get(monday, 0) + 1
            rested |= {monday for monday, n in counts.items() if n >= inside}
            first = self.civil[spots[0]]
            if spots[0] > 0:
                began.add(first - timedelta(first.weekday()))
        return mondays - rested, mondays - rested - began

    def is_edge(self, spots):
        return spots[0] == 0 or spots[-1] == len(self.present) - 1

    def free_runs(self):
        run = []
        for minute, is_there in enumerate(self.present):
            if not is_there:
                run.append(minute)
            elif run:
                yield run
                run = []
        if run:
            yield run

    def without_break(self, after, least):
        """Days with so much work and no break in time; one inside a stint may be anywhere in it."""
        found = set()
        for day, spots in self.by_owner().items():
            inside = set(spots)
            worked, idle, done = 0, 0, 0
            total = sum(self.working[minute] for minute in spots)
            for minute in range(spots[0], spots[-1] + 1):
                if minute in inside and self.working[minute]:
                    worked += 1
                    if idle >= least:
                        done = max(done, idle)
                    idle = 0
                elif worked < after:
                    idle += 1
            if total >= after and not done:
                found.add(day)
        return found


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
            end = (start.astimezone(UTC) + timedelta(minutes=length)).astimezone(ZONE)
            if reached is not None and start <= reached:
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
