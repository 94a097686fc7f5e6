"""What is proved of reservations when a book is verified: places, waiting lists, forgetting."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import tr
from cantine_desktop.meals.reservations.model import (
    DietCount,
    Place,
    Reservation,
    ReservationState,
)
from cantine_desktop.meals.reservations.seating import Counts, counts_of
from cantine_desktop.meals.services.model import MealService, ServiceState
from cantine_desktop.storage.findings import Finding, at
from cantine_desktop.storage.history import Action

TABLE = Reservation.__tablename__
KEPT = timedelta(days=366 + 31)
"""The longest a canteen may keep names, and a month for a computer that stayed off."""
DIETS_KEPT = timedelta(days=31)


def check(session: Session) -> Iterator[Finding]:
    """Find services over their places, who waits though there is room, words kept too long."""
    yield from _check_places(session)
    yield from _check_waiting(session)
    yield from _check_forgetting(session)


def _check_places(session: Session) -> Iterator[Finding]:
    """Find planned services where more people hold a place than there are."""
    holding = (
        select(
            Reservation.service_id,
            Reservation.place,
            func.sum(Reservation.people),
            MealService.seats,
            MealService.kitchen_places,
        )
        .join(MealService, Reservation.service_id == MealService.id)
        .where(
            Reservation.state == ReservationState.SEATED,
            MealService.state == ServiceState.PLANNED,
        )
        .group_by(
            Reservation.service_id,
            Reservation.place,
            MealService.seats,
            MealService.kitchen_places,
        )
        .order_by(Reservation.service_id)
    )
    held: dict[int, Counts] = {}
    for key, place, people, seats, kitchen in session.execute(holding):
        known = held.get(key, Counts(0, 0, 0, seats, kitchen))
        eaters = known.eaters + (int(people) if place is Place.EAT else 0)
        cooks = known.cooks + (int(people) if place is Place.COOK else 0)
        held[key] = Counts(eaters, cooks, 0, seats, kitchen)
    for key, counts in held.items():
        spot = MealService.__tablename__, key
        if counts.eaters + counts.cooks > counts.seats:
            text = tr("{n} personnes inscrites pour {seats} places à table")
            yield at(spot, text, n=counts.eaters + counts.cooks, seats=counts.seats)
        if counts.cooks > counts.kitchen_places:
            text = tr("{n} personnes inscrites pour {places} places en cuisine")
            yield at(spot, text, n=counts.cooks, places=counts.kitchen_places)


def _check_waiting(session: Session) -> Iterator[Finding]:
    """Find who waits for a planned service of days to come though there is room."""
    day = _last_day(session)
    if day is None:
        return
    query = (
        select(Reservation)
        .join(MealService, Reservation.service_id == MealService.id)
        .where(
            Reservation.state == ReservationState.WAITING,
            MealService.state == ServiceState.PLANNED,
            MealService.day > day,
        )
        .order_by(Reservation.service_id, Reservation.rank)
    )
    rows = list(session.scalars(query))
    counted = counts_of(session, {row.service_id for row in rows}) if rows else {}
    for row in rows:
        if counted[row.service_id].has_room(row.place, row.people):
            yield at((TABLE, row.id), tr("attend, alors qu’il reste des places"))


def _check_forgetting(session: Session) -> Iterator[Finding]:
    """Find names and diets that outlived their days."""
    day = _last_day(session)
    if day is None:
        return
    words = (Reservation.name, Reservation.contact, Reservation.note)
    worded = or_(*(func.length(column) > 0 for column in words))
    query = (
        select(Reservation.id, Reservation.forgotten_at)
        .join(MealService, Reservation.service_id == MealService.id)
        .where(worded, or_(Reservation.forgotten_at.is_not(None), MealService.day < day - KEPT))
        .order_by(Reservation.id)
    )
    for key, forgotten_at in session.execute(query):
        late, again = tr("garde un nom depuis plus d’un an"), tr("garde un nom après son oubli")
        yield at((TABLE, key), again if forgotten_at is not None else late)
    counts = (
        select(DietCount.id)
        .join(MealService, DietCount.service_id == MealService.id)
        .where(MealService.day < day - DIETS_KEPT)
        .order_by(DietCount.id)
    )
    for key in session.scalars(counts):
        yield at((DietCount.__tablename__, key), tr("un régime du jour est gardé après le repas"))


def _last_day(session: Session) -> date | None:
    """Return the day the book was last worked on: a check has no other clock."""
    last = session.scalar(select(func.max(Action.at)))
    return None if last is None else civil_date(last)
