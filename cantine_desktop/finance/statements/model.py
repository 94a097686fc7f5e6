"""What a canteen decided about taxes, and about the value of what it is given."""

from enum import StrEnum
from typing import ClassVar

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base
from cantine_desktop.values.money import Money


class VatStatus(StrEnum):
    """How the canteen stands towards VAT and commercial taxes, as its board decided."""

    UNKNOWN = "unknown"
    SOCIAL = "social"
    FRANCHISE = "franchise"
    LIABLE = "liable"


class FinancePolicy(Base):
    """The choices behind the statements: one row at most (réglages comptables).

    Attributes:
        volunteer_rate: Euros for one hour given; ``None`` while nobody chose.
        volunteer_basis: What the rate was chosen by, in words.
        food_rate: Euros for one kilogram of donated food; ``None`` while nobody chose.
        food_basis: What that rate was chosen by, in words.
        is_sectorised: Lucrative activities are kept in a sector of their own.
        least_cash: Balance under which the treasury is in trouble.
        note: What the accountant or the tax office answered, and when.
    """

    __tablename__ = "finance_policy"
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Réglages comptables")

    vat: Mapped[VatStatus] = mapped_column(default=VatStatus.UNKNOWN)
    is_sectorised: Mapped[bool] = mapped_column(default=False)
    volunteer_rate: Mapped[Money | None] = mapped_column(default=None)
    volunteer_basis: Mapped[str] = mapped_column(default="")
    food_rate: Mapped[Money | None] = mapped_column(default=None)
    food_basis: Mapped[str] = mapped_column(default="")
    least_cash: Mapped[Money] = mapped_column(default=Money(0))
    note: Mapped[str] = mapped_column(default="")


class FranchiseLimit(Base):
    """The franchise of commercial taxes of a calendar year, typed where none is shipped.

    Attributes:
        source: Where the figure was read.
    """

    __tablename__ = "franchise_limit"
    __table_args__ = (UniqueConstraint("year"),)
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Seuil de franchise")

    year: Mapped[int]
    amount: Mapped[Money]
    source: Mapped[str] = mapped_column(default="")
