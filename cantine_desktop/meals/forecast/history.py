"""What is known to forecast from: services closed, who had announced themselves, and the days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import the_canteen
from cantine_desktop.canteen.holidays import public_holiday
from cantine_desktop.canteen.school import school_holiday
from cantine_desktop.clock import civil_date
from cantine_desktop.meals.closing.model import ServiceClosing
from cantine_desktop.meals.closing.queries import standing
from cantine_desktop.meals.reservations.model import Reservation, ReservationState
from cantine_desktop.meals.services.model import MealKind, MealService
from cantine_desktop.meals.services.queries import ServiceRow

SCHOOL = "school"
"""A day of school holidays."""

BRIDGE = "bridge"
"""The eve or the morrow of a public holiday."""

RECENT = 300
"""Closings a forecast looks back at: a year and a half of four services a week."""

_MANY = 500
"""Keys one query may ask for."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A service as a forecast sees it.

    Attributes:
        marks: What is special about its day: ``SCHOOL``, ``BRIDGE``.
        seats: Places at table.
    """

    key: int
    day: date
    kind: MealKind
    meal_at: time
    seats: int
    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Held:
    """A service that was held and closed, and how many ate."""

    slot: Slot
    diners: int


@dataclass(frozen=True, slots=True)
class Announced:
    """Somebody announced for a service, without their name.

    Attributes:
        lead: Days before the service when they said so.
        came: ``None`` when nobody noted whether they came.
    """

    lead: int
    people: int
    came: bool | None


def department_of(session: Session) -> str:
    """Return the département of the canteen; empty before it is given."""
    canteen = the_canteen(session)
    return canteen.department if canteen else ""


def marks_of(department: str, day: date) -> frozenset[str]:
    """Return what is special about a day for who comes."""
    found: set[str] = set()
    if school_holiday(department, day):
        found.add(SCHOOL)
    around = (day - timedelta(days=1), day + timedelta(days=1))
    if any(public_holiday(department, each) for each in around):
        found.add(BRIDGE)
    return frozenset(found)


def slots_of(session: Session, rows: Iterable[ServiceRow]) -> list[Slot]:
    """Return services of the calendar as a forecast sees them."""
    department = department_of(session)
    return [
        Slot(row.key, row.day, row.kind, row.meal_at, row.seats, marks_of(department, row.day))
        for row in rows
    ]


def held_before(session: Session, day: date, limit: int | None = RECENT) -> list[Held]:
    """Return the services closed and held before a day, the oldest first.

    A closing that tells no diners is left out: missing is missing. Of a corrected closing, the
    one that stands is taken.

    Args:
        session: A session of the book.
        day: A civil day; services of that day are left out.
        limit: How many at most, the last ones; ``None`` for all.
    """
    query = (
        select(
            MealService.id,
            MealService.day,
            MealService.kind,
            MealService.meal_at,
            MealService.seats,
            ServiceClosing.diners,
        )
        .join(ServiceClosing, ServiceClosing.service_id == MealService.id)
        .where(MealService.day < day, ServiceClosing.diners.is_not(None), *standing())
        .order_by(MealService.day.desc(), MealService.meal_at.desc(), MealService.id.desc())
        .limit(limit)
    )
    department = department_of(session)
    found = [
        Held(Slot(key, on, kind, at, seats, marks_of(department, on)), diners or 0)
        for key, on, kind, at, seats, diners in session.execute(query)
    ]
    return found[::-1]


def announced_for(session: Session, slots: Sequence[Slot]) -> dict[int, list[Announced]]:
    """Return who announced themselves for services; a place given back counts no more.

    When a place was given back is not kept: a service seen some days ahead looks as if it
    never had been taken.
    """
    days = {slot.key: slot.day for slot in slots}
    keys = list(days)
    found: dict[int, list[Announced]] = {}
    left = (ReservationState.WITHDRAWN, ReservationState.WAITING)
    for start in range(0, len(keys), _MANY):
        query = select(
            Reservation.service_id, Reservation.recorded_at, Reservation.people, Reservation.state
        ).where(
            Reservation.service_id.in_(keys[start : start + _MANY]), Reservation.state.not_in(left)
        )
        for key, at, people, state in session.execute(query):
            lead = max((days[key] - civil_date(at)).days, 0)
            came = {ReservationState.CAME: True, ReservationState.NO_SHOW: False}.get(state)
            found.setdefault(key, []).append(Announced(lead, people, came))
    return found
