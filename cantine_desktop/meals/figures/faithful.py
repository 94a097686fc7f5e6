"""Who comes back (K13): only where a canteen chose to know names, and only as counts."""

from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.meals.closing.model import ClosingPolicy, NamedContribution
from cantine_desktop.meals.services.model import MealService
from cantine_desktop.values.period import Period

DAYS = 90
"""Looked back from the end of a period."""
OFTEN = 3
"""Meals from which somebody is said to come back."""


class Faithful(NamedTuple):
    """How many named people came, and how many came often; no name."""

    people: int
    often: int


def faithful(session: Session, period: Period) -> Faithful | None:
    """Count the named people of the ninety days before the end of a period.

    ``None`` where names are not kept, or not for ninety days: half of them would be forgotten.
    """
    policy = session.scalars(select(ClosingPolicy)).first()
    if policy is None or not policy.names_allowed or policy.names_kept_days < DAYS:
        return None
    meals = (
        select(func.count(NamedContribution.service_id.distinct()).label("meals"))
        .join(MealService, NamedContribution.service_id == MealService.id)
        .where(MealService.day >= period.end - timedelta(days=DAYS), MealService.day < period.end)
        .group_by(func.lower(func.trim(NamedContribution.name)))
        .subquery()
    )
    people = session.scalar(select(func.count()).select_from(meals)) or 0
    often = session.scalar(select(func.count()).select_from(meals).where(meals.c.meals >= OFTEN))
    return Faithful(people, often or 0) if people else None
