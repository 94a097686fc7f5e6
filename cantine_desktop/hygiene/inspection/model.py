"""Tables of inspections: the visits, and the key of the book, which no history keeps."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base


class BookKey(Base):
    """The key of the book (clé du livre), made at first use and never changed.

    The history does not record this table, which would keep the secret for ever.

    Attributes:
        secret: The 32 bytes of an Ed25519 private key.
    """

    __tablename__ = "book_key"
    area: ClassVar[str] = "access"
    noun: ClassVar[str] = mark("clé du livre")
    recorded: ClassVar[bool] = False

    secret: Mapped[bytes] = mapped_column(LargeBinary)


class Inspection(Base):
    """A visit of the inspectors (inspection).

    Attributes:
        day: Civil day.
        recorded_at: Instant it was written.
        words: What is to be remembered: the service, the outcome.
    """

    __tablename__ = "inspection"
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Inspection")

    day: Mapped[date] = mapped_column(unique=True)
    recorded_at: Mapped[datetime]
    words: Mapped[str] = mapped_column(default="")
