"""Closing records for good, so that a later change cannot pass unseen.

A sealed row is written down once more, as stored, in the table of seals; each
seal's hash covers the row and the seal before. Nothing in the application
changes a sealed row afterwards, and ``verify`` finds what another program
changed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, ClassVar

from sqlalchemy import Connection, Index, String, event, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.orm.attributes import instance_state

from cantine_desktop.i18n import mark
from cantine_desktop.storage import chain
from cantine_desktop.storage.base import Base, tables_by_name
from cantine_desktop.storage.recorder import ActionSession
from cantine_desktop.storage.sealed import Sealable, parent_table
from cantine_desktop.storage.stored import Row, Spot
from cantine_desktop.storage.types import JsonText, canonical_json

__all__ = ["Seal", "Sealable", "seal", "seal_text"]

_AT_ONCE = 500

_Families = dict[str, list[tuple[type[Base], str]]]

SEALS = "seals"
"""Name of the chain of seals."""


class Seal(Base):
    """What a row held when it was closed (scellé).

    Attributes:
        id: Numbered from 1 without a gap.
        row: The row as stored; ``None`` once it was destroyed at its term.
        salt: Chance letters hashed with the row, destroyed with it.
        destroyed: Hash that stands for the row once it was destroyed.
        hash: SHA-256, in hexadecimal, over the seal and the hash of the one before.
    """

    __tablename__ = "seal"
    __table_args__ = (Index("ix_seal_spot", "table", "key", unique=True),)
    area: ClassVar[str] = "history"
    noun: ClassVar[str] = mark("scellé")
    recorded: ClassVar[bool] = False

    table: Mapped[str]
    key: Mapped[int]
    row: Mapped[Row | None] = mapped_column(JsonText())
    salt: Mapped[str | None] = mapped_column(String(32))
    destroyed: Mapped[str | None] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


def seal(session: Session, rows: Iterable[Base], now: datetime) -> None:
    """Close rows for good, with all the rows that are sealed with them.

    What is sealed already stays as it is. The rest of the action is written
    first; an action that sealed cannot be undone.

    Args:
        session: The session of an action.
        rows: Rows of tables that are ``Sealable``.
        now: Instant of sealing, aware.
    """
    assert isinstance(session, ActionSession)
    rows, families = list(rows), _families()
    if not all(_is_ready(row, families) for row in rows):
        session.flush()
    recorder = session.recorder
    with recorder.watch.pause():
        closing = _with_children(session, rows, families)
    recorder.sealing.update(map(id, closing))
    try:
        for row in closing:
            setattr(row, "sealed_at", now)  # noqa: B010  -- Base and Sealable have no common type
        session.flush()
    finally:
        recorder.sealing.clear()
    spots = [(row.__tablename__, row.id) for row in closing]
    recorder.sealed.update(spots)
    recorder.unwritten.extend(spots)


@event.listens_for(ActionSession, "before_commit")
def write_waiting(session: ActionSession) -> None:
    """Write the seals of an action at the end of their chain, all at once, in their order."""
    recorder = session.recorder
    waiting, recorder.unwritten = recorder.unwritten, []
    if waiting:
        connection = session.connection()
        recorder.read(connection)
        with recorder.watch.pause():
            _write_seals(connection, {spot: recorder.after[spot] for spot in waiting})


def _is_ready(row: Base, families: _Families) -> bool:
    """Tell whether a row can be sealed by the flush that writes it, with what else waits.

    It is new or not changed, and belongs with no row that is sealed with another.
    """
    if not isinstance(row, Sealable) or row.__tablename__ in families:
        return False
    state = instance_state(row)
    return not row.sealed_with if state.pending else not state.modified


def _with_children(session: Session, rows: Iterable[Base], families: _Families) -> list[Base]:
    """Return rows and those sealed with them, parents first, each once, none sealed already.

    Raises:
        TypeError: A row belongs to a table that is not sealed.
    """
    found: dict[int, Base] = {}
    level = list(rows)
    while level:
        parents: dict[str, list[Base]] = {}
        for row in level:
            if not isinstance(row, Sealable):
                raise TypeError(f"{row.__tablename__} is not Sealable")
            if row.is_sealed or id(row) in found:
                continue
            found[id(row)] = row
            parents.setdefault(row.__tablename__, []).append(row)
        level = [
            child
            for table, some in parents.items()
            for model, column in families.get(table, ())
            for child in _children(session, model, column, some)
        ]
    return list(found.values())


def _children(
    session: Session, model: type[Base], column: str, parents: Sequence[Base]
) -> Iterator[Base]:
    """Yield the rows of a table sealed with some parents, in the order of these."""
    foreign: Any = model.__table__.columns[column]
    children: dict[int, list[Base]] = {}
    for start in range(0, len(parents), _AT_ONCE):
        keys = [parent.id for parent in parents[start : start + _AT_ONCE]]
        for child in session.scalars(select(model).where(foreign.in_(keys)).order_by(model.id)):
            children.setdefault(getattr(child, column), []).append(child)
    for parent in parents:
        yield from children.get(parent.id, ())


def _families() -> _Families:
    return _families_of(tuple(tables_by_name().values()))


@lru_cache(maxsize=8)
def _families_of(models: tuple[type[Base], ...]) -> _Families:
    """Return, by table, the classes sealed with its rows and their foreign keys."""
    families: _Families = {}
    for model in models:
        if issubclass(model, Sealable) and (column := model.sealed_with):
            families.setdefault(parent_table(model, column), []).append((model, column))
    return families


def seal_text(number: int, table: str, key: int, row_hash: str) -> str:
    """Write a seal as canonical JSON, its row by its hash."""
    return f'{{"hash":"{row_hash}","id":{number},"key":{key},"table":{canonical_json(table)}}}'


def _write_seals(connection: Connection, rows: Mapping[Spot, Row | None]) -> None:
    end = chain.end_of(connection, SEALS) or _lost_end(connection)
    number, tip = (end.length, end.tip) if end else (0, "")
    seals: list[dict[str, Any]] = []
    for (table, key), row in rows.items():
        number += 1
        salt = chain.new_salt()
        row_hash = chain.values_hash(salt, canonical_json(row))
        tip = chain.digest(tip, seal_text(number, table, key, row_hash))
        seal = {"id": number, "table": table, "key": key, "row": row}
        seals.append(seal | {"salt": salt, "hash": tip})
    connection.execute(insert(Base.metadata.tables["seal"]), seals)
    chain.grow(connection, SEALS, end, [s["hash"] for s in seals], number)


def _lost_end(connection: Connection) -> chain.End | None:
    last = connection.scalar(select(func.max(Seal.id)))
    if last is None:
        return None
    tip = connection.scalar(select(Seal.hash).where(Seal.id == last)) or ""
    return chain.End(last, tip, chain.LOST)
