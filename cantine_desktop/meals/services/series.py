"""Change usual services: from one on, or all of them, without touching what is past."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import long_day, tr
from cantine_desktop.meals.services.facts import (
    PatternFacts,
    Scope,
    ServiceFacts,
    Usual,
    refuse_pattern,
)
from cantine_desktop.meals.services.filling import fill_pattern, rhythm_of, settle
from cantine_desktop.meals.services.model import MealService, ServicePattern, ServiceState
from cantine_desktop.meals.services.rhythm import days_of, gives
from cantine_desktop.meals.services.single import (
    change_one,
    claim,
    is_used,
    put_usual,
    refuse_twins,
)
from cantine_desktop.values.period import Period

_YEAR = timedelta(days=366)


def change_series(
    session: Session, service: MealService, facts: ServiceFacts, scope: Scope, now: datetime
) -> None:
    """Change a usual service from one of its services on, or from today on for all.

    The pattern is cut in two there, so that what was before keeps its rule. A change of
    weekday cuts that weekday off the others.

    Raises:
        UserError: The series cannot move to that day.
    """
    pattern = session.get_one(ServicePattern, service.pattern_id)
    origin = service.original_day or service.day
    start = origin if scope is Scope.FOLLOWING else _first_from(pattern, civil_date(now))
    delta = facts.day - origin if facts.day != service.day else timedelta()
    if delta:
        _refuse_shift(pattern, origin, facts.day)
    claim(session, facts, service)
    if start is None or origin < start:  # « All », said from a past service: it follows too.
        change_one(session, service, facts)
    if start is None:
        return
    series = _cut(session, pattern, start)
    if delta:
        series = _cut_weekday(session, series, origin, delta)
    _put_on_all(session, series, facts, service)
    refuse_twins(session, _from(session, series, series.first))
    _refill(session, series, now)


def change_pattern(
    session: Session, pattern_id: int, facts: PatternFacts, now: datetime
) -> ServicePattern:
    """Change what a usual service says from the first day of its new rhythm on.

    Services that the new rhythm does not give any more go; where something was noted for one,
    it is cancelled instead, so that nothing is lost.

    Returns:
        The pattern that holds from that day: the same one, or a new one that follows it.

    Raises:
        UserError: Its hours, places or rhythm cannot be.
    """
    refuse_pattern(facts)
    pattern = session.get_one(ServicePattern, pattern_id)
    rule = facts.rhythm
    follower = pattern
    if rule.first > pattern.first:
        follower = _copy(session, pattern, rule.first)
        pattern.last = rule.first - timedelta(days=1)
    follower.weekdays = "".join(sorted(set(rule.weekdays)))
    follower.first, follower.last = rule.first, rule.last
    follower.every_weeks, follower.nth_of_month = rule.every_weeks, rule.nth_of_month
    follower.in_school_holidays = facts.in_school_holidays
    put_usual(follower, facts)
    session.flush()
    for service in _from(session, pattern, rule.first):
        if gives(rhythm_of(follower), service.original_day or service.day):
            service.pattern_id = follower.id
            _follow(service, facts)
        else:
            _drop(session, service, now)
    session.flush()
    refuse_twins(session, _from(session, follower, rule.first))
    _refill(session, follower, now)
    return follower


def end_pattern(session: Session, pattern_id: int, last: date, now: datetime) -> tuple[int, int]:
    """Say the last day of a usual service; those after it go.

    Returns:
        How many services went, and how many were cancelled because something was noted.
    """
    pattern = session.get_one(ServicePattern, pattern_id)
    pattern.last = last
    after = _from(session, pattern, last + timedelta(days=1))
    gone = sum(_drop(session, service, now) for service in after)
    if last < pattern.first and gone == len(after):
        left = session.scalar(select(MealService.id).where(MealService.pattern_id == pattern_id))
        if left is None:
            session.delete(pattern)
    session.flush()
    return gone, len(after) - gone


def _first_from(pattern: ServicePattern, today: date) -> date | None:
    """Return the first day of a rhythm that is not past, so that its weeks keep their turn.

    ``None`` for one that is over.
    """
    if pattern.first >= today:
        return pattern.first
    days = days_of(rhythm_of(pattern), Period(today, today + _YEAR))
    return days[0] if days else None


def _refuse_shift(pattern: ServicePattern, origin: date, day: date) -> None:
    if pattern.nth_of_month is not None:
        text = tr(
            "Ce service revient à un rang du mois : changez son jour dans « Services habituels »."
        )
        raise UserError(text)
    if day not in Period.week(origin):
        text = tr("Une série change de jour dans sa semaine : choisissez un jour entre {a} et {b}.")
        week = Period.week(origin)
        raise UserError(text.format(a=long_day(week.first), b=long_day(week.last)))
    if str(day.isoweekday()) in pattern.weekdays and day != origin:
        text = tr(
            "Ce service habituel a déjà lieu ce jour-là de la semaine : choisissez-en un autre."
        )
        raise UserError(text)


def _cut(session: Session, pattern: ServicePattern, start: date) -> ServicePattern:
    """Return the pattern that holds from a day on: the same one if it begins there."""
    if start <= pattern.first:
        return pattern
    follower = _copy(session, pattern, start)
    pattern.last = start - timedelta(days=1)
    for service in _from(session, pattern, start):
        service.pattern_id = follower.id
    session.flush()
    return follower


def _copy(session: Session, pattern: ServicePattern, first: date) -> ServicePattern:
    follower = ServicePattern(
        kind=pattern.kind,
        weekdays=pattern.weekdays,
        cook_at=pattern.cook_at,
        meal_at=pattern.meal_at,
        first=first,
        seats=pattern.seats,
        kitchen_places=pattern.kitchen_places,
        every_weeks=pattern.every_weeks,
        nth_of_month=pattern.nth_of_month,
        last=pattern.last,
        name=pattern.name,
        in_school_holidays=pattern.in_school_holidays,
        filled_until=pattern.filled_until,
    )
    session.add(follower)
    session.flush()
    return follower


def _cut_weekday(
    session: Session, pattern: ServicePattern, origin: date, delta: timedelta
) -> ServicePattern:
    """Move one weekday of a pattern; the other weekdays stay in the first one."""
    old, new = str(origin.isoweekday()), str((origin + delta).isoweekday())
    rest = pattern.weekdays.replace(old, "")
    moved = [
        service
        for service in _from(session, pattern, pattern.first)
        if str((service.original_day or service.day).isoweekday()) == old
    ]
    first = min((each.original_day or each.day for each in moved), default=origin)
    series = _copy(session, pattern, first) if rest else pattern
    if rest:
        pattern.weekdays = rest
    series.weekdays = new
    series.first = first + delta
    for service in moved:
        service.pattern_id = series.id
        if service.original_day is not None:
            service.original_day += delta
        if service.state is not ServiceState.CLOSED and not service.is_changed:
            service.day += delta
            service.revision += 1
    session.flush()
    return series


def _put_on_all(
    session: Session, pattern: ServicePattern, facts: ServiceFacts, asked: MealService
) -> None:
    put_usual(pattern, facts)
    for service in _from(session, pattern, pattern.first):
        if service is asked:
            service.day = facts.day
            service.is_changed = service.day != service.original_day
            service.revision += put_usual(service, facts)
        else:
            _follow(service, facts)
    session.flush()


def _follow(service: MealService, facts: Usual) -> None:
    if service.is_changed or service.state is ServiceState.CLOSED:
        return
    service.revision += put_usual(service, facts)


def _refill(session: Session, pattern: ServicePattern, now: datetime) -> None:
    for service in _from(session, pattern, max(pattern.first, civil_date(now))):
        settle(session, service, now)
    if pattern.filled_until is not None:
        fill_pattern(session, pattern, pattern.filled_until, now)


def _drop(session: Session, service: MealService, now: datetime) -> bool:
    """Take away a service that its pattern gives no more; tell whether it could go."""
    if service.state is ServiceState.CLOSED:
        return False
    if not is_used(session, service.id):
        session.delete(service)
        return True
    if service.state is ServiceState.PLANNED:
        service.state = ServiceState.CANCELLED
        service.reason = tr("Ce service habituel a changé de rythme")
        service.cancelled_at = now
        service.revision += 1
    return False


def _from(session: Session, pattern: ServicePattern, first: date) -> list[MealService]:
    query = (
        select(MealService)
        .where(MealService.pattern_id == pattern.id, MealService.original_day >= first)
        .order_by(MealService.original_day)
    )
    return list(session.scalars(query))
