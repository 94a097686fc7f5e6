"""What the calendar holds: the services of a period, the next one, the one at hand."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.clock import PARIS, civil_date
from cantine_desktop.i18n import tr
from cantine_desktop.meals.services.model import (
    KINDS,
    ContributionMode,
    MealKind,
    MealService,
    ServicePattern,
    ServicePolicy,
    ServiceState,
)
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import fold

FORGOTTEN_DAYS = 3
"""A service that nobody closed stays at hand that many days."""


@dataclass(frozen=True)
class ServiceRow:
    """A service as lists show it.

    Attributes:
        key: Its number.
        day: Its civil day.
        kind: What it is.
        title: What people call it: its name, or the word of its kind.
        cook_at: When cooks arrive.
        meal_at: When the meal begins.
        seats: Places at table.
        kitchen_places: Places in the kitchen.
        state: Where it stands.
        name: The free words somebody gave, or empty.
        reason: Why it is cancelled.
        pattern_id: What gave it, or ``None``.
        is_changed: It differs from its pattern.
        expected: Diners somebody expects, or ``None``.
        mode: How contributions are noted, or ``None`` for the canteen's way.
        note: Free words for the team.
    """

    key: int
    day: date
    kind: MealKind
    title: str
    cook_at: time
    meal_at: time
    seats: int
    kitchen_places: int
    state: ServiceState
    name: str
    reason: str
    pattern_id: int | None
    is_changed: bool
    expected: int | None
    mode: ContributionMode | None
    note: str

    @property
    def begins(self) -> datetime:
        """The instant cooks arrive."""
        return datetime.combine(self.day, self.cook_at, PARIS)

    @property
    def meal(self) -> datetime:
        """The instant the meal begins."""
        return datetime.combine(self.day, self.meal_at, PARIS)


def title(service: MealService | ServiceRow) -> str:
    """Return what people call a service: its name, or the word of its kind."""
    return service.name or tr(KINDS[service.kind])


def services_of(session: Session, period: Period, *, cancelled: bool = False) -> list[ServiceRow]:
    """Return the services of a period, in the order of their meals.

    Args:
        session: A session of the book.
        period: Civil days.
        cancelled: Those that are cancelled too.
    """
    query = _in_order().where(MealService.day >= period.first, MealService.day < period.end)
    if not cancelled:
        query = query.where(MealService.state != ServiceState.CANCELLED)
    return [_row(service) for service in session.scalars(query)]


def service_row(session: Session, key: int) -> ServiceRow | None:
    """Return one service, or ``None`` when it is not there any more."""
    service = session.get(MealService, key)
    return _row(service) if service is not None else None


def next_service(session: Session, now: datetime) -> ServiceRow | None:
    """Return the first service whose meal is still to come, or ``None``."""
    today = civil_date(now)
    query = _planned().where(MealService.day >= today).limit(_MANY)
    coming = (_row(service) for service in session.scalars(query))
    return next((row for row in coming if row.meal > now), None)


def current_service(session: Session, now: datetime) -> ServiceRow | None:
    """Return the service at hand: the one of today to close, or else the one to come.

    The last one of today whose cooks have arrived comes first; then the next of today; then
    one of the last days that nobody closed; then the next of all.
    """
    today = civil_date(now)
    query = _planned().where(
        MealService.day >= today - timedelta(days=FORGOTTEN_DAYS), MealService.day <= today
    )
    rows = [_row(service) for service in session.scalars(query)]
    begun = [row for row in rows if row.day == today and row.begins <= now]
    later = [row for row in rows if row.day == today and row.begins > now]
    if begun or later:
        return begun[-1] if begun else later[0]
    return rows[-1] if rows else next_service(session, now)


def neighbours(session: Session, key: int) -> tuple[int | None, int | None]:
    """Return the services before and after one, cancelled ones left out."""
    here = session.get(MealService, key)
    if here is None:
        return None, None
    around = Period.through(here.day - timedelta(days=_FAR), here.day + timedelta(days=_FAR))
    rows = services_of(session, around, cancelled=True)
    rows = [row for row in rows if row.key == key or row.state is not ServiceState.CANCELLED]
    at = [row.key for row in rows].index(key)
    before = rows[at - 1].key if at else None
    after = rows[at + 1].key if at + 1 < len(rows) else None
    return before, after


def patterns(session: Session) -> list[ServicePattern]:
    """Return the usual services, in the order of the week; those that ended are among them."""
    found = session.scalars(select(ServicePattern)).all()
    return sorted(
        found,
        key=lambda row: (row.weekdays, row.meal_at, row.first, row.id),
    )


def policy(session: Session) -> ServicePolicy:
    """Return how the canteen plans its services: its row, or the usual ways."""
    return session.scalar(select(ServicePolicy).limit(1)) or ServicePolicy()


def calendar_key(session: Session) -> str:
    """Return what the canteen's services would be known by in copied calendars."""
    return re.sub(r"[^a-z0-9]+", "-", fold(canteen_name(session))).strip("-") or "cantine"


_FAR = 120
"""Days around a service in which its neighbours are looked for."""

_MANY = 10
"""More services than a day holds."""


def _in_order() -> Select[MealService]:
    return select(MealService).order_by(MealService.day, MealService.meal_at, MealService.id)


def _planned() -> Select[MealService]:
    return _in_order().where(MealService.state == ServiceState.PLANNED)


def _row(service: MealService) -> ServiceRow:
    return ServiceRow(
        service.id,
        service.day,
        service.kind,
        title(service),
        service.cook_at,
        service.meal_at,
        service.seats,
        service.kitchen_places,
        service.state,
        service.name,
        service.reason,
        service.pattern_id,
        service.is_changed,
        service.expected,
        service.mode,
        service.note,
    )
