"""Cold units to start from: a small participatory canteen's, to be renamed and completed."""

from typing import NamedTuple

from sqlalchemy.orm import Session

from cantine_desktop.hygiene.families import Family
from cantine_desktop.hygiene.limits import USUAL_MAXIMUM, USUAL_TOLERANCE, UnitKind
from cantine_desktop.hygiene.model import ColdUnit, usual_frequency
from cantine_desktop.i18n import mark, tr


class StarterUnit(NamedTuple):
    """A cold unit most canteens have."""

    name: str
    kind: UnitKind
    holds: frozenset[Family]
    place: str


STARTER_UNITS: tuple[StarterUnit, ...] = (
    StarterUnit(
        mark("CF 1"),
        UnitKind.COLD_ROOM,
        frozenset({Family.VERY_PERISHABLE, Family.PERISHABLE}),
        mark("Réserve"),
    ),
    StarterUnit(
        mark("CF 2"),
        UnitKind.COLD_ROOM,
        frozenset({Family.VERY_PERISHABLE, Family.MEAT_CUT, Family.MEAT_PREPARATION}),
        mark("Réserve"),
    ),
    StarterUnit(
        mark("Frigo cuisine"), UnitKind.FRIDGE, frozenset({Family.PREPARED}), mark("Cuisine")
    ),
    StarterUnit(
        mark("Frigo plats témoins"), UnitKind.SAMPLES, frozenset({Family.SAMPLES}), mark("Cuisine")
    ),
    StarterUnit(mark("Congélateur"), UnitKind.FREEZER, frozenset({Family.FROZEN}), mark("Réserve")),
)
"""What the first sheet shows before the canteen says what it really has."""


def add_unit(session: Session, starter: StarterUnit, position: int) -> ColdUnit:
    """Add a unit with the usual limits and frequency of its kind."""
    unit = ColdUnit(
        name=tr(starter.name),
        kind=starter.kind,
        maximum=USUAL_MAXIMUM[starter.kind],
        tolerance=USUAL_TOLERANCE[starter.kind],
        frequency=usual_frequency(starter.kind),
        holds=starter.holds,
        place=tr(starter.place),
        position=position,
    )
    session.add(unit)
    return unit


def add_starter_units(session: Session) -> list[ColdUnit]:
    """Add the units to start from, in the order of the sheet."""
    return [
        add_unit(session, starter, position) for position, starter in enumerate(STARTER_UNITS, 1)
    ]
