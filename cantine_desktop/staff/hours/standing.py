"""Which hours stand: those that no other row replaces, and that were done."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.staff.hours.clock_text import Hours
from cantine_desktop.staff.hours.model import HoursWeek, WorkedShift
from cantine_desktop.staff.law.stints import Stint, clock_minute, local, monday_of
from cantine_desktop.values.period import DAY, Period


def rows_in(session: Session, span: Period, member_id: int | None = None) -> list[WorkedShift]:
    """Return every row of some days, those that stand no more included, in order."""
    query = select(WorkedShift).where(WorkedShift.day >= span.first, WorkedShift.day < span.end)
    if member_id is not None:
        query = query.where(WorkedShift.member_id == member_id)
    order = WorkedShift.day, WorkedShift.start, WorkedShift.id
    return list(session.scalars(query.order_by(*order)))


def standing(rows: Iterable[WorkedShift]) -> list[WorkedShift]:
    """Return those of some rows that stand; what replaces a row is on the same day."""
    known = list(rows)
    replaced = {row.corrects_id for row in known}
    return [row for row in known if row.id not in replaced and not row.is_void]


def worked_in(session: Session, span: Period) -> dict[int, list[WorkedShift]]:
    """Return the hours that stand on some days, by member, in order."""
    found: dict[int, list[WorkedShift]] = {}
    for row in standing(rows_in(session, span)):
        found.setdefault(row.member_id, []).append(row)
    return found


def stints_of(rows: Iterable[WorkedShift]) -> list[Stint]:
    """Return rows as the rules see them: instants, right in nights when clocks change."""
    return [stint_at(row.day, _hours(row)) for row in rows]


def stint_at(day: date, hours: Hours) -> Stint:
    """Return hours of a day as the rules see them.

    Raises:
        ValueError: They are in the wrong order, too long, or shorter than their break.
    """
    days, rest = divmod(hours.finish, 1440)
    start = clock_minute(day, hours.start)
    until = clock_minute(day + days * DAY, rest)
    return Stint(
        local(start),
        local(until),
        hours.pause,
        role=hours.post,
        kind=hours.kind,
        belongs_to=day,
    )


def hours_of(rows: Sequence[WorkedShift]) -> list[Hours]:
    """Return rows as values, in order."""
    return [_hours(row) for row in rows]


def week_of(session: Session, member_id: int, day: date) -> HoursWeek | None:
    """Return the week of somebody that holds a day, when it was confirmed."""
    return session.scalar(
        select(HoursWeek).where(
            HoursWeek.member_id == member_id, HoursWeek.monday == monday_of(day)
        )
    )


def weeks_in(session: Session, span: Period) -> dict[tuple[int, date], HoursWeek]:
    """Return the weeks confirmed that begin in some days, by member and Monday."""
    query = select(HoursWeek).where(HoursWeek.monday >= span.first, HoursWeek.monday < span.end)
    return {(each.member_id, each.monday): each for each in session.scalars(query)}


def _hours(row: WorkedShift) -> Hours:
    return Hours(row.start, row.finish, row.pause, row.post, row.kind)
