"""Closings as they stand: what a service’s closing says, those of a period, those to do."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.clock import civil_date
from cantine_desktop.meals.closing.balance import figures
from cantine_desktop.meals.closing.drafting import facts_of
from cantine_desktop.meals.closing.model import ServiceClosing
from cantine_desktop.meals.closing.policy import policy
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
