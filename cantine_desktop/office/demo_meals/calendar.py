"""The services of the demonstration: what comes back, what was held, what is to come."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from cantine_desktop.i18n import tr
from cantine_desktop.meals.services import planning
from cantine_desktop.meals.services.facts import PatternFacts
from cantine_desktop.meals.services.model import MealKind, MealService, ServicePattern
from cantine_desktop.meals.services.rhythm import Rhythm
from cantine_desktop.office.demo_kitchen import instant
from cantine_desktop.values.period import DAY

SEATS, KITCHEN_PLACES = 35, 10
AHEAD = timedelta(weeks=6)
"""How far ahead the calendar is filled."""


class Served(NamedTuple):
    """A service that takes place: its day, and what people call it."""

    day: date
    name: str


class Hours(NamedTuple):
    """When cooks arrive and when the meal begins."""

    kind: MealKind
    cook_at: time
    meal_at: time


HOURS = {
    "lunch": Hours(MealKind.LUNCH, time(9, 30), time(12, 30)),
    "dinner": Hours(MealKind.DINNER, time(17), time(19, 30)),
    "brunch": Hours(MealKind.BRUNCH, time(9), time(11, 30)),
}


def write_services(
    session: Session, held: Iterable[Served], first: date, today: date
) -> dict[Served, MealService]:
    """Write the usual services, those that were held, and those of the weeks to come.

    Args:
        session: The session of the action that writes the demonstration.
        held: Services up to the present day.
        first: First day told in full.
        today: The present day.
    """
    patterns = _patterns(session, first)
    found: dict[Served, MealService] = {}
    for served in held:
        hours = _hours(served)
        pattern = patterns[hours.kind]
        is_usual = _gives(pattern, served.day)
        found[served] = MealService(
            day=served.day,
            kind=hours.kind,
            cook_at=hours.cook_at,
            meal_at=hours.meal_at,
            seats=SEATS,
            kitchen_places=KITCHEN_PLACES,
            pattern_id=pattern.id if is_usual else None,
            original_day=served.day if is_usual else None,
        )
    session.add_all(found.values())
    for pattern in patterns.values():
        pattern.filled_until = today
    session.flush()
    planning.fill(session, today + AHEAD, instant(today, time(7)))
    return found


def _patterns(session: Session, first: date) -> dict[MealKind, ServicePattern]:
    rhythms = {
        "lunch": Rhythm(weekdays="2345", first=first),
        "dinner": Rhythm(weekdays="5", first=first, every_weeks=2),
        "brunch": Rhythm(weekdays="7", first=first, nth_of_month=1),
    }
    found: dict[MealKind, ServicePattern] = {}
    for key, rhythm in rhythms.items():
        kind, cook_at, meal_at = HOURS[key]
        facts = PatternFacts(
            kind=kind,
            cook_at=cook_at,
            meal_at=meal_at,
            seats=SEATS,
            kitchen_places=KITCHEN_PLACES,
            rhythm=rhythm,
        )
        found[kind] = planning.add_pattern(session, facts, instant(first - DAY, time(9)))
    return found


def _hours(served: Served) -> Hours:
    names = {tr("Déjeuner"): "lunch", tr("Soirée"): "dinner", tr("Brunch"): "brunch"}
    return HOURS[names[served.name]]


def _gives(pattern: ServicePattern, day: date) -> bool:
    """Tell whether a usual service falls on a day."""
    if str(day.isoweekday()) not in pattern.weekdays:
        return False
    if pattern.nth_of_month is not None:
        return (day.day - 1) // 7 + 1 == pattern.nth_of_month
    begun = pattern.first - timedelta(days=pattern.first.weekday())
    return (day - begun).days // 7 % pattern.every_weeks == 0
