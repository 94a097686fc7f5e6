"""Tables of what must not be destroyed: holds, and their end."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column
from typing_extensions import override

from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base
from cantine_desktop.storage.sealed import Sealable


class HoldReason(StrEnum):
    """Why records are frozen."""

    OUTBREAK = "outbreak"
    INSPECTION = "inspection"
    DISPUTE = "dispute"
    OTHER = "other"


class Hold(Sealable, Base):
    """Records that must not be destroyed until somebody says so (gel).

    It reaches every record of its days, and any record of any day that names one of its
    products or lots. It is sealed when it is opened; lifting is another row.

    Attributes:
        words: What it is about.
        since: Instant it was opened.
        first: First civil day it reaches.
        end: First civil day it no longer reaches; ``None`` as long as it is not lifted.
        products: Products and lots, one a line; may be empty.
        opened_by: Initials of who opened it.
    """

    __tablename__ = "hold"
    __table_args__ = (CheckConstraint('"end" > first', "days"),)
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Gel de la conservation")

    reason: Mapped[HoldReason]
    since: Mapped[datetime]
    first: Mapped[date]
    opened_by: Mapped[str]
    end: Mapped[date | None] = mapped_column(default=None)
    words: Mapped[str] = mapped_column(default="")
    products: Mapped[str] = mapped_column(default="")

    @override
    def search_line(self) -> str | None:
        """Return what the palette finds it by."""
        return (
            " · ".join(part for part in (self.words, *self.products.splitlines()) if part) or None
        )


class HoldLift(Sealable, Base):
    """The end of a hold (levée d’un gel).

    Attributes:
        at: Instant it was lifted.
        by: Initials of who lifted it.
        why: On what ground.
    """

    __tablename__ = "hold_lift"
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Levée d’un gel")

    hold_id: Mapped[int] = mapped_column(ForeignKey("hold.id"), unique=True)
    at: Mapped[datetime]
    by: Mapped[str]
    why: Mapped[str]
