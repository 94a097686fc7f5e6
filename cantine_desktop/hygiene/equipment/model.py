"""Tables of equipment: appliances and probes, their checks, their upkeep, the documents."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column
from typing_extensions import override

from cantine_desktop.hygiene.equipment.kinds import KINDS, EquipmentKind
from cantine_desktop.hygiene.model import is_within
from cantine_desktop.hygiene.registers.kept import Kept
from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base, Quantity


class Equipment(Base):
    """An appliance, a probe, a scale… (appareil); cold units have a table of their own.

    Attributes:
        name: As people say it, and write it on sheets.
        kind: Decides which control points concern it.
        number: Number on its plate or its sticker.
        place: Where it stands.
        bought_on: Day it was bought.
        supplier: Who sold it, or who mends it.
        since: First day it is used; ``None`` is always.
        until: First day it is no longer used; ``None`` is still in use.
        broken_since: Day it was put out of service, until it is mended; ``None`` while it works.
        note: Free words.
        former_names: Names and numbers it had, one a line: what was written under them is
            still found.
    """

    __tablename__ = "equipment"
    __table_args__ = (CheckConstraint("until > since", "in_service"),)
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Appareil")

    name: Mapped[str]
    kind: Mapped[EquipmentKind] = mapped_column(default=EquipmentKind.OTHER)
    number: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    bought_on: Mapped[date | None] = mapped_column(default=None)
    supplier: Mapped[str] = mapped_column(default="")
    since: Mapped[date | None] = mapped_column(default=None)
    until: Mapped[date | None] = mapped_column(default=None)
    broken_since: Mapped[date | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(default="")
    former_names: Mapped[str] = mapped_column(default="")

    @property
    def measures(self) -> bool:
        """Whether it is an instrument that others trust."""
        return KINDS[self.kind].measures

    def in_service(self, day: date) -> bool:
        """Tell whether the canteen has it on a day, out of order or not."""
        return is_within(day, self.since, self.until)

    @override
    def search_line(self) -> str:
        """Return what the palette finds it by."""
        return " · ".join(part for part in (self.name, self.number, self.place) if part)


class CalibrationTest(StrEnum):
    """How an instrument was checked."""

    ICE = "ice"
    BOIL = "boil"
    COMPARE = "compare"
    WEIGH = "weigh"


class Calibration(Kept, Base):
    """A check of an instrument (étalonnage, vérification).

    Attributes:
        instrument: Name or number of the probe or scale; for a comparison, of the cold unit.
        test: Melting ice, boiling water, display beside the probe, reference weight.
        shown: What the instrument said: °C, or grams for a scale.
        expected: What it should have said; for ice and boiling water it is known, and
            kept here as it was that day.
        action: What was done about it, when it was wrong.
    """

    __tablename__ = "calibration"
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Étalonnage")

    instrument: Mapped[str] = mapped_column(default="")
    test: Mapped[CalibrationTest | None] = mapped_column(default=None)
    shown: Mapped[Quantity | None] = mapped_column(default=None)
    expected: Mapped[Quantity | None] = mapped_column(default=None)
    action: Mapped[str] = mapped_column(default="")

    @property
    def gap(self) -> Decimal | None:
        """By how much the instrument was off, in its unit."""
        if self.shown is None or self.expected is None:
            return None
        return self.shown - self.expected

    @override
    def search_line(self) -> str | None:
        """Return what the palette finds it by."""
        return self.instrument or None


class MaintenanceVisit(Base):
    """What was done to an appliance by somebody who mends (entretien, intervention).

    Attributes:
        equipment_id: The appliance; ``None`` for a cold unit or the premises.
        unit_id: The cold unit; ``None`` for an appliance or the premises.
        done_on: Day of the visit.
        by: Who came.
        what: What was done.
        next_due: Day by which the next one is due; ``None`` when none is planned.
        attachment_id: The report.
    """

    __tablename__ = "maintenance_visit"
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Entretien")

    done_on: Mapped[date] = mapped_column(index=True)
    what: Mapped[str]
    equipment_id: Mapped[int | None] = mapped_column(
        ForeignKey("equipment.id"), default=None, index=True
    )
    unit_id: Mapped[int | None] = mapped_column(
        ForeignKey("cold_unit.id"), default=None, index=True
    )
    by: Mapped[str] = mapped_column(default="")
    next_due: Mapped[date | None] = mapped_column(default=None)
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"), default=None)


class MaintenanceTicket(Base):
    """Something to be mended (demande de maintenance).

    Attributes:
        title: What is wrong.
        opened_at: Instant it was written.
        equipment_id: The appliance; ``None`` for a cold unit or the premises.
        unit_id: The cold unit; ``None`` for an appliance or the premises.
        responsible: Who sees to it.
        due: Day by which it should be mended.
        closed_on: Day it was; ``None`` while open.
        outcome: What was done in the end.
        breach_id: The breach that asked for it; plain, for breaches stand above.
    """

    __tablename__ = "maintenance_ticket"
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Demande de maintenance")

    title: Mapped[str]
    opened_at: Mapped[datetime]
    equipment_id: Mapped[int | None] = mapped_column(
        ForeignKey("equipment.id"), default=None, index=True
    )
    unit_id: Mapped[int | None] = mapped_column(
        ForeignKey("cold_unit.id"), default=None, index=True
    )
    responsible: Mapped[str] = mapped_column(default="")
    due: Mapped[date | None] = mapped_column(default=None)
    closed_on: Mapped[date | None] = mapped_column(default=None)
    outcome: Mapped[str] = mapped_column(default="")
    breach_id: Mapped[int | None] = mapped_column(default=None, index=True)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be mended."""
        return self.closed_on is None

    @override
    def search_line(self) -> str:
        """Return what the palette finds it by."""
        return self.title


class Certificate(Base):
    """A document the canteen must be able to show (pièce du registre documentaire).

    Attributes:
        title: What it is.
        point: Code of the control point it proves: ``"WAT-03"``; empty when none.
        reference: Number, or version.
        dated: Day it bears.
        expires: First day it is no longer valid; ``None`` when it has no end.
        responsible: Who sees to renewing it.
        place: Where the paper is.
        attachment_id: Its scan.
        note: Free words.
    """

    __tablename__ = "certificate"
    __table_args__ = (CheckConstraint("expires > dated", "valid"),)
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Document")

    title: Mapped[str]
    point: Mapped[str] = mapped_column(default="", index=True)
    reference: Mapped[str] = mapped_column(default="")
    dated: Mapped[date | None] = mapped_column(default=None)
    expires: Mapped[date | None] = mapped_column(default=None)
    responsible: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"), default=None)
    note: Mapped[str] = mapped_column(default="")

    @override
    def search_line(self) -> str:
        """Return what the palette finds it by."""
        return " · ".join(part for part in (self.title, self.reference) if part)
