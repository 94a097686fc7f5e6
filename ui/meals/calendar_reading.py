"""What the calendar shows of each day, read once for a whole period."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import closed_days, the_canteen
from cantine_desktop.canteen.holidays import public_holidays
from cantine_desktop.canteen.school import school_holiday
from cantine_desktop.i18n import long_day, tr, trn
from cantine_desktop.meals.reservations.model import Place, Reservation, ReservationState
from cantine_desktop.meals.services.model import STATES, ServiceState
from cantine_desktop.meals.services.queries import ServiceRow, services_of
from cantine_desktop.values.period import Period


@dataclass(frozen=True)
class ShownMeal:
    """A service and how many are announced.

    Attributes:
        row: The service.
        announced: Everybody who has a place, cooks among them.
        cooks: Those who come to cook.
        is_due: It is past and nobody closed it.
    """

    row: ServiceRow
    announced: int
    cooks: int
    is_due: bool

    @property
    def state_words(self) -> str:
        """Where it stands, in a word or two."""
        return tr("À clôturer") if self.is_due else tr(STATES[self.row.state])

    @property
    def words(self) -> str:
        """All of it in one line, for lists and screen readers."""
        row = self.row
        told = tr("{meal} {title}, {announced} sur {seats}, {state}").format(
            meal=f"{row.meal_at:%H:%M}",
            title=row.title,
            announced=trn("{n} inscrit", "{n} inscrits", self.announced),
            seats=row.seats,
            state=self.state_words.lower(),
        )
        return f"{told} ({row.reason})" if row.reason else told


@dataclass(frozen=True)
class ShownDay:
    """A day of the calendar.

    Attributes:
        day: The day.
        holiday: Name of its public holiday, or empty.
        school: Name of the school holidays it is in, or empty.
        closed: Why the canteen is closed, empty when nobody said why; ``None`` for an open day.
        services: Its services, in order, cancelled ones among them.
    """

    day: date
    holiday: str
    school: str
    closed: str | None
    services: tuple[ShownMeal, ...]

    @property
    def marks(self) -> str:
        """What is said of the day itself: closed, public holiday."""
        closed = self.closed
        if closed is not None:
            reason = closed or self.holiday
            return tr("Fermé : {reason}").format(reason=reason) if reason else tr("Fermé")
        return self.holiday

    @property
    def words(self) -> str:
        """All of it, for screen readers."""
        parts = [long_day(self.day), self.marks, self.school]
        parts += [service.words for service in self.services] or [tr("aucun service")]
        return ". ".join(part for part in parts if part)


def read_days(session: Session, period: Period, today: date) -> list[ShownDay]:
    """Return every day of a period, in order, with what stands on it."""
    canteen = the_canteen(session)
    department = canteen.department if canteen else ""
    years = range(period.first.year, period.last.year + 1)
    holidays = {d: n for year in years for d, n in public_holidays(department, year).items()}
    closed = {row.day: row.reason for row in closed_days(session, period)}
    rows = services_of(session, period, cancelled=True)
    announced = announced_of(session, [row.key for row in rows])
    services: dict[date, list[ShownMeal]] = {}
    for row in rows:
        eat, cook = announced.get(row.key, (0, 0))
        due = row.state is ServiceState.PLANNED and row.day < today
        services.setdefault(row.day, []).append(ShownMeal(row, eat + cook, cook, due))
    return [
        ShownDay(
            day,
            holidays.get(day, ""),
            school_holiday(department, day),
            closed.get(day),
            tuple(services.get(day, ())),
        )
        for day in period.days
    ]


def announced_of(session: Session, keys: Collection[int]) -> dict[int, tuple[int, int]]:
    """Return how many eat and how many cook, by service; those who wait are not counted."""
    if not keys:
        return {}
    query = (
        select(Reservation.service_id, Reservation.place, func.sum(Reservation.people))
        .where(
            Reservation.service_id.in_(keys),
            Reservation.state.in_([ReservationState.SEATED, ReservationState.CAME]),
        )
        .group_by(Reservation.service_id, Reservation.place)
    )
    found: dict[int, tuple[int, int]] = {}
    for key, place, people in session.execute(query):
        eat, cook = found.get(key, (0, 0))
        found[key] = (eat, cook + people) if place is Place.COOK else (eat + people, cook)
    return found
