"""Tables of the plan: its versions, and the points of each."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base
from cantine_desktop.storage.sealed import Sealable
from cantine_desktop.storage.types import JsonText


class Regime(StrEnum):
    """Whose meals these are, which decides duties (régime).

    Source: R852, AM09-IV-PT, D2011-731.
    """

    COLLECTIVE = "collective"
    COMMERCIAL = "commercial"
    BOTH = "both"


class PlanVersion(Sealable, Base):
    """A version of the sanitary control plan (version du PMS).

    The one without ``valid_from`` is the draft; there is one at most. A version is sealed
    with its points when it is put in force, and stays readable for ever.

    Attributes:
        number: 1 for the first; the draft already holds the next one.
        regime: Whose meals these are.
        traits: What this canteen has, buys and serves: ``["has:fryer", "family:eggs"]``.
        valid_from: First day it is in force, until the next one; ``None`` for the draft.
        label: What it is called: « Nouvelle friteuse ».
        reason: Why it was made.
        prepared_by: Who wrote it, a first name or initials.
        initials: Who put it in force.
        put_in_force_at: Instant that was decided.
        points: Its control points, in the order of the plan.
    """

    __tablename__ = "plan_version"
    __table_args__ = (UniqueConstraint("number"), UniqueConstraint("valid_from"))
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Version du plan")

    number: Mapped[int]
    regime: Mapped[Regime]
    traits: Mapped[list[str]] = mapped_column(JsonText)
    valid_from: Mapped[date | None] = mapped_column(default=None)
    label: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    prepared_by: Mapped[str] = mapped_column(default="")
    initials: Mapped[str] = mapped_column(default="")
    put_in_force_at: Mapped[datetime | None] = mapped_column(default=None)
    points: Mapped[list["PlanPoint"]] = relationship(
        back_populates="version", order_by="PlanPoint.position", default_factory=list, repr=False
    )


class PlanPoint(Sealable, Base):
    """A control point as a version of the plan has it (point de contrôle).

    Attributes:
        code: ``"REC-02"``, ``"OWN-01"``.
        position: Order in the plan.
        is_on: The canteen does this check.
        title: In French.
        definition: The whole point, as ``plan.points.Point`` is written in JSON.
    """

    __tablename__ = "plan_point"
    __table_args__ = (UniqueConstraint("version_id", "code"),)
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Point de contrôle")
    sealed_with: ClassVar[str] = "version_id"

    version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"), init=False)
    version: Mapped[PlanVersion] = relationship(back_populates="points", repr=False)
    code: Mapped[str]
    position: Mapped[int]
    is_on: Mapped[bool]
    title: Mapped[str]
    definition: Mapped[dict[str, Any]] = mapped_column(JsonText)


class Activity(Base):
    """How busy a week was, for the flexibility of the plan (activité de la semaine).

    Attributes:
        monday: First day of the ISO week.
        meals: Meals made that week.
        handlers: Most people who handled food on one day of it, cooks of the day included.
    """

    __tablename__ = "kitchen_activity"
    __table_args__ = (UniqueConstraint("monday"),)
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Activité de la semaine")

    monday: Mapped[date]
    meals: Mapped[int | None] = mapped_column(default=None)
    handlers: Mapped[int | None] = mapped_column(default=None)
