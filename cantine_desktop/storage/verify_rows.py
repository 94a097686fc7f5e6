"""Checking rows against what history and the seals say of them."""

import json
from collections.abc import Container, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, select

from cantine_desktop.i18n import tr
from cantine_desktop.storage.base import tables_by_name
from cantine_desktop.storage.findings import Finding, at
from cantine_desktop.storage.sealed import SEALED_AT, Sealable
from cantine_desktop.storage.stored import (
    BATCH,
    Row,
    plain_row,
    read_spots,
    stream,
    table_of,
)
from cantine_desktop.storage.types import canonical_json
from cantine_desktop.storage.verify_destruction import Destroyed, uncertified


def check_rows(
    connection: Connection, name: str, certified: Container[int] = ()
) -> Iterator[Finding]:
    """Replay the history of one table beside its rows, both in the order of keys.

    Args:
        connection: Where to read.
        name: The table.
        certified: Keys that certificates of destruction name.
    """
    rows = _rows(connection, name)
    row = next(rows, None)
    for key, changes in groupby(_changes(connection, name), itemgetter(0)):
        while row is not None and row["id"] < key:
            yield _unknown(name, row["id"])
            row = next(rows, None)
        mine = [*changes]
        here = row if row is not None and row["id"] == key else None
        if here is not None:
            row = next(rows, None)
        if key in certified or any(change.destroyed for change in mine):
            yield from _gone(name, key, mine, here, is_certified=key in certified)
            continue
        last, findings = _replay(name, key, mine)
        yield from findings
        if here is not None:
            yield from _compare(name, key, last, here)
        elif last is not None:
            yield at((name, key), tr("Cet élément a été supprimé hors du logiciel."))
    while row is not None:
        yield _unknown(name, row["id"])
        row = next(rows, None)


def _rows(connection: Connection, name: str) -> Iterator[Row]:
    table = table_of(connection, name)
    query = select(table).order_by(table.c.id)
    return map(plain_row, stream(connection, query).mappings())


def _changes(connection: Connection, name: str) -> Iterator[Any]:
    columns = table_of(connection, "change").c
    query = (
        select(columns.key, columns.id, columns.before, columns.after, columns.destroyed)
        .where(columns.table == name)
        .order_by(columns.key, columns.id)
    )
    return iter(stream(connection, query))


def _gone(
    name: str, key: int, changes: list[Any], row: Row | None, *, is_certified: bool
) -> Iterator[Finding]:
    """Check a row that was destroyed: a certificate says so, and nothing of it is left."""
    if not is_certified:
        yield uncertified((name, key))
    elif row is not None:
        yield at((name, key), tr("Cet élément est revenu : un certificat le disait détruit."))
    elif not all(change.destroyed for change in changes):
        text = tr("Un certificat le dit détruit, mais l’historique en garde des valeurs.")
        yield at((name, key), text)


def _replay(name: str, key: int, changes: list[Any]) -> tuple[str | None, list[Finding]]:
    """Return the row as history left it, and where history contradicts itself."""
    last: str | None = None
    findings: list[Finding] = []
    for _key, number, before, after, _destroyed in changes:
        if before != last and not _agree(before, last):
            text = tr("La modification n° {change} ne continue pas la précédente.")
            findings.append(at((name, key), text, change=number))
        last = after
    return last, findings


def _agree(one: str | None, other: str | None) -> bool:
    """Compare two stored rows by the columns they share.

    A migration may have added or dropped columns between them.
    """
    if one is None or other is None:
        return one is other
    return not _differences(json.loads(one), json.loads(other))


def _differences(expected: Row, found: Row) -> list[str]:
    return [c for c in expected if c in found and expected[c] != found[c]]


def _compare(name: str, key: int, last: str | None, row: Row) -> Iterator[Finding]:
    if last is None:
        yield at((name, key), tr("Cet élément est revenu : l’historique l’avait supprimé."))
    elif not _same(last, row):
        expected = json.loads(last)
        for column in _differences(expected, row):
            text = tr("« {column} » a été modifié hors du logiciel : {found} au lieu de {due}.")
            yield at((name, key), text, column=column, found=row[column], due=expected[column])


def _same(last: str, row: Row) -> bool:
    try:
        return canonical_json(row) == last
    except TypeError:  # bytes where a text should be
        return False


def _unknown(name: str, key: int) -> Finding:
    text = tr("Cet élément a été ajouté hors du logiciel : aucune action ne l’a créé.")
    return at((name, key), text)


def check_sealed_rows(connection: Connection, certified: Destroyed) -> Iterator[Finding]:
    """Compare each sealed row with its seal."""
    columns = table_of(connection, "seal").c
    query = select(columns.table, columns.key, columns.row, columns.destroyed)
    for batch in stream(connection, query.order_by(columns.id)).partitions(BATCH):
        stored = read_spots(connection, [(table, key) for table, key, *_rest in batch])
        for table, key, row, destroyed in batch:
            if not destroyed:
                yield from _compare_sealed(table, key, row, stored[table, key])
            elif key not in certified.get(table, ()):
                yield uncertified((table, key))


def _compare_sealed(table: str, key: int, sealed: str, row: Row | None) -> Iterator[Finding]:
    if row is None:
        yield at((table, key), tr("Cet élément clos a été supprimé."))
    elif columns := _differences(json.loads(sealed), row):
        text = tr("Cet élément clos a été modifié : {changed}.")
        yield at((table, key), text, changed=", ".join(columns))


def check_unsealed(connection: Connection) -> Iterator[Finding]:
    """Find rows marked as sealed that no seal holds."""
    seals = table_of(connection, "seal").c
    for name, model in sorted(tables_by_name().items()):
        if not issubclass(model, Sealable) or name not in model.metadata.tables:
            continue
        table = table_of(connection, name)
        # Read once for each table: a book whose index was dropped is verified as fast.
        held = select(seals.key).where(seals.table == name)
        is_marked = table.c[SEALED_AT].is_not(None)
        query = select(table.c.id).where(is_marked, table.c.id.not_in(held))
        for (key,) in stream(connection, query.order_by(table.c.id)):
            yield at((name, key), tr("Cet élément est marqué clos, mais aucun scellé ne le garde."))
