"""The table of what might happen to the treasury."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base
from cantine_desktop.values.money import Money


class Scenario(Base):
    """What might happen to the treasury (scénario).

    Attributes:
        grant_delay: Months by which every grant comes late.
        grants_lost: In hundredths: 100 when no grant still expected comes at all.
        meals_change: In hundredths: −10 when a tenth fewer meals are served.
        costs_change: In hundredths: 5 when purchases cost a twentieth more.
        one_off: Amount that comes in, or goes out when negative.
        one_off_on: Its day.
    """

    __tablename__ = "scenario"
    __table_args__ = (
        UniqueConstraint("name"),
        CheckConstraint("grants_lost BETWEEN 0 AND 100", "share"),
    )
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Scénario")

    name: Mapped[str]
    grant_delay: Mapped[int] = mapped_column(default=0)
    grants_lost: Mapped[int] = mapped_column(default=0)
    meals_change: Mapped[int] = mapped_column(default=0)
    costs_change: Mapped[int] = mapped_column(default=0)
    one_off: Mapped[Money] = mapped_column(default=Money(0))
    one_off_on: Mapped[date | None] = mapped_column(default=None)
