"""The services of a week as the roster needs them: when they are, and for how many."""

from datetime import date, time
from typing import NamedTuple

from sqlalchemy.orm import Session

from cantine_desktop.meals.reservations.seating import counts_of
from cantine_desktop.meals.services.model import ServiceState
from cantine_desktop.meals.services.queries import services_of
from cantine_desktop.storage.watch import watch_of
from cantine_desktop.values.period import Period


class RosterMeal(NamedTuple):
    """A service that the team holds.

    Attributes:
        meal: Kind of the service, as ``MealKind`` spells it.
        title: What people call it.
        cook_at: When cooks arrive; ``meal_at``, when the meal begins: local times.
        announced: Who said they come, cooks among them.
    """

    day: date
    meal: str
    title: str
    cook_at: time
    meal_at: time
    announced: int


def roster_meals(session: Session, week: Period) -> list[RosterMeal]:
    """Return the services of some days that are not cancelled; none to who may not read them."""
    if not watch_of(session).actor.may_read("meals"):
        return []
    rows = [row for row in services_of(session, week) if row.state is not ServiceState.CANCELLED]
    counts = counts_of(session, [row.key for row in rows])
    return [
        RosterMeal(
            row.day,
            row.kind,
            row.title,
            row.cook_at,
            row.meal_at,
            counts[row.key].eaters + counts[row.key].cooks,
        )
        for row in rows
    ]
