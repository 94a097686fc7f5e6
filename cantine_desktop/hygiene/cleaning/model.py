"""Tables of what is cleaned, checked, weighed and watched, day after day."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship
from typing_extensions import override

from cantine_desktop.hygiene.model import is_within
from cantine_desktop.hygiene.registers.kept import Kept
from cantine_desktop.i18n import mark
from cantine_desktop.storage.attachments import Attachment
from cantine_desktop.storage.base import Base, Quantity


class Every(StrEnum):
    """How often something is due.

    What is due at each use is written when it was used: nobody can say that it is missing.
    What is due in a week, a month or a quarter is due until it is done in it, once.
    """

    PER_USE = "per_use"
    PER_SERVICE = "per_service"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class When(StrEnum):
    """When in the day a zone is cleaned."""

    OPENING = "opening"
    AFTER_USE = "after_use"
    CLOSING = "closing"


class Answer(StrEnum):
    """What somebody ticked in a box: conform is also *done*, where there is nothing to judge."""

    CONFORM = "conform"
    NOT_CONFORM = "not_conform"
    NOT_APPLICABLE = "not_applicable"
    NOT_DONE = "not_done"


class CleaningProduct(Base):
    """A cleaning or disinfecting product (produit d’entretien).

    Attributes:
        dose: As its label says: « 20 mL pour 5 L d’eau ».
        contact_minutes: Time it must stay, from its label; ``None`` until someone has read
            it: no figure is ever proposed.
        standards: What its label claims: « EN 1276, EN 13697 ».
        note: Free words: food contact, where it is kept.
        safety_sheet: Its safety data sheet (FDS).
        is_retired: It is no longer in use; tasks already written keep it.
        position: Order on screens and sheets.
    """

    __tablename__ = "cleaning_product"
    __table_args__ = (CheckConstraint("contact_minutes > 0", "contact_minutes"),)
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Produit d’entretien")

    name: Mapped[str]
    dose: Mapped[str] = mapped_column(default="")
    contact_minutes: Mapped[int | None] = mapped_column(default=None)
    standards: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    safety_sheet_id: Mapped[int | None] = mapped_column(
        ForeignKey("attachment.id"), init=False, default=None
    )
    safety_sheet: Mapped[Attachment | None] = relationship(default=None, repr=False)
    is_retired: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)

    @override
    def search_line(self) -> str:
        """Return what the palette finds it by."""
        return self.name


class CleaningTask(Base):
    """Something to clean, as the plan says it (ligne du plan de nettoyage).

    Attributes:
        zone: Title of the group it stands in: « Cuisine ».
        name: What is cleaned: « Plans de travail ».
        every: How often.
        when: When in the day.
        weekday: ISO weekday planned for what is not due every day; ``None`` is any.
        product: With what; ``None`` until it is said.
        temperature: Of the water: « 40-50 °C ».
        method: How: « Détergence, puis désinfection ».
        rinse: It is rinsed afterwards.
        who: Function or first name, never more.
        code: Id of the line of the starter plan it comes from; empty for the canteen's own.
        since: First day it is due; ``None`` is always.
        until: First day it is no longer due; ``None`` is still due.
        position: Order on screens and sheets.
    """

    __tablename__ = "cleaning_task"
    __table_args__ = (
        CheckConstraint("until > since", "in_service"),
        CheckConstraint("weekday BETWEEN 1 AND 7", "weekday"),
    )
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Ligne du plan de nettoyage")

    zone: Mapped[str]
    name: Mapped[str]
    every: Mapped[Every] = mapped_column(default=Every.DAILY)
    when: Mapped[When] = mapped_column(default=When.CLOSING)
    weekday: Mapped[int | None] = mapped_column(default=None)
    product_id: Mapped[int | None] = mapped_column(
        ForeignKey("cleaning_product.id"), init=False, default=None
    )
    product: Mapped[CleaningProduct | None] = relationship(default=None, repr=False)
    temperature: Mapped[str] = mapped_column(default="")
    method: Mapped[str] = mapped_column(default="")
    rinse: Mapped[bool] = mapped_column(default=False)
    who: Mapped[str] = mapped_column(default="")
    code: Mapped[str] = mapped_column(String(20), default="")
    since: Mapped[date | None] = mapped_column(default=None)
    until: Mapped[date | None] = mapped_column(default=None)
    position: Mapped[int] = mapped_column(default=0)

    def in_service(self, day: date) -> bool:
        """Tell whether it is in the plan on a day."""
        return is_within(day, self.since, self.until)

    @override
    def search_line(self) -> str:
        """Return what the palette finds it by."""
        return f"{self.name} · {self.zone}"


class BaitStation(Base):
    """A trap or bait station against pests (poste d’appât).

    Attributes:
        name: Its number on the plan of the premises: « Poste 3 ».
        place: Where it stands: « Réserve sèche, derrière la porte ».
        since: First day it is watched; ``None`` is always.
        until: First day it is no longer watched; ``None`` is still watched.
        position: Order on screens and sheets.
    """

    __tablename__ = "bait_station"
    __table_args__ = (CheckConstraint("until > since", "in_service"),)
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Poste d’appât")

    name: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    since: Mapped[date | None] = mapped_column(default=None)
    until: Mapped[date | None] = mapped_column(default=None)
    position: Mapped[int] = mapped_column(default=0)


class Ticked(Kept, Base, kw_only=True):
    """Columns of what stands in one box of a sheet of days.

    Attributes:
        part: Part of the day, where the sheet tells them apart; else empty.
        answer: What was ticked; ``None`` where a value was written.
        value: What was measured or weighed, in the unit of its row.
        is_batch: It was ticked with all the others of its day, in one gesture.
    """

    __abstract__ = True

    part: Mapped[str] = mapped_column(String(20), default="")
    answer: Mapped[Answer | None] = mapped_column(default=None)
    value: Mapped[Quantity | None] = mapped_column(default=None)
    is_batch: Mapped[bool] = mapped_column(default=False)


class CleaningMark(Ticked):
    """A box of the cleaning sheet, ticked by who cleaned (case du plan de nettoyage)."""

    __tablename__ = "cleaning_mark"
    __table_args__ = (Index("ix_cleaning_mark_spot", "day", "task_id"),)
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Nettoyage noté")

    task_id: Mapped[int] = mapped_column(ForeignKey("cleaning_task.id"))


class PointCheck(Ticked):
    """The answer to a control point on a day (contrôle du jour, de la semaine ou du mois).

    Attributes:
        point: Code of the control point of the plan.
    """

    __tablename__ = "point_check"
    __table_args__ = (Index("ix_point_check_spot", "day", "point"),)
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Contrôle noté")

    point: Mapped[str] = mapped_column(String(20))


class WasteMeasure(Ticked):
    """Food waste weighed on a day, or the diners of that day (pesée des déchets).

    Attributes:
        line: Where it comes from and whether it could be eaten; see ``waste.LINES``.
    """

    __tablename__ = "waste_measure"
    __table_args__ = (
        Index("ix_waste_measure_spot", "day", "line"),
        CheckConstraint("value >= 0", "value"),
    )
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Pesée des déchets")

    line: Mapped[str] = mapped_column(String(40))


class PestCheck(Ticked):
    """What was found at a bait station on a day (relevé d’un poste d’appât)."""

    __tablename__ = "pest_check"
    __table_args__ = (Index("ix_pest_check_spot", "day", "station_id"),)
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Poste d’appât relevé")

    station_id: Mapped[int] = mapped_column(ForeignKey("bait_station.id"))
