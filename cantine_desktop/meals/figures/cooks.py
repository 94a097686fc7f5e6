"""The guests who cooked at each service that was held: how many, and from when to when."""

from datetime import date, time
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.finance.postings.held import held
from cantine_desktop.finance.postings.model import Takings
from cantine_desktop.meals.closing.model import ServiceClosing
from cantine_desktop.meals.events.model import PrivateEvent
from cantine_desktop.meals.services.model import MealService
from cantine_desktop.values.period import Period


class Cooked(NamedTuple):
    """A service and those who cooked it.

    Attributes:
        service: Key of the service.
        cook_at: When they came; ``meal_at``, when the meal they cooked began.
        cooks: How many, as its closing says; never who.
    """

    service: int
    day: date
    cook_at: time
    meal_at: time
    cooks: int


def cooked_in(session: Session, period: Period) -> list[Cooked]:
    """Return the services of a period that guests cooked, in order.

    Those of a workshop are left out: who paid for it gives no hours.
    """
    workshops = select(PrivateEvent.service_id).where(PrivateEvent.service_id.is_not(None))
    query = (
        select(MealService, ServiceClosing.cooks)
        .join(ServiceClosing, ServiceClosing.service_id == MealService.id)
        .join(Takings, ServiceClosing.takings_id == Takings.id)
        .where(*held(period), ServiceClosing.cooks > 0, MealService.id.not_in(workshops))
        .order_by(MealService.day, MealService.meal_at, MealService.id)
    )
    return [
        Cooked(service.id, service.day, service.cook_at, service.meal_at, cooks or 0)
        for service, cooks in session.execute(query)
    ]
