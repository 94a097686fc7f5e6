"""Adding, changing, ordering and retiring cold units."""

from datetime import date
from decimal import Decimal
from typing import TypedDict, Unpack

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.families import Family
from cantine_desktop.hygiene.limits import USUAL_MAXIMUM, USUAL_TOLERANCE, UnitKind
from cantine_desktop.hygiene.model import ColdUnit, FormerTerms, Frequency, Reading, usual_frequency
from cantine_desktop.hygiene.queries import cold_units
from cantine_desktop.i18n import tr


class UnitChanges(TypedDict, total=False):
    """What may be changed on a unit; see ``ColdUnit`` for the meaning of each."""

    name: str
    kind: UnitKind
    maximum: Decimal
    tolerance: Decimal
    frequency: Frequency
    holds: frozenset[Family]
    place: str
    since: date | None
    until: date | None


def add(session: Session, name: str, kind: UnitKind = UnitKind.FRIDGE) -> ColdUnit:
    """Add a unit at the end of the sheet, with the usual limits of its kind."""
    last = session.scalar(select(func.max(ColdUnit.position))) or 0
    unit = ColdUnit(
        name=name,
        kind=kind,
        maximum=USUAL_MAXIMUM[kind],
        tolerance=USUAL_TOLERANCE[kind],
        frequency=usual_frequency(kind),
        position=last + 1,
    )
    session.add(unit)
    session.flush()
    return unit


_DATED = frozenset({"kind", "frequency", "maximum", "tolerance", "holds"})
"""What decides how often a unit is read and how warm it may be: kept for the past."""


def change(
    session: Session, unit_id: int, from_day: date | None = None, **changes: Unpack[UnitChanges]
) -> ColdUnit:
    """Change what is known of a unit; readings already written keep the limits of their day.

    A new kind brings its usual limits and frequency, unless they are given too. What was
    due before ``from_day`` stays due, unless the unit was never read before.

    Args:
        session: The session of an action.
        unit_id: The unit.
        from_day: First day on which another frequency, limit or content applies; ``None``
            puts right what was never so.
        changes: New values by field of ``ColdUnit``.

    Raises:
        UserError: No name, a tolerance below zero, or an end before the beginning.
    """
    unit = session.get_one(ColdUnit, unit_id)
    if _DATED & changes.keys():
        _keep_past(session, unit, from_day)
    kind = changes.get("kind")
    if kind is not None and kind is not unit.kind:
        unit.maximum, unit.tolerance = USUAL_MAXIMUM[kind], USUAL_TOLERANCE[kind]
        unit.frequency = usual_frequency(kind)
        unit.holds = frozenset[Family]()
    for field, value in changes.items():
        setattr(unit, field, value)
    if not unit.name.strip():
        raise UserError(tr("Une enceinte a un nom : c’est lui qui est sur la feuille."))
    if unit.tolerance < 0:
        raise UserError(tr("Une tolérance ne descend pas sous zéro."))
    if unit.since is not None and unit.until is not None and unit.until <= unit.since:
        raise UserError(tr("La fin du service vient après son début."))
    return unit


def _keep_past(session: Session, unit: ColdUnit, from_day: date | None) -> None:
    """Keep what was asked of a unit before a day, once somebody read it before that day."""
    if from_day is None:
        unit.former.clear()
        return
    later = [past for past in unit.former if past.until > from_day]
    known = any(past.until == from_day for past in unit.former)
    for past in later if known else later[1:]:
        unit.former.remove(past)
    if known:
        return
    read = select(Reading.id).where(Reading.unit_id == unit.id, Reading.day < from_day)
    if later:
        later[0].until = from_day
    elif session.scalar(read.limit(1)) is not None:
        past = FormerTerms(
            unit=unit,
            until=from_day,
            kind=unit.kind,
            frequency=unit.frequency,
            maximum=unit.maximum,
            tolerance=unit.tolerance,
            holds=unit.holds,
        )
        session.add(past)
        session.flush()


def move(session: Session, unit_id: int, steps: int) -> None:
    """Move a unit up (negative) or down the sheet, and number every unit again."""
    units = cold_units(session)
    here = next(rank for rank, unit in enumerate(units) if unit.id == unit_id)
    there = min(max(here + steps, 0), len(units) - 1)
    units.insert(there, units.pop(here))
    for position, unit in enumerate(units, 1):
        unit.position = position


def remove(session: Session, unit_id: int) -> None:
    """Delete a unit nobody ever read.

    Raises:
        UserError: It has readings: its service is ended instead, and they stay.
    """
    read = select(Reading.id).where(Reading.unit_id == unit_id).limit(1)
    if session.scalar(read) is not None:
        raise UserError(
            tr("Cette enceinte a des relevés : donnez-lui une date de fin, ils restent.")
        )
    session.delete(session.get_one(ColdUnit, unit_id))
