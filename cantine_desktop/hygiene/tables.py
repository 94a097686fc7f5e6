"""Every table of the sanitary control plan, in one import."""

from cantine_desktop.hygiene import model
from cantine_desktop.hygiene.cleaning import model as cleaning
from cantine_desktop.hygiene.equipment import model as equipment
from cantine_desktop.hygiene.food import model as food
from cantine_desktop.hygiene.inspection import model as inspection
from cantine_desktop.hygiene.keeping import model as keeping
from cantine_desktop.hygiene.kitchen import model as kitchen
from cantine_desktop.hygiene.labels import model as labels
from cantine_desktop.hygiene.labels import uses
from cantine_desktop.hygiene.outbreak import model as outbreak
from cantine_desktop.hygiene.plan import model as plan
from cantine_desktop.hygiene.registers import scans
from cantine_desktop.hygiene.retention import model as retention

__all__ = [
    "cleaning",
    "equipment",
    "food",
    "inspection",
    "keeping",
    "kitchen",
    "labels",
    "model",
    "outbreak",
    "plan",
    "retention",
    "scans",
    "uses",
]
