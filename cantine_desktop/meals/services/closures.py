"""The days the canteen closes, and the services that go and come back with them."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen import calendar
from cantine_desktop.canteen.model import ClosedDay
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import long_day, tr
from cantine_desktop.meals.services.model import MealService, ServiceState
from cantine_desktop.meals.services.single import facts_of, twin


def close_days(
    session: Session, days: Iterable[date], reason: str, now: datetime
) -> list[MealService]:
    """Say that the canteen stays closed on days, and cancel their services with that reason.

    Returns:
        The services it cancelled, in order.

    Raises:
        UserError: A service of these days was closed already: it was held.
    """
    wanted = sorted(set(days))
    cancelled = [each for day in wanted for each in _close_services(session, day, reason, now)]
    calendar.close_days(session, wanted, reason, now)
    return cancelled


def reopen_day(session: Session, day: date) -> list[MealService]:
    """Take back that a day is closed; return the services that come back with it, in order."""
    calendar.reopen_day(session, day)
    return _restore_services(session, day)


def closed_reason(session: Session, day: date) -> str | None:
    """Return why a day is closed, empty when nobody said why; ``None`` for an open day."""
    row = session.scalar(select(ClosedDay).where(ClosedDay.day == day))
    return row.reason if row is not None else None


def _close_services(session: Session, day: date, reason: str, now: datetime) -> list[MealService]:
    services = _services(session, day)
    if any(service.state is ServiceState.CLOSED for service in services):
        text = tr("Un service du {when} est clos : il a eu lieu, ce jour ne peut pas être fermé.")
        raise UserError(text.format(when=long_day(day)))
    planned = [each for each in services if each.state is ServiceState.PLANNED]
    for service in planned:
        cancel_with_day(service, reason, now)
    return planned


def cancel_with_day(service: MealService, reason: str, now: datetime) -> None:
    """Cancel a service because its day is closed: it comes back when the day opens again."""
    service.state = ServiceState.CANCELLED
    service.reason = reason.strip()
    service.cancelled_at = now
    service.is_closed_day = True
    service.revision += 1


def _restore_services(session: Session, day: date) -> list[MealService]:
    """Take back what the closure cancelled, where no other service took its place since."""
    gone = [
        each
        for each in _services(session, day)
        if each.is_closed_day and twin(session, facts_of(each), each) is None
    ]
    for service in gone:
        service.state = ServiceState.PLANNED
        service.reason = ""
        service.cancelled_at = None
        service.is_closed_day = False
        service.revision += 1
    session.flush()
    return gone


def _services(session: Session, day: date) -> list[MealService]:
    query = select(MealService).where(MealService.day == day).order_by(MealService.meal_at)
    return list(session.scalars(query))
