"""What is written here for other programs: places counted by service, without a name."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.exchange.registry import Export, Import
from cantine_desktop.exchange.writers import Table, Value, csv_export
from cantine_desktop.i18n import mark
from cantine_desktop.meals.reservations.model import Reservation, ReservationState
from cantine_desktop.meals.reservations.seating import counts_of
from cantine_desktop.meals.services.queries import services_of
from cantine_desktop.values.period import Period


def reservation_table(session: Session, period: Period, now: datetime) -> Table:
    """Return how many people reserved for each service of a period, in rows that name nobody."""
    del now
    services = services_of(session, period)
    keys = [service.key for service in services]
    counted = counts_of(session, keys) if keys else {}
    people = _people(session, keys)
    rows: list[list[Value]] = []
    for service in services:
        counts = counted[service.key]
        states = {
            state: people.get((service.key, state), 0)
            for state in (ReservationState.CAME, ReservationState.NO_SHOW)
        }
        rows.append([
            service.day,
            service.title,
            counts.seats,
            counts.kitchen_places,
            counts.eaters + counts.cooks,
            counts.cooks,
            counts.waiting,
            *states.values(),
        ])
    headings = [
        *("jour", "service", "places à table", "places en cuisine", "inscrits"),
        *("dont en cuisine", "en attente", "venus", "absents"),
    ]
    return Table(headings, rows)


def _people(session: Session, keys: list[int]) -> dict[tuple[int, ReservationState], int]:
    query = (
        select(Reservation.service_id, Reservation.state, func.sum(Reservation.people))
        .where(Reservation.service_id.in_(keys))
        .group_by(Reservation.service_id, Reservation.state)
    )
    return {(key, state): int(total) for key, state, total in session.execute(query)}


EXPORTS: tuple[Export, ...] = (
    csv_export("reservations", mark("Réservations par service"), reservation_table, "meals"),
)
IMPORTS: tuple[Import, ...] = ()
