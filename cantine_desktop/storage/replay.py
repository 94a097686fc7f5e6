"""Taking back an action: its rows return to what they were."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from cantine_desktop.errors import ConflictError, SealedError
from cantine_desktop.i18n import tr
from cantine_desktop.storage import sealed
from cantine_desktop.storage.base import tables_by_name
from cantine_desktop.storage.chain import Altered
from cantine_desktop.storage.history import Change
from cantine_desktop.storage.rights import Actor
from cantine_desktop.storage.stored import Row, delete_rows, insert_rows, read_spots


def changes_of(connection: Connection, action: int) -> list[Altered]:
    """Return the rows an action altered, in order.

    Raises:
        ConflictError: Some were destroyed at their term since.
    """
    columns: Any = Change.__table__.columns
    query = (
        select(columns.table, columns.key, columns.before, columns.after, columns.destroyed)
        .where(columns.action_id == action)
        .order_by(columns.id)
    )
    rows = connection.execute(query).all()
    if any(row.destroyed for row in rows):
        raise ConflictError(
            tr("Des éléments ont été détruits depuis ; l’action ne peut plus être annulée.")
        )
    return [Altered((t, k), before, after) for t, k, before, after, _destroyed in rows]


def take_back(connection: Connection, changes: Sequence[Altered], actor: Actor) -> list[Altered]:
    """Put back the rows as they were before an action; return what that altered.

    Rows are removed first, then written anew, so that no order of keys or of
    unique values can stand in the way; references are checked at the end.

    Raises:
        ConflictError: A row is no longer as the action left it.
        ForbiddenError: The actor may not change one of the tables.
        SealedError: The action sealed a row, or a row was sealed since.
    """
    by_name = tables_by_name()
    for table in {c.spot[0] for c in changes}:
        actor.require_write(by_name[table].area)
    _refuse_sealed(connection, changes)
    defer_references(connection)
    for table, keys in _by_table(changes, "after").items():
        delete_rows(connection, table, list(keys))
    for table, rows in _by_table(changes, "before").items():
        insert_rows(connection, table, list(rows.values()))
    return [Altered(c.spot, c.after, c.before) for c in reversed(changes)]


def _refuse_sealed(connection: Connection, changes: Sequence[Altered]) -> None:
    by_name = tables_by_name()
    touched = {p for c in changes for p in sealed.parents(by_name[c.spot[0]], c.before, c.after)}
    stored = read_spots(connection, [c.spot for c in changes])
    for change in changes:
        if sealed.is_sealed(change.after) and not sealed.is_sealed(change.before):
            raise SealedError(
                tr(
                    "Cette action a clos un élément ({place}) : elle ne peut plus être annulée. "
                    "Enregistrez une correction à la suite."
                ).format(place=sealed.place(*change.spot))
            )
        sealed.refuse_sealed(change.spot, stored[change.spot])
        if stored[change.spot] != change.after:
            raise ConflictError(
                tr("Élément modifié depuis ({place}) ; l’action ne peut plus être annulée.").format(
                    place=sealed.place(*change.spot)
                )
            )
    sealed.refuse_sealed_parents(read_spots(connection, touched))


def _by_table(changes: Sequence[Altered], side: str) -> dict[str, dict[int, Row]]:
    tables: dict[str, dict[int, Row]] = {}
    for change in changes:
        row = change.before if side == "before" else change.after
        if row is not None:
            tables.setdefault(change.spot[0], {})[change.spot[1]] = dict(row)
    return tables


def defer_references(connection: Connection) -> None:
    """Check references at commit only, so that rows may come back in any order."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    else:
        connection.exec_driver_sql("SET CONSTRAINTS ALL DEFERRED")
