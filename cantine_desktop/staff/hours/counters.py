"""The hours done, counted by person and month: days, weeks, bands, nights, holidays, balances.

Whole minutes throughout. A civil week that straddles two months is paid with the month it ends
in. Source: CT-SEMAINE-MOIS.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.staff.contracts.model import BalanceKind, OpeningBalance
from cantine_desktop.staff.hours.away import Away, away_in, holidays_in
from cantine_desktop.staff.hours.confirming import waiting_days
from cantine_desktop.staff.hours.model import WorkedShift
from cantine_desktop.staff.hours.standing import stints_of, worked_in
from cantine_desktop.staff.law.counters import (
    WEEK,
    Band,
    complementary_bands,
    contingent_used,
    overtime,
    overtime_bands,
    week_terms,
)
from cantine_desktop.staff.law.nouns import Worker
from cantine_desktop.staff.law.rules import Branch, Profile, limits
from cantine_desktop.staff.law.stints import DAY_LONG, clock_minute, monday_of
from cantine_desktop.staff.law.timeline import Timeline, timeline
from cantine_desktop.staff.rosters.model import AbsenceCode
from cantine_desktop.staff.rosters.team import Teammate, profile_of, teammates
from cantine_desktop.values.period import DAY, Period

SPLIT = 60
"""Minutes between two stretches of a day from which there is a split (coupure). Source: BP."""

_RESTS = frozenset({AbsenceCode.RECOVERY, AbsenceCode.OVERTIME_REST})
_LEAVES = frozenset({AbsenceCode.PAID_LEAVE, AbsenceCode.SPLIT_LEAVE})


class DayCount(NamedTuple):
    """A civil day of somebody.

    Attributes:
        minutes: Effective work, what counts like it included; split exactly at midnight.
        night: Of them, in the window of the night.
        counted: Of them, absences that count as work.
        is_holiday: A public holiday other than 1 May.
        splits: Longest time between two stretches of the day, from an hour on; else 0.
    """

    day: date
    minutes: int
    night: int = 0
    counted: int = 0
    is_holiday: bool = False
    splits: int = 0

    @property
    def sunday(self) -> int:
        """Minutes worked on a Sunday."""
        return self.worked if self.day.weekday() == 6 else 0

    @property
    def may_first(self) -> int:
        """Minutes worked on 1 May."""
        return self.worked if (self.day.month, self.day.day) == (5, 1) else 0

    @property
    def holiday(self) -> int:
        """Minutes worked on another public holiday."""
        return self.worked if self.is_holiday else 0

    @property
    def worked(self) -> int:
        """Minutes really worked."""
        return self.minutes - self.counted


class WeekCount(NamedTuple):
    """A civil week of somebody.

    Attributes:
        contract: Agreed minutes; ``None`` when no hours are agreed.
        overtime: Bands of a full-time week; ``complementary``, of a part-time one.
        days: Civil days with any hours.
        leave: Minutes of paid leave that the threshold of overtime was reached with; 0 when the
            hours done decide alone.
    """

    monday: date
    minutes: int
    contract: int | None
    overtime: tuple[Band, ...]
    complementary: tuple[Band, ...]
    days: tuple[date, ...]
    leave: int = 0


class MonthCount(NamedTuple):
    """What somebody did in a month.

    Attributes:
        days: Civil days of the month with hours.
        weeks: Civil weeks that end in the month.
        away: Absences in the month.
        waiting: Days planned and over whose hours nobody wrote.
        contingent: Minutes of overtime of the civil year up to the month; ``allowed``, how much
            there may be, ``None`` where the rule does not concern the person.
        recovered: Minutes of rest earned by the overtime of the month, premium included.
        recovery: Minutes to recover at the end of the month.
        compulsory: Minutes of compulsory rest (contrepartie obligatoire) earned by what the month
            put above the contingent.
    """

    mate: Teammate
    days: tuple[DayCount, ...]
    weeks: tuple[WeekCount, ...]
    away: tuple[Away, ...]
    waiting: tuple[date, ...]
    contingent: int
    allowed: int | None
    recovered: int
    recovery: int
    compulsory: int = 0

    @property
    def minutes(self) -> int:
        """Minutes of the month, day by day, whatever the week."""
        return sum(each.minutes for each in self.days)


def month_counts(session: Session, period: Period, now: datetime) -> list[MonthCount]:
    """Return what each person did in a month, by kind of tie, then by name.

    Args:
        session: Any session.
        period: A calendar month.
        now: The present instant, aware: what is over waits for its hours.
    """
    profile = profile_of(session)
    openings = _openings(session)
    first = _beginning(session, period, profile.branch, openings)
    span = Period(first, max(period.end, monday_of(period.last) + WEEK))
    worked, away = worked_in(session, span), away_in(session, span)
    waiting = waiting_days(session, period, now)
    held = away_in(session, period)
    ledger = _Facts(profile, period, holidays_in(session, span), openings, held)
    return [
        _month(
            ledger,
            mate,
            timeline(mate.worker, stints_of(worked.get(mate.key, []))),
            away.get(mate.key, []),
            waiting.get(mate.key, []),
        )
        for mate in teammates(session, period)
    ]


class _Facts(NamedTuple):
    """What every count of a month needs: rules, the month, holidays, opening balances.

    Attributes:
        away: Absences of the month alone, by member.
    """

    profile: Profile
    period: Period
    holidays: frozenset[date]
    openings: Mapping[tuple[int, BalanceKind], OpeningBalance]
    away: Mapping[int, Sequence[Away]]


def day_counts(
    worker: Worker,
    line: Timeline,
    away: Sequence[Away],
    profile: Profile,
    holidays: frozenset[date],
    span: Period,
) -> list[DayCount]:
    """Return the civil days of a span with hours, in order."""
    counted: dict[date, int] = {}
    for each in away:
        if each.counts_as_work:
            for day, some in each.minutes:
                counted[day] = counted.get(day, 0) + some
    found: list[DayCount] = []
    for day in sorted({*line.minutes, *counted}):
        if day not in span:
            continue
        more = counted.get(day, 0)
        is_may = (day.month, day.day) == (5, 1)
        found.append(
            DayCount(
                day,
                line.minutes.get(day, 0) + more,
                _night(worker, line, profile, day),
                more,
                day in holidays and not is_may,
                _split(line, day),
            )
        )
    return found


def week_counts(
    worker: Worker,
    days: Sequence[DayCount],
    branch: Branch,
    leave: Mapping[date, int] | None = None,
) -> list[WeekCount]:
    """Return the civil weeks of some days, each whole, in order.

    Args:
        worker: Whose hours they are.
        days: Days with hours.
        branch: The agreement that applies.
        leave: Minutes of paid leave by Monday: they count towards 35 h as if they were worked.

    Source: CT-TEMPS, ECLAT, HCR, CASS-2025-CP.
    """
    off = leave or {}
    weeks: dict[date, list[DayCount]] = {}
    for day in days:
        weeks.setdefault(monday_of(day.day), []).append(day)
    return [_week(worker, monday, own, branch, off.get(monday, 0)) for monday, own in weeks.items()]


def paid_leave(away: Sequence[Away]) -> dict[date, int]:
    """Return the minutes that paid leave stands for, by the Monday of their civil week."""
    found: dict[date, int] = {}
    for each in away:
        if each.code in _LEAVES:
            for day, some in each.minutes:
                found[monday_of(day)] = found.get(monday_of(day), 0) + some
    return found


def _week(
    worker: Worker, monday: date, days: Sequence[DayCount], branch: Branch, leave: int
) -> WeekCount:
    minutes = sum(each.minutes for each in days)
    terms = week_terms(worker, monday)
    is_employee = worker.regime_on(monday + 6 * DAY).is_employee
    contract = terms.weekly_minutes if terms is not None and terms.weekly_minutes else None
    over: tuple[Band, ...] = ()
    more: tuple[Band, ...] = ()
    # A programme over several weeks has its own threshold: what was ruled is about the week.
    off = 0 if terms is not None and terms.follows_programme else leave
    if overtime(worker, monday, minutes + off):
        over = overtime_bands(branch, minutes + off)
    if terms is not None and terms.is_part_time and is_employee and contract is not None:
        more = complementary_bands(branch, contract, minutes)
    held = tuple(each.day for each in days)
    return WeekCount(monday, minutes, contract, over, more, held, off if over else 0)


def rest_of(bands: Sequence[Band]) -> int:
    """Return the hundredths of a minute of rest that bands recovered give, premium included."""
    return sum(band.minutes * (100 + band.percent) for band in bands if band.is_recovered)


def compulsory_rest(used: int, before: int, allowed: int) -> int:
    """Return the minutes of rest owed for overtime above the contingent: half, up to 20 employees.

    Args:
        used: Minutes of overtime of the year at the end of the month.
        before: The same at its beginning.
        allowed: The contingent.

    Source: CT-TEMPS.
    """
    return _whole(50 * (max(0, used - allowed) - max(0, before - allowed)))


def _month(
    facts: _Facts, mate: Teammate, line: Timeline, away: Sequence[Away], waiting: Sequence[date]
) -> MonthCount:
    worker, period = mate.worker, facts.period
    ever = Period(date.min, monday_of(period.last) + WEEK)
    days = day_counts(worker, line, away, facts.profile, facts.holidays, ever)
    weeks = week_counts(worker, days, facts.profile.branch, paid_leave(away))
    paid = [each for each in weeks if each.monday + 6 * DAY in period]
    known = [each for each in weeks if each.monday + 6 * DAY < period.end]
    limit = limits(
        facts.profile, worker.regime_on(period.last), week_terms(worker, monday_of(period.last))
    ).get("CONTINGENT")
    used = _contingent(facts, mate, known)
    before = _contingent(facts, mate, [each for each in known if each not in paid])
    return MonthCount(
        mate,
        tuple(each for each in days if each.day in period),
        tuple(paid),
        tuple(facts.away.get(mate.key, ())),
        tuple(waiting),
        used,
        None if limit is None else limit.whole,
        _whole(sum(rest_of(each.overtime) for each in paid)),
        _recovery(facts, mate, known, away),
        0 if limit is None else compulsory_rest(used, before, limit.whole),
    )


def _contingent(facts: _Facts, mate: Teammate, weeks: Sequence[WeekCount]) -> int:
    year, before, since = facts.period.first.year, 0, date.min
    opening = facts.openings.get((mate.key, BalanceKind.OVERTIME))
    if opening is not None and opening.day.year == year:
        before, since = opening.amount, opening.day
    minutes = {each.monday: each.minutes for each in weeks if each.monday + 6 * DAY >= since}
    return contingent_used(mate.worker, minutes, year, facts.period.last, before)


def _recovery(
    facts: _Facts, mate: Teammate, weeks: Sequence[WeekCount], away: Sequence[Away]
) -> int:
    opening = facts.openings.get((mate.key, BalanceKind.RECOVERY))
    since = date.min if opening is None else opening.day
    earned = sum(rest_of(each.overtime) for each in weeks if each.monday + 6 * DAY >= since)
    taken = sum(
        some
        for each in away
        if each.code in _RESTS
        for day, some in each.minutes
        if since <= day < facts.period.end
    )
    return (0 if opening is None else opening.amount) + _whole(earned) - taken


def _whole(hundredths: int) -> int:
    """Return whole minutes, rounded up in favour of the employee."""
    return -(-hundredths // 100)


def _night(worker: Worker, line: Timeline, profile: Profile, day: date) -> int:
    window = limits(profile, worker.regime_on(day), worker.terms_on(day)).get("NIGHT_WINDOW")
    if window is None or day not in line.minutes:
        return 0
    # Of one day at a time: asked for a whole history, day after day, by the screen of hours.
    early = line.worked_within(clock_minute(day, 0), clock_minute(day, window.until))
    return early + line.worked_within(clock_minute(day, window.whole), clock_minute(day, DAY_LONG))


def _split(line: Timeline, day: date) -> int:
    work = line.by_day.get(day)
    longest = 0 if work is None else max((end - first for first, end in work.gaps), default=0)
    return longest if longest >= SPLIT else 0


def _openings(session: Session) -> dict[tuple[int, BalanceKind], OpeningBalance]:
    found = session.scalars(select(OpeningBalance))
    return {(each.member_id, each.kind): each for each in found}


def _beginning(
    session: Session,
    period: Period,
    branch: Branch,
    openings: Mapping[tuple[int, BalanceKind], OpeningBalance],
) -> date:
    """Return the Monday from which hours are read.

    From the first written where overtime is recovered, since what was earned is never lost; else
    from the year's, or from when a counter of rest stood at something.
    """
    year = date(period.first.year, 1, 1)
    days = [each.day for (_who, kind), each in openings.items() if kind is BalanceKind.RECOVERY]
    if branch is Branch.ECLAT:
        first = session.scalar(select(func.min(WorkedShift.day)))
        days += [] if first is None else [first]
    return monday_of(min([year, *days]))
