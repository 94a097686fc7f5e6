"""Every change to the data: who did what, when, and what it was before.

The same rows serve the audit trail and undo. Undo never erases history: it is
one more action, which puts the previous values back.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import JSON, Column, Connection, ForeignKey, MetaData, Table, inspect, select
from sqlalchemy.orm import (
    Mapped,
    ORMExecuteState,
    Session,
    UOWTransaction,
    mapped_column,
    relationship,
)
from sqlalchemy.types import TypeDecorator

from cantine_desktop.errors import ConflictError
from cantine_desktop.i18n import tr
from cantine_desktop.storage.base import Base

Row = dict[str, Any]
Spot = tuple[str, int]
"""A table name and the key of one of its rows."""


class Change(Base):
    """One row before and after an action; a missing side is ``None``."""

    __tablename__ = "change"

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), init=False)
    table: Mapped[str]
    key: Mapped[int]
    before: Mapped[Row | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[Row | None] = mapped_column(JSON(none_as_null=True))


class Action(Base):
    """One thing a person did, in one transaction."""

    __tablename__ = "action"

    at: Mapped[datetime]
    label: Mapped[str]
    by: Mapped[str] = mapped_column(default="")
    undoes: Mapped[int | None] = mapped_column(ForeignKey("action.id"), default=None)
    changes: Mapped[list[Change]] = relationship(order_by=Change.id, default_factory=list)


class UnrecordedError(Exception):
    """A statement tried to change rows behind the history's back."""


@dataclass
class Recorder:
    """Collects the rows that one session touches, as the database stores them."""

    before: dict[Spot, Row | None] = field(default_factory=dict[Spot, Row | None])
    after: dict[Spot, Row | None] = field(default_factory=dict[Spot, Row | None])

    def before_flush(self, session: Session, _work: UOWTransaction, _objects: object) -> None:
        """Read the rows about to change."""
        changing = [o for o in session.dirty if session.is_modified(o)] + list(session.deleted)
        self._read(session, [s for s in map(_spot, changing) if s not in self.before], self.before)

    def after_flush(self, session: Session, _work: UOWTransaction) -> None:
        """Read the rows just changed."""
        for added in session.new:
            self.before.setdefault(_spot(added), None)
        touched = {_spot(o) for o in [*session.new, *session.dirty, *session.deleted]}
        self._read(session, [s for s in touched if s in self.before], self.after)

    def changes(self) -> list[Change]:
        """Return the rows that really differ."""
        return [
            Change(table=spot[0], key=spot[1], before=self.before[spot], after=after)
            for spot, after in self.after.items()
            if after != self.before[spot]
        ]

    @staticmethod
    def _read(session: Session, spots: list[Spot], into: dict[Spot, Row | None]) -> None:
        keys: dict[str, list[int]] = {}
        for name, key in spots:
            keys.setdefault(name, []).append(key)
        for name, wanted in keys.items():
            found = stored_rows(session.connection(), name, wanted)
            into.update({(name, key): found.get(key) for key in wanted})


def _spot(row: object) -> Spot:
    assert isinstance(row, Base)
    return row.__tablename__, row.id


@cache
def _plain_tables() -> MetaData:
    """Twin of the tables whose columns give values as the database stores them."""
    plain = MetaData()
    for table in Base.metadata.tables.values():
        columns = [Column(c.name, _plain_type(c), primary_key=c.primary_key) for c in table.columns]
        Table(table.name, plain, *columns)
    return plain


def _plain_type(column: Column[Any]) -> Any:
    kind = column.type
    return kind.impl_instance if isinstance(kind, TypeDecorator) else kind


def stored_rows(connection: Connection, name: str, keys: list[int]) -> dict[int, Row]:
    """Return stored rows by key, with values that fit in JSON."""
    table = _plain_tables().tables[name]
    found: dict[int, Row] = {}
    for start in range(0, len(keys), 500):
        query = select(table).where(table.c.id.in_(keys[start : start + 500]))
        for row in connection.execute(query).mappings():
            found[row["id"]] = {k: _to_json(v) for k, v in row.items()}
    return found


def _to_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _from_json(column: Column[Any], value: Any) -> Any:
    kind = column.type.python_type
    return kind.fromisoformat(value) if value is not None and issubclass(kind, date) else value


def restore(connection: Connection, change: Change) -> None:
    """Put back the row as it was before a change.

    Raises:
        ConflictError: The row is no longer as that change left it.
    """
    if stored_rows(connection, change.table, [change.key]).get(change.key) != change.after:
        raise ConflictError(tr("Cet élément a été modifié depuis ; il ne peut plus être annulé."))
    table = _plain_tables().tables[change.table]
    here = table.c.id == change.key
    if change.before is None:
        connection.execute(table.delete().where(here))
        return
    values = {k: _from_json(table.c[k], v) for k, v in change.before.items()}
    if change.after is None:
        connection.execute(table.insert().values(values))
    else:
        connection.execute(table.update().where(here).values(values))


def defer_references(connection: Connection) -> None:
    """Check references at commit only, so that rows may come back in any order."""
    if inspect(connection).dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    else:
        connection.exec_driver_sql("SET CONSTRAINTS ALL DEFERRED")


def refuse_bulk_statements(state: ORMExecuteState) -> None:
    """Stop statements that would change rows unseen by the recorder.

    Raises:
        UnrecordedError: Always, for INSERT, UPDATE and DELETE.
    """
    if state.is_update or state.is_delete or state.is_insert:
        raise UnrecordedError(str(state.statement))
