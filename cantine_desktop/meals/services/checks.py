"""What is proved of services when a book is verified."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.model import ClosedDay
from cantine_desktop.i18n import long_day, tr
from cantine_desktop.meals.services.model import MealService, ServicePattern, ServiceState
from cantine_desktop.storage.findings import Finding, at


def check(session: Session) -> Iterator[Finding]:
    """Find services and usual services that cannot be, and closed days that are served."""
    yield from _impossible(session)
    yield from _twins(session)
    yield from _served_closed(session)


def _impossible(session: Session) -> Iterator[Finding]:
    text = tr("Les heures ou les places de ce service ne peuvent pas être.")
    for model in (MealService, ServicePattern):
        query = select(model.id).where(
            (model.meal_at <= model.cook_at)
            | (model.kitchen_places > model.seats)
            | (model.seats < 1)
        )
        for key in session.scalars(query):
            yield at((model.__tablename__, key), text)


def _twins(session: Session) -> Iterator[Finding]:
    text = tr("Un autre service du même genre commence à la même heure le {when}.")
    query = (
        select(MealService)
        .where(MealService.state != ServiceState.CANCELLED)
        .order_by(MealService.day, MealService.id)
    )
    seen: set[tuple[object, ...]] = set()
    for service in session.scalars(query):
        place = (service.day, service.kind, service.meal_at)
        if place in seen:
            yield at(("meal_service", service.id), text, when=long_day(service.day))
        seen.add(place)


def _served_closed(session: Session) -> Iterator[Finding]:
    text = tr("La cantine est dite fermée le {when}, et ce service n’est pas annulé.")
    query = (
        select(MealService)
        .join(ClosedDay, ClosedDay.day == MealService.day)
        .where(MealService.state != ServiceState.CANCELLED)
        .order_by(MealService.day)
    )
    for service in session.scalars(query):
        yield at(("meal_service", service.id), text, when=long_day(service.day))
