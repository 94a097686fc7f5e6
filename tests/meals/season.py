"""A canteen's season to test with: usual services, and what is asked of them."""

from datetime import UTC, date, datetime, time

from sqlalchemy import select

from cantine_desktop.meals.services import planning
from cantine_desktop.meals.services.facts import PatternFacts, ServiceFacts
from cantine_desktop.meals.services.model import MealKind, MealService
from cantine_desktop.meals.services.queries import service_row, services_of
from cantine_desktop.meals.services.rhythm import Rhythm
from cantine_desktop.meals.services.single import facts_of
from cantine_desktop.values.period import Period

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)  # a Monday
NOVEMBER = Period.month(date(2026, 11, 1))
TUESDAY = date(2026, 11, 3)


def lunches(**others):
    facts = {
        "kind": MealKind.LUNCH,
        "cook_at": time(9, 30),
        "meal_at": time(12, 15),
        "seats": 35,
        "kitchen_places": 10,
        "rhythm": Rhythm("2345", date(2026, 11, 1)),
    }
    return PatternFacts(**(facts | others))


def one(day, **others):
    facts = {
        "kind": MealKind.DINNER,
        "cook_at": time(17),
        "meal_at": time(19, 30),
        "seats": 30,
        "kitchen_places": 8,
        "day": day,
    }
    return ServiceFacts(**(facts | others))


def plan(book, facts, until=date(2026, 12, 31)):
    with book.action("Planifier") as session:
        pattern = planning.add_pattern(session, facts, NOW)
        planning.fill(session, until, NOW)
        return pattern.id


def act(book, verb, *arguments, **options):
    with book.action("Agir") as session:
        return verb(session, *arguments, **options)


def days(book, period=NOVEMBER, *, cancelled=False):
    with book.read() as session:
        return [row.day for row in services_of(session, period, cancelled=cancelled)]


def key_on(book, day, kind=MealKind.LUNCH):
    with book.read() as session:
        query = select(MealService.id).where(MealService.day == day, MealService.kind == kind)
        return session.scalars(query).one()


def row_on(book, day, kind=MealKind.LUNCH):
    key = key_on(book, day, kind)
    with book.read() as session:
        return service_row(session, key)


def facts_on(book, day):
    with book.read() as session:
        return facts_of(session.get(MealService, key_on(book, day)))


def changed(facts, **others):
    return ServiceFacts(**(vars(facts) | others))
