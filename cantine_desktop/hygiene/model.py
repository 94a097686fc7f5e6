"""Tables of the sanitary control plan."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cantine_desktop.storage.base import Base, Celsius


class Slot(StrEnum):
    """When in the day a reading is taken."""

    MORNING = "morning"
    EVENING = "evening"


class ColdUnit(Base):
    """A fridge, cold room or freezer (enceinte) and its limit."""

    __tablename__ = "cold_unit"
    area: ClassVar[str] = "hygiene"

    name: Mapped[str]
    limit: Mapped[Celsius]
    tolerance: Mapped[Celsius]


class Reading(Base):
    """A temperature read on a cold unit (relevé)."""

    __tablename__ = "reading"
    area: ClassVar[str] = "hygiene"
    __table_args__ = (UniqueConstraint("unit_id", "day", "slot"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("cold_unit.id"), init=False)
    unit: Mapped[ColdUnit] = relationship(repr=False)
    day: Mapped[date]
    slot: Mapped[Slot]
    celsius: Mapped[Celsius]
    taken_at: Mapped[datetime]


class Breach(Base):
    """A non-conformity and what was done about it."""

    __tablename__ = "breach"
    area: ClassVar[str] = "hygiene"

    reading_id: Mapped[int] = mapped_column(ForeignKey("reading.id"), init=False)
    reading: Mapped[Reading] = relationship(repr=False)
    excess: Mapped[Celsius]
    action: Mapped[str | None] = mapped_column(default=None)
