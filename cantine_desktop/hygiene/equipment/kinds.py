"""Kinds of equipment other than cold units, in the words of the kitchen."""

from dataclasses import dataclass
from enum import StrEnum

from cantine_desktop.i18n import mark


class EquipmentKind(StrEnum):
    """A kind of equipment (type d’appareil); the values are those of the starter plan."""

    PROBE = "probe"
    IR_THERMOMETER = "ir_thermometer"
    SCALE = "scale"
    FRYER = "fryer"
    OVEN = "oven"
    HOB = "hob"
    HOOD = "hood"
    BLAST_CHILLER = "blast_chiller"
    BAIN_MARIE = "bain_marie"
    HOT_CUPBOARD = "hot_cupboard"
    DISHWASHER = "dishwasher"
    ICE_MACHINE = "ice_machine"
    COOL_BOX = "cool_box"
    VEHICLE = "vehicle"
    HANDWASH_BASIN = "handwash_basin"
    WATER_FILTER = "water_filter"
    GREASE_TRAP = "grease_trap"
    DOSING_UNIT = "dosing_unit"
    INSECT_KILLER = "insect_killer"
    BAIT_STATION = "bait_station"
    OTHER = "appliance"


@dataclass(frozen=True)
class KindWords:
    """What is known of a kind.

    Attributes:
        label: French name, marked for translation.
        measures: It gives a figure that others trust: it is calibrated.
    """

    label: str
    measures: bool = False


KINDS: dict[EquipmentKind, KindWords] = {
    EquipmentKind.PROBE: KindWords(mark("Sonde de température"), measures=True),
    EquipmentKind.IR_THERMOMETER: KindWords(mark("Thermomètre infrarouge"), measures=True),
    EquipmentKind.SCALE: KindWords(mark("Balance"), measures=True),
    EquipmentKind.FRYER: KindWords(mark("Friteuse")),
    EquipmentKind.OVEN: KindWords(mark("Four")),
    EquipmentKind.HOB: KindWords(mark("Plaque de cuisson")),
    EquipmentKind.HOOD: KindWords(mark("Hotte")),
    EquipmentKind.BLAST_CHILLER: KindWords(mark("Cellule de refroidissement")),
    EquipmentKind.BAIN_MARIE: KindWords(mark("Bain-marie")),
    EquipmentKind.HOT_CUPBOARD: KindWords(mark("Armoire chaude")),
    EquipmentKind.DISHWASHER: KindWords(mark("Lave-vaisselle")),
    EquipmentKind.ICE_MACHINE: KindWords(mark("Machine à glaçons")),
    EquipmentKind.COOL_BOX: KindWords(mark("Glacière, caisse isotherme")),
    EquipmentKind.VEHICLE: KindWords(mark("Véhicule, vélo cargo")),
    EquipmentKind.HANDWASH_BASIN: KindWords(mark("Lave-mains")),
    EquipmentKind.WATER_FILTER: KindWords(mark("Filtre à eau, adoucisseur")),
    EquipmentKind.GREASE_TRAP: KindWords(mark("Bac à graisses")),
    EquipmentKind.DOSING_UNIT: KindWords(mark("Centrale de dosage")),
    EquipmentKind.INSECT_KILLER: KindWords(mark("Désinsectiseur")),
    EquipmentKind.BAIT_STATION: KindWords(mark("Poste d’appâtage")),
    EquipmentKind.OTHER: KindWords(mark("Autre appareil")),
}
"""Every kind, those that measure first."""

THERMOMETERS = frozenset({EquipmentKind.PROBE, EquipmentKind.IR_THERMOMETER})
"""Kinds that may have given a temperature written in a register."""
