"""Tables of suspected food poisonings: counts and acts, never the name of anyone ill."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from typing_extensions import override

from cantine_desktop.i18n import mark, short_day, tr
from cantine_desktop.storage.base import Base
from cantine_desktop.storage.sealed import Sealable


class Callee(StrEnum):
    """Whom to call (à qui téléphoner)."""

    SAMU = "samu"
    ARS = "ars"
    DDPP = "ddpp"
    POISON = "poison"
    DOCTOR = "doctor"
    OTHER = "other"


class CrisisContact(Base):
    """A number to call in a crisis, written before it is needed (contact d’urgence).

    Attributes:
        callee: Who answers there.
        name: As they answer the telephone.
        phone: As it is dialled.
        note: Hours, other numbers, e-mail.
    """

    __tablename__ = "crisis_contact"
    __table_args__ = (UniqueConstraint("callee"),)
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Contact d’urgence")

    callee: Mapped[Callee]
    name: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")


class Outbreak(Sealable, Base):
    """A suspicion of collective food poisoning (suspicion de TIAC).

    It is sealed with its calls and measures when it is closed. Who is ill, and of what, is
    written by hand on paper that does not enter the book.

    Attributes:
        opened_at: Instant somebody suspected it.
        opened_by: Initials.
        first: First civil day of the suspected meals.
        end: First civil day no longer suspected.
        ill: How many people are ill, as far as known.
        diners: How many ate the suspected meals; ``None`` when nobody knows.
        days_before: How many days before are gathered too.
        hold_id: The hold that keeps the records from destruction.
        closed_at: Instant the authorities, or the canteen, ended it.
        closed_by: Initials.
        conclusion: What came out of it, without any name.
        calls: Calls made, in order.
        measures: What was done, in order.
    """

    __tablename__ = "outbreak"
    __table_args__ = (
        CheckConstraint('"end" > first', "days"),
        CheckConstraint("ill >= 0", "ill"),
        CheckConstraint("diners >= 0", "diners"),
        CheckConstraint("days_before >= 0", "days_before"),
    )
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Suspicion de TIAC")

    opened_at: Mapped[datetime]
    opened_by: Mapped[str]
    first: Mapped[date]
    end: Mapped[date]
    hold_id: Mapped[int] = mapped_column(ForeignKey("hold.id"))
    ill: Mapped[int] = mapped_column(default=0)
    diners: Mapped[int | None] = mapped_column(default=None)
    days_before: Mapped[int] = mapped_column(default=3)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    closed_by: Mapped[str] = mapped_column(default="")
    conclusion: Mapped[str] = mapped_column(default="")
    calls: Mapped[list["OutbreakCall"]] = relationship(
        back_populates="outbreak", order_by="OutbreakCall.id", default_factory=list, repr=False
    )
    measures: Mapped[list["OutbreakMeasure"]] = relationship(
        back_populates="outbreak", order_by="OutbreakMeasure.id", default_factory=list, repr=False
    )

    @override
    def search_line(self) -> str:
        """Return what the palette finds it by."""
        return tr("Suspicion de TIAC, repas du {day}").format(day=short_day(self.first))


class OutbreakCall(Sealable, Base):
    """A call made about a suspicion (appel passé).

    Attributes:
        at: Instant of the call.
        callee: Who was called.
        spoke_to: Who answered, by function or name of the service.
        by: Initials of who called.
        words: What was agreed; nobody ill is named.
    """

    __tablename__ = "outbreak_call"
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Appel")
    sealed_with: ClassVar[str] = "outbreak_id"

    outbreak_id: Mapped[int] = mapped_column(ForeignKey("outbreak.id"), init=False, index=True)
    outbreak: Mapped[Outbreak] = relationship(back_populates="calls", repr=False)
    callee: Mapped[Callee]
    at: Mapped[datetime]
    by: Mapped[str]
    spoke_to: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")


class OutbreakMeasure(Sealable, Base):
    """Something done about a suspicion (mesure prise).

    Attributes:
        step: Key of the step it ticks; empty for another measure.
        at: Instant it was written.
        by: Initials of who did it.
        words: What was done, where things were put; nobody ill is named.
    """

    __tablename__ = "outbreak_measure"
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Mesure prise")
    sealed_with: ClassVar[str] = "outbreak_id"

    outbreak_id: Mapped[int] = mapped_column(ForeignKey("outbreak.id"), init=False, index=True)
    outbreak: Mapped[Outbreak] = relationship(back_populates="measures", repr=False)
    at: Mapped[datetime]
    by: Mapped[str]
    step: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
