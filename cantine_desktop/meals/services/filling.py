"""Make the services that usual ones give, around closed days and holidays."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen import calendar
from cantine_desktop.canteen.holidays import public_holiday
from cantine_desktop.canteen.school import school_holiday
from cantine_desktop.clock import civil_date
from cantine_desktop.meals.services import closures
from cantine_desktop.meals.services.model import MealService, ServicePattern, ServiceState
from cantine_desktop.meals.services.queries import policy
from cantine_desktop.meals.services.rhythm import Rhythm, days_of
from cantine_desktop.values.period import Period


def rhythm_of(pattern: ServicePattern) -> Rhythm:
    """Return when a usual service comes back."""
    return Rhythm(
        pattern.weekdays,
        pattern.first,
        pattern.last,
        pattern.every_weeks,
        pattern.nth_of_month,
    )


def fill_pattern(session: Session, pattern: ServicePattern, until: date, now: datetime) -> int:
    """Make the missing services of one usual service, through a day; return how many."""
    first = pattern.first
    if pattern.filled_until is not None:
        first = max(first, min(pattern.filled_until, civil_date(now)))
    if until < first:
        return 0
    period = Period.through(first, until)
    closed = {row.day for row in calendar.closed_days(session, period)}
    department = _department(session)
    skips = policy(session).skips_public_holidays
    count = 0
    for day in _missing(session, pattern, period):
        if day in closed or _is_off_school(pattern, department, day):
            continue
        if skips and (name := public_holiday(department, day)):
            _close_holiday(session, day, name, now)
            continue
        _make(session, pattern, day)
        count += 1
    pattern.filled_until = max(until, pattern.filled_until or until)
    session.flush()
    return count


def fill_day(session: Session, pattern: ServicePattern, day: date) -> list[MealService]:
    """Make what a usual service gives on one day somebody opened, even a public holiday."""
    is_due = pattern.filled_until is not None and day <= pattern.filled_until
    if not is_due or _is_off_school(pattern, _department(session), day):
        return []
    days = _missing(session, pattern, Period.through(day, day))
    made = [_make(session, pattern, each) for each in days]
    session.flush()
    return made


def settle(session: Session, service: MealService, now: datetime) -> None:
    """Cancel a service that a change of rhythm put on a closed day or a public holiday."""
    holiday = public_holiday(_department(session), service.day)
    reason = closures.closed_reason(session, service.day)
    if reason is None and holiday and policy(session).skips_public_holidays:
        calendar.close_days(session, [service.day], holiday, now)
        reason = holiday
    if reason is not None and service.state is ServiceState.PLANNED:
        closures.cancel_with_day(service, reason, now)


def _missing(session: Session, pattern: ServicePattern, period: Period) -> list[date]:
    known = session.scalars(
        select(MealService.original_day).where(
            MealService.pattern_id == pattern.id,
            MealService.original_day >= period.first,
            MealService.original_day < period.end,
        )
    )
    held = set(known) | _twins(session, pattern, period)
    return [day for day in days_of(rhythm_of(pattern), period) if day not in held]


def _twins(session: Session, pattern: ServicePattern, period: Period) -> set[date]:
    """Return the days on which the same service stands already, from elsewhere."""
    return set(
        session.scalars(
            select(MealService.day).where(
                MealService.day >= period.first,
                MealService.day < period.end,
                MealService.kind == pattern.kind,
                MealService.meal_at == pattern.meal_at,
                MealService.state != ServiceState.CANCELLED,
            )
        )
    )


def _make(session: Session, pattern: ServicePattern, day: date) -> MealService:
    service = MealService(
        day=day,
        kind=pattern.kind,
        cook_at=pattern.cook_at,
        meal_at=pattern.meal_at,
        seats=pattern.seats,
        kitchen_places=pattern.kitchen_places,
        name=pattern.name,
        pattern_id=pattern.id,
        original_day=day,
    )
    session.add(service)
    return service


def _close_holiday(session: Session, day: date, name: str, now: datetime) -> None:
    """Say a public holiday closed, unless somebody put a service there on purpose."""
    query = select(MealService.id).where(
        MealService.day == day, MealService.state != ServiceState.CANCELLED
    )
    if session.scalar(query.limit(1)) is None:
        calendar.close_days(session, [day], name, now)


def _is_off_school(pattern: ServicePattern, department: str, day: date) -> bool:
    return not pattern.in_school_holidays and bool(school_holiday(department, day))


def _department(session: Session) -> str:
    canteen = calendar.the_canteen(session)
    return canteen.department if canteen else ""
