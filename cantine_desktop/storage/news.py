"""Learning what others changed in the same database."""

from typing import Any

from sqlalchemy import Engine, func, select

from cantine_desktop.storage.base import Base
from cantine_desktop.storage.history import Action, Change


class Reader:
    """Follows history from the moment the book was opened."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._own: set[int] = set()
        self._seen = self._last()

    def expect(self, number: int) -> None:
        """Leave out an action of this book itself."""
        self._own.add(number)

    def ask(self) -> frozenset[str]:
        """Return the tables that other books changed since last asked.

        Actions are numbered in the order of their transactions, so none can
        appear behind the last one seen. A history that became shorter was
        replaced by a backup: everything may have changed.
        """
        last = self._last()
        seen, self._seen = self._seen, last
        own = {number for number in self._own if seen < number <= last}
        self._own = {number for number in self._own if number > last}
        if last < seen:
            return frozenset(m.class_.__tablename__ for m in Base.registry.mappers)
        if last - seen == len(own):
            return frozenset()
        columns: Any = Change.__table__.columns
        query = select(columns.table).distinct().where(columns.action_id > seen)
        if own:
            query = query.where(columns.action_id.not_in(own))
        with self._engine.connect() as connection:
            return frozenset(connection.scalars(query))

    def _last(self) -> int:
        with self._engine.connect() as connection:
            return connection.scalar(select(func.max(Action.id))) or 0
