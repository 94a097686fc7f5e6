"""Years of services with their closings: a seeded history whose truth is known."""

import random
from datetime import UTC, date, datetime, time, timedelta
from math import sqrt

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.canteen.school import school_holiday
from cantine_desktop.finance.postings.model import Takings
from cantine_desktop.meals.closing.model import ServiceClosing
from cantine_desktop.meals.forecast.history import SCHOOL, Held, Slot
from cantine_desktop.meals.reservations.model import Place, Reservation, ReservationState
from cantine_desktop.meals.services.model import (
    ContributionMode,
    MealKind,
    MealService,
    ServiceState,
)

WEEKDAYS = {1: 30, 2: 24, 3: 36, 4: 42}
"""Diners by weekday as Monday is 0: Tuesday to Friday."""

DEPARTMENT = "67"


def truth(day, drift=0.0, holiday=0.75):
    """Return the mean number of diners of a day."""
    mean = WEEKDAYS[day.weekday()] * (1 + drift * (day - date(2024, 9, 1)).days / 365)
    return mean * (holiday if school_holiday(DEPARTMENT, day) else 1.0)


def history(last, weeks=104, seed=1, drift=0.0, holiday=0.75, seats=80):
    """Return held services up to a day, with Poisson-like noise around the truth."""
    rng = random.Random(seed)
    found = []
    day = last - timedelta(weeks=weeks)
    while day < last:
        day += timedelta(days=1)
        if day.weekday() not in WEEKDAYS:
            continue
        mean = truth(day, drift, holiday)
        diners = max(round(rng.gauss(mean, sqrt(mean))), 0)
        marks = frozenset({SCHOOL} if school_holiday(DEPARTMENT, day) else ())
        slot = Slot(len(found) + 1, day, MealKind.LUNCH, time(12, 15), seats, marks)
        found.append(Held(slot, diners))
    return found


def fill(book, past, announced=None, cooks=6):
    """Write held services into a book, with closings; ``announced`` gives reservations."""
    with book.action("Remplir") as session:
        session.add(Canteen(name="La Tablée", open_weekdays="2345", department=DEPARTMENT))
        takings = Takings(day=date(2024, 1, 1), reference="S2024-001", service="Déjeuner", meals=1)
        session.add(takings)
        session.flush()
        services = [_service(held.slot) for held in past]
        session.add_all(services)
        session.flush()
        for held, service in zip(past, services, strict=True):
            session.add(_closing(held, service.id, takings.id, cooks))
            for lead, people, state in (announced or {}).get(held.slot.key, ()):
                session.add(_place(service, lead, people, state))


def plan(book, days, seats=80, **more):
    """Add services to come; return their keys."""
    with book.action("Planifier") as session:
        rows = [
            MealService(
                day=day,
                kind=MealKind.LUNCH,
                cook_at=time(9, 30),
                meal_at=time(12, 15),
                seats=seats,
                kitchen_places=10,
                **more,
            )
            for day in days
        ]
        session.add_all(rows)
        session.flush()
        return [row.id for row in rows]


def announce(book, key, people, state=ReservationState.SEATED, at=None):
    with book.action("Réserver") as session:
        at = at or datetime(2026, 11, 20, 9, tzinfo=UTC)
        session.add(
            Reservation(
                service_id=key,
                name="Odile",
                place=Place.EAT,
                rank=1,
                recorded_at=at,
                people=people,
                state=state,
            )
        )


def _service(slot):
    return MealService(
        day=slot.day,
        kind=slot.kind,
        cook_at=time(9, 30),
        meal_at=slot.meal_at,
        seats=slot.seats,
        kitchen_places=10,
        state=ServiceState.CLOSED,
    )


def _closing(held, service, takings, cooks):
    return ServiceClosing(
        service_id=service,
        mode=ContributionMode.TOTAL,
        diners=held.diners,
        cooks=min(cooks, held.diners),
        newcomers=held.diners // 10,
        takings_id=takings,
    )


def _place(service, lead, people, state):
    return Reservation(
        service_id=service.id,
        name="",
        place=Place.EAT,
        rank=1,
        recorded_at=datetime.combine(service.day - timedelta(days=lead), time(10), UTC),
        people=people,
        state=state,
    )
