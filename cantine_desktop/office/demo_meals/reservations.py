"""Who announced themselves for the coming services of the demonstration; all names invented."""

import random
from datetime import date, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.meals.reservations.diets import set_diets
from cantine_desktop.meals.reservations.model import Diet, Place
from cantine_desktop.meals.reservations.seating import reserve
from cantine_desktop.meals.services.model import MealService, ServiceState
from cantine_desktop.office.demo_kitchen import instant
from cantine_desktop.values.period import DAY

SOON = timedelta(days=12)
NAMES = (
    "Odile",
    "Karim",
    "Jeanne",
    "Mourad",
    "Lucie",
    "Ahmed",
    "Paulette",
    "Yann",
    "Fatou",
    "Bernard",
    "Nadia",
    "Élise",
    "Hugo",
    "Simone",
    "Rachid",
    "Camille",
    "Denise",
    "Léo",
    "Mireille",
    "Samir",
    "Agathe",
    "Gérard",
    "Inaya",
    "Thomas",
    "Colette",
)
"""First names as they are said on the phone."""
COOKS = 12
"""Who wants to cook at the very next service: more than the kitchen holds."""


def write_reservations(session: Session, today: date) -> None:
    """Write reservations for the days to come, fewer and fewer, and the diets of the next one.

    Args:
        session: The session of the action that writes the demonstration.
        today: The present day.
    """
    query = (
        select(MealService)
        .where(
            MealService.day >= today,
            MealService.day < today + SOON,
            MealService.state == ServiceState.PLANNED,
        )
        .order_by(MealService.day, MealService.meal_at)
    )
    for rank, service in enumerate(session.scalars(query).all()):
        _announce(session, service, rank, today)
        if rank == 0:
            set_diets(session, service.id, {Diet.VEGETARIAN: 3, Diet.NO_GLUTEN: 1})


def _announce(session: Session, service: MealService, rank: int, today: date) -> None:
    dice = random.Random(service.day.toordinal())  # noqa: S311  -- a fictional year, no secret
    names = dice.sample(NAMES, len(NAMES))
    many = max(3, 22 - 3 * rank)
    cooks = COOKS if rank == 0 else max(1, 8 - 2 * rank)
    called = instant(today - DAY, time(17, 30))
    for place, name in enumerate(names[:many]):
        if place < cooks:
            reserve(session, service.id, name, Place.COOK, 1, called)
        else:
            people = dice.choice((1, 1, 1, 2, 2, 3))
            reserve(session, service.id, name, Place.EAT, people, called)
