"""Adding, changing, putting aside and retiring appliances, probes and scales."""

from datetime import date
from typing import TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.equipment.boiling import HIGHEST, LOWEST
from cantine_desktop.hygiene.equipment.kinds import EquipmentKind
from cantine_desktop.hygiene.equipment.model import (
    Calibration,
    Equipment,
    MaintenanceTicket,
    MaintenanceVisit,
)
from cantine_desktop.hygiene.equipment.naming import all_equipment, names_of, same_name
from cantine_desktop.i18n import mark, tr


class EquipmentChanges(TypedDict, total=False):
    """What may be changed on an appliance; see ``Equipment`` for the meaning of each."""

    name: str
    kind: EquipmentKind
    number: str
    place: str
    bought_on: date | None
    supplier: str
    since: date | None
    until: date | None
    broken_since: date | None
    note: str


def add(session: Session, name: str, kind: EquipmentKind) -> Equipment:
    """Add an appliance; a name already taken gets a number: « Sonde 2 »."""
    taken = {same_name(each.name) for each in all_equipment(session)}
    wanted, rank = name.strip(), 1
    while same_name(wanted) in taken:
        rank += 1
        wanted = f"{name.strip()} {rank}"
    equipment = Equipment(name=wanted, kind=kind)
    session.add(equipment)
    session.flush()
    return equipment


def change(session: Session, equipment_id: int, **changes: Unpack[EquipmentChanges]) -> Equipment:
    """Change what is known of an appliance; what was written under its former name is found.

    Raises:
        UserError: No name, a name that another instrument in use has, or an end before the
            beginning.
    """
    equipment = session.get_one(Equipment, equipment_id)
    before = [equipment.name, equipment.number]
    for field, value in changes.items():
        setattr(equipment, field, value.strip() if isinstance(value, str) else value)
    if not equipment.name:
        raise UserError(tr("Un appareil a un nom : c’est lui que l’on écrit sur les fiches."))
    if equipment.since and equipment.until and equipment.until <= equipment.since:
        raise UserError(tr("La fin du service vient après son début."))
    _refuse_taken(session, equipment)
    _remember(equipment, before)
    return equipment


def put_aside(session: Session, equipment_id: int, day: date) -> None:
    """Put an appliance out of service until it is mended (« hors service »)."""
    equipment = session.get_one(Equipment, equipment_id)
    if equipment.broken_since is None:
        equipment.broken_since = day


def put_back(session: Session, equipment_id: int) -> None:
    """Put a mended appliance back into service."""
    session.get_one(Equipment, equipment_id).broken_since = None


def remove(session: Session, equipment_id: int) -> None:
    """Delete an appliance that nothing was ever written about.

    Raises:
        UserError: It was checked or mended: it is retired instead, and its past stays.
    """
    equipment = session.get_one(Equipment, equipment_id)
    for table in (MaintenanceVisit, MaintenanceTicket):
        query = select(table.id).where(table.equipment_id == equipment_id).limit(1)
        if session.scalar(query) is not None:
            raise UserError(tr(_KEPT))
    written = session.scalars(select(Calibration.instrument).distinct())
    if names_of(equipment) & {same_name(text) for text in written}:
        raise UserError(tr(_KEPT))
    session.delete(equipment)


def set_altitude(session: Session, altitude: int | None) -> None:
    """Say at how many metres the canteen stands.

    Raises:
        UserError: Nobody cooks there, or the canteen has no name yet.
    """
    canteen = session.scalar(select(Canteen).order_by(Canteen.id).limit(1))
    if canteen is None:
        raise UserError(tr("Donnez d’abord un nom à la cantine, dans les réglages."))
    if altitude is not None and not LOWEST <= altitude <= HIGHEST:
        raise UserError(tr("Une altitude s’écrit en mètres, de −400 à 5 000."))
    canteen.altitude = altitude


def _refuse_taken(session: Session, equipment: Equipment) -> None:
    """Refuse that two appliances in use answer to one name: a sheet would not tell which.

    Raises:
        UserError: Another one has the name or the number.
    """
    if equipment.until is not None:
        return
    mine = {same_name(text) for text in (equipment.name, equipment.number) if text}
    for other in all_equipment(session):
        if other.id == equipment.id or other.until is not None:
            continue
        theirs = {same_name(text) for text in (other.name, other.number) if text}
        if mine & theirs:
            words = tr("« {name} » porte déjà ce nom ou ce numéro : une fiche serait équivoque.")
            raise UserError(words.format(name=other.name))


def _remember(equipment: Equipment, before: list[str]) -> None:
    """Keep the names an appliance no longer has."""
    now = {same_name(equipment.name), same_name(equipment.number)}
    kept = equipment.former_names.split("\n") if equipment.former_names else []
    for name in before:
        if name and same_name(name) not in now | {same_name(each) for each in kept}:
            kept.append(name)
    equipment.former_names = "\n".join(kept)


_KEPT = mark(
    "Des contrôles ou des entretiens sont notés : donnez-lui une date de fin, ils restent."
)
