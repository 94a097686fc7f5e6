"""Where hashes of passwords lie: outside the history, which keeps every value for ever.

No action can change or undo them; the functions below are their only door. What
happened (a password was set, an attempt refused) is recorded in ``people.model.Access``.
"""

import unicodedata
from datetime import datetime, timedelta
from hashlib import sha256
from typing import ClassVar, cast

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import String, Table, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base


class Secret(Base):
    """The hash of a password or of the recovery key.

    The history does not record this table: it is written by the functions of
    this module alone, and cannot be written through a session.

    Attributes:
        owner: Key of a profile, ``"recovery"`` or ``"way-out"``.
        hash: Argon2id, with its salt and costs.
        failures: Attempts failed since the last success.
        failed_at: Instant of the last one.
    """

    __tablename__ = "secret"
    area: ClassVar[str] = "access"
    noun: ClassVar[str] = mark("secret")
    recorded: ClassVar[bool] = False

    owner: Mapped[str] = mapped_column(String(32), unique=True)
    hash: Mapped[str] = mapped_column(String(255))
    failures: Mapped[int]
    failed_at: Mapped[datetime | None]


SECRETS = cast("Table", Secret.__table__)

FREE_FAILURES = 3
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=15)

_HASHER = PasswordHasher()
_DECOY = (
    "$argon2id$v=19$m=65536,t=3,p=4"
    "$sunpcSR1jZA34WLJByx/7Q$Peza9vCci6lBvps0fl/0B9cNZu3dVzi1tTxnhAQaQus"
)
"""Hash to work on when there is no secret, so that the answer takes as long."""


def has_secret(session: Session, owner: str) -> bool:
    """Tell whether an owner has a secret."""
    query = select(SECRETS.c.id).where(SECRETS.c.owner == owner)
    return session.connection().execute(query).first() is not None


def keep_secret(session: Session, owner: str, secret: str) -> str:
    """Keep the hash of a new secret, in place of the former one; return its witness.

    Past failures are forgotten.
    """
    forget_secret(session, owner)
    hashed = _HASHER.hash(_normal(secret))
    values = {"owner": owner, "hash": hashed, "failures": 0}
    session.connection().execute(SECRETS.insert().values(values))
    return _witness(hashed)


def witness(session: Session, owner: str) -> str:
    """Return what tells the secret of an owner from any other; empty when there is none.

    A hash put in the place of another by some other program shows by it.
    """
    query = select(SECRETS.c.hash).where(SECRETS.c.owner == owner)
    hashed = session.connection().execute(query).scalar()
    return "" if hashed is None else _witness(hashed)


def forget_secret(session: Session, owner: str) -> None:
    """Delete the secret of an owner, if there is one."""
    session.connection().execute(SECRETS.delete().where(SECRETS.c.owner == owner))


def remaining_wait(session: Session, owner: str, now: datetime) -> timedelta:
    """Return how long the next attempt must wait; zero when it may be made now.

    Three failures are free; the wait then doubles from 5 seconds to 15 minutes.
    A clock set back never makes the wait longer than it was.
    """
    query = select(SECRETS.c.failures, SECRETS.c.failed_at).where(SECRETS.c.owner == owner)
    row = session.connection().execute(query).first()
    if row is None or row.failed_at is None or row.failures < FREE_FAILURES:
        return timedelta()
    failures: int = row.failures
    failed_at: datetime = row.failed_at
    wait = min(FIRST_WAIT * (1 << min(failures - FREE_FAILURES, 10)), LONGEST_WAIT)
    return max(timedelta(), min(wait, failed_at + wait - now))


def count_attempt(session: Session, owner: str, now: datetime) -> None:
    """Count an attempt as failed before it is judged, so that racing attempts all count."""
    statement = SECRETS.update().where(SECRETS.c.owner == owner)
    values = {"failures": SECRETS.c.failures + 1, "failed_at": now}
    session.connection().execute(statement.values(values))


def forget_failures(session: Session, owner: str) -> None:
    """Forget the failed attempts of an owner, who has just succeeded."""
    statement = SECRETS.update().where(SECRETS.c.owner == owner)
    session.connection().execute(statement.values(failures=0, failed_at=None))


def matches(session: Session, owner: str, secret: str) -> bool:
    """Tell whether a secret is the owner's, in the same time whatever the answer."""
    query = select(SECRETS.c.hash).where(SECRETS.c.owner == owner)
    stored = session.connection().execute(query).scalar()
    try:
        _HASHER.verify(stored or _DECOY, _normal(secret))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def _witness(hashed: str) -> str:
    return sha256(hashed.encode()).hexdigest()


def _normal(secret: str) -> str:
    """Give one form to a secret, whatever the keyboard: an accent may come in one sign or two."""
    return unicodedata.normalize("NFKC", secret)
