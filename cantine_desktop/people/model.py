"""Tables of the people at work on the book: their profiles and what happened to their access."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cantine_desktop.i18n import mark
from cantine_desktop.people.secrets import Secret
from cantine_desktop.storage.base import Base

__all__ = ["Access", "AccessEvent", "Profile", "ProfileKey", "Secret"]


class ProfileKey(StrEnum):
    """The five ways of working on a book."""

    DIRECTION = "direction"
    KITCHEN = "kitchen"
    COUNTER = "counter"
    TREASURY = "treasury"
    READING = "reading"


class Profile(Base):
    """A way of working on the book, with its rights (profil).

    Its password, if it has one, is kept apart in ``people.secrets``: the
    history records every value of this table.

    Attributes:
        key: Which profile it is; the rights come from it.
        name: Name the canteen gives it, ``"Cuisine, Marie"``; empty for the usual one.
        idle_minutes: Minutes without a gesture before the window locks; 0 is never.
        is_active: It is offered when somebody signs in; the direction always is.
    """

    __tablename__ = "profile"
    area: ClassVar[str] = "access"
    noun: ClassVar[str] = mark("profil")
    __table_args__ = (
        CheckConstraint("key != 'direction' OR is_active", name="direction_active"),
        CheckConstraint("idle_minutes BETWEEN 0 AND 1440", name="idle_minutes"),
    )

    key: Mapped[ProfileKey] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    idle_minutes: Mapped[int] = mapped_column(default=15)
    is_active: Mapped[bool] = mapped_column(default=True)


class AccessEvent(StrEnum):
    """What happened to the access of a profile."""

    REFUSED = "refused"
    PASSWORD_SET = "password-set"  # noqa: S105  -- the name of an event
    PASSWORD_REMOVED = "password-removed"  # noqa: S105  -- the name of an event
    RECOVERED = "recovered"
    KEY_RENEWED = "key-renewed"
    WAY_OUT_SET = "way-out-set"


class Access(Base):
    """One thing that happened to the access of a profile; never a password, never its hash.

    Attributes:
        at: Instant.
        key: The profile concerned.
        event: What happened.
        witness: Tells the secret given then from any other, without helping to guess it:
            SHA-256 (hexadecimal) of its salted hash. Empty when none was given.
    """

    __tablename__ = "access"
    noun: ClassVar[str] = mark("accès")

    at: Mapped[datetime]
    key: Mapped[ProfileKey]
    event: Mapped[AccessEvent]
    witness: Mapped[str] = mapped_column(default="")
