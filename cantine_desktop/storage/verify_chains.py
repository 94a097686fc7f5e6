"""Checking the two chains of hashes: history and seals."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy import text as sql

from cantine_desktop.i18n import tr
from cantine_desktop.storage import chain
from cantine_desktop.storage.base import tables_by_name
from cantine_desktop.storage.findings import Finding, at
from cantine_desktop.storage.seal import SEALS, seal_text
from cantine_desktop.storage.sealed import place
from cantine_desktop.storage.stored import plain_row, stream, table_of

Link = tuple[int, str, str, str]
"""Number, text, hash as stored, and what to call it besides its number."""


class Links:
    """Follows a chain from its first link and says where it breaks.

    After a break it goes on from the hash that is stored, so that one altered
    link is one finding.
    """

    def __init__(self, table: str) -> None:
        self.table = table
        self.last = 0
        self.broken = False
        self.end = chain.End()
        self._tips: set[str] | None = {""}

    def follow(self, number: int, content: str, stored: str, name: str) -> Iterator[Finding]:
        """Check the next link."""
        if number != self.last + 1:
            self._tips = None
            yield from self._missing(self.last + 1, number - 1)
        computed = {chain.digest(tip, content) for tip in self._tips or ()}
        if self._tips is not None and stored not in computed:
            self.broken = True
            text = tr("Cette ligne de l’historique a été altérée hors du logiciel ({title}).")
            yield at((self.table, number), text, title=name)
        # The stored hash may be what was altered: the next link tells.
        self._tips = computed | {stored}
        self.last = number
        self.end = chain.End(number, stored, chain.digest(self.end.mark, stored))

    def finish(self, kept: chain.End | None) -> Iterator[Finding]:
        """Check that the chain ends where it is said to."""
        if kept is None:
            if self.last:
                yield self._end(tr("La ligne qui garde la fin de la chaîne a été supprimée."))
        elif kept.length > self.last:
            yield from self._missing(self.last + 1, kept.length)
        elif not self.broken and kept != self.end:
            yield self._end(
                tr("La fin de la chaîne a été altérée : des lignes ont été ajoutées ou ôtées.")
            )

    def _missing(self, first: int, last: int) -> Iterator[Finding]:
        self.broken = True
        yield _removed(self.table, first, last)

    def _end(self, text: str) -> Finding:
        return at((self.table, self.last), text)


def _removed(table: str, first: int, last: int) -> Finding:
    text = tr("Les lignes {start} à {stop} ont été supprimées hors du logiciel.")
    return at((table, first), text, start=first, stop=last)


def check_history(connection: Connection) -> Iterator[Finding]:
    """Check that each action and change is as it was written, and that none is missing."""
    links = Links("action")
    changes = _Changes(connection)
    columns = table_of(connection, "action").c
    query = select(*columns).order_by(columns.id)
    for row in map(plain_row, stream(connection, query).mappings()):
        stored = row.pop("hash")
        header = chain.Header(**row)
        mine, strays = changes.of(header.id)
        yield from _strays(strays)
        content = chain.action_text(header, mine)
        yield from links.follow(header.id, content, stored, _title(header))
    yield from _strays(changes.rest())
    yield from links.finish(chain.end_of(connection, chain.HISTORY))
    if not links.broken:
        yield from _forgotten(connection, links.last)


def _title(header: chain.Header) -> str:
    year, month, day = str(header.at)[:10].split("-")
    return f"{header.label}, {day}/{month}/{year}"


def _strays(changes: list[chain.StoredChange]) -> Iterator[Finding]:
    if changes:
        text = tr("Les modifications n° {start} à {stop} n’appartiennent à aucune action.")
        yield at(("change", changes[0].id), text, start=changes[0].id, stop=changes[-1].id)


def _forgotten(connection: Connection, last: int) -> Iterator[Finding]:
    """Find actions removed along with the row that counts them.

    SQLite remembers the highest key it ever gave.
    """
    if connection.dialect.name != "sqlite":
        return
    given = connection.scalar(sql("SELECT seq FROM sqlite_sequence WHERE name = 'action'")) or 0
    if given > last:
        yield _removed("action", last + 1, given)


class _Changes:
    """Walks the changes beside the actions."""

    def __init__(self, connection: Connection) -> None:
        columns = table_of(connection, "change").c
        query = select(
            columns.action_id,
            columns.id,
            columns.table,
            columns.key,
            columns.before,
            columns.after,
            columns.salt,
            columns.destroyed,
        ).order_by(columns.action_id, columns.id)
        self._rows = iter(stream(connection, query))
        self._next: Any = next(self._rows, None)

    def of(self, action: int) -> tuple[list[chain.StoredChange], list[chain.StoredChange]]:
        """Return the changes of an action, and those before that belong to none."""
        strays = self._take_below(action)
        return self._take_below(action + 1), strays

    def rest(self) -> list[chain.StoredChange]:
        """Return the changes left."""
        return self._take_below(None)

    def _take_below(self, action: int | None) -> list[chain.StoredChange]:
        taken: list[chain.StoredChange] = []
        while self._next is not None and (action is None or self._next[0] < action):
            taken.append(chain.StoredChange(*self._next[1:]))
            self._next = next(self._rows, None)
        return taken


def check_seals(connection: Connection) -> Iterator[Finding]:
    """Check that each seal is as it was written, and that none is missing."""
    links = Links("seal")
    columns = table_of(connection, "seal").c
    query = select(
        columns.id,
        columns.table,
        columns.key,
        columns.row,
        columns.salt,
        columns.destroyed,
        columns.hash,
    ).order_by(columns.id)
    for number, table, key, row, salt, destroyed, stored in stream(connection, query):
        content = seal_text(number, table, key, destroyed or chain.values_hash(salt, row))
        yield from links.follow(number, content, stored, place(table, key))
    yield from links.finish(chain.end_of(connection, SEALS))


def check_ends(connection: Connection) -> Iterator[Finding]:
    """Find ends of chains that are not ours, and counters of keys set back.

    SQLite never gives a key twice as long as nobody lowers the highest it gave.
    """
    ends = table_of(connection, "chain").c
    ours = chain.HISTORY, SEALS
    for (key,) in connection.execute(select(ends.id).where(ends.name.not_in(ours))):
        yield at(("chain", key), tr("Cet élément a été ajouté hors du logiciel."))
    if connection.dialect.name != "sqlite":
        return
    changes = table_of(connection, "change").c
    rows: Any = connection.execute(sql("SELECT name, seq FROM sqlite_sequence"))
    given: dict[str, int] = dict(iter(rows))
    highest = select(changes.table, func.max(changes.key)).group_by(changes.table)
    for table, key in connection.execute(highest.order_by(changes.table)):
        if table in tables_by_name() and (given.get(table) or 0) < key:
            text = tr("Le compteur de ces numéros a été reculé : celui-ci servirait deux fois.")
            yield at((table, key), text)
