"""Who came, without names: by weekday and month, first visits, cooks, how they heard."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Executable, func, select
from sqlalchemy.orm import Session

from cantine_desktop.i18n import tr
from cantine_desktop.meals.closing.model import ClosingHeard, Heard, ServiceClosing, SponsoredMeals
from cantine_desktop.meals.closing.queries import standing
from cantine_desktop.meals.services.model import KINDS, MealService
from cantine_desktop.values.period import Period


class Visit(NamedTuple):
    """A service that was held, as its closing tells it; ``None`` is what nobody counted.

    Attributes:
        name: What people call it.
        diners: Cooks, children, sponsored and offered meals among them; the team is not.
    """

    service: int
    day: date
    name: str
    seats: int
    diners: int
    cooks: int | None
    newcomers: int | None
    children: int | None
    offered: int | None
    sponsored: int
    given: int | None


@dataclass(frozen=True)
class Share:
    """A part of the diners of the services where it was counted.

    Attributes:
        part: Diners of the part.
        diners: Diners of the services where somebody counted the part.
        services: How many services these are.
    """

    part: int
    diners: int
    services: int

    @property
    def rate(self) -> float | None:
        """The part of one diner; ``None`` when nobody counted."""
        return self.part / self.diners if self.diners else None


@dataclass(frozen=True)
class HeatCell:
    """The services of a weekday in a month."""

    diners: int
    services: int

    @property
    def mean(self) -> float:
        """Diners a service."""
        return self.diners / self.services


@dataclass(frozen=True)
class Attendance:
    """The visits of a period.

    Attributes:
        months: First days of its months, in order, empty ones too.
        weekdays: Weekdays with a service, Monday is 0, in order.
        cells: By weekday and first day of month; a place without service has none.
        newcomers: First visits (K12).
        cooks: Diners who cooked (K14).
        heard: How newcomers heard, the most frequent first.
    """

    period: Period
    visits: tuple[Visit, ...]
    months: tuple[date, ...]
    weekdays: tuple[int, ...]
    cells: dict[tuple[int, date], HeatCell]
    newcomers: Share
    cooks: Share
    heard: tuple[tuple[Heard, int], ...]

    @property
    def diners(self) -> int:
        """All who ate."""
        return sum(visit.diners for visit in self.visits)

    @property
    def mean(self) -> float | None:
        """Diners a service; ``None`` without any service."""
        return self.diners / len(self.visits) if self.visits else None


def visits_of(session: Session, period: Period) -> list[Visit]:
    """Return the services held in a period and closed with their diners, in order."""
    return [
        Visit(
            row.id,
            row.day,
            row.name or tr(KINDS[row.kind]),
            row.seats,
            row.diners,
            row.cooks,
            row.newcomers,
            row.children,
            row.offered,
            int(row.sponsored),
            row.given,
        )
        for row in session.execute(_held(period))
    ]


def attendance(session: Session, period: Period) -> Attendance:
    """Return the visits of a period, gathered."""
    visits = visits_of(session, period)
    cells: dict[tuple[int, date], list[int]] = {}
    for visit in visits:
        place = (visit.day.weekday(), visit.day.replace(day=1))
        cells.setdefault(place, []).append(visit.diners)
    return Attendance(
        period,
        tuple(visits),
        tuple(months_of(period)),
        tuple(sorted({weekday for weekday, _month in cells})),
        {place: HeatCell(sum(found), len(found)) for place, found in cells.items()},
        _share(visits, [visit.newcomers for visit in visits]),
        _share(visits, [visit.cooks for visit in visits]),
        tuple(_heard(session, period)),
    )


def months_of(period: Period) -> Iterable[date]:
    """Yield the first days of the months a period touches, in order."""
    month = Period.month(period.first)
    while month.first < period.end:
        yield month.first
        month = Period.month(month.end)


def _share(visits: Sequence[Visit], parts: Sequence[int | None]) -> Share:
    counted = [(each, part) for each, part in zip(visits, parts, strict=True) if part is not None]
    return Share(
        sum(part for _each, part in counted),
        sum(each.diners for each, _part in counted),
        len(counted),
    )


def _heard(session: Session, period: Period) -> list[tuple[Heard, int]]:
    query = (
        select(ClosingHeard.heard, func.sum(ClosingHeard.count))
        .join(ServiceClosing, ClosingHeard.closing_id == ServiceClosing.id)
        .join(MealService, ServiceClosing.service_id == MealService.id)
        .where(MealService.day >= period.first, MealService.day < period.end, *standing())
        .group_by(ClosingHeard.heard)
    )
    found = [(heard, int(count)) for heard, count in session.execute(query)]
    return sorted(found, key=lambda each: (-each[1], each[0].value))


def _held(period: Period) -> Executable:
    closing = ServiceClosing
    sponsored = (
        select(func.coalesce(func.sum(SponsoredMeals.count), 0))
        .where(SponsoredMeals.closing_id == closing.id)
        .scalar_subquery()
        .label("sponsored")
    )
    return (
        select(
            MealService.id,
            MealService.day,
            MealService.name,
            MealService.kind,
            MealService.seats,
            closing.diners,
            closing.cooks,
            closing.newcomers,
            closing.children,
            closing.offered,
            sponsored,
            closing.given,
        )
        .join(closing, closing.service_id == MealService.id)
        .where(
            MealService.day >= period.first,
            MealService.day < period.end,
            closing.diners.is_not(None),
            *standing(),
        )
        .order_by(MealService.day, MealService.meal_at, MealService.id)
    )
