"""Tables of payroll: what the office that makes the pay slips calls people and variables."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base
from cantine_desktop.values.money import Money

__all__ = ["EXTRAS", "ExtraKind", "PayrollCode", "PayrollExtra", "PayrollNumber"]


class PayrollNumber(Base):
    """How payroll numbers somebody (matricule)."""

    __tablename__ = "payroll_number"
    __table_args__ = (UniqueConstraint("member_id"), UniqueConstraint("number"))
    area: ClassVar[str] = "staff"
    noun: ClassVar[str] = mark("Matricule de paie")

    member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    number: Mapped[str]


class PayrollCode(Base):
    """What a payroll office calls a variable, where it is not the usual code (code de rubrique).

    Attributes:
        layout: Key of the layout in ``resources/staff/payroll.toml``.
        variable: Key of the variable: ``overtime-25``.
        code: Empty leaves the variable out of the file.
    """

    __tablename__ = "payroll_code"
    __table_args__ = (UniqueConstraint("layout", "variable"),)
    area: ClassVar[str] = "staff"
    noun: ClassVar[str] = mark("Code de rubrique")

    layout: Mapped[str]
    variable: Mapped[str]
    code: Mapped[str]


class ExtraKind(StrEnum):
    """What is paid or held back beside hours and absences."""

    MEALS = "meals"
    TRANSPORT = "transport"
    ADVANCE = "advance"
    BONUS = "bonus"
    COMMENT = "comment"


EXTRAS: dict[ExtraKind, str] = {
    ExtraKind.MEALS: mark("Repas pris (avantage en nature)"),
    ExtraKind.TRANSPORT: mark("Frais de transport"),
    ExtraKind.ADVANCE: mark("Acompte versé"),
    ExtraKind.BONUS: mark("Prime"),
    ExtraKind.COMMENT: mark("Commentaire"),
}


class PayrollExtra(Base):
    """What else payroll needs to know of somebody’s month (élément de paie).

    Attributes:
        month: First day of the month.
        count: How many, for meals.
        amount: Euros, for the others.
    """

    __tablename__ = "payroll_extra"
    __table_args__ = (
        UniqueConstraint("member_id", "month", "kind"),
        CheckConstraint('"count" >= 0', "count"),
    )
    area: ClassVar[str] = "staff"
    noun: ClassVar[str] = mark("Élément de paie")

    member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    month: Mapped[date] = mapped_column(index=True)
    kind: Mapped[ExtraKind]
    count: Mapped[int | None] = mapped_column(default=None)
    amount: Mapped[Money | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(default="")
