"""Tables of the accountant’s pack: what was handed over, what was said with it, and pay."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from typing_extensions import override

from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base, Quantity
from cantine_desktop.storage.seal import Sealable


class PreparedPack(Base, Sealable):
    """A pack that was written for the accountant: one line of the register (dossier préparé).

    Attributes:
        first: First day of its month.
        made_at: Instant it was written.
        made_by: Profile that asked for it.
        file_name: As it was saved.
        sha256: Of the whole archive, in hexadecimal.
        content_sha256: Of the accounts and the pieces in it, whatever the instant.
        size: Bytes.
        drafts: Entries of the month that were not validated yet.
        pieces: Pieces inside.
        missing: Entries without a piece.
    """

    __tablename__ = "prepared_pack"
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Dossier comptable préparé")

    first: Mapped[date] = mapped_column(index=True)
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    file_name: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    content_sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    entries: Mapped[int]
    drafts: Mapped[int]
    pieces: Mapped[int]
    missing: Mapped[int]

    @override
    def search_line(self) -> str:
        """Return its file name."""
        return self.file_name


class PackNote(Base):
    """What the canteen tells the accountant about a month (mot au comptable).

    Attributes:
        first: First day of the month.
    """

    __tablename__ = "pack_note"
    __table_args__ = (UniqueConstraint("first"),)
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Mot au comptable")

    first: Mapped[date]
    text: Mapped[str]


class Employee(Base):
    """Somebody on the payroll, as the payroll service names them; no more than it needs.

    Payslips are kept five years (Code du travail, art. L3243-4); somebody of whom no line of
    pay is left is removed.

    Attributes:
        number: Matricule, given by the payroll service.
    """

    __tablename__ = "payroll_employee"
    __table_args__ = (UniqueConstraint("number"),)
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Salarié·e")

    number: Mapped[str] = mapped_column(String(16))
    last_name: Mapped[str]
    first_name: Mapped[str]
    is_active: Mapped[bool] = mapped_column(default=True)


class PayItem(StrEnum):
    """What changes from one payslip to the next (rubrique)."""

    DAYS_WORKED = "days-worked"
    COMPLEMENTARY_HOURS = "complementary-hours"
    OVERTIME_25 = "overtime-25"
    OVERTIME_50 = "overtime-50"
    PAID_LEAVE = "paid-leave"
    SICKNESS = "sickness"
    WORK_ACCIDENT = "work-accident"
    UNPAID_LEAVE = "unpaid-leave"
    MEALS_TAKEN = "meals-taken"
    TRANSPORT = "transport"
    BONUS = "bonus"
    ADVANCE = "advance"
    ARRIVAL = "arrival"
    DEPARTURE = "departure"
    OTHER = "other"


class PayVariable(Base):
    """One thing to take into account on a payslip (variable de paie).

    Attributes:
        month: First day of the month of pay.
        quantity: In the unit of its item: hours, days, meals or euros.
        first: First day it is about; ``None`` is the whole month.
        last: Last day, included.
    """

    __tablename__ = "pay_variable"
    __table_args__ = (CheckConstraint("last IS NULL OR first <= last", "order"),)
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Variable de paie")

    month: Mapped[date] = mapped_column(index=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("payroll_employee.id"), index=True)
    item: Mapped[PayItem]
    quantity: Mapped[Quantity]
    first: Mapped[date | None] = mapped_column(default=None)
    last: Mapped[date | None] = mapped_column(default=None)
    comment: Mapped[str] = mapped_column(default="")
