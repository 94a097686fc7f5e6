"""One service taken alone: what is said of it, its day, whether anything hangs on it."""

from collections.abc import Iterable
from datetime import date
from typing import NoReturn

from sqlalchemy import exists, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import Column

from cantine_desktop.canteen import calendar
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import long_day, tr
from cantine_desktop.meals.services.facts import ServiceFacts, Usual
from cantine_desktop.meals.services.model import MealService, ServicePattern, ServiceState
from cantine_desktop.meals.services.queries import title
from cantine_desktop.storage.base import Base


def open_service(session: Session, service_id: int) -> MealService:
    """Return a service that may still change.

    Raises:
        UserError: It is closed, or not there any more.
    """
    service = session.get(MealService, service_id)
    if service is None:
        raise UserError(tr("Ce service n’existe plus."))
    if service.state is ServiceState.CLOSED:
        text = tr("Le service « {title} » du {day} est clos : corrigez sa clôture.")
        raise UserError(text.format(title=title(service), day=long_day(service.day)))
    return service


def facts_of(service: MealService, day: date | None = None) -> ServiceFacts:
    """Return what is said of a service, on its day or on another one."""
    return ServiceFacts(
        kind=service.kind,
        cook_at=service.cook_at,
        meal_at=service.meal_at,
        seats=service.seats,
        kitchen_places=service.kitchen_places,
        name=service.name,
        day=day or service.day,
        expected=service.expected,
        mode=service.mode,
        note=service.note,
    )


def put_usual(row: MealService | ServicePattern, facts: Usual) -> bool:
    """Write kind, hours, places and name; tell whether hours, kind or name changed."""
    before = (row.kind, row.cook_at, row.meal_at, row.name)
    row.kind = facts.kind
    row.cook_at, row.meal_at = facts.cook_at, facts.meal_at
    row.seats, row.kitchen_places = facts.seats, facts.kitchen_places
    row.name = facts.name.strip()
    return before != (row.kind, row.cook_at, row.meal_at, row.name)


def change_one(session: Session, service: MealService, facts: ServiceFacts) -> None:
    """Change one service alone; a usual one then differs from its pattern.

    Raises:
        UserError: There is already the same one that day.
    """
    claim(session, facts, service)
    has_moved = service.day != facts.day
    service.day = facts.day
    if put_usual(service, facts) or has_moved:
        service.revision += 1
    if service.pattern_id is not None:
        service.is_changed = _differs(session, service)


def claim(session: Session, facts: ServiceFacts, service: MealService | None) -> None:
    """Take a day for a service: a closed day opens, and no twin stands there.

    Raises:
        UserError: The same kind of service begins at the same hour that day.
    """
    if (found := twin(session, facts, service)) is not None:
        _refuse_twin(found)
    if service is None or service.day != facts.day:
        calendar.reopen_day(session, facts.day)


def twin(
    session: Session, facts: ServiceFacts, service: MealService | None = None
) -> MealService | None:
    """Return another service of the same kind that begins at the same hour that day, if any."""
    query = select(MealService).where(
        MealService.day == facts.day,
        MealService.kind == facts.kind,
        MealService.meal_at == facts.meal_at,
        MealService.state != ServiceState.CANCELLED,
    )
    if service is not None:
        query = query.where(MealService.id != service.id)
    return session.scalar(query.limit(1))


def refuse_twins(session: Session, services: Iterable[MealService]) -> None:
    """Refuse services of a series that came to stand beside the same one, from elsewhere.

    Raises:
        UserError: Two services of a kind would begin at the same hour.
    """
    for service in services:
        if service.state is not ServiceState.CANCELLED:
            found = twin(session, facts_of(service), service)
            if found is not None:
                _refuse_twin(found)


def _refuse_twin(found: MealService) -> NoReturn:
    text = tr("Il y a déjà « {title} » à {hour} le {day} : changez l’heure ou le jour.")
    hour = f"{found.meal_at:%H:%M}"
    raise UserError(text.format(title=title(found), hour=hour, day=long_day(found.day)))


def is_used(session: Session, service_id: int) -> bool:
    """Tell whether anything was noted for a service: reservation, menu, closing."""
    return any(
        session.scalar(select(exists().where(column == service_id))) for column in _references()
    )


def _differs(session: Session, service: MealService) -> bool:
    pattern = session.get(ServicePattern, service.pattern_id)
    if pattern is None:
        return True
    return _usual(service) != _usual(pattern) or service.day != service.original_day


def _usual(row: MealService | ServicePattern) -> tuple[object, ...]:
    return (row.kind, row.cook_at, row.meal_at, row.seats, row.kitchen_places, row.name)


def _references() -> list[Column[int]]:
    """Return every column of the book that points at a service."""
    here = MealService.__tablename__
    return [
        key.parent
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == here
    ]
