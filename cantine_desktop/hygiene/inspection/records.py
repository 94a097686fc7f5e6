"""Every record of the period as plain data, with what was written before; and what became of it.

The tables are those of hygiene, whatever they are: a register added tomorrow is in the file
without a line here.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Table, select
from sqlalchemy.orm import Session

from cantine_desktop.hygiene import catalogue
from cantine_desktop.hygiene.inspection.masking import PEOPLE, initials
from cantine_desktop.i18n import tr, trn
from cantine_desktop.storage.base import Base, tables_by_name
from cantine_desktop.storage.history import Change
from cantine_desktop.storage.sealed import SEALED_AT
from cantine_desktop.storage.stored import Row, plain_row, table_of
from cantine_desktop.storage.watch import watch_of
from cantine_desktop.values.period import Period

AREA = "hygiene"
ALSO = ("closed_day",)
"""Tables of other areas that explain the records."""

FORMAT = "cantine-records-1"


def hygiene_tables() -> list[str]:
    """Return the names of the tables whose rows are in the file, in order."""
    known = tables_by_name()
    names = {name for name, model in known.items() if model.area == AREA and model.recorded}
    return sorted(names | {name for name in ALSO if name in known})


def records(session: Session, period: Period) -> dict[str, list[Row]]:
    """Return the rows of a period, table by table, as they are stored; names as initials.

    Rows without a day, such as cold units, are all there: the others lean on them.
    """
    with watch_of(session).pause():
        connection = session.connection()
        return {name: list(_rows(connection, name, period)) for name in hygiene_tables()}


def former_values(session: Session, found: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """Return what those rows held before they were rewritten, the oldest first.

    A seal put on a row is no rewriting.
    """
    change = Base.metadata.tables[Change.__tablename__]
    query = (
        select(change.c.id, change.c.table, change.c.key, change.c.before, change.c.after)
        .where(change.c.table.in_(list(found)), change.c.before.is_not(None))
        .order_by(change.c.id)
    )
    keys = {name: {row["id"] for row in rows} for name, rows in found.items()}
    former: dict[str, list[Row]] = {}
    with watch_of(session).pause():
        for _number, name, key, before, after in session.connection().execute(query):
            if key in keys[name] and before is not None and _differ(before, after):
                former.setdefault(name, []).append(_masked(name, before))
    return former


def records_json(session: Session, period: Period) -> bytes:
    """Return the records of a period and their former values, as JSON."""
    found = records(session, period)
    return json.dumps(
        {
            "format": FORMAT,
            "period": {"first": period.first.isoformat(), "last": period.last.isoformat()},
            "tables": found,
            "former": former_values(session, found),
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    ).encode()


class Differences(NamedTuple):
    """What became of the records of a file in the book since it was made."""

    added: int = 0
    changed: int = 0
    gone: int = 0

    @property
    def any(self) -> bool:
        """Whether something differs."""
        return any(self)


class _File(msgspec.Struct):
    period: dict[str, str]
    tables: dict[str, list[dict[str, Any]]]


def compare(session: Session, content: bytes) -> Differences | None:
    """Compare the records of a file with those of the book; ``None`` when they cannot be read.

    Sealing a record is no difference.
    """
    try:
        read = msgspec.json.decode(content, type=_File)
        first, last = (date.fromisoformat(read.period[key]) for key in ("first", "last"))
    except (msgspec.DecodeError, UnicodeDecodeError, KeyError, ValueError):
        return None
    now = records(session, Period(first, last + timedelta(days=1)))
    total = Differences()
    for name in now.keys() | read.tables.keys():
        then = {row.get("id"): row for row in read.tables.get(name, [])}
        here = {row["id"]: row for row in now.get(name, [])}
        both = then.keys() & here.keys()
        total = Differences(
            total.added + len(here.keys() - then.keys()),
            total.changed + sum(_differ(then[key], here[key]) for key in both),
            total.gone + len(then.keys() - here.keys()),
        )
    return total


def differences_words(found: Differences) -> list[str]:
    """Say what became of the records."""
    if not found.any:
        return [tr("Les enregistrements du livre disent toujours la même chose.")]
    said: list[str] = []
    if found.changed:
        said.append(
            trn(
                "{n} enregistrement a changé dans le livre depuis.",
                "{n} enregistrements ont changé dans le livre depuis.",
                found.changed,
            )
        )
    if found.added:
        said.append(
            trn(
                "{n} enregistrement de cette période a été ajouté depuis.",
                "{n} enregistrements de cette période ont été ajoutés depuis.",
                found.added,
            )
        )
    if found.gone:
        said.append(
            trn(
                "{n} enregistrement du dossier n’est plus dans le livre.",
                "{n} enregistrements du dossier ne sont plus dans le livre.",
                found.gone,
            )
        )
    return said


def _rows(connection: Connection, name: str, period: Period) -> Iterator[Row]:
    table = table_of(connection, name)
    query = select(table).order_by(table.c.id)
    column = _day_column(table)
    if column is not None:
        first, end = _as_stored(connection, period)
        query = query.where(table.c[column] >= first, table.c[column] < end)
    for row in connection.execute(query).mappings():
        yield _masked(name, plain_row(row))


def _day_column(table: Table) -> str | None:
    return next((key for key in ("day", "monday") if key in table.c), None)


def _as_stored(connection: Connection, period: Period) -> Sequence[Any]:
    """Return the bounds of a period as a plain twin compares them."""
    if connection.dialect.name == "sqlite":
        return period.first.isoformat(), period.end.isoformat()
    return period.first, period.end


def _masked(name: str, row: Row) -> Row:
    columns = _naming_columns().get(name, frozenset())
    return {
        key: initials(value) if key in columns and isinstance(value, str) else value
        for key, value in row.items()
    }


def _naming_columns() -> dict[str, frozenset[str]]:
    """Return the columns that name people, by table."""
    return {
        register.model.__tablename__: PEOPLE
        for register in catalogue.REGISTERS
        if register.keeps_names
    }


def _differ(before: Row, after: Row | None) -> bool:
    if after is None:
        return True
    keys = (before.keys() | after.keys()) - {SEALED_AT}
    return any(before.get(key) != after.get(key) for key in keys)
