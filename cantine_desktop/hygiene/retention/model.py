"""The table of how long the canteen keeps each class of records."""

from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from cantine_desktop.hygiene.retention.classes import Retention
from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base


class RetentionChoice(Base):
    """For how long the canteen keeps a class of records (durée choisie).

    Attributes:
        months: Never below what the text asks at least.
    """

    __tablename__ = "retention_choice"
    __table_args__ = (UniqueConstraint("retention"), CheckConstraint("months >= 0", "months"))
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Durée de conservation")

    retention: Mapped[Retention]
    months: Mapped[int]
