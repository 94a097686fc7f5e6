"""The figures of the team: hours for a meal, hours shared in the kitchen, how much people work."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.i18n import round_half_up
from cantine_desktop.meals.figures.services import served_in
from cantine_desktop.meals.services.model import MealService
from cantine_desktop.network.meal_figures import counted
from cantine_desktop.staff.hours.workload import workloads
from cantine_desktop.values.period import Period


def hours_per_meal(session: Session, period: Period) -> Decimal | None:
    """Return the hours of employees that a meal takes (K24)."""
    meals = counted("meals", session, period)
    minutes = sum(each.minutes for each in workloads(session, period))
    return round_half_up(Decimal(minutes) / 60 / meals, 2) if meals and minutes else None


class Cooked(NamedTuple):
    """A service that diners cooked.

    Attributes:
        cooks: Diners who cooked.
        minutes: From their coming to the meal.
    """

    service: int
    day: date
    title: str
    cooks: int
    minutes: int


def cooked(session: Session, period: Period) -> list[Cooked]:
    """Return the services held over a period with who cooked, in order."""
    held = [each for each in served_in(session, period) if each.service and each.cooks]
    query = select(MealService).where(MealService.id.in_([each.service for each in held]))
    length = {each.id: _length(each) for each in session.scalars(query)}
    return [
        Cooked(each.service, each.day, each.title, each.cooks or 0, length.get(each.service, 0))
        for each in held
        if each.service is not None
    ]


def cook_hours(session: Session, period: Period) -> Decimal | None:
    """Return the hours that diners cooked together (K24): cooks, from their coming to the meal."""
    minutes = sum(each.cooks * each.minutes for each in cooked(session, period))
    return round_half_up(Decimal(minutes) / 60, 1) if minutes else None


def _length(service: MealService) -> int:
    """Return the minutes from the coming of cooks to the meal."""
    cook, meal = service.cook_at, service.meal_at
    return max(0, 60 * (meal.hour - cook.hour) + meal.minute - cook.minute)


def beyond_contract(session: Session, period: Period) -> Decimal | None:
    """Return the hours of employees above their contracts, week by week (K32)."""
    found = workloads(session, period)
    if not any(each.minutes for each in found):
        return None
    return round_half_up(Decimal(sum(each.beyond for each in found)) / 60, 1)


def days_in_row(session: Session, period: Period) -> Decimal | None:
    """Return the most days that somebody employed worked one after the other (K32)."""
    most = max((each.in_row for each in workloads(session, period)), default=0)
    return Decimal(most) if most else None
