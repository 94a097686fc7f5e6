"""What the hygiene screens and sheets show."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.hygiene.model import Breach, ColdUnit, Reading, Slot
from cantine_desktop.values.period import Period


class UnitRow(NamedTuple):
    """A cold unit and its readings of a month, by day and slot."""

    unit_id: int
    name: str
    limit: Decimal
    readings: dict[tuple[date, Slot], Decimal]


def month_of_readings(session: Session, period: Period) -> list[UnitRow]:
    """Return every cold unit, by name, with its readings of a period."""
    rows = {
        unit.id: UnitRow(unit.id, unit.name, unit.limit, {})
        for unit in session.scalars(select(ColdUnit).order_by(ColdUnit.name))
    }
    readings = session.scalars(
        select(Reading).where(Reading.day >= period.first, Reading.day < period.end)
    )
    for reading in readings:
        rows[reading.unit_id].readings[reading.day, reading.slot] = reading.celsius
    return list(rows.values())


def open_breaches(session: Session) -> int:
    """Count the breaches nobody acted on."""
    return session.scalar(select(func.count()).where(Breach.action.is_(None))) or 0
