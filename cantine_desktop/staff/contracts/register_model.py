"""The table of the single staff register: what was written there stays."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cantine_desktop.i18n import mark
from cantine_desktop.staff.contracts.model import Sex, Status
from cantine_desktop.storage.base import Base
from cantine_desktop.storage.sealed import Sealable


class RegisterLine(Sealable, Base):
    """A line of the single staff register (registre unique du personnel), sealed as it is written.

    It holds its own words, so that a later change of the person or of the contract leaves it as
    it was. A line is put right by another that names it in ``corrects_id``.

    Attributes:
        number: Rank in the order of hiring, from 1; a correction keeps that of what it corrects.
        entered_at: Instant of writing.
        first: Day of entry; ``last``, last day, ``None`` while the person is there.
        is_part_time: Says « salarié à temps partiel ».
        corrects_id: Key of the line it replaces.
        reason: Why it replaces it.
        is_void: It says that the line it replaces was a mistake: nobody came.

    Source: CT-D1221-23.
    """

    __tablename__ = "staff_register_line"
    area: ClassVar[str] = "staff"
    noun: ClassVar[str] = mark("Ligne du registre du personnel")

    contract_id: Mapped[int] = mapped_column(ForeignKey("staff_contract.id"), index=True)
    number: Mapped[int]
    entered_at: Mapped[datetime]
    name: Mapped[str]
    status: Mapped[Status]
    first: Mapped[date]
    last: Mapped[date | None] = mapped_column(default=None)
    birth_date: Mapped[date | None] = mapped_column(default=None)
    nationality: Mapped[str] = mapped_column(default="")
    sex: Mapped[Sex | None] = mapped_column(default=None)
    job: Mapped[str] = mapped_column(default="")
    qualification: Mapped[str] = mapped_column(default="")
    authorisation: Mapped[str] = mapped_column(default="")
    work_permit: Mapped[str] = mapped_column(default="")
    is_part_time: Mapped[bool] = mapped_column(default=False)
    tutor: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    corrects_id: Mapped[int | None] = mapped_column(
        ForeignKey("staff_register_line.id"), default=None, unique=True
    )
    reason: Mapped[str] = mapped_column(default="")
    is_void: Mapped[bool] = mapped_column(default=False)
