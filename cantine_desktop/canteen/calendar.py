"""Which days the canteen is open, and what it is called."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, false, select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.model import Canteen, ClosedDay
from cantine_desktop.values.period import Period


def the_canteen(session: Session) -> Canteen | None:
    """Return the canteen of this book, or ``None`` before anyone has named it."""
    return session.scalar(select(Canteen).order_by(Canteen.id).limit(1))


def canteen_name(session: Session) -> str:
    """Return the name printed at the top of every sheet; empty before it is given."""
    canteen = the_canteen(session)
    return canteen.name if canteen else ""


def open_weekdays(session: Session) -> frozenset[int]:
    """Return the ISO weekdays of service (Monday is 1); every day before it is said."""
    canteen = the_canteen(session)
    return frozenset(map(int, canteen.open_weekdays if canteen else "1234567"))


def regular_days(session: Session, period: Period) -> list[date]:
    """Return the days of a period on a weekday of service, closed or not, in order."""
    weekdays = open_weekdays(session)
    return [day for day in period.days if day.isoweekday() in weekdays]


def open_days(session: Session, period: Period) -> list[date]:
    """Return the days of a period that are days of service, in order.

    Days that somebody said were closed are left out; public holidays are not, by themselves.
    """
    closed = {row.day for row in closed_days(session, period)}
    return [day for day in regular_days(session, period) if day not in closed]


def closed_days(session: Session, period: Period) -> list[ClosedDay]:
    """Return the days of a period that somebody said are closed, in order."""
    query = (
        select(ClosedDay)
        .where(ClosedDay.day >= period.first, ClosedDay.day < period.end)
        .order_by(ClosedDay.day)
    )
    return list(session.scalars(query))


def close_days(
    session: Session, days: Iterable[date], reason: str, now: datetime
) -> list[ClosedDay]:
    """Say that the canteen stays closed on days; return them all, in order.

    A day closed already keeps its row, and takes the reason when one is given.

    Args:
        session: The session of an action.
        days: Civil days, past or to come: ``period.days``, or ``[day]``.
        reason: Free words; may be empty.
        now: The present instant.
    """
    wanted = sorted(set(days))
    known = {row.day: row for row in session.scalars(select(ClosedDay).where(_among(wanted)))}
    for day in wanted:
        if day not in known:
            known[day] = ClosedDay(day=day, recorded_at=now, reason=reason.strip())
            session.add(known[day])
        elif reason.strip():
            known[day].reason = reason.strip()
    session.flush()
    return [known[day] for day in wanted]


def reopen_day(session: Session, day: date) -> bool:
    """Take back that the canteen was closed on a day; tell whether it was."""
    row = session.scalar(select(ClosedDay).where(ClosedDay.day == day))
    if row is None:
        return False
    session.delete(row)
    session.flush()
    return True


def _among(days: list[date]) -> ColumnElement[bool]:
    return and_(ClosedDay.day >= days[0], ClosedDay.day <= days[-1]) if days else false()
