"""The lines of a week: who comes to cook, who comes to eat, as its paper and its grid show them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.meals.reservations.diets import adaptation
from cantine_desktop.meals.reservations.model import Place, Reservation, ReservationState
from cantine_desktop.meals.reservations.seating import Counts, counts_of
from cantine_desktop.meals.services.model import ServiceState
from cantine_desktop.meals.services.queries import ServiceRow, services_of
from cantine_desktop.values.period import Period

COOK_LINES = 10
EAT_LINES = 25
"""Lines of the sheet for each service; more only when more were noted."""


@dataclass(frozen=True)
class Line:
    """A reservation on its line.

    Attributes:
        key: Its number.
        name: Whose it is, or empty.
        place: To cook or to eat.
        people: How many.
        state: Where it stands.
        contact: Phone or e-mail, or empty.
        note: A few words, or empty.
    """

    key: int
    name: str
    place: Place
    people: int
    state: ReservationState
    contact: str
    note: str

    @property
    def text(self) -> str:
        """What is written on the line, as it could be typed back: « Odile +2 », « +1 »."""
        if not self.name:
            return f"+{self.people}"
        return self.name if self.people == 1 else f"{self.name} +{self.people - 1}"


@dataclass(frozen=True)
class ServiceLines:
    """A service of the week and its lines.

    Attributes:
        service: The service.
        counts: How full it is.
        lines: Its reservations in order of arrival, withdrawn ones apart.
        diets: What the kitchen adapts, in words, or empty.
    """

    service: ServiceRow
    counts: Counts
    lines: tuple[Line, ...]
    diets: str

    @property
    def is_open(self) -> bool:
        """Whether its reservations may still change."""
        return self.service.state is ServiceState.PLANNED

    def of(self, place: Place) -> list[Line]:
        """Return the lines of those who come to cook, or to eat only."""
        return [line for line in self.lines if line.place is place]


def week_of(session: Session, period: Period) -> list[ServiceLines]:
    """Return the services of a period with their lines, cancelled services left out."""
    services = services_of(session, period)
    keys = [service.key for service in services]
    counted = counts_of(session, keys) if keys else {}
    lines: dict[int, list[Line]] = {key: [] for key in keys}
    query = (
        select(Reservation)
        .where(Reservation.service_id.in_(keys), Reservation.state != ReservationState.WITHDRAWN)
        .order_by(Reservation.rank, Reservation.id)
    )
    for row in session.scalars(query):
        lines[row.service_id].append(line_of(row))
    return [
        ServiceLines(
            service,
            counted[service.key],
            tuple(lines[service.key]),
            adaptation(session, service.key),
        )
        for service in services
    ]


def line_of(row: Reservation) -> Line:
    """Return a reservation as lists show it."""
    return Line(row.id, row.name, row.place, row.people, row.state, row.contact, row.note)


def lines_needed(week: Sequence[ServiceLines], *, blank: bool = False) -> tuple[int, int]:
    """Return how many lines a sheet of these services has, to cook and to eat."""
    if blank or not week:
        return COOK_LINES, EAT_LINES
    cooks = max(len(each.of(Place.COOK)) for each in week)
    eaters = max(len(each.of(Place.EAT)) for each in week)
    return max(COOK_LINES, cooks), max(EAT_LINES, eaters)


def settle(before: Sequence[int | None], keys: Sequence[int], room: int) -> list[int | None]:
    """Put reservations on lines: each stays on its own, new ones take the first free ones.

    Args:
        before: Who stood on each line, or ``None``.
        keys: Who is there now, in order of arrival.
        room: Lines there are, as many as ``keys`` at least.
    """
    there = set(keys)
    lines = [key if key in there else None for key in before[:room]]
    lines += [None] * (room - len(lines))
    known = set(lines)
    free = (rank for rank, key in enumerate(lines) if key is None)
    for rank, key in zip(free, [key for key in keys if key not in known], strict=False):
        lines[rank] = key
    return lines
