"""Which appliance a name written on a sheet means."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.hygiene.equipment.kinds import THERMOMETERS, EquipmentKind
from cantine_desktop.hygiene.equipment.model import Equipment
from cantine_desktop.hygiene.registers.register import Column
from cantine_desktop.i18n import mark
from cantine_desktop.values.text import fold


def same_name(text: str) -> str:
    """Return a name made comparable: case, accents and spaces do not count."""
    return "".join(fold(text).split())


def all_equipment(session: Session) -> list[Equipment]:
    """Return every appliance, those in use first, by name."""
    found = session.scalars(select(Equipment))
    return sorted(found, key=lambda each: (each.until is not None, fold(each.name), each.id))


def names_of(equipment: Equipment) -> frozenset[str]:
    """Return all the names an appliance is or was written under, made comparable."""
    written = (equipment.name, equipment.number, *equipment.former_names.split("\n"))
    return frozenset(same_name(name) for name in written if name.strip())


def equipment_named(
    session: Session, text: str, kinds: Iterable[EquipmentKind] | None = None
) -> Equipment | None:
    """Return the appliance a name or a number means; one in use rather than a retired one.

    Args:
        session: Where to read.
        text: As written on the sheet.
        kinds: Only these kinds, when given.
    """
    wanted = same_name(text)
    if not wanted:
        return None
    among = frozenset(EquipmentKind if kinds is None else kinds)
    found = [each for each in all_equipment(session) if each.kind in among]
    today = [each for each in found if wanted in {same_name(each.name), same_name(each.number)}]
    before = [each for each in found if wanted in names_of(each)]
    return next(iter([*today, *before]), None)


def names_in_use(session: Session, kinds: Iterable[EquipmentKind]) -> list[str]:
    """Return the names of the appliances of some kinds that are not retired, by name."""
    among = frozenset(kinds)
    return [
        each.name for each in all_equipment(session) if each.kind in among and each.until is None
    ]


def probe_names(session: Session) -> Sequence[str]:
    """Return the thermometers to propose where a temperature was measured."""
    return names_in_use(session, THERMOMETERS)


PROBE = Column("probe", mark("Sonde"), share=1.2, suggest=probe_names)
"""For the registers of temperatures: which thermometer was used, where it is known."""


def in_service(session: Session, day: date) -> list[Equipment]:
    """Return the appliances the canteen has on a day, by name."""
    return [each for each in all_equipment(session) if each.in_service(day)]


def equipment_traits(session: Session) -> frozenset[str]:
    """Return what the canteen has, for the points of the plan: ``has:fryer``, ``has:probe``.

    A kind counts as long as one appliance of it is not retired.
    """
    kinds = session.scalars(select(Equipment.kind).where(Equipment.until.is_(None)).distinct())
    return frozenset(f"has:{kind.value}" for kind in kinds)
