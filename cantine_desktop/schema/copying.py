"""Copying a whole book from one database to another, also between SQLite and PostgreSQL.

The rows are copied as they are stored: keys, history and seals included, so that
what was proved in one place still proves in the other. Both sides must be of the
same schema; the columns are read from the databases, not from our classes, so a
book of an older schema is copied as faithfully.
"""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    LargeBinary,
    MetaData,
    Table,
    func,
    select,
    text,
)
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.schema.making import HEAD, file_engine, make_file, stored_revision
from cantine_desktop.storage.backup import Backup, Reason, backup_name
from cantine_desktop.storage.engine import reading, writing
from cantine_desktop.storage.online_copy import (
    Progress,
    connect,
    finished_file,
    prove,
)
from cantine_desktop.storage.search import rebuild

_ROWS_AT_ONCE = 500
_MADE_HERE = ("alembic_version", "search_")
"""Beginnings of the tables that each side makes for itself."""


def copy_book(source: Engine, target: Engine, progress: Progress | None = None) -> dict[str, int]:
    """Fill an empty book with everything another one holds, all or nothing.

    Args:
        source: The book to copy, as it stands now; others may write in it meanwhile.
        target: A book of the same schema without any row.
        progress: Told how far the copy is; what it raises cancels it.

    Returns:
        Rows by table, counted on both sides.

    Raises:
        UserError: The target is not empty, or of another schema.
    """
    with reading(source).connect() as there, writing(target).begin() as here:
        pairs = _same_tables(there, here)
        if any(_count(here, table) for _, table in pairs):
            raise UserError(tr("La base d’arrivée n’est pas vide : rien n’y a été copié."))
        counts = {table.name: _count(there, table) for table, _ in pairs}
        _defer_references(here)
        total, done = sum(counts.values()) or 1, 0
        for source_table, target_table in pairs:
            for rows in _chunks(there, source_table):
                here.execute(target_table.insert(), rows)
                done += len(rows)
                if progress:
                    progress(done / total)
            last = _last_key(there, source_table)
            if last:
                _set_last_key(here, target_table, last)
        if {table.name: _count(here, table) for _, table in pairs} != counts:
            raise UserError(tr("La copie n’est pas complète ; elle n’a pas été gardée."))
        if here.execute(text("SELECT version_num FROM alembic_version")).scalar() == HEAD:
            with Session(here) as session:
                rebuild(session)
    return counts


def back_up_server(
    source: Engine,
    folder: Path,
    now: datetime,
    reason: Reason = Reason.ROUTINE,
    progress: Progress | None = None,
) -> Backup:
    """Copy a book that lives in PostgreSQL into a ``.cantine`` file, and prove the copy.

    Raises:
        UserError: The folder cannot be written to.
    """
    name = source.url.database or "cantine"
    path = folder / backup_name(name, now, reason)
    with finished_file(path) as unfinished:
        make_file(unfinished, stored_revision(source, "postgresql://"))
        engine = file_engine(unfinished)
        try:
            counts = copy_book(source, engine, progress)
        finally:
            engine.dispose()
        with closing(connect(unfinished)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
        prove(unfinished, counts | {"alembic_version": 1}, path)
    return Backup(path, name, now.replace(microsecond=0), reason, counts)


def _same_tables(there: Connection, here: Connection) -> list[tuple[Table, Table]]:
    """Return the tables of both sides, those that are pointed at first.

    Raises:
        UserError: They are not of the same schema.
    """
    sides = [_tables(there), _tables(here)]
    shapes = [{t.name: set(t.columns.keys()) for t in side} for side in sides]
    if shapes[0] != shapes[1]:
        raise UserError(
            tr(
                "Les deux bases ne sont pas de la même version : ouvrez d’abord chacune avec cette "
                "version de l’application."
            )
        )
    by_name = {table.name: table for table in sides[1]}
    return [(table, by_name[table.name]) for table in sides[0]]


def _tables(connection: Connection) -> list[Table]:
    described = MetaData()
    described.reflect(connection, only=_is_ours)
    return described.sorted_tables


def _is_ours(name: str, _described: MetaData) -> bool:
    return not name.startswith(_MADE_HERE)


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _chunks(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    query = select(table).order_by(*table.primary_key.columns)
    # A scanned invoice weighs megabytes: one file at a time.
    heavy = any(isinstance(c.type, LargeBinary) for c in table.columns)
    at_once = {"yield_per": 1 if heavy else _ROWS_AT_ONCE}
    streamed = connection.execute(query, execution_options=at_once)
    for rows in streamed.mappings().partitions():
        yield [dict(row) for row in rows]


def _defer_references(connection: Connection) -> None:
    """Check references when the copy is complete: some tables point at themselves."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    else:
        connection.exec_driver_sql("SET CONSTRAINTS ALL DEFERRED")


def _last_key(connection: Connection, table: Table) -> int:
    """Return the highest key a table ever gave, rows deleted since included."""
    if "id" not in table.columns:
        return 0
    highest = connection.execute(select(func.max(table.c.id))).scalar() or 0
    if connection.dialect.name == "sqlite":
        query = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
        return max(highest, int(connection.execute(query, {"name": table.name}).scalar() or 0))
    sequence = _sequence(connection, table)
    query = text(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")  # noqa: S608  -- a name the server gave
    return max(highest, int(connection.execute(query).scalar_one()))


def _set_last_key(connection: Connection, table: Table, last: int) -> None:
    values = {"name": table.name, "last": last}
    if connection.dialect.name == "sqlite":
        changed = connection.execute(
            text("UPDATE sqlite_sequence SET seq = :last WHERE name = :name"), values
        )
        if not changed.rowcount:
            connection.execute(text("INSERT INTO sqlite_sequence VALUES (:name, :last)"), values)
    else:
        sequence = _sequence(connection, table)
        connection.execute(text("SELECT setval(:name, :last)"), {"name": sequence, "last": last})


def _sequence(connection: Connection, table: Table) -> str:
    query = text("SELECT pg_get_serial_sequence(:name, 'id')")
    return str(connection.execute(query, {"name": f'"{table.name}"'}).scalar_one())
