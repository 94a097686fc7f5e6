"""What the hygiene screens and sheets show."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import open_days, regular_days
from cantine_desktop.clock import civil_date
from cantine_desktop.hygiene.breach_rows import open_ids
from cantine_desktop.hygiene.families import Family
from cantine_desktop.hygiene.limits import Bounds, UnitKind, Verdict
from cantine_desktop.hygiene.model import (
    READINGS,
    ColdUnit,
    Frequency,
    Gap,
    Reading,
    Slot,
    WeekSignature,
    is_within,
)
from cantine_desktop.values.period import Period

Round = tuple[date, Slot]
"""One pass over the units: a civil day and a part of it."""


class Value(NamedTuple):
    """What a cell says: degrees, or why there are none."""

    celsius: Decimal | None
    gap: Gap | None
    note: str


class Cell(NamedTuple):
    """What stands in one cell of a sheet.

    Attributes:
        value: The latest revision.
        verdict: What it means, by the limits of its day.
        limit: Highest conform temperature that day, in °C.
        initials: Who read it.
        recorded_on: Civil day it was written in the book.
        late: It was written after its day.
        former: Signed values it replaced, the oldest first.
        breach_id: Its open breach, if it has one.
    """

    value: Value
    verdict: Verdict
    limit: Decimal
    initials: str
    recorded_on: date
    late: bool
    former: tuple[Value, ...] = ()
    breach_id: int | None = None


class UnitRow(NamedTuple):
    """A cold unit and its cells of a period, by day and slot.

    Attributes:
        frequency: As it is today.
        bounds: As they are on the last day of the period, or today when that is to come.
        decided_by: The family stricter than the unit itself, if one is.
        since: First day it is read; ``None`` is always.
        until: First day it is no longer read; ``None`` is still in use.
        former: How often it was read before, each up to a day, the oldest first.
    """

    unit_id: int
    name: str
    kind: UnitKind
    frequency: Frequency
    bounds: Bounds
    decided_by: Family | None
    cells: dict[Round, Cell]
    since: date | None = None
    until: date | None = None
    former: tuple[tuple[date, Frequency], ...] = ()

    def in_service(self, day: date) -> bool:
        """Tell whether the unit is read on a day."""
        return is_within(day, self.since, self.until)

    def is_due(self, day: date, slot: Slot) -> bool:
        """Tell whether the unit is to be read in a part of a day, if the canteen is open."""
        return self.in_service(day) and self.frequency_on(day).asks(slot)

    def frequency_on(self, day: date) -> Frequency:
        """Return how often it is, or was, read on a day."""
        return next((past for until, past in self.former if day < until), self.frequency)


class Completeness(NamedTuple):
    """How much of what was due was done.

    Attributes:
        due: Readings expected: one per unit, open day and slot it is read in, without
            those of days marked closed.
        done: Temperatures written.
        explained: Gaps that say why (forgotten, out of order…); due, and not done.
        missing: Empty cells.
        closed: Cells of days that were closed; not due.
    """

    due: int
    done: int
    explained: int
    missing: int
    closed: int


def cold_units(session: Session, period: Period | None = None) -> list[ColdUnit]:
    """Return the cold units in their order; only those in service in a period, if given."""
    query = select(ColdUnit).order_by(ColdUnit.position, ColdUnit.name, ColdUnit.id)
    if period is not None:
        query = query.where(
            or_(ColdUnit.since.is_(None), ColdUnit.since < period.end),
            or_(ColdUnit.until.is_(None), ColdUnit.until > period.first),
        )
    return list(session.scalars(query))


def readings_of(session: Session, period: Period) -> list[UnitRow]:
    """Return the cold units in service in a period, in order, with their cells."""
    rows: dict[int, UnitRow] = {}
    for unit in cold_units(session, period):
        terms = unit.on(period.last)
        rows[unit.id] = UnitRow(
            unit_id=unit.id,
            name=unit.name,
            kind=unit.kind,
            frequency=unit.frequency,
            bounds=terms.bounds,
            decided_by=terms.decided_by,
            cells={},
            since=unit.since,
            until=unit.until,
            former=tuple((past.until, past.frequency) for past in unit.former),
        )
    opened = open_ids(session, READINGS, period)
    for reading in _readings(session, period):
        row = rows.get(reading.unit_id)
        if row is not None:
            spot = reading.day, reading.slot
            row.cells[spot] = _cell(reading, row.cells.get(spot), opened.get(reading.id))
    return list(rows.values())


def sheet_days(session: Session, period: Period, units: Iterable[UnitRow] = ()) -> list[date]:
    """Return the days a sheet has columns for: open days, and any day something was read."""
    read = {day for unit in units for day, _slot in unit.cells}
    return sorted({*open_days(session, period), *read})


def is_shut(units: Iterable[UnitRow], day: date) -> bool:
    """Tell whether all that was due on a day is marked closed, and nothing was read."""
    spots = [(unit, slot) for unit in units for slot in Slot]
    found = [
        unit.cells.get((day, slot))
        for unit, slot in spots
        if (day, slot) in unit.cells or unit.is_due(day, slot)
    ]
    return bool(found) and all(cell and cell.value.gap is Gap.CLOSED for cell in found)


def completeness(session: Session, period: Period) -> Completeness:
    """Count the readings due and done in a period.

    An empty cell of a past open day counts as due: silence is never conformity.
    """
    units = readings_of(session, period)
    regular = frozenset(regular_days(session, period))
    days = frozenset(open_days(session, period))
    due = done = explained = closed = 0
    for unit in units:
        for day in {*regular, *(day for day, _slot in unit.cells)}:
            for slot in Slot:
                cell = unit.cells.get((day, slot))
                if cell is None:
                    asked = day in regular and unit.is_due(day, slot)
                    due += asked and day in days
                    closed += asked and day not in days
                    continue
                shut = cell.value.gap is Gap.CLOSED
                closed += shut
                due += not shut
                done += cell.value.celsius is not None
                explained += cell.value.celsius is None and not shut
    return Completeness(due, done, explained, due - done - explained, closed)


def signed_mondays(session: Session, period: Period) -> dict[date, WeekSignature]:
    """Return the signed weeks of readings that begin in or reach into a period, by Monday."""
    first = Period.week(period.first).first
    query = select(WeekSignature).where(
        WeekSignature.register == READINGS,
        WeekSignature.monday >= first,
        WeekSignature.monday < period.end,
    )
    return {signed.monday: signed for signed in session.scalars(query)}


def _readings(session: Session, period: Period) -> Iterable[Reading]:
    query = select(Reading).where(Reading.day >= period.first, Reading.day < period.end)
    return session.scalars(query.order_by(Reading.revision))


def _cell(reading: Reading, former: Cell | None, breach_id: int | None) -> Cell:
    recorded = civil_date(reading.recorded_at)
    return Cell(
        value=Value(reading.celsius, reading.gap, reading.note),
        verdict=reading.verdict,
        limit=reading.limit,
        initials=reading.initials,
        recorded_on=recorded,
        late=recorded > reading.day,
        former=() if former is None else (*former.former, former.value),
        breach_id=breach_id,
    )
