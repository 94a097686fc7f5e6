"""A month of eight people held against the law, beside a painting of its minutes.

The other way marks each minute of the month in a list and reads off it day and week maxima,
amplitude and rests: five rules of thirty, without agreements, history or sentences.
"""

from datetime import date, timedelta
from functools import partial

from cantine_desktop.staff.law.judging import judge, judge_cell, judge_team
from cantine_desktop.staff.law.nouns import Context, Status
from cantine_desktop.values.period import Period
from tests.benchmarks.measuring import Row, in_turn
from tests.staff.law.hours import CIVIC, HCR, MINOR, part_time, stint, worker
from tests.staff.law.painting import Painting

FIRST = date(2026, 3, 2)
HISTORY, MONTH = 15, 5
"""Weeks before, weeks judged."""
SPAN = Period(FIRST + timedelta(7 * HISTORY), FIRST + timedelta(7 * (HISTORY + MONTH)))
HABITS = (
    (worker(), (1, 2, 3, 4, 5), "09:00", "16:30"),
    (worker(), (1, 2, 3, 4, 6), "12:00", "21:50"),
    (worker(), (1, 2, 3, 4, 5, 6), "08:30", "18:00"),
    (part_time(24), (1, 3, 5), "09:00", "18:00"),
    (part_time(28), (2, 3, 4, 5), "14:00", "22:30"),
    (MINOR, (1, 2, 3, 4, 5), "09:00", "16:30"),
    (CIVIC, (1, 2, 3, 4), "10:00", "17:00"),
    (worker(Status.TRAINEE), (1, 2, 3, 4, 5), "09:00", "16:30"),
)
"""Who works, on which weekdays, from when to when."""


def measure(_folder):
    people = [(who, _stints(*habit)) for who, *habit in HABITS]
    contexts = {who.key: Context("67") for who, _ in people}
    ours = partial(judge_team, people, HCR, contexts, SPAN)
    painted = partial(_painted, people)
    _same_answers(people, painted())
    mine, theirs = in_turn(ours, painted)
    words = f"{mine.cpu * 1000:.1f} ms to be under 50, {len(ours())} alerts"
    yield Row("month of eight people judged", mine, theirs, "painting minutes", None, words)
    who, stints = people[2]
    day = SPAN.first + timedelta(10)
    cell = partial(judge_cell, who, stints, day, HCR, Context("67"))
    assert any(day in alert.days for alert in cell())
    mine, theirs = in_turn(cell, partial(_painted, people[2:3]))
    words = f"{mine.cpu * 1000:.2f} ms to be under 10"
    yield Row("one cell judged", mine, theirs, "painting one person", None, words)


def _stints(places, start, end):
    return [
        stint(FIRST + timedelta(7 * week + place), start, end, 30)
        for week in range(HISTORY + MONTH)
        for place in places
    ]


def _painted(people):
    return [
        (paint.too_long_days(660), paint.too_long_weeks(2880), paint.too_short_rests(660))
        for _who, stints in people
        for paint in [Painting(SPAN.first, [s for s in stints if s.day in SPAN], 7 * MONTH)]
    ]


def _same_answers(people, painted):
    """Adults of the agreement: what minutes say is what the rules say."""
    for (who, stints), found in list(zip(people, painted, strict=True))[:5]:
        alerts = judge(who, stints, HCR, Context("67"), SPAN)
        for rule, answers in zip(("DAILY_MAX", "WEEKLY_MAX", "DAILY_REST"), found, strict=True):
            assert {a.days[0]: a.measured for a in alerts if a.rule == rule} == answers, rule
