"""Watching a session write: what each row was before, and what it became.

One recorder accompanies the session of one action. Flushing tells it of every
row that is really written, also those that a relationship changes on its own.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.orm import (
    Mapper,
    ORMExecuteState,
    PassiveFlag,
    Session,
    UOWTransaction,
    attributes,
    object_session,
)
from sqlalchemy.orm.attributes import instance_state

from cantine_desktop.storage import sealed
from cantine_desktop.storage.base import Base
from cantine_desktop.storage.chain import Altered
from cantine_desktop.storage.history import UnrecordedError
from cantine_desktop.storage.stored import Row, Spot, read_spots
from cantine_desktop.storage.watch import Watch

_AS_LOADED = PassiveFlag.PASSIVE_NO_FETCH ^ PassiveFlag.INIT_OK


class ReadingSession(Session):
    """A session that keeps nothing."""


class ActionSession(Session):
    """The session of an action; its ``recorder`` sees every change."""

    @property
    def recorder(self) -> "Recorder":
        """What the action changed so far."""
        recorder = self.info["recorder"]
        assert isinstance(recorder, Recorder)
        return recorder


@dataclass
class Recorder:
    """Collects the rows that one session writes, as the database stores them.

    Rows are read again at the end of the action only, many at a time: until then, what a flush
    wrote is judged by the objects it wrote.

    Attributes:
        watch: In whose name the session reads and writes.
        before: Rows as they were before the action.
        after: Rows as the action leaves them, once ``read`` was called.
        sealing: The objects that ``seal`` is sealing, by identity.
        sealed: Rows sealed by the action.
        unwritten: Those whose seals are still to be written, in order.
        destroyed: Rows whose values history must not keep.
        answers: What ``kept`` holds, by the class of the rows it was read from.
    """

    watch: Watch
    before: dict[Spot, Row | None] = field(default_factory=dict[Spot, Row | None])
    after: dict[Spot, Row | None] = field(default_factory=dict[Spot, Row | None])
    sealing: set[int] = field(default_factory=set[int])
    sealed: set[Spot] = field(default_factory=set[Spot])
    unwritten: list[Spot] = field(default_factory=list[Spot])
    destroyed: set[Spot] = field(default_factory=set[Spot])
    answers: dict[type[Base], dict[Hashable, Any]] = field(
        default_factory=dict[type[Base], dict[Hashable, Any]]
    )
    _written: list[Base] = field(default_factory=list[Base])
    _unread: set[Spot] = field(default_factory=set[Spot])

    def altered(self) -> list[Altered]:
        """Return the rows that really differ, as last read."""
        return [
            Altered(spot, self.before[spot], after)
            for spot, after in self.after.items()
            if after != self.before[spot]
        ]

    def read(self, connection: Connection) -> None:
        """Read the rows written since last time, as the database stores them."""
        if self._unread:
            unread, self._unread = [s for s in self.after if s in self._unread], set()
            with self.watch.pause():
                self.after.update(read_spots(connection, unread))

    def foresee(self, session: Session) -> None:
        """Read together the rows about to change."""
        changing = [o for o in session.dirty if self._is_unknown(o) and session.is_modified(o)]
        leaving = [o for o in session.deleted if self._is_unknown(o)]
        if changing or leaving:
            self._read_before(session.connection(), {_spot(o) for o in changing + leaving})

    def add(self, row: Base) -> None:
        """Take note of a row about to be inserted."""
        self.watch.actor.require_write(row.area)
        self._written.append(row)

    def change(self, connection: Connection, row: Base) -> None:
        """Take note of a row about to be changed or deleted."""
        spot = _spot(row)
        self.watch.actor.require_write(row.area)
        self._read_before(connection, {spot})
        sealed.refuse_sealed(spot, self._known(spot))
        self._written.append(row)

    def settle(self, session: Session) -> None:
        """Look at the rows just written; the seal of what is being sealed closes them."""
        written, self._written = self._written, []
        connection = session.connection()
        touched: set[Spot] = set()
        for row in written:
            spot = _spot(row)
            self.answers.pop(type(row), None)
            if id(row) not in self.sealing:
                values = self._values(connection, row)
                self._refuse_hand_made_seal(spot, values)
                touched |= sealed.parents(type(row), self.before.get(spot), values)
            self.before.setdefault(spot, None)
            self.after.setdefault(spot, None)
            self._unread.add(spot)
        if touched:
            sealed.refuse_sealed_parents(self._parents(connection, touched))

    def _is_unknown(self, row: object) -> bool:
        return _is_recorded(row) and _spot(row) not in self.before

    def _values(self, connection: Connection, row: Base) -> Row | None:
        """Return what tells whether a row just written may be written; ``None`` if it is gone.

        A column that the object does not hold was not written, unless the database worked it out.
        """
        names = sealed.needed(type(row))
        if instance_state(row).expired_attributes.isdisjoint(names):
            return {name: row.__dict__.get(name) for name in names}
        with self.watch.pause():
            return read_spots(connection, [_spot(row)])[_spot(row)]

    def _parents(self, connection: Connection, spots: set[Spot]) -> dict[Spot, Row | None]:
        """Return parents as stored; nobody else writes, so what the action knows still stands."""
        known = {spot: self._known(spot) for spot in spots if spot in self.before}
        with self.watch.pause():
            return known | read_spots(connection, spots - known.keys())

    def _known(self, spot: Spot) -> Row | None:
        return {sealed.SEALED_AT: True} if spot in self.sealed else self.before[spot]

    def _refuse_hand_made_seal(self, spot: Spot, row: Row | None) -> None:
        if sealed.is_sealed(row):
            raise UnrecordedError(f"{spot} was sealed by hand; call storage.seal.seal")

    def _read_before(self, connection: Connection, spots: set[Spot]) -> None:
        unknown = [spot for spot in spots if spot not in self.before]
        if unknown:
            with self.watch.pause():
                self.before.update(read_spots(connection, unknown))


def _spot(row: object) -> Spot:
    assert isinstance(row, Base)
    return row.__tablename__, row.id


def _is_recorded(row: object) -> bool:
    return isinstance(row, Base) and row.recorded


@event.listens_for(ActionSession, "before_flush")
def _before_flush(session: ActionSession, _work: UOWTransaction, _objects: object) -> None:
    session.recorder.foresee(session)


@event.listens_for(ActionSession, "after_flush")
def _after_flush(session: ActionSession, _work: UOWTransaction) -> None:
    session.recorder.settle(session)


@event.listens_for(Base, "before_insert", propagate=True)
def _before_insert(_mapper: Mapper[Base], _connection: Connection, row: Base) -> None:
    session = object_session(row)
    if isinstance(session, ActionSession):
        _refuse_own_tables(row)
        session.recorder.add(row)


@event.listens_for(Base, "before_delete", propagate=True)
def _before_delete(_mapper: Mapper[Base], connection: Connection, row: Base) -> None:
    session = object_session(row)
    if isinstance(session, ActionSession):
        _refuse_own_tables(row)
        session.recorder.change(connection, row)


@event.listens_for(Base, "before_update", propagate=True)
def _before_update(_mapper: Mapper[Base], connection: Connection, row: Base) -> None:
    session = object_session(row)
    # A parent whose collection changed comes here too, though its own row does not change.
    if isinstance(session, ActionSession) and _is_itself_modified(row):
        _refuse_own_tables(row)
        session.recorder.change(connection, row)


def _is_itself_modified(row: Base) -> bool:
    """Do what ``Session.is_modified`` does without collections, looking only at what was set."""
    state = instance_state(row)
    for key in state.committed_state:
        implementation: Any = state.manager[key].impl
        if implementation.collection:
            continue
        history = attributes.get_history(row, key, passive=_AS_LOADED)
        if history.added or history.deleted:
            return True
    return False


def _refuse_own_tables(row: Base) -> None:
    if not row.recorded:
        raise UnrecordedError(f"{row.__tablename__} is written by the storage alone")


@event.listens_for(ReadingSession, "before_flush")
def _refuse_flush(session: ReadingSession, _work: UOWTransaction, _objects: object) -> None:
    if session.new or session.deleted or any(session.is_modified(o) for o in session.dirty):
        raise UnrecordedError("rows are changed in Book.action, not in Book.read")


@event.listens_for(ReadingSession, "do_orm_execute")
@event.listens_for(ActionSession, "do_orm_execute")
def _refuse_bulk_statements(state: ORMExecuteState) -> None:
    """Stop statements that would change rows unseen by the recorder.

    Raises:
        UnrecordedError: Always, for INSERT, UPDATE and DELETE.
    """
    if state.is_update or state.is_delete or state.is_insert:
        raise UnrecordedError(str(state.statement))
