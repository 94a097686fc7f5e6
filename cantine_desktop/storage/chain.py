"""Writing history: numbered actions, each bound to the one before by its hash.

``hash = sha256(previous hash + canonical JSON of the link)``. The end of a chain
is kept apart (``Chain``) with a mark that follows from every link: who removes
the last links, or the row that counts them, leaves a mark that no longer agrees.
"""

import hashlib
import secrets
from collections.abc import Container, Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import Connection, Executable, Table, bindparam, func, insert, select, update

from cantine_desktop.storage.base import Base
from cantine_desktop.storage.history import Action, Chain, Change
from cantine_desktop.storage.stored import Row, Spot, as_text
from cantine_desktop.storage.types import canonical_json

HISTORY = "history"
LOST = "lost"
"""Stands for the mark of a chain whose end someone removed; nothing agrees with it."""


class End(NamedTuple):
    """The end of a chain."""

    length: int = 0
    tip: str = ""
    mark: str = ""


class Altered(NamedTuple):
    """One row before and after; a missing side is ``None``."""

    spot: Spot
    before: Row | None
    after: Row | None


class StoredChange(NamedTuple):
    """A change as stored, its rows as canonical JSON.

    Attributes:
        destroyed: Hash of the values, once they were destroyed.
    """

    id: int
    table: str
    key: int
    before: str | None
    after: str | None
    salt: str | None = None
    destroyed: str | None = None

    @property
    def hash(self) -> str:
        """What stands for the values in the hash of the action, whether they are there or not."""
        return self.destroyed or values_hash(self.salt, self.before, self.after)


class Header(NamedTuple):
    """An action as stored, without its hash and changes; ``at`` as stored text."""

    id: int
    at: str
    label: str
    by: str
    undoes: int | None


def digest(previous: str, text: str) -> str:
    """Return the hash of a link, in hexadecimal."""
    return hashlib.sha256((previous + text).encode("utf-8", "surrogatepass")).hexdigest()


def new_salt() -> str:
    """Return chance letters to hash values with."""
    return secrets.token_hex(16)


def values_hash(salt: str | None, *values: str | None) -> str:
    """Return the hash of values written as canonical JSON, that salt makes impossible to guess."""
    return digest(salt or "", ",".join(map(_or_null, values)))


def action_text(header: Header, changes: Iterable[StoredChange]) -> str:
    """Write an action with its changes as canonical JSON, each by the hash of its values."""
    parts = ",".join(
        f'{{"hash":"{c.hash}","id":{c.id},"key":{c.key},"table":{canonical_json(c.table)}}}'
        for c in changes
    )
    return (
        f'{{"at":{canonical_json(header.at)},"by":{canonical_json(header.by)},'
        f'"changes":[{parts}],"id":{header.id},"label":{canonical_json(header.label)},'
        f'"undoes":{canonical_json(header.undoes)}}}'
    )


def _or_null(text: str | None) -> str:
    return "null" if text is None else text


def end_of(connection: Connection, name: str) -> End | None:
    """Return where a chain ends, ``None`` if nothing says it."""
    row = connection.execute(_statements().end, {"chain": name}).one_or_none()
    return None if row is None else End(*row)


def grow(
    connection: Connection, name: str, end: End | None, links: Sequence[str], last: int
) -> None:
    """Move the end of a chain over new links.

    Args:
        connection: Of the transaction that adds the links.
        name: The chain.
        end: Where it ended, as ``end_of`` says.
        links: Hashes added, in order.
        last: Number of the last link.
    """
    seal = end.mark if end else ""
    for link in links:
        seal = digest(seal, link)
    values = {"length": last, "tip": links[-1], "mark": seal}
    if end is None or not connection.execute(_statements().move, values | {"chain": name}).rowcount:
        connection.execute(insert(_table(Chain)), values | {"name": name})


def write_action(
    connection: Connection,
    *,
    at: datetime,
    label: str,
    by: str,
    altered: Sequence[Altered],
    undoes: int | None = None,
    destroyed: Container[Spot] = (),
) -> int:
    """Write an action and its changes at the end of history; return its number.

    The transaction must hold the write lock. Migrations that rewrite values
    call this too, so that history still explains every row.

    Args:
        connection: Of the transaction that made the changes.
        at: Instant of the action, aware.
        label: What was done.
        by: Who did it.
        altered: The rows that differ, at least one.
        undoes: Number of the action taken back.
        destroyed: Rows whose values are not to be kept: history says that they went, and
            nothing else.
    """
    end = end_of(connection, HISTORY) or _lost_end(connection)
    number = end.length + 1 if end else 1
    naive = at.astimezone(UTC).replace(tzinfo=None)
    header = Header(number, as_text(naive), label, by, undoes)
    first = (connection.scalar(_statements().last_change) or 0) + 1
    changes = [_stored(first + i, a, a.spot in destroyed) for i, a in enumerate(altered)]
    link = digest(end.tip if end else "", action_text(header, changes))
    connection.execute(_statements().add_action, header._asdict() | {"at": at, "hash": link})
    connection.execute(
        _statements().add_changes,
        [
            {"id": c.id, "action_id": number, "table": c.table, "key": c.key}
            | {"salt": c.salt, "destroyed": c.destroyed}
            | {"before": None, "after": None}
            | ({} if c.destroyed else {"before": a.before, "after": a.after})
            for c, a in zip(changes, altered, strict=True)
        ],
    )
    grow(connection, HISTORY, end, [link], number)
    return number


def _stored(number: int, altered: Altered, destroyed: bool) -> StoredChange:  # noqa: FBT001  -- private
    salt, values = new_salt(), (_text(altered.before), _text(altered.after))
    if destroyed:
        return StoredChange(number, *altered.spot, None, None, None, values_hash(salt, *values))
    return StoredChange(number, *altered.spot, *values, salt)


class _Statements(NamedTuple):
    end: Executable
    move: Executable
    last_change: Executable
    add_action: Executable
    add_changes: Executable


@cache
def _statements() -> _Statements:
    """Build once what every action runs: building costs more than running."""
    ends, changes = _table(Chain), _table(Change)
    here = ends.c.name == bindparam("chain")
    return _Statements(
        end=select(ends.c.length, ends.c.tip, ends.c.mark).where(here),
        move=update(ends).where(here),
        last_change=select(func.max(changes.c.id)),
        add_action=insert(_table(Action)),
        add_changes=insert(changes),
    )


def _lost_end(connection: Connection) -> End | None:
    """Go on after the last action when the end of the chain was removed, keeping the evidence."""
    table = _table(Action)
    last = connection.execute(
        select(table.c.id, table.c.hash).order_by(table.c.id.desc()).limit(1)
    ).one_or_none()
    return End(last.id, last.hash, LOST) if last else None


def _text(row: Row | None) -> str | None:
    return None if row is None else canonical_json(row)


def _table(model: type[Action | Change | Chain]) -> Table:
    return Base.metadata.tables[model.__tablename__]
