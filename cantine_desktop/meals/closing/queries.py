"""Closings as they stand: what a service’s closing says, those of a period, those to do."""

from datetime import date, datetime, time
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.clock import civil_date
from cantine_desktop.meals.closing.balance import figures
from cantine_desktop.meals.closing.drafting import facts_of
from cantine_desktop.meals.closing.model import ServiceClosing, SponsoredMeals, WasteStage
from cantine_desktop.meals.closing.policy import policy
from cantine_desktop.meals.reservations.model import Reservation, ReservationState
from cantine_desktop.meals.services.model import MealService, ServiceState
from cantine_desktop.meals.services.queries import title
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period


class ClosingLine(NamedTuple):
    """A closing that stands, in one line.

    Attributes:
        key: Of the closing.
        name: Of the service.
        contributions: People who contributed.
        mean: Sponsored and offered meals left out.
        waste: Grams weighed; ``None`` when nobody weighed.
    """

    key: int
    service: int
    day: date
    name: str
    reference: str
    diners: int
    cooks: int | None
    newcomers: int | None
    contributions: int
    total: Money
    mean: Money | None
    median: Money | None
    sponsored: int
    offered: int
    given: int | None
    waste: int | None
    gap: Money | None
    corrects: int | None


def standing() -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on ``ServiceClosing`` of those closed and corrected by no other."""
    replaced = select(ServiceClosing.corrects_id).where(ServiceClosing.corrects_id.is_not(None))
    return ServiceClosing.takings_id.is_not(None), ServiceClosing.id.not_in(replaced)


def closing_of(session: Session, service_id: int) -> ServiceClosing | None:
    """Return the last closing of a service, sealed or draft; ``None`` before any."""
    return session.scalar(
        select(ServiceClosing)
        .where(ServiceClosing.service_id == service_id)
        .order_by(ServiceClosing.id.desc())
        .limit(1)
    )


def closings_of(session: Session, service_id: int) -> list[ServiceClosing]:
    """Return every closing of a service, the first one first: each corrects the one before."""
    query = select(ServiceClosing).where(ServiceClosing.service_id == service_id)
    return list(session.scalars(query.order_by(ServiceClosing.id)))


def closing_lines(session: Session, period: Period) -> list[ClosingLine]:
    """Return the closings that stand of the services of a period, in their order."""
    query = (
        select(ServiceClosing, MealService)
        .join(MealService, ServiceClosing.service_id == MealService.id)
        .where(MealService.day >= period.first, MealService.day < period.end, *standing())
        .order_by(MealService.day, MealService.meal_at, MealService.id)
        .options(
            selectinload(ServiceClosing.tally),
            selectinload(ServiceClosing.parts),
            selectinload(ServiceClosing.sponsored),
            selectinload(ServiceClosing.wastes),
            selectinload(ServiceClosing.heard),
            selectinload(ServiceClosing.coins),
        )
    )
    tolerated = policy(session).tolerated
    rows = session.execute(query)
    return [_line(session, row, service, tolerated) for row, service in rows]


def to_close(session: Session, now: datetime, limit: int = 50) -> list[MealService]:
    """Return the services held and not closed yet, the oldest first; today’s is among them."""
    query = (
        select(MealService)
        .where(MealService.state == ServiceState.PLANNED, MealService.day <= civil_date(now))
        .order_by(MealService.day, MealService.meal_at, MealService.id)
        .limit(limit)
    )
    return list(session.scalars(query))


def _line(
    session: Session, row: ServiceClosing, service: MealService, tolerated: Money
) -> ClosingLine:
    found = figures(facts_of(session, row, tolerated))
    total = row.contributions_total or Money(0)
    return ClosingLine(
        row.id,
        service.id,
        service.day,
        title(service),
        row.reference,
        row.diners or 0,
        row.cooks,
        row.newcomers,
        found.contributions or 0,
        total,
        found.mean,
        found.median,
        found.sponsored,
        found.offered,
        row.given,
        sum(each.grams for each in row.wastes) if row.wastes else None,
        found.gap,
        row.corrects_id,
    )


def weighed_on(session: Session, day: date) -> tuple[dict[WasteStage, int], int]:
    """Return the grams that closed services of a day weighed by stage, and their diners."""
    query = (
        select(ServiceClosing)
        .join(MealService, ServiceClosing.service_id == MealService.id)
        .where(MealService.day == day, *standing())
    )
    grams: dict[WasteStage, int] = {}
    diners = 0
    for row in session.scalars(query):
        diners += row.diners or 0
        for each in row.wastes:
            grams[each.stage] = grams.get(each.stage, 0) + each.grams
    return grams, diners


def payers(session: Session, limit: int = 50) -> list[str]:
    """Return who paid for somebody’s meals already, in the order of the alphabet."""
    query = select(SponsoredMeals.payer).where(func.length(SponsoredMeals.payer) > 0).distinct()
    return list(session.scalars(query.order_by(SponsoredMeals.payer).limit(limit)))


def recent(session: Session, now: datetime, limit: int = 12) -> list[MealService]:
    """Return services to choose from: those to close, and the last ones closed, newest first."""
    closed = (
        select(MealService)
        .where(MealService.state == ServiceState.CLOSED, MealService.day <= civil_date(now))
        .order_by(MealService.day.desc(), MealService.meal_at.desc(), MealService.id.desc())
        .limit(limit)
    )
    found = [*to_close(session, now), *session.scalars(closed)]
    return sorted(found, key=_place, reverse=True)


def _place(service: MealService) -> tuple[date, time, int]:
    return service.day, service.meal_at, service.id


def reserved(session: Session, service_id: int) -> int:
    """Return how many people were announced for a service and did not withdraw."""
    query = select(func.sum(Reservation.people)).where(
        Reservation.service_id == service_id,
        Reservation.state.in_((ReservationState.SEATED, ReservationState.CAME)),
    )
    return int(session.scalar(query) or 0)
