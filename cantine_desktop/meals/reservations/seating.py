"""Giving places at table and in the kitchen; who finds none waits, and moves up by itself."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.clock import PARIS
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.meals.reservations.model import Place, Reservation, ReservationState
from cantine_desktop.meals.services.model import MealService, ServiceState

SITTING = frozenset({ReservationState.SEATED, ReservationState.CAME})
"""States that hold a place."""


@dataclass(frozen=True)
class Counts:
    """How full a service is, in people.

    Attributes:
        eaters: Who come to eat only, and have a place.
        cooks: Who come to cook, and have a place: they eat too.
        waiting: Who wait for a place.
        seats: Places at table.
        kitchen_places: Places in the kitchen.
    """

    eaters: int
    cooks: int
    waiting: int
    seats: int
    kitchen_places: int

    @property
    def free(self) -> int:
        """Places left at table; never below zero."""
        return max(0, self.seats - self.eaters - self.cooks)

    @property
    def kitchen_free(self) -> int:
        """Places left to cook: a cook needs one at table too."""
        return min(self.free, max(0, self.kitchen_places - self.cooks))

    def has_room(self, place: Place, people: int) -> bool:
        """Tell whether so many more find their places."""
        return people <= (self.kitchen_free if place is Place.COOK else self.free)


def counts(session: Session, service_id: int) -> Counts:
    """Return how full a service is."""
    return counts_of(session, [service_id])[service_id]


def counts_of(session: Session, service_ids: Collection[int]) -> dict[int, Counts]:
    """Return how full services are, by their numbers, in two questions."""
    query = (
        select(
            Reservation.service_id,
            Reservation.place,
            Reservation.state,
            func.sum(Reservation.people),
        )
        .where(Reservation.service_id.in_(service_ids))
        .group_by(Reservation.service_id, Reservation.place, Reservation.state)
    )
    totals: dict[tuple[int, Place | None], int] = {}
    for service_id, place, state, people in session.execute(query):
        if state in SITTING or state is ReservationState.WAITING:
            spot = (service_id, place if state in SITTING else None)
            totals[spot] = totals.get(spot, 0) + int(people)
    services = session.scalars(select(MealService).where(MealService.id.in_(service_ids)))
    return {
        service.id: Counts(
            totals.get((service.id, Place.EAT), 0),
            totals.get((service.id, Place.COOK), 0),
            totals.get((service.id, None), 0),
            service.seats,
            service.kitchen_places,
        )
        for service in services
    }


def reservations_of(session: Session, service_id: int) -> list[Reservation]:
    """Return the reservations of a service in order of arrival, withdrawn ones apart."""
    query = select(Reservation).where(
        Reservation.service_id == service_id,
        Reservation.state != ReservationState.WITHDRAWN,
    )
    return list(session.scalars(query.order_by(Reservation.rank, Reservation.id)))


def reserve(
    session: Session,
    service_id: int,
    name: str,
    place: Place,
    people: int,
    now: datetime,
    *,
    contact: str = "",
) -> Reservation:
    """Note a reservation: it has its places, or waits when they are not there.

    Args:
        session: The session of an action.
        service_id: The service.
        name: As said on the phone; empty for a placeholder.
        place: To cook or to eat only.
        people: How many, one at least.
        now: Present instant, aware.
        contact: Phone or e-mail, when they want to be called.

    Raises:
        UserError: The service is cancelled or closed, or nobody comes.
    """
    _open_service(session, service_id)
    _refuse_nobody(people)
    has_room = counts(session, service_id).has_room(place, people)
    row = Reservation(
        service_id=service_id,
        name=name.strip(),
        place=place,
        rank=_next_rank(session, service_id),
        recorded_at=now,
        people=people,
        state=ReservationState.SEATED if has_room else ReservationState.WAITING,
        contact=contact.strip(),
    )
    session.add(row)
    session.flush()
    return row


def withdraw(session: Session, reservation_id: int) -> list[Reservation]:
    """Take a reservation off, and return who moves up from the waiting list."""
    row = session.get_one(Reservation, reservation_id)
    _open_service(session, row.service_id)
    row.state = ReservationState.WITHDRAWN
    return promote(session, row.service_id)


def change(
    session: Session,
    reservation_id: int,
    *,
    name: str,
    place: Place,
    people: int,
    contact: str | None = None,
    note: str | None = None,
) -> list[Reservation]:
    """Change who comes, to do what or how many; return who moves up from the waiting list.

    Args:
        session: The session of an action.
        reservation_id: The reservation.
        name: Whose it is; empty for a placeholder.
        place: To cook or to eat only.
        people: How many, one at least.
        contact: Phone or e-mail; ``None`` leaves it.
        note: A few words; ``None`` leaves them.

    Raises:
        UserError: Nobody comes, or there is no room for what is asked.
    """
    row = session.get_one(Reservation, reservation_id)
    _open_service(session, row.service_id)
    _refuse_nobody(people)
    has_moved = (row.place, row.people) != (place, people)
    if has_moved:
        _move(session, row, place, people)
    row.name = name.strip()
    row.contact = row.contact if contact is None else contact.strip()
    row.note = row.note if note is None else note.strip()
    session.flush()
    return promote(session, row.service_id) if has_moved else []


def promote(session: Session, service_id: int) -> list[Reservation]:
    """Give free places to who waits, in order of arrival; return who moves up.

    Those for whom there is not room enough keep their rank and wait on.
    """
    session.flush()
    moved: list[Reservation] = []
    for row in reservations_of(session, service_id):
        if row.state is not ReservationState.WAITING:
            continue
        if counts(session, service_id).has_room(row.place, row.people):
            row.state = ReservationState.SEATED
            session.flush()
            moved.append(row)
    return moved


def promote_all(session: Session) -> list[Reservation]:
    """Give free places to who waits for any planned service; return who moves up.

    Call it when places may have been added elsewhere: a service changed, a series too.
    """
    session.flush()
    query = (
        select(Reservation.service_id)
        .join(MealService, Reservation.service_id == MealService.id)
        .where(
            Reservation.state == ReservationState.WAITING,
            MealService.state == ServiceState.PLANNED,
        )
        .distinct()
        .order_by(Reservation.service_id)
    )
    return [row for key in session.scalars(query).all() for row in promote(session, key)]


def came(session: Session, reservation_id: int) -> None:
    """Note that they came; those who waited too, when they were let in."""
    session.get_one(Reservation, reservation_id).state = ReservationState.CAME
    session.flush()


def mark_no_show(
    session: Session, reservation_id: int, now: datetime | None = None
) -> list[Reservation]:
    """Note that they do not come; before the meal, their place goes to who waits.

    Args:
        session: The session of an action.
        reservation_id: The reservation.
        now: Present instant; ``None``, or an instant after the meal began, calls nobody.

    Returns:
        Who moves up from the waiting list.
    """
    row = session.get_one(Reservation, reservation_id)
    row.state = ReservationState.NO_SHOW
    session.flush()
    service = session.get_one(MealService, row.service_id)
    if now is None or service.state is not ServiceState.PLANNED:
        return []
    meal = datetime.combine(service.day, service.meal_at, PARIS)
    return promote(session, row.service_id) if now < meal else []


def expect_again(session: Session, reservation_id: int) -> None:
    """Take back « came » or « absent »: they are expected, or wait if their place is taken."""
    row = session.get_one(Reservation, reservation_id)
    if row.state is ReservationState.CAME:
        row.state = ReservationState.SEATED
    elif row.state is ReservationState.NO_SHOW:
        has_room = counts(session, row.service_id).has_room(row.place, row.people)
        row.state = ReservationState.SEATED if has_room else ReservationState.WAITING
    session.flush()


def names_in_words(rows: Sequence[Reservation]) -> str:
    """Name reservations: « Odile, Karim (3 personnes), une place sans nom »."""
    return ", ".join(_in_words(row) for row in rows)


def _in_words(row: Reservation) -> str:
    name = row.name or tr("une place sans nom")
    if row.people == 1:
        return name
    return tr("{name} ({n} personnes)").format(name=name, n=row.people)


def _move(session: Session, row: Reservation, place: Place, people: int) -> None:
    """Give a reservation another place or number.

    Raises:
        UserError: There is no room for it.
    """
    before = row.place, row.people, row.state
    row.place, row.people = place, people
    if row.state in SITTING:
        row.state = ReservationState.WAITING
        session.flush()
        has_room = counts(session, row.service_id).has_room(place, people)
        row.state = before[2]
        if not has_room:
            row.place, row.people = before[:2]
            session.flush()
            raise UserError(tr("Il n’y a pas assez de places pour ce changement."))


def _open_service(session: Session, service_id: int) -> None:
    service = session.get(MealService, service_id)
    if service is None:
        raise UserError(tr("Ce service n’existe plus. Choisissez-en un autre."))
    if service.state is ServiceState.CANCELLED:
        raise UserError(tr("Ce service est annulé : rétablissez-le avant de réserver."))
    if service.state is ServiceState.CLOSED:
        raise UserError(tr("Ce service est clos : ses réservations ne changent plus."))


def _refuse_nobody(people: int) -> None:
    if people < 1:
        raise UserError(tr("Une réservation compte au moins une personne."))


def _next_rank(session: Session, service_id: int) -> int:
    query = select(func.max(Reservation.rank)).where(Reservation.service_id == service_id)
    return (session.scalar(query) or 0) + 1
