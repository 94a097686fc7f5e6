"""Plan services: usual ones and their exceptions, moved, cancelled, changed one or many."""

from datetime import date, datetime, time

from sqlalchemy.orm import Session

from cantine_desktop.canteen import calendar
from cantine_desktop.canteen.holidays import public_holidays
from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.meals.services import closures
from cantine_desktop.meals.services.facts import (
    PatternFacts,
    Scope,
    ServiceFacts,
    refuse_pattern,
    refuse_service,
)
from cantine_desktop.meals.services.filling import fill_day, fill_pattern
from cantine_desktop.meals.services.model import MealService, ServicePattern, ServiceState
from cantine_desktop.meals.services.queries import calendar_key, patterns, policy, services_of
from cantine_desktop.meals.services.series import change_series
from cantine_desktop.meals.services.single import (
    change_one,
    claim,
    facts_of,
    is_used,
    open_service,
)
from cantine_desktop.values.period import Period


def add_pattern(session: Session, facts: PatternFacts, now: datetime) -> ServicePattern:
    """Say that a service comes back; ``fill`` makes its services.

    Raises:
        UserError: Its hours, places or rhythm cannot be.
    """
    del now
    refuse_pattern(facts)
    _remember_calendar(session)
    pattern = ServicePattern(
        kind=facts.kind,
        weekdays="".join(sorted(set(facts.rhythm.weekdays))),
        cook_at=facts.cook_at,
        meal_at=facts.meal_at,
        first=facts.rhythm.first,
        last=facts.rhythm.last,
        every_weeks=facts.rhythm.every_weeks,
        nth_of_month=facts.rhythm.nth_of_month,
        seats=facts.seats,
        kitchen_places=facts.kitchen_places,
        name=facts.name.strip(),
        in_school_holidays=facts.in_school_holidays,
    )
    session.add(pattern)
    session.flush()
    return pattern


def fill(session: Session, until: date, now: datetime) -> int:
    """Make the services that the usual ones give, through a day; return how many.

    A closed day gives none. Neither does a public holiday, unless the canteen chose so: the
    day is then said closed, with the name of the holiday. Filling again makes nothing twice,
    and never puts a service on a past day that was filled before.
    """
    return sum(fill_pattern(session, each, until, now) for each in patterns(session))


def add_service(session: Session, facts: ServiceFacts, now: datetime) -> MealService:
    """Add one service by hand; a closed day opens for it.

    Raises:
        UserError: Its hours or places cannot be, or there is already the same one that day.
    """
    del now
    refuse_service(facts)
    _remember_calendar(session)
    claim(session, facts, None)
    service = MealService(
        day=facts.day,
        kind=facts.kind,
        cook_at=facts.cook_at,
        meal_at=facts.meal_at,
        seats=facts.seats,
        kitchen_places=facts.kitchen_places,
        name=facts.name.strip(),
        expected=facts.expected,
        mode=facts.mode,
        note=facts.note.strip(),
    )
    session.add(service)
    session.flush()
    return service


def change(
    session: Session, service_id: int, facts: ServiceFacts, scope: Scope, now: datetime
) -> MealService:
    """Change a service, with those that follow or all those of its series if so asked.

    What belongs to one meal (its note, the diners expected, how contributions are noted) is
    always said of that one alone. « All » leaves past services as they were, and services
    that somebody changed one by one keep their change.

    Raises:
        UserError: It is closed, the facts cannot be, or the series cannot move to that day.
    """
    service = open_service(session, service_id)
    refuse_service(facts)
    service.expected, service.mode = facts.expected, facts.mode
    service.note = facts.note.strip()
    if scope is Scope.ONE or service.pattern_id is None:
        change_one(session, service, facts)
    else:
        change_series(session, service, facts, scope, now)
    session.flush()
    return service


def move(session: Session, service_id: int, day: date, now: datetime) -> MealService:
    """Move one service to another day, its hours kept.

    Raises:
        UserError: It is closed, or there is already the same one that day.
    """
    return change(
        session, service_id, facts_of(open_service(session, service_id), day), Scope.ONE, now
    )


def cancel(session: Session, service_id: int, reason: str, now: datetime) -> MealService:
    """Cancel a service and say why; it stays in the calendar, struck through.

    Raises:
        UserError: Nobody says why, or it is closed.
    """
    service = open_service(session, service_id)
    if not reason.strip():
        raise UserError(tr("Dites pourquoi ce service est annulé : les inscrits le liront."))
    if service.state is ServiceState.PLANNED:
        service.cancelled_at = now
        service.revision += 1
    service.state = ServiceState.CANCELLED
    service.reason = reason.strip()
    session.flush()
    return service


def restore(session: Session, service_id: int) -> MealService:
    """Hold a cancelled service after all; a closed day opens for it.

    Raises:
        UserError: Another one took its place meanwhile.
    """
    service = open_service(session, service_id)
    if service.state is ServiceState.CANCELLED:
        claim(session, facts_of(service), service)
        calendar.reopen_day(session, service.day)
        service.state = ServiceState.PLANNED
        service.reason = ""
        service.cancelled_at = None
        service.is_closed_day = False
        service.revision += 1
    session.flush()
    return service


def reopen_day(session: Session, day: date) -> list[MealService]:
    """Open a closed day again: its services come back, and those that were not made are.

    Returns:
        The services of that day that come back or are made, in order.
    """
    back = closures.reopen_day(session, day)
    made = [each for row in patterns(session) for each in fill_day(session, row, day)]
    return sorted([*back, *made], key=_by_meal)


def remove(session: Session, service_id: int) -> None:
    """Take away a service added by mistake, on which nothing was noted.

    Raises:
        UserError: A usual service gives it, or something was noted for it.
    """
    service = open_service(session, service_id)
    if service.pattern_id is not None:
        raise UserError(tr("Ce service revient de lui-même : annulez-le plutôt, avec un motif."))
    if is_used(session, service_id):
        raise UserError(
            tr("Des inscriptions ou un menu sont notés pour ce service : annulez-le plutôt.")
        )
    session.delete(service)
    session.flush()


def skip_public_holidays(session: Session, now: datetime, *, skips: bool) -> None:
    """Choose whether services are held on public holidays, for those to come too.

    Closed from now on, each holiday on which a usual service stands cancels it with the name
    of the holiday; open, the days closed for a holiday open again and their services come back.
    """
    row = policy(session)
    row.skips_public_holidays = skips
    session.add(row)
    session.flush()
    today = civil_date(now)
    end = max((each.filled_until or today for each in patterns(session)), default=today)
    for day, name in _holidays(session, today, end):
        if not skips and closures.closed_reason(session, day) == name:
            reopen_day(session, day)
        elif skips and _is_usual(session, day):
            closures.close_days(session, [day], name, now)


def _remember_calendar(session: Session) -> None:
    row = policy(session)
    if not row.calendar_key:
        row.calendar_key = calendar_key(session)
        session.add(row)
        session.flush()


def _holidays(session: Session, first: date, last: date) -> list[tuple[date, str]]:
    canteen = calendar.the_canteen(session)
    department = canteen.department if canteen else ""
    years = range(first.year, last.year + 1)
    known = {day: name for year in years for day, name in public_holidays(department, year).items()}
    return [(day, name) for day, name in known.items() if first <= day <= last]


def _is_usual(session: Session, day: date) -> bool:
    """Tell whether a day's services are all usual ones, planned, and there is one."""
    rows = services_of(session, Period.through(day, day))
    return bool(rows) and all(
        row.pattern_id is not None and row.state is ServiceState.PLANNED for row in rows
    )


def _by_meal(service: MealService) -> tuple[date, time]:
    return service.day, service.meal_at
