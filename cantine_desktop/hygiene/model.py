"""Tables of the sanitary control plan."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import CheckConstraint, Dialect, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from cantine_desktop.hygiene.breach_tables import Breach, CorrectiveAction
from cantine_desktop.hygiene.families import Family
from cantine_desktop.hygiene.limits import (
    Bounds,
    Derived,
    UnitKind,
    Verdict,
    derive_limit,
    floor_of,
    judge,
)
from cantine_desktop.hygiene.slots import Origin, Slot
from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base, Celsius
from cantine_desktop.storage.sealed import Sealable

__all__ = [
    "READINGS",
    "Breach",
    "ColdUnit",
    "CorrectiveAction",
    "FormerTerms",
    "Frequency",
    "Gap",
    "Origin",
    "Reading",
    "Slot",
    "Terms",
    "UnitKind",
    "WeekSignature",
    "is_within",
    "usual_frequency",
    "verdict_of",
]


READINGS = "readings"
"""Key of the register of temperatures of cold units."""


class Frequency(StrEnum):
    """How many times a day a unit is read; once is in the morning."""

    TWICE = "twice"
    ONCE = "once"

    def asks(self, slot: Slot) -> bool:
        """Tell whether a reading is due in a part of the day."""
        return self is Frequency.TWICE or slot is Slot.MORNING


def usual_frequency(kind: UnitKind) -> Frequency:
    """Return how often a kind of unit is read until the canteen decides: freezers once a day.

    Source: BP.
    """
    return Frequency.ONCE if kind is UnitKind.FREEZER else Frequency.TWICE


class Gap(StrEnum):
    """Why there is no temperature where one was due (non relevé)."""

    CLOSED = "closed"
    FORGOTTEN = "forgotten"
    OUT_OF_ORDER = "out_of_order"
    OTHER = "other"


class Families(TypeDecorator[frozenset[Family]]):
    """A set of food families, as their keys in order."""

    impl = String(400)
    cache_ok = True

    @override
    def process_bind_param(self, value: frozenset[Family] | None, dialect: Dialect) -> str | None:
        return None if value is None else " ".join(sorted(value))

    @override
    def process_result_value(self, value: Any | None, dialect: Dialect) -> frozenset[Family] | None:
        return None if value is None else frozenset(map(Family, value.split()))


def is_within(day: date, since: date | None, until: date | None) -> bool:
    """Tell whether a day lies from ``since`` up to and without ``until``, where given."""
    return (since is None or since <= day) and (until is None or day < until)


class Terms(NamedTuple):
    """What is asked of a cold unit on a day.

    Attributes:
        frequency: Readings due a day.
        bounds: Between what temperatures it must stay.
        decided_by: The family stricter than the unit itself, if one is.
    """

    frequency: Frequency
    bounds: Bounds
    decided_by: Family | None


def _terms(unit: "ColdUnit | FormerTerms") -> Terms:
    derived = derive_limit(unit.maximum, unit.holds)
    bounds = Bounds(derived.limit, unit.tolerance, floor_of(unit.kind))
    return Terms(unit.frequency, bounds, derived.family)


class ColdUnit(Base):
    """A fridge, cold room or freezer (enceinte froide).

    Attributes:
        kind: Decides the usual limits, and whether frost is a fault.
        frequency: Readings due a day: in the morning, or in the morning and the evening.
        maximum: What the unit is meant to hold at most, in °C, whatever is in it.
        tolerance: Degrees above the limit where the canteen rechecks before it acts;
            its own choice, never part of the limit.
        holds: Families of food kept in it; the strictest lowers the limit.
        place: Where it stands.
        position: Order on screens and sheets.
        since: First day it is read; ``None`` is always.
        until: First day it is no longer read; ``None`` is still in use.
        former: What was asked of it before, each up to a day, the oldest first.
    """

    __tablename__ = "cold_unit"
    __table_args__ = (
        CheckConstraint("tolerance >= 0", "tolerance"),
        CheckConstraint("until > since", "in_service"),
    )
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Enceinte froide")

    name: Mapped[str]
    maximum: Mapped[Celsius]
    tolerance: Mapped[Celsius]
    kind: Mapped[UnitKind] = mapped_column(default=UnitKind.FRIDGE)
    frequency: Mapped[Frequency] = mapped_column(default=Frequency.TWICE)
    holds: Mapped[frozenset[Family]] = mapped_column(Families, default=frozenset[Family]())
    place: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    since: Mapped[date | None] = mapped_column(default=None)
    until: Mapped[date | None] = mapped_column(default=None)
    former: Mapped[list["FormerTerms"]] = relationship(
        back_populates="unit",
        order_by="FormerTerms.until",
        default_factory=list,
        repr=False,
        lazy="selectin",
        cascade="all, delete-orphan",
    )

    @property
    def derived(self) -> Derived:
        """Its limit and the family that decided it."""
        return derive_limit(self.maximum, self.holds)

    @property
    def bounds(self) -> Bounds:
        """Between what temperatures it must stay today."""
        return Bounds(self.derived.limit, self.tolerance, floor_of(self.kind))

    def on(self, day: date) -> Terms:
        """Return what is, or was, asked of it on a day."""
        return _terms(next((past for past in self.former if day < past.until), self))

    def in_service(self, day: date) -> bool:
        """Tell whether it is read on a day."""
        return is_within(day, self.since, self.until)

    @override
    def search_line(self) -> str:
        """Return what the palette finds it by."""
        return " · ".join(part for part in (self.name, self.place) if part)


class FormerTerms(Base):
    """What was asked of a cold unit before it changed (ancien réglage).

    Attributes:
        until: First day on which it no longer applies.
        kind: As on the unit, and so on.
    """

    __tablename__ = "former_terms"
    __table_args__ = (UniqueConstraint("unit_id", "until"),)
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Ancien réglage d’une enceinte")

    unit_id: Mapped[int] = mapped_column(ForeignKey("cold_unit.id"), init=False, index=True)
    unit: Mapped[ColdUnit] = relationship(back_populates="former", repr=False)
    until: Mapped[date]
    kind: Mapped[UnitKind]
    frequency: Mapped[Frequency]
    maximum: Mapped[Celsius]
    tolerance: Mapped[Celsius]
    holds: Mapped[frozenset[Family]] = mapped_column(Families)


class Reading(Sealable, Base):
    """A temperature read on a cold unit (relevé), or the reason why there is none.

    The limit and the tolerance of that day are kept with the reading: a fridge
    whose contents change later does not judge the past again. A reading not yet
    signed is corrected in place, the history keeps the former value; once signed
    it is corrected by another row of the next revision, and both are printed.

    Attributes:
        day: Civil day it belongs to.
        revision: 1 for the first writing; the highest one counts.
        celsius: Degrees read; ``None`` when ``gap`` says why.
        note: Free words: on the gap, or on the reason of a correction.
        occurred_at: Instant of the reading; ``None`` when only the part of the day is known.
        recorded_at: Instant it was first written in the book.
        initials: Who read it.
        limit: Highest conform temperature that day, in °C.
        tolerance: The canteen's own zone that day, in °C.
        floor: Lowest conform temperature that day, in °C, if any.
        probe: Name or number of the thermometer used; empty for the unit's own display, or
            when nobody said.
    """

    __tablename__ = "reading"
    __table_args__ = (
        UniqueConstraint("unit_id", "day", "slot", "revision"),
        CheckConstraint("(celsius IS NULL) <> (gap IS NULL)", "celsius_or_gap"),
        CheckConstraint("revision >= 1", "revision"),
    )
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Relevé de température")

    unit_id: Mapped[int] = mapped_column(ForeignKey("cold_unit.id"), init=False)
    unit: Mapped[ColdUnit] = relationship(repr=False)
    day: Mapped[date] = mapped_column(index=True)
    slot: Mapped[Slot]
    recorded_at: Mapped[datetime]
    limit: Mapped[Celsius]
    tolerance: Mapped[Celsius]
    revision: Mapped[int] = mapped_column(default=1)
    celsius: Mapped[Celsius | None] = mapped_column(default=None)
    gap: Mapped[Gap | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(default="")
    occurred_at: Mapped[datetime | None] = mapped_column(default=None)
    initials: Mapped[str] = mapped_column(default="")
    origin: Mapped[Origin] = mapped_column(default=Origin.TYPED)
    floor: Mapped[Celsius | None] = mapped_column(default=None)
    probe: Mapped[str] = mapped_column(default="")

    @property
    def verdict(self) -> Verdict:
        """What it means, by the limits of its day."""
        return verdict_of(self.celsius, self.gap, Bounds(self.limit, self.tolerance, self.floor))


def verdict_of(celsius: Decimal | None, gap: Gap | None, bounds: Bounds) -> Verdict:
    """Judge a reading or its absence; a closed canteen has nothing to read."""
    if celsius is not None:
        return judge(celsius, bounds)
    return Verdict.NOT_APPLICABLE if gap is Gap.CLOSED else Verdict.NOT_DONE


class WeekSignature(Sealable, Base):
    """The sheet of a week that someone declared true and closed (semaine signée).

    Attributes:
        monday: First day of the ISO week.
        initials: Who signed.
        signed_at: Instant of the signature.
        register: Key of the register or matrix of the sheet; ``"readings"`` for the
            temperatures of cold units.
        note: What was to be said at the signature, such as why the sheet is empty.
    """

    __tablename__ = "week_signature"
    __table_args__ = (UniqueConstraint("register", "monday"),)
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Semaine signée")

    monday: Mapped[date]
    initials: Mapped[str]
    signed_at: Mapped[datetime]
    register: Mapped[str] = mapped_column(String(40), default=READINGS)
    note: Mapped[str] = mapped_column(default="")
