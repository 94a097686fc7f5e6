"""The service that hosts an event: in the calendar, it is planned, moved and cancelled with it."""

from datetime import datetime, time

from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import the_canteen
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.meals.events.keeping import OVER
from cantine_desktop.meals.events.model import EventKind, PrivateEvent
from cantine_desktop.meals.services import planning
from cantine_desktop.meals.services.facts import Scope, ServiceFacts
from cantine_desktop.meals.services.model import MealKind, MealService, ServiceState

COOK_AT, MEAL_AT = time(9, 30), time(12, 0)
"""Usual hours of an event."""


def host(
    session: Session,
    event: PrivateEvent,
    now: datetime,
    cook_at: time = COOK_AT,
    meal_at: time = MEAL_AT,
) -> MealService:
    """Put an event in the calendar, as a service for all its people.

    Args:
        session: The session of an action.
        event: The event; it remembers its service.
        now: Present instant, aware.
        cook_at: When cooks, or who prepares, arrive.
        meal_at: When it begins.

    Raises:
        UserError: It is over or in the calendar already, or its hours cannot be.
    """
    if event.state in OVER:
        raise UserError(tr("Cet événement est sans suite ou annulé : rouvrez-le d’abord."))
    if hosting_service(session, event) is not None:
        raise UserError(tr("Cet événement est déjà au calendrier."))
    canteen = the_canteen(session)
    cooks = canteen.kitchen_places if canteen else 10
    is_workshop = event.kind is EventKind.WORKSHOP
    service = planning.add_service(
        session,
        ServiceFacts(
            kind=MealKind.EVENT,
            day=event.day,
            cook_at=cook_at,
            meal_at=meal_at,
            seats=event.people,
            kitchen_places=event.people if is_workshop else min(cooks, event.people),
            name=event.title,
            expected=event.people,
        ),
        now,
    )
    event.service_id = service.id
    session.flush()
    return service


def hosting_service(session: Session, event: PrivateEvent) -> MealService | None:
    """Return the service that hosts an event, unless it was cancelled."""
    service = session.get(MealService, event.service_id) if event.service_id else None
    return service if service and service.state is not ServiceState.CANCELLED else None


def follow(session: Session, event: PrivateEvent, now: datetime) -> None:
    """Bring the service to the day, the people and the name of its event.

    Raises:
        UserError: It is closed, or another stands at that hour of that day.
    """
    service = hosting_service(session, event)
    if service is None:
        return
    wanted = event.day, event.people, event.title
    if (service.day, service.expected, service.name) == wanted:
        return
    facts = ServiceFacts(
        kind=service.kind,
        day=event.day,
        cook_at=service.cook_at,
        meal_at=service.meal_at,
        seats=event.people,
        kitchen_places=min(service.kitchen_places, event.people),
        name=event.title,
        expected=event.people,
        mode=service.mode,
        note=service.note,
    )
    planning.change(session, service.id, facts, Scope.ONE, now)


def release(session: Session, event: PrivateEvent, reason: str, now: datetime) -> None:
    """Cancel the service of an event that is called off; one that was held stays."""
    service = hosting_service(session, event)
    if service is not None and service.state is ServiceState.PLANNED:
        planning.cancel(session, service.id, reason, now)
