"""Tables of the month’s end: how far each month is, what was said, when it was closed."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base
from cantine_desktop.storage.seal import Sealable


class Step(StrEnum):
    """The eight steps of a month’s end, in order (screens.md, F11 and W7)."""

    SERVICES = "services"
    CASH = "cash"
    BANK = "bank"
    PIECES = "pieces"
    HOURS = "hours"
    STOCK = "stock"
    SENTENCE = "sentence"
    SENDING = "sending"


class MonthEnd(Base, Sealable):
    """The closing of a month, sealed once it is done; another one reopens it.

    Attributes:
        month: Its first day.
        turn: 1, then one more each time the month was reopened.
        begun_at: Instant somebody first opened it.
        sentence: What the month was, in words somebody read again; empty until then.
        comment: Words to the accountant.
        reason: Why the month was reopened; empty the first time.
        closed_at: Instant the accounts were stopped.
        reopened_at: Instant it was reopened, told by the turn after it.
    """

    __tablename__ = "month_end"
    __table_args__ = (UniqueConstraint("month", "turn"),)
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Fin de mois")

    month: Mapped[date]
    begun_at: Mapped[datetime]
    turn: Mapped[int] = mapped_column(default=1)
    sentence: Mapped[str] = mapped_column(default="")
    comment: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    told: Mapped[list["StepTold"]] = relationship(
        order_by="StepTold.id", init=False, cascade="all, delete-orphan"
    )


class StepTold(Base, Sealable):
    """What somebody said of a step: it is done, or goes as it is, and why.

    Attributes:
        note: The reason it goes as it is; empty when nothing was missing.
    """

    __tablename__ = "step_told"
    __table_args__ = (UniqueConstraint("month_end_id", "step"),)
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Étape de fin de mois")
    sealed_with: ClassVar[str] = "month_end_id"

    month_end_id: Mapped[int] = mapped_column(ForeignKey("month_end.id"), index=True, init=False)
    step: Mapped[Step]
    told_at: Mapped[datetime]
    note: Mapped[str] = mapped_column(default="")
