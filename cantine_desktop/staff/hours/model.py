"""Tables of the hours done: each stretch of work, each week confirmed and signed, hours valued."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cantine_desktop.i18n import mark
from cantine_desktop.staff.law.stints import Kind
from cantine_desktop.staff.rosters.model import Post
from cantine_desktop.storage.base import Base
from cantine_desktop.storage.sealed import Sealable
from cantine_desktop.values.money import Money

__all__ = [
    "WEEK_STATES",
    "HoursWeek",
    "Level",
    "ValuedHours",
    "WeekState",
    "WorkedShift",
]


class WorkedShift(Sealable, Base):
    """When somebody was really there (heures faites). Sealed once the week is signed.

    A row that another names stands no more, and neither does a void one; both are kept and
    printed. What follows a signature is written, and sealed, beside what it replaces.

    Attributes:
        day: The civil day it is reckoned with.
        start: Minutes after the midnight that begins ``day``, as clocks show them, 0 to 1439.
        finish: Alike, after ``start``, at most 24 h later: above 1440 it ends on the next day.
        pause: Minutes of break inside; not effective work.
        kind: Work, or school and training that count like it.
        recorded_at: Instant of writing.
        corrects_id: The row it stands for.
        is_void: The hours were planned, or written, and were not done.
        reason: Why a signed row was corrected; empty otherwise.
        by: Who wrote, as the book knows them; may be empty.
    """

    __tablename__ = "worked_shift"
    __table_args__ = (
        CheckConstraint("start BETWEEN 0 AND 1439", "start"),
        CheckConstraint('start < "finish" AND "finish" <= start + 1440', "finish"),
        CheckConstraint('pause >= 0 AND pause < "finish" - start', "pause"),
    )
    area: ClassVar[str] = "staff"
    noun: ClassVar[str] = mark("Heures faites")

    member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    day: Mapped[date] = mapped_column(index=True)
    start: Mapped[int]
    finish: Mapped[int]
    recorded_at: Mapped[datetime]
    post: Mapped[Post] = mapped_column(default=Post.KITCHEN)
    pause: Mapped[int] = mapped_column(default=0)
    kind: Mapped[Kind] = mapped_column(default=Kind.WORK)
    corrects_id: Mapped[int | None] = mapped_column(
        ForeignKey("worked_shift.id"), index=True, default=None
    )
    is_void: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(default="")
    by: Mapped[str] = mapped_column(default="")


class WeekState(StrEnum):
    """How far the hours of somebody's week are; a week without a row is open."""

    CONFIRMED = "confirmed"
    SIGNED = "signed"


WEEK_STATES: dict[WeekState, str] = {
    WeekState.CONFIRMED: mark("Confirmée"),
    WeekState.SIGNED: mark("Signée"),
}


class HoursWeek(Sealable, Base):
    """A civil week of somebody that was confirmed, then signed (semaine d’heures).

    Attributes:
        monday: First day.
        confirmed_at: Instant somebody said that the week is as written.
        confirmed_by: Who, as the book knows them; may be empty.
        signed_at: Instant of the signature; sealed with the rows of the week.
        signed_by: Who signed, in their words: a name or initials.
        minutes: Effective minutes of the week when it was signed.
        away: Absences of the week when it was signed, in words.
    """

    __tablename__ = "hours_week"
    __table_args__ = (UniqueConstraint("member_id", "monday"),)
    area: ClassVar[str] = "staff"
    noun: ClassVar[str] = mark("Semaine d’heures")

    member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    monday: Mapped[date] = mapped_column(index=True)
    confirmed_at: Mapped[datetime]
    state: Mapped[WeekState] = mapped_column(default=WeekState.CONFIRMED)
    confirmed_by: Mapped[str] = mapped_column(default="")
    signed_at: Mapped[datetime | None] = mapped_column(default=None)
    signed_by: Mapped[str] = mapped_column(default="")
    minutes: Mapped[int | None] = mapped_column(default=None)
    away: Mapped[str] = mapped_column(default="")


class Level(StrEnum):
    """What given hours are worth, from what is done in them."""

    HELP = "help"
    SKILLED = "skilled"
    GOVERNANCE = "governance"


class ValuedHours(Base):
    """Hours given that were written to the accounts at their value (bénévolat valorisé).

    Attributes:
        month: First day of the month.
        hundredths: Hours, in hundredths; below zero takes back what was too much.
        rate: Euros for one hour.
        entry_id: The entry in class 8.
    """

    __tablename__ = "valued_hours"
    area: ClassVar[str] = "staff"
    noun: ClassVar[str] = mark("Bénévolat valorisé")

    month: Mapped[date] = mapped_column(index=True)
    level: Mapped[Level]
    hundredths: Mapped[int]
    rate: Mapped[Money]
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
