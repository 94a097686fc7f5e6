"""The canteen's book: read it, act on it, undo."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session, sessionmaker

from cantine_desktop.clock import Clock, system_clock
from cantine_desktop.storage import history
from cantine_desktop.storage.history import Action, Recorder
from cantine_desktop.storage.rights import Actor

Tables = frozenset[str]
"""Names of the tables an action changed."""


class Book:
    """All the data of one canteen, and the history of its changes.

    Attributes:
        clock: Tells the present instant.
        actor: In whose name the book is read and changed.
    """

    def __init__(self, engine: Engine, clock: Clock = system_clock) -> None:
        self.clock = clock
        self.actor = Actor()
        self._sessions = sessionmaker(engine)
        self._undoable: list[tuple[int, str]] = []
        self._redoable: list[tuple[int, str]] = []
        self._listeners: list[Callable[[Tables], None]] = []

    @contextmanager
    def read(self) -> Generator[Session]:
        """Lend a session for reading; nothing it changes is kept."""
        with self._sessions() as session:
            yield session

    @contextmanager
    def action(self, label: str, *, undoable: bool = True) -> Generator[Session]:
        """Lend a session whose changes are kept, recorded and undone together.

        Args:
            label: What the person did, as shown in the Undo menu.
            undoable: Offer it in the Undo menu. The few actions that must not
                be, such as a new password, are recorded all the same.
        """
        recorder = Recorder()
        with self._sessions() as session:
            event.listen(session, "before_flush", recorder.before_flush)
            event.listen(session, "after_flush", recorder.after_flush)
            event.listen(session, "do_orm_execute", history.refuse_bulk_statements)
            yield session
            session.flush()
            key = self._write(session, recorder, label)
            session.commit()
        if key and undoable:
            self._undoable.append((key, label))
            self._redoable.clear()
        if key:
            self._tell(recorder)

    @property
    def undo_label(self) -> str | None:
        """What Undo would take back."""
        return self._undoable[-1][1] if self._undoable else None

    @property
    def redo_label(self) -> str | None:
        """What Redo would do again."""
        return self._redoable[-1][1] if self._redoable else None

    def undo(self) -> None:
        """Take back the last action.

        Raises:
            ConflictError: Its rows changed since.
        """
        self._revert(self._undoable, self._redoable)

    def redo(self) -> None:
        """Do again the action last undone.

        Raises:
            ConflictError: Its rows changed since.
        """
        self._revert(self._redoable, self._undoable)

    def subscribe(self, listener: Callable[[Tables], None]) -> None:
        """Call a function with the changed tables after each action."""
        self._listeners.append(listener)

    def _write(
        self, session: Session, recorder: Recorder, label: str, undoes: int | None = None
    ) -> int:
        changes = recorder.changes()
        if not changes:
            return 0
        action = Action(
            at=self.clock(), label=label, by=self.actor.name, undoes=undoes, changes=changes
        )
        session.add(action)
        session.flush()
        return action.id

    def _revert(self, source: list[tuple[int, str]], target: list[tuple[int, str]]) -> None:
        key, label = source[-1]
        recorder = Recorder()
        with self._sessions() as session:
            connection = session.connection()
            history.defer_references(connection)
            for change in reversed(session.get_one(Action, key).changes):
                history.restore(connection, change)
                recorder.before[change.table, change.key] = change.after
                recorder.after[change.table, change.key] = change.before
            undone = self._write(session, recorder, label, undoes=key)
            session.commit()
        source.pop()
        target.append((undone, label))
        self._tell(recorder)

    def _tell(self, recorder: Recorder) -> None:
        tables = frozenset(name for name, _key in recorder.after)
        for listener in self._listeners:
            listener(tables)
