"""Judging hours, planned or done: one person, one cell of the roster, the whole team."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from cantine_desktop.staff.law import (
    breaks,
    days,
    nights,
    overtime,
    part_time,
    rests,
    special_days,
    team,
    volunteers,
    weeks,
)
from cantine_desktop.staff.law.case import WEEK, Case, Predicate
from cantine_desktop.staff.law.nouns import Alert, Context, Severity, Worker
from cantine_desktop.staff.law.rules import Profile
from cantine_desktop.staff.law.stints import Stint, day_of, monday_of
from cantine_desktop.staff.law.timeline import timeline
from cantine_desktop.values.period import DAY, Period

FORBIDDING: tuple[Predicate, ...] = (
    days.overlap,
    days.outside_contract,
    days.daily_max,
    days.amplitude,
    rests.daily_rest,
    weeks.weekly_max,
    weeks.days_per_week,
    rests.weekly_rest,
    rests.rest_days,
    breaks.break_due,
    breaks.break_minor,
    breaks.split_count,
    breaks.split_length,
    part_time.complementary,
    part_time.complementary_35,
    weeks.average_12,
    nights.night_minor,
    special_days.holiday_minor,
)
"""Every rule about one person that may forbid, those that are quick to look at first."""

PREDICATES: tuple[Predicate, ...] = (
    *FORBIDDING,
    days.period_max,
    breaks.sequence_min,
    rests.rest_bank,
    weeks.days_in_row,
    weeks.civic_min,
    part_time.part_time_min,
    part_time.contract_drift,
    overtime.contingent,
    nights.night_worker,
    nights.night_habit,
    nights.night_worker_day,
    nights.night_worker_12,
    special_days.may_first,
    special_days.holiday,
    special_days.sunday,
    volunteers.volunteer_day,
    volunteers.volunteer_rest,
    volunteers.volunteer_month,
)
"""Every rule about one person."""

_RANK = {severity: rank for rank, severity in enumerate(Severity)}
_REACH = 14
"""Weeks after an hour in which an average or a drift still counts it."""


def judge(
    worker: Worker,
    stints: Iterable[Stint],
    profile: Profile,
    context: Context | None = None,
    span: Period | None = None,
) -> list[Alert]:
    """Judge somebody's hours, planned or done alike.

    Args:
        worker: Whose hours they are.
        stints: In any order, with as much history before the span as there is: 14 weeks for
            averages and drift, 12 months for night work, the civil year for overtime; or the
            totals of older weeks in the context. What follows the span is looked at where a rest
            goes past it.
        profile: The rules that apply.
        context: What else must be known.
        span: Days that alerts are wanted for; from the first stint to the last by default.

    Returns:
        The worst first, then by day. None when there is no stint.
    """
    case = _case(worker, stints, profile, context, span)
    if case is None:
        return []
    return ordered(alert for predicate in PREDICATES for alert in predicate(case))


def judge_cell(
    worker: Worker,
    stints: Iterable[Stint],
    day: date,
    profile: Profile,
    context: Context | None = None,
) -> list[Alert]:
    """Judge what a change on one day may have changed, for the answer to a key or a drag.

    The week of the day and both weeks beside, then averages and drift as far as the stints go.
    """
    monday = monday_of(day)
    known = list(stints)
    near = Period(monday - WEEK, monday + 2 * WEEK)
    case = _case(worker, known, profile, context, near)
    if case is None:
        return []
    found = [alert for predicate in PREDICATES for alert in predicate(case)]
    last = max((stint.day for stint in known), default=day)
    end = min(monday_of(last), monday + _REACH * WEEK) + WEEK
    if end > near.end:
        later = Case(worker, case.line, profile, case.context, Period(near.end, end))
        found += weeks.average_12(later)
        found += part_time.contract_drift(later)
    return ordered(found)


def is_legal(
    worker: Worker,
    stints: Iterable[Stint],
    profile: Profile,
    context: Context | None = None,
    span: Period | None = None,
) -> bool:
    """Tell whether nothing is forbidden; stops at the first thing that is."""
    case = _case(worker, stints, profile, context, span)
    return case is None or all(
        alert.severity is not Severity.FORBIDDEN
        for predicate in FORBIDDING
        for alert in predicate(case)
    )


def judge_team(
    people: Sequence[tuple[Worker, Sequence[Stint]]],
    profile: Profile,
    contexts: dict[str, Context] | None = None,
    span: Period | None = None,
) -> list[Alert]:
    """Judge everybody's hours, and what concerns all of them together.

    Args:
        people: Each worker once, with the stints of theirs.
        profile: The rules that apply.
        contexts: What else must be known, by key of the worker.
        span: Days that alerts are wanted for; from the first stint of all to the last by default.
    """
    known = contexts or {}
    whole = span or _span(stint for _worker, stints in people for stint in stints)
    if whole is None:
        return []
    found = [
        alert
        for worker, stints in people
        for alert in judge(worker, stints, profile, known.get(worker.key), whole)
    ]
    return ordered([*found, *team.trainees(people, profile, whole)])


def ordered(alerts: Iterable[Alert]) -> list[Alert]:
    """Return alerts with the worst first, then by day, by person and by rule."""
    return sorted(alerts, key=_place)


def _place(alert: Alert) -> tuple[int, tuple[date, ...], str, str]:
    return _RANK[alert.severity], alert.days[:1], alert.worker, alert.rule


def _case(
    worker: Worker,
    stints: Iterable[Stint],
    profile: Profile,
    context: Context | None,
    span: Period | None,
) -> Case | None:
    line = timeline(worker, stints)
    whole = span or _span(line.stints)
    if whole is None:
        return None
    return Case(worker, line, profile, context or Context(), whole)


def _span(stints: Iterable[Stint]) -> Period | None:
    known = list(stints)
    if not known:
        return None
    last = max(max(stint.day, day_of(stint.until - 1)) for stint in known)
    return Period(min(stint.day for stint in known), last + DAY)


def alerts_of_day(alerts: Iterable[Alert], day: date) -> Iterator[Alert]:
    """Yield the alerts that concern a day, for a cell of the board."""
    return (alert for alert in alerts if day in alert.days)
