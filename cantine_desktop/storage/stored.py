"""Rows as the database stores them: plain values that fit in JSON.

History, seals and verification compare and hash rows; they read them here,
through a *plain twin* of each table whose columns keep integers and texts as
they are. A row reads the same from SQLite and from PostgreSQL: instants and
days are written as SQLite writes them, ``2026-11-22 07:30:00.000000``.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    CursorResult,
    Date,
    DateTime,
    Enum,
    MetaData,
    RowMapping,
    Select,
    String,
    Table,
    Time,
    bindparam,
    select,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

from cantine_desktop.storage.base import Base

Row = dict[str, Any]
"""A stored row, by column name."""

Rows = Select[*tuple[Any, ...]]
"""A query of any columns."""

Spot = tuple[str, int]
"""A table name and the key of one of its rows."""

BATCH = 500
"""Keys asked for in one statement."""


def table_of(connection: Connection, name: str) -> Table:
    """Return the plain twin of a table for the database at hand."""
    return _plain_table(name, connection.dialect.name)


@cache
def _plain_table(name: str, dialect: str) -> Table:
    columns = [
        Column(c.name, _plain_type(c, dialect), primary_key=c.primary_key)
        for c in Base.metadata.tables[name].columns
    ]
    return Table(name, MetaData(), *columns)


@cache
def _by_keys(name: str, dialect: str) -> Rows:
    """Build once what every flush runs."""
    table = _plain_table(name, dialect)
    return select(table).where(table.c.id.in_(bindparam("keys", expanding=True)))


def _plain_type(column: Column[Any], dialect: str) -> TypeEngine[Any]:
    kind = column.type
    if isinstance(kind, TypeDecorator):
        kind = kind.impl_instance
    if isinstance(kind, Enum) or (dialect == "sqlite" and isinstance(kind, Date | DateTime | Time)):
        return String()
    return kind


def as_text(instant: datetime) -> str:
    """Write a naive UTC instant as it is stored: ``2026-11-22 07:30:00.000000``."""
    return instant.isoformat(sep=" ", timespec="microseconds")


def _to_json(value: Any) -> Any:
    if isinstance(value, datetime):
        return as_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="microseconds")
    return value


def plain_row(row: RowMapping) -> Row:
    """Return a row read from a plain twin, with values that fit in JSON."""
    return {name: _to_json(value) for name, value in row.items()}


def stored_rows(connection: Connection, name: str, keys: Iterable[int]) -> dict[int, Row]:
    """Return the stored rows of one table by key; keys without a row are left out."""
    wanted, dialect = list(keys), connection.dialect.name
    found: dict[int, Row] = {}
    for batch in batches(wanted):
        if len(batch) == 1:
            result = connection.execute(_by_key(name, dialect), {"key": batch[0]})
        else:
            result = connection.execute(_by_keys(name, dialect), {"keys": batch})
        if dialect == "sqlite":  # days and instants are texts there already
            names = _names(name)
            rows = [dict(zip(names, row, strict=True)) for row in result]
        else:
            rows = [plain_row(row) for row in result.mappings()]
        found.update({row["id"]: row for row in rows})
    return found


@cache
def _by_key(name: str, dialect: str) -> Rows:
    table = _plain_table(name, dialect)
    return select(table).where(table.c.id == bindparam("key"))


@cache
def _names(name: str) -> tuple[str, ...]:
    return tuple(column.name for column in Base.metadata.tables[name].columns)


def read_spots(connection: Connection, spots: Iterable[Spot]) -> dict[Spot, Row | None]:
    """Return the stored row of each spot, ``None`` where there is none."""
    keys: dict[str, list[int]] = {}
    for name, key in spots:
        keys.setdefault(name, []).append(key)
    rows: dict[Spot, Row | None] = {}
    for name, wanted in keys.items():
        found = stored_rows(connection, name, wanted)
        rows.update({(name, key): found.get(key) for key in wanted})
    return rows


def batches(keys: list[int], size: int = BATCH) -> Iterator[list[int]]:
    """Cut keys into pieces that fit in one statement."""
    return (keys[start : start + size] for start in range(0, len(keys), size))


def insert_rows(connection: Connection, name: str, rows: list[Row]) -> None:
    """Write stored rows back as they were."""
    table = table_of(connection, name)
    readers = {c.name: reader for c in table.columns if (reader := _reader(c))}
    for row in rows:
        for column, reader in readers.items():
            row[column] = None if row[column] is None else reader(row[column])
    connection.execute(table.insert(), rows)


def _reader(column: Column[Any]) -> Callable[[str], object] | None:
    kinds: list[tuple[type[TypeEngine[Any]], Callable[[str], object]]] = [
        (DateTime, datetime.fromisoformat),
        (Date, date.fromisoformat),
        (Time, time.fromisoformat),
    ]
    return next((reader for kind, reader in kinds if isinstance(column.type, kind)), None)


def delete_rows(connection: Connection, name: str, keys: list[int]) -> None:
    """Remove stored rows."""
    table = table_of(connection, name)
    for batch in batches(keys):
        connection.execute(table.delete().where(table.c.id.in_(batch)))


def stream(connection: Connection, query: Rows) -> CursorResult[*tuple[Any, ...]]:
    """Run a query whose rows come as they are asked for, a thousand held at most."""
    return connection.execute(query, execution_options={"yield_per": 1000})
