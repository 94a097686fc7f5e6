"""What the screen of hours shows: the week of everybody, absences, the counters of a month."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import number, tr
from cantine_desktop.staff.contracts.model import REGISTERED, StaffMember, Status
from cantine_desktop.staff.contracts.queries import Line
from cantine_desktop.staff.hours.clock_text import write_hours
from cantine_desktop.staff.hours.confirming import planned_hours, waiting_days
from cantine_desktop.staff.hours.counters import month_counts
from cantine_desktop.staff.hours.leave import Leave, leaves
from cantine_desktop.staff.hours.model import HoursWeek, WeekState, WorkedShift
from cantine_desktop.staff.hours.standing import (
    hours_of,
    rows_in,
    standing,
    stint_at,
    stints_of,
    weeks_in,
)
from cantine_desktop.staff.law.wording import clock, duration
from cantine_desktop.staff.rosters.absences import absence_words, is_whole
from cantine_desktop.staff.rosters.model import ABSENCES, Absence, Shift
from cantine_desktop.staff.rosters.team import (
    Teammate,
    absences_in,
    days_of,
    shifts_in,
    teammates,
)
from cantine_desktop.values.period import Period


class DayState(StrEnum):
    """What is known of somebody's day."""

    EMPTY = "empty"
    AHEAD = "ahead"
    WAITING = "waiting"
    AS_PLANNED = "as-planned"
    OTHERWISE = "otherwise"
    NOT_DONE = "not-done"
    AWAY = "away"


class DayHours(NamedTuple):
    """A day of somebody.

    Attributes:
        planned: Hours planned, as they can be typed; empty for none.
        done: Hours done, alike.
        away: Code of an absence; empty for none.
        away_words: The absence in words.
        reason: Why a signed day was corrected.
    """

    state: DayState
    planned: str = ""
    done: str = ""
    away: str = ""
    away_words: str = ""
    reason: str = ""


class PersonWeek(NamedTuple):
    """The week of somebody.

    Attributes:
        days: From Monday to Sunday.
        planned: Minutes; ``done``, alike.
        state: ``None`` while nobody confirmed the week.
        signed_by: Who signed it; empty before.
    """

    key: int
    name: str
    status: Status
    days: tuple[DayHours, ...]
    planned: int
    done: int
    state: WeekState | None
    signed_by: str

    @property
    def is_signed(self) -> bool:
        """The week is sealed."""
        return self.state is WeekState.SIGNED


class CounterRow(NamedTuple):
    """The month of somebody, in words ready to show.

    Attributes:
        waiting: Days whose hours nobody wrote.
    """

    key: int
    name: str
    hours: str
    over: str
    night: str
    sunday: str
    holiday: str
    recovery: str
    leave: str
    waiting: int


def hours_week(session: Session, monday: date, now: datetime) -> list[PersonWeek]:
    """Return the week of whom it concerns: the registered, and volunteers who have hours."""
    week = Period.week(monday)
    planned, away = shifts_in(session, week), absences_in(session, week)
    states, waiting = weeks_in(session, week), waiting_days(session, week, now)
    rows: dict[int, list[WorkedShift]] = {}
    for row in rows_in(session, week):
        rows.setdefault(row.member_id, []).append(row)
    return [
        _person(
            mate,
            week,
            planned.get(mate.key, []),
            rows.get(mate.key, []),
            _away_days(away.get(mate.key, [])),
            (states.get((mate.key, week.first)), waiting.get(mate.key, []), civil_date(now)),
        )
        for mate in teammates(session, week)
        if mate.status in REGISTERED or mate.key in planned or mate.key in rows
    ]


def absence_lines(session: Session, period: Period) -> list[Line]:
    """Return the absences that meet a period, asked for and refused ones too, in order."""
    query = (
        select(Absence, StaffMember.name)
        .join(StaffMember, StaffMember.id == Absence.member_id)
        .where(Absence.first < period.end, Absence.end > period.first)
        .order_by(Absence.first, StaffMember.name, Absence.id)
    )
    return [
        Line(each.id, _absence(each, name), _tone(each)) for each, name in session.execute(query)
    ]


def counter_rows(session: Session, period: Period, now: datetime) -> list[CounterRow]:
    """Return the counters of a month, those registered only."""
    left = {each.member_id: each for each in leaves(session, period.last)}
    found: list[CounterRow] = []
    for count in month_counts(session, period, now):
        if count.mate.status not in REGISTERED and not count.days:
            continue
        over = sum(
            band.minutes for week in count.weeks for band in (*week.overtime, *week.complementary)
        )
        found.append(
            CounterRow(
                count.mate.key,
                count.mate.worker.name,
                _some(count.minutes),
                _some(over),
                _some(sum(each.night for each in count.days)),
                _some(sum(each.sunday for each in count.days)),
                _some(sum(each.holiday + each.may_first for each in count.days)),
                _some(count.recovery),
                _leave_words(left.get(count.mate.key)),
                len(count.waiting),
            )
        )
    return found


def _person(
    mate: Teammate,
    week: Period,
    planned: Sequence[Shift],
    rows: Sequence[WorkedShift],
    away: dict[date, Absence],
    known: tuple[HoursWeek | None, Sequence[date], date],
) -> PersonWeek:
    state, waiting, today = known
    stand = standing(rows)
    days: list[DayHours] = []
    for day in week.days:
        written = [row for row in rows if row.day == day]
        own = [row for row in stand if row.day == day]
        plan = write_hours([planned_hours(each) for each in planned if each.day == day])
        done = write_hours(hours_of(own))
        off = away.get(day)
        how = _state(
            plan,
            done,
            is_written=bool(written),
            is_away=off is not None and is_whole(off),
            is_waiting=day in waiting,
            is_ahead=day >= today,
        )
        code = ABSENCES[off.code][0] if off is not None else ""
        words = absence_words(off) if off is not None else ""
        reason = next((row.reason for row in own if row.reason), "")
        days.append(DayHours(how, plan, done, code, words, reason))
    stints = [stint_at(each.day, planned_hours(each)) for each in planned]
    return PersonWeek(
        mate.key,
        mate.worker.name,
        mate.status,
        tuple(days),
        sum(each.effective for each in stints),
        sum(each.effective for each in stints_of(stand)),
        None if state is None else state.state,
        "" if state is None else state.signed_by,
    )


def _state(
    plan: str,
    done: str,
    *,
    is_written: bool,
    is_away: bool,
    is_waiting: bool,
    is_ahead: bool,
) -> DayState:
    if done:
        return DayState.AS_PLANNED if done == plan else DayState.OTHERWISE
    if is_away:
        return DayState.AWAY
    if is_written:
        return DayState.NOT_DONE
    if is_waiting:
        return DayState.WAITING
    return DayState.AHEAD if plan and is_ahead else DayState.EMPTY


def _away_days(absences: Sequence[Absence]) -> dict[date, Absence]:
    return {day: each for each in absences for day in days_of(each)}


def _absence(absence: Absence, name: str) -> str:
    parts = [f"{name}, {absence_words(absence)}"]
    if not is_whole(absence):
        start, finish = clock(absence.start), clock(absence.finish)
        parts.append(tr("de {start} à {finish}").format(start=start, finish=finish))
    if absence.is_granted is None:
        parts.append(tr("demandé"))
    if absence.is_granted is False:
        parts.append(tr("refusé"))
    return ", ".join([*parts, *([absence.note] if absence.note else [])])


def _tone(absence: Absence) -> str:
    if absence.is_granted is None:
        return "warn"
    return "" if absence.is_granted else "bad"


def _leave_words(leave: Leave | None) -> str:
    """Return the days left; a question mark while nobody said what came before the book."""
    if leave is None:
        return ""
    return number((Decimal(leave.available) / 100).normalize() + 0) if leave.is_sure else "?"


def _some(minutes: int) -> str:
    return duration(minutes) if minutes else ""
