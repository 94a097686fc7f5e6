"""Finding any record by the beginnings of words, without accents or case.

Tables that override ``Base.search_line`` have a line per row in the index,
written in the same transaction as the row, undo included. SQLite answers
through its full-text index, PostgreSQL through folded text; both give the same
answers in the same order.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple
from zlib import crc32

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    MetaData,
    Table,
    Text,
    bindparam,
    delete,
    event,
    false,
    insert,
    or_,
    select,
)
from sqlalchemy.orm import Session

from cantine_desktop.storage.base import Base, tables_by_name
from cantine_desktop.storage.chain import Altered
from cantine_desktop.storage.stored import batches
from cantine_desktop.storage.watch import watch_of
from cantine_desktop.values.text import fold

INDEX = Table(
    "search_index",
    MetaData(),
    Column("rowid", BigInteger, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("words", Text, nullable=False),
)
"""Kept apart from the other tables; migrations leave alone what is called ``search_…``."""

_FULL_TEXT = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS search_index USING fts5(text UNINDEXED, words, "
    "tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')"
)
_KEY_BITS = 32
_WORD = re.compile(r"[^\W_]+")


class Hit(NamedTuple):
    """A record found: its table, its key, and its line as people read it."""

    table: str
    key: int
    text: str


def create_index(connection: Connection) -> None:
    """Make the empty index, unless it is there; migrations call this."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_FULL_TEXT)
    else:
        INDEX.create(connection, checkfirst=True)


def drop_index(connection: Connection) -> None:
    """Remove the index, if it is there."""
    connection.exec_driver_sql("DROP TABLE IF EXISTS search_index")


@event.listens_for(Base.metadata, "after_create")
def _create_with_tables(_metadata: MetaData, connection: Connection, **_options: Any) -> None:
    create_index(connection)


def find(session: Session, words: str, limit: int = 20) -> list[Hit]:
    """Return the records whose lines hold a word beginning with each of the words.

    Tables take turns, each with its newest rows first, so that a table of
    thousands of rows does not hide the others. Areas closed to the actor are
    left out.

    Args:
        session: Any session of the book.
        words: As typed, in any order.
        limit: How many records at most.
    """
    beginnings = _words(words)
    if not beginnings:
        return []
    actor = watch_of(session).actor
    connection = session.connection()
    lists = [
        _find_in(connection, table, beginnings, limit)
        for table, model in searchable().items()
        if actor.may_read(model.area)
    ]
    return [hit for turn in zip_longest(*lists) for hit in turn if hit is not None][:limit]


def refresh(session: Session, altered: Iterable[Altered]) -> None:
    """Write the lines of altered rows anew, before their transaction ends."""
    models = searchable()
    spots = [a for a in altered if a.spot[0] in models]
    if not spots:
        return
    keys: dict[str, list[int]] = {}
    for (table, key), _before, after in spots:
        if after is not None:
            keys.setdefault(table, []).append(key)
    lines = [
        (_number(table, row.id), line)
        for table, written in keys.items()
        for batch in batches(written)
        for row in session.scalars(select(models[table]).where(models[table].id.in_(batch)))
        if (line := row.search_line())
    ]
    connection = session.connection()
    gone = [{"number": _number(*a.spot)} for a in spots if a.before is not None]
    if gone:
        connection.execute(delete(INDEX).where(INDEX.c.rowid == bindparam("number")), gone)
    _insert(connection, lines)


def rebuild(session: Session) -> None:
    """Write the whole index anew.

    Args:
        session: The session of an action; nothing is recorded.
    """
    connection = session.connection()
    drop_index(connection)
    create_index(connection)
    for table, model in searchable().items():
        rows = session.scalars(select(model).execution_options(yield_per=1000))
        for batch in rows.partitions():
            lines = [(_number(table, row.id), line) for row in batch if (line := row.search_line())]
            _insert(connection, lines)


def lines_of(session: Session, table: str) -> Iterator[tuple[int, str, str]]:
    """Return what the index should hold of a table: key, line and words, in order of keys."""
    model = searchable()[table]
    query = select(model).order_by(model.id).execution_options(yield_per=1000)
    for row in session.scalars(query):
        if line := row.search_line():
            yield row.id, line, _folded(line)


def indexed(connection: Connection, table: str) -> Iterator[tuple[int, str, str]]:
    """Return what the index holds of a table: key, line and words, in order of keys."""
    query = (
        select(INDEX.c.rowid, INDEX.c.text, INDEX.c.words)
        .where(_belongs_to(table))
        .order_by(INDEX.c.rowid)
        .execution_options(yield_per=1000)
    )
    for number, text, words in connection.execute(query):
        yield number & (2**_KEY_BITS - 1), text, words


def _insert(connection: Connection, lines: Sequence[tuple[int, str]]) -> None:
    if lines:
        rows = [{"rowid": n, "text": line, "words": _folded(line)} for n, line in lines]
        connection.execute(insert(INDEX), rows)


def strangers(connection: Connection) -> list[int]:
    """Return the rows of the index that belong to no table."""
    ours = [_belongs_to(table) for table in searchable()]
    return [*connection.scalars(select(INDEX.c.rowid).where(~or_(false(), *ours)).limit(100))]


def searchable() -> dict[str, type[Base]]:
    """Return the classes of the tables whose rows can be found, by table."""
    return {
        table: model
        for table, model in sorted(tables_by_name().items())
        if model.search_line is not Base.search_line and table in Base.metadata.tables
    }


def _find_in(connection: Connection, table: str, beginnings: list[str], limit: int) -> list[Hit]:
    words = INDEX.c.words
    query = (
        select(INDEX.c.rowid, INDEX.c.text)
        .where(_belongs_to(table))
        .order_by(INDEX.c.rowid.desc())
        .limit(limit)
    )
    if connection.dialect.name == "sqlite":
        terms = " AND ".join(f'"{word}"*' for word in beginnings)
        query = query.where(words.op("MATCH")(terms))
    else:
        query = query.where(*(words.like(f"% {word}%") for word in beginnings))
    rows = connection.execute(query)
    return [Hit(table, number & (2**_KEY_BITS - 1), line) for number, line in rows]


def _belongs_to(table: str) -> ColumnElement[bool]:
    return INDEX.c.rowid.between(_number(table, 0), _number(table, 2**_KEY_BITS - 1))


def _number(table: str, key: int) -> int:
    """Return the row of the index that belongs to a record; it fits in 63 bits."""
    return (crc32(table.encode()) & 0x7FFFFFFF) << _KEY_BITS | key


def _words(line: str) -> list[str]:
    return _WORD.findall(fold(line))


def _folded(line: str) -> str:
    return "".join(f" {word}" for word in _words(line))
