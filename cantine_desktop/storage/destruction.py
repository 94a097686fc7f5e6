"""Destroying rows for good at their term, and saying so: the only door by which sealed rows go.

The rows leave their tables, and their values leave history, the seals, the index of words
and the files joined to them. What remains is a hash of each, that the chains of history and
seals go through, and a sealed certificate that names the keys destroyed: ``verify`` accepts
exactly these, and finds any other removal.

The bytes leave the file itself once ``scrub`` has run, after the transaction. Backups made
before still hold what was destroyed, until they are rotated.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import Connection, bindparam, delete, exists, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import mark, tr
from cantine_desktop.storage.attachments import Attachment, Content
from cantine_desktop.storage.base import Base, tables_by_name
from cantine_desktop.storage.chain import values_hash
from cantine_desktop.storage.keys import as_ranges
from cantine_desktop.storage.recorder import ActionSession
from cantine_desktop.storage.replay import defer_references
from cantine_desktop.storage.seal import Sealable, seal, write_waiting
from cantine_desktop.storage.stored import Row, Spot, batches, delete_rows, read_spots, table_of
from cantine_desktop.storage.types import JsonText

__all__ = ["DestructionCertificate", "Scrub", "destroy", "joined_files", "lean_on", "values_of"]

FILES = Attachment.__tablename__


class DestructionCertificate(Sealable, Base):
    """What was destroyed, when and by whom (certificat de destruction).

    Attributes:
        at: Instant of the destruction.
        by: Who ordered it, as the person signs.
        keys: Keys destroyed, by table, as ``storage.keys`` writes them.
        lines: What the person was shown: one object per kind of record.
    """

    __tablename__ = "destruction_certificate"
    noun: ClassVar[str] = mark("certificat de destruction")

    at: Mapped[datetime]
    by: Mapped[str]
    keys: Mapped[dict[str, str]] = mapped_column(JsonText())
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JsonText())


class Scrub(Base):
    """A destruction whose bytes may still lie in the free room of the file."""

    __tablename__ = "scrub"
    recorded: ClassVar[bool] = False

    certificate_id: Mapped[int] = mapped_column(unique=True)


def destroy(
    session: Session,
    spots: Iterable[Spot],
    lines: Sequence[dict[str, Any]],
    by: str,
    now: datetime,
) -> DestructionCertificate:
    """Destroy rows and their values wherever the book keeps them, and seal the certificate.

    Rows already deleted, of which history alone still holds values, may be among them.
    Call it in ``book.action(label, undoable=False)``, then ``scrubbing.scrub``.

    Args:
        session: The session of an action.
        spots: The rows, sealed or not.
        lines: What the certificate says of them, in values that fit in JSON.
        by: Who orders it.
        now: The present instant, aware.

    Raises:
        ForbiddenError: The actor may not change one of the tables.
        UserError: Nothing to destroy, or rows that stay refer to some of these.
    """
    assert isinstance(session, ActionSession)
    session.flush()
    write_waiting(session)
    recorder = session.recorder
    doomed = sorted(set(spots))
    if not doomed:
        raise UserError(tr("Il n’y a rien à détruire."))
    for table in {table for table, _key in doomed}:
        recorder.watch.actor.require_write(tables_by_name()[table].area)
    with recorder.watch.pause():
        connection = session.connection()
        if lean_on(connection, doomed):
            raise UserError(tr("Des éléments à garder renvoient à ceux-ci : rien n’a été détruit."))
        hashes = _hashes_of_files(connection, doomed)
        _delete_rows(session, doomed)
        _empty_history(connection, doomed)
        _empty_seals(connection, doomed)
        _drop_contents(connection, hashes)
    session.expire_all()
    recorder.answers.clear()
    keys = {table: as_ranges(keys) for table, keys in _by_table(doomed).items()}
    certificate = DestructionCertificate(at=now, by=by.strip(), keys=keys, lines=[*lines])
    session.add(certificate)
    seal(session, [certificate], now)
    with recorder.watch.pause():
        values = {"certificate_id": certificate.id}
        connection.execute(insert(Base.metadata.tables[Scrub.__tablename__]), values)
    return certificate


def lean_on(connection: Connection, spots: Iterable[Spot]) -> set[Spot]:
    """Return those of the rows that other rows, not among them, refer to."""
    doomed = set(spots)
    held: set[Spot] = set()
    for table, keys in _by_table(doomed).items():
        for child, column in _references_to(table):
            columns = table_of(connection, child).c
            for batch in batches(keys):
                query = select(columns.id, columns[column]).where(columns[column].in_(batch))
                rows = connection.execute(query)
                held |= {(table, key) for id_, key in rows if (child, id_) not in doomed}
    return held


def joined_files(connection: Connection, spots: Iterable[Spot]) -> set[Spot]:
    """Return the files joined to rows, and to no row that stays."""
    joined = [(child, column) for child, column in _references_to(FILES)]
    doomed, files = set(spots), set[Spot]()
    for (table, _key), row in read_spots(connection, doomed).items():
        for child, column in joined:
            if child == table and row and row[column] is not None:
                files.add((FILES, row[column]))
    return files - lean_on(connection, doomed | files)


class Past(NamedTuple):
    """A row that was deleted, and what history still holds of it."""

    key: int
    row: Row


def values_of(connection: Connection, table: str) -> Iterator[Past]:
    """Return the rows that are no longer in a table, as history last knew each of them."""
    changes, rows = table_of(connection, "change").c, table_of(connection, table).c
    query = (
        select(changes.key, changes.before, changes.after)
        .where(
            changes.table == table,
            changes.destroyed.is_(None),
            ~exists().where(rows.id == changes.key),
        )
        .order_by(changes.key, changes.id)
    )
    last: dict[int, str] = {}
    for key, before, after in connection.execute(query):
        last[key] = after or before or last.get(key, "{}")
    for key, text in last.items():
        yield Past(key, json.loads(text))


def _references_to(table: str) -> list[tuple[str, str]]:
    return [
        (child.name, key.parent.name)
        for child in Base.metadata.tables.values()
        for key in child.foreign_keys
        if key.column.table.name == table
    ]


def _by_table(spots: Iterable[Spot]) -> dict[str, list[int]]:
    keys: dict[str, list[int]] = {}
    for table, key in sorted(spots):
        keys.setdefault(table, []).append(key)
    return keys


def _delete_rows(session: ActionSession, doomed: Sequence[Spot]) -> None:
    """Remove the rows; history will say that they went, the index of words forgets them."""
    connection, recorder = session.connection(), session.recorder
    defer_references(connection)
    for spot, row in read_spots(connection, doomed).items():
        if row is not None:
            recorder.before[spot], recorder.after[spot] = row, None
            recorder.destroyed.add(spot)
    for table, keys in _by_table(doomed).items():
        delete_rows(connection, table, keys)


def _empty_history(connection: Connection, doomed: Iterable[Spot]) -> None:
    changes = table_of(connection, "change")
    columns = changes.c
    empty = (
        update(changes)
        .where(columns.id == bindparam("number"))
        .values(before=None, after=None, salt=None, destroyed=bindparam("hash"))
    )
    for table, keys in _by_table(doomed).items():
        for batch in batches(keys):
            query = select(columns.id, columns.salt, columns.before, columns.after).where(
                columns.table == table, columns.key.in_(batch), columns.destroyed.is_(None)
            )
            values = [
                {"number": number, "hash": values_hash(salt, before, after)}
                for number, salt, before, after in connection.execute(query)
            ]
            if values:
                connection.execute(empty, values)


def _empty_seals(connection: Connection, doomed: Iterable[Spot]) -> None:
    seals = table_of(connection, "seal")
    columns = seals.c
    empty = (
        update(seals)
        .where(columns.id == bindparam("number"))
        .values(row=None, salt=None, destroyed=bindparam("row_hash"))
    )
    for table, keys in _by_table(doomed).items():
        for batch in batches(keys):
            query = select(columns.id, columns.salt, columns.row).where(
                columns.table == table, columns.key.in_(batch), columns.destroyed.is_(None)
            )
            values = [
                {"number": number, "row_hash": values_hash(salt, row)}
                for number, salt, row in connection.execute(query)
            ]
            if values:
                connection.execute(empty, values)


def _hashes_of_files(connection: Connection, doomed: Iterable[Spot]) -> set[str]:
    """Return the hashes of the contents that doomed files hold or held."""
    keys = _by_table(doomed).get(FILES, [])
    rows = [row for row in read_spots(connection, [(FILES, key) for key in keys]).values() if row]
    rows += [past.row for past in values_of(connection, FILES) if past.key in set(keys)]
    return {row["sha256"] for row in rows if "sha256" in row}


def _drop_contents(connection: Connection, hashes: set[str]) -> None:
    """Destroy contents that no file of the book uses any more."""
    contents = Base.metadata.tables[Content.__tablename__]
    files = Base.metadata.tables[FILES]
    for sha256 in hashes:
        used = select(files.c.id).where(files.c.sha256 == sha256).limit(1)
        if connection.scalar(used) is None:
            connection.execute(delete(contents).where(contents.c.sha256 == sha256))
