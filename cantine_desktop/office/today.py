"""What there is to do now, from every slice that knows."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import open_days
from cantine_desktop.clock import civil_date
from cantine_desktop.hygiene.breach_rows import BreachRow, open_breaches
from cantine_desktop.hygiene.model import Gap, Slot
from cantine_desktop.hygiene.queries import (
    Completeness,
    cold_units,
    completeness,
    readings_of,
    signed_mondays,
)
from cantine_desktop.office.day_deliveries import DeliveryOfDay, day_deliveries
from cantine_desktop.office.day_services import MealOfDay, day_services
from cantine_desktop.values.period import DAY, Period

WEEKS_CHASED = 4
"""Weeks back that are still asked for when nobody signed them."""


class RoundState(NamedTuple):
    """How far a round of readings is: ``done`` of ``due``, in a part of the day."""

    slot: Slot
    done: int
    due: int


class UnsignedWeek(NamedTuple):
    """A past week of readings that nobody signed, and its empty cells."""

    monday: date
    missing: int


class Today(NamedTuple):
    """The day as the office sees it.

    Attributes:
        day: Civil day.
        is_open: It is a day of service, and nobody said it is closed.
        has_units: The canteen has said what its cold units are.
        rounds: Readings of the day, the morning first; none when closed.
        breaches: Open breaches, the oldest first.
        unsigned: Past weeks to be signed, the oldest first.
        week: Readings of the present week, due and done, to its end.
        next_open: The first day of service after this one; ``None`` if there is none.
        services: The services of the day, in the order of their meals.
        deliveries: What comes on the day.
        sheets: The week whose sheets are wanted now: this one, or the next once
            no day of service is left in it.
    """

    day: date
    is_open: bool
    has_units: bool
    rounds: tuple[RoundState, ...]
    breaches: tuple[BreachRow, ...]
    unsigned: tuple[UnsignedWeek, ...]
    week: Completeness
    next_open: date | None
    sheets: Period
    services: tuple[MealOfDay, ...] = ()
    deliveries: tuple[DeliveryOfDay, ...] = ()

    @property
    def nothing_to_do(self) -> bool:
        """Whether everything that is due is done."""
        done = all(state.done == state.due for state in self.rounds)
        awaited = any(not each.is_received for each in self.deliveries)
        week_is_over = self.day not in self.sheets
        if week_is_over and self.week.missing:
            return False
        return self.has_units and done and not (self.breaches or self.unsigned or awaited)


def read_today(session: Session, now: datetime) -> Today:
    """Read what is to be done at an instant."""
    day = civil_date(now)
    is_open = bool(open_days(session, Period(day, day + DAY)))
    week = Period.week(day)
    return Today(
        day=day,
        is_open=is_open,
        has_units=bool(cold_units(session)),
        rounds=_rounds(session, day) if is_open else (),
        breaches=tuple(open_breaches(session, now)),
        unsigned=tuple(_unsigned(session, day)),
        week=completeness(session, week),
        next_open=_next_open(session, day),
        sheets=week_of_sheets(session, day),
        services=day_services(session, day, now),
        deliveries=day_deliveries(session, day),
    )


def week_of_sheets(session: Session, day: date) -> Period:
    """Return the week whose sheets to fill are wanted: the next once no service is left."""
    if open_days(session, Period(day, day + DAY)):
        return Period.week(day)
    return Period.week(_next_open(session, day) or day)


def _next_open(session: Session, day: date) -> date | None:
    return next(iter(open_days(session, Period(day + DAY, day + 8 * DAY))), None)


def _rounds(session: Session, day: date) -> tuple[RoundState, ...]:
    units = readings_of(session, Period(day, day + DAY))
    states: list[RoundState] = []
    for slot in Slot:
        spot = day, slot
        cells = [
            unit.cells.get(spot) for unit in units if spot in unit.cells or unit.is_due(day, slot)
        ]
        shut = sum(cell is not None and cell.value.gap is Gap.CLOSED for cell in cells)
        written = sum(cell is not None for cell in cells) - shut
        if len(cells) > shut:
            states.append(RoundState(slot, written, len(cells) - shut))
    return tuple(states)


def _unsigned(session: Session, day: date) -> list[UnsignedWeek]:
    """Return recent past weeks without a signature, where something was due."""
    monday = Period.week(day).first
    first = monday - timedelta(weeks=WEEKS_CHASED)
    signed = signed_mondays(session, Period(first, monday))
    weeks: list[UnsignedWeek] = []
    for ago in range(WEEKS_CHASED, 0, -1):
        week = Period.week(monday - timedelta(weeks=ago))
        if week.first in signed:
            continue
        counted = completeness(session, week)
        if counted.done + counted.explained:
            weeks.append(UnsignedWeek(week.first, counted.missing))
    return weeks
