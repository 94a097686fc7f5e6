"""Every change to the data: who did what, when, and what it was before.

The same rows serve the audit trail and undo. Undo never erases history: it is
one more action, which puts the previous values back. Each action holds a hash
over its own content and the hash of the one before, so that no row of history
can be altered unnoticed (see ``chain`` and ``verify``). The values of a change
enter that hash through a salted hash of their own: when they are destroyed at
their term (see ``destruction``), it stays in their place and the chain holds.
"""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base
from cantine_desktop.storage.stored import Row
from cantine_desktop.storage.types import JsonText


class Change(Base):
    """One row before and after an action (modification); a missing side is ``None``.

    Attributes:
        salt: Chance letters hashed with the values, so that nobody can find out by trial
            what a destroyed change held; destroyed with them.
        destroyed: Hash that stands for the values once they were destroyed.
    """

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_spot", "table", "key", "id"),)
    # It holds the values of every table: only who may read all may read it.
    area: ClassVar[str] = "history"
    noun: ClassVar[str] = mark("modification")
    recorded: ClassVar[bool] = False

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    table: Mapped[str]
    key: Mapped[int]
    before: Mapped[Row | None] = mapped_column(JsonText())
    after: Mapped[Row | None] = mapped_column(JsonText())
    salt: Mapped[str | None] = mapped_column(String(32))
    destroyed: Mapped[str | None] = mapped_column(String(64))


class Action(Base):
    """One thing a person did, in one transaction.

    Attributes:
        id: Numbered from 1 without a gap, in the order of the transactions.
        at: Instant of the transaction.
        label: What was done, as the Undo menu says it.
        by: The profile at work.
        undoes: The action this one takes back.
        hash: SHA-256, in hexadecimal, over the action, its changes and the previous hash.
    """

    __tablename__ = "action"
    noun: ClassVar[str] = mark("action")
    recorded: ClassVar[bool] = False

    at: Mapped[datetime]
    label: Mapped[str]
    by: Mapped[str]
    undoes: Mapped[int | None] = mapped_column(ForeignKey("action.id"))
    hash: Mapped[str] = mapped_column(String(64))
    changes: Mapped[list[Change]] = relationship(order_by=Change.id, viewonly=True, init=False)


class Chain(Base):
    """Where a chain of hashes ends, so that a missing end is noticed.

    Attributes:
        name: ``"history"`` or ``"seals"``.
        length: Number of links.
        tip: Hash of the last link.
        mark: Hash over the previous mark and the tip; it follows from all the links.
    """

    __tablename__ = "chain"
    recorded: ClassVar[bool] = False

    name: Mapped[str] = mapped_column(String(16), unique=True)
    length: Mapped[int]
    tip: Mapped[str] = mapped_column(String(64))
    mark: Mapped[str] = mapped_column(String(64))


class UnrecordedError(Exception):
    """Something tried to change rows behind the history's back."""
