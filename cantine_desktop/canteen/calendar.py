"""Which days the canteen is open, and what it is called."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.model import Canteen
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


def open_days(session: Session, period: Period) -> list[date]:
    """Return the days of a period that are regular days of service, in order.

    One-off closures are not known here: they are said where they are noticed,
    such as a day of readings marked closed.
    """
    weekdays = open_weekdays(session)
    return [day for day in period.days if day.isoweekday() in weekdays]
