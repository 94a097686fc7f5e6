"""Reading under limited rights: every SELECT is looked at before it runs.

Only sessions of a restricted actor use a watched engine, so whoever may read
everything pays nothing. The tables are taken from the statement as compiled,
with its joins, subqueries and loads of related rows, and remembered.
"""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, Table, TextClause, event
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.orm import Session
from sqlalchemy.sql import visitors
from sqlalchemy.sql.compiler import Compiled

from cantine_desktop.errors import ForbiddenError
from cantine_desktop.i18n import tr
from cantine_desktop.storage.base import tables_by_name
from cantine_desktop.storage.rights import OPEN_AREA, Actor


@dataclass
class Watch:
    """The rights one session reads under.

    Attributes:
        actor: Who reads.
        paused: The storage itself reads, to keep history.
    """

    actor: Actor
    paused: bool = False

    @contextmanager
    def pause(self) -> Generator[None]:
        """Let the storage read what it needs for itself."""
        was, self.paused = self.paused, True
        try:
            yield
        finally:
            self.paused = was


class Watcher:
    """Lends engines that read with the rights of an actor."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(watched=True)
        self._areas: WeakKeyDictionary[Compiled, frozenset[str]] = WeakKeyDictionary()
        event.listen(self._engine, "before_cursor_execute", self._check)

    def engine(self, watch: Watch) -> Engine:
        """Return an engine whose SELECTs are checked."""
        return self._engine.execution_options(watch=watch)

    def _check(
        self,
        connection: Connection,
        _cursor: DBAPICursor,
        statement: str,
        _parameters: Any,
        context: Any,
        _many: bool,  # noqa: FBT001  -- the signature of the event
    ) -> None:
        watch = cast("Watch", connection.get_execution_options()["watch"])
        if watch.paused:
            return
        compiled = cast("Compiled | None", context.compiled)
        if compiled is None or isinstance(compiled.statement, TextClause):
            _refuse_raw(statement)
        elif not (context.isinsert or context.isupdate or context.isdelete):
            for area in self._areas_of(compiled):
                watch.actor.require_read(area)

    def _areas_of(self, compiled: Compiled) -> frozenset[str]:
        known = self._areas.get(compiled)
        if known is None:
            known = self._areas[compiled] = _areas_in(compiled)
        return known


def _areas_in(compiled: Compiled) -> frozenset[str]:
    state = compiled.compile_state
    # The ORM rewrites a statement before it is compiled: joins of related rows appear there.
    statement = cast("Any", getattr(state, "statement", compiled.statement))
    by_name = tables_by_name()
    names = {e.name for e in visitors.iterate(statement) if isinstance(e, Table)}
    return frozenset(by_name[n].area if n in by_name else OPEN_AREA for n in names)


def _refuse_raw(statement: str) -> None:
    if statement.lstrip()[:6].upper() == "SELECT":
        raise ForbiddenError(tr("Ce profil ne peut pas lire le livre par une requête libre."))


def watch_of(session: Session) -> Watch:
    """Return the rights a session of the book works under."""
    watch = session.info.get("watch")
    return watch if isinstance(watch, Watch) else Watch(Actor())
