"""Services as an iCalendar file, that a phone or a website follows.

Source: RFC5545.
"""

from datetime import datetime, timedelta
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import the_canteen
from cantine_desktop.clock import PARIS
from cantine_desktop.exchange.icalendar import Event, write_events
from cantine_desktop.i18n import tr
from cantine_desktop.meals.services.model import MealService, ServiceState
from cantine_desktop.meals.services.queries import calendar_key, policy, title
from cantine_desktop.values.period import Period

_MEAL = timedelta(minutes=120)
"""How long a meal is said to last."""


def write_calendar(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the services of a period as an iCalendar file, cancelled ones among them."""
    canteen = the_canteen(session)
    name = canteen.name if canteen else tr("Cantine")
    address = canteen.address if canteen else ""
    key = policy(session).calendar_key or calendar_key(session)
    query = (
        select(MealService)
        .where(MealService.day >= period.first, MealService.day < period.end)
        .order_by(MealService.day, MealService.meal_at, MealService.id)
    )
    events = [_event(service, key, name, address) for service in session.scalars(query)]
    write_events(target, name, "Services", events, now)


def _event(service: MealService, key: str, name: str, address: str) -> Event:
    is_cancelled = service.state is ServiceState.CANCELLED
    told = tr("Cuisine à {cook}, repas à {meal}. {seats} places à table, {kitchen} en cuisine.")
    description = told.format(
        cook=f"{service.cook_at:%H:%M}",
        meal=f"{service.meal_at:%H:%M}",
        seats=service.seats,
        kitchen=service.kitchen_places,
    )
    if is_cancelled:
        description = tr("Annulé : {reason}").format(reason=service.reason) + f"\n{description}"
    start = datetime.combine(service.day, service.meal_at, PARIS)
    return Event(
        f"service-{service.id}@{key}.cantine-desktop",
        service.revision,
        start,
        start + _MEAL,
        f"{title(service)} – {name}",
        description,
        address,
        is_cancelled,
    )
