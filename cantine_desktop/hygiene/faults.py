"""What is wrong with a record: the matter of a breach, whatever register it comes from."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from cantine_desktop.hygiene.slots import Slot


class Severity(StrEnum):
    """How much harm a failed control may do."""

    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


@dataclass(frozen=True)
class Source:
    """The record at fault.

    Attributes:
        register: Key of its register, ``"readings"`` for temperatures of cold units; empty
            for what somebody saw and noted by hand.
        record_id: Its key in the table of the register; ``None`` when noted by hand.
    """

    register: str = ""
    record_id: int | None = None


@dataclass(frozen=True)
class Fault:
    """What is wrong, in words and figures that stay true whatever changes later.

    Attributes:
        day: Civil day it happened.
        subject: What it is about: « CF 2 », « Gratin de courge », « Poisson, Marée du port ».
        point: Code of the control point of the plan; empty when none.
        slot: Part of the day, where it matters.
        measured: What was measured, in ``unit``.
        limit: The bound it crossed, in ``unit``.
        unit: Unit of both, ``"°C"``, ``"min"``, ``"%"``…
        words: What cannot be said in figures: « Emballage ouvert ».
        severity: As the plan grades the control point.
        product: The food the record names; empty when it names none.
        lot: Its lot, as printed.
        quantity: How much of it, in words.
    """

    day: date
    subject: str
    point: str = ""
    slot: Slot | None = None
    measured: Decimal | None = None
    limit: Decimal | None = None
    unit: str = "°C"
    words: str = ""
    severity: Severity = Severity.MAJOR
    product: str = ""
    lot: str = ""
    quantity: str = ""
