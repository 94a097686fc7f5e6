"""The canteen's book: read it, act on it, undo."""

from collections import deque
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from threading import Lock, get_ident

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError, OperationalError

from cantine_desktop.clock import Clock, system_clock
from cantine_desktop.errors import ConflictError, SealedError, UserError
from cantine_desktop.i18n import tr
from cantine_desktop.storage import chain, news, replay, search, trouble
from cantine_desktop.storage.engine import PATIENCE, reading, writing
from cantine_desktop.storage.recorder import ActionSession, ReadingSession, Recorder
from cantine_desktop.storage.rights import Actor
from cantine_desktop.storage.watch import Watch, Watcher

Tables = frozenset[str]
"""Names of the tables an action changed."""

STEPS = 200
"""How many actions can be undone."""

WRITERS_LOCK = 0x43414E54
"""PostgreSQL's advisory lock that lets one action in at a time."""

Step = tuple[int, str]
"""An action that can be taken back: its number and label."""


@dataclass
class _Steps:
    undo: deque[Step] = field(default_factory=partial(deque[Step], maxlen=STEPS))
    redo: deque[Step] = field(default_factory=partial(deque[Step], maxlen=STEPS))


class Book:
    """All the data of one canteen, and the history of its changes.

    It may be used from several threads; actions come one after the other.

    Attributes:
        engine: The database.
        clock: Tells the present instant.
        actor: In whose name the book is read and changed.
    """

    def __init__(self, engine: Engine, clock: Clock = system_clock) -> None:
        self.engine = engine
        self.clock = clock
        self.actor = Actor()
        self._reading = reading(engine)
        self._writing = writing(engine)
        self._watchers = Watcher(self._reading), Watcher(self._writing)
        self._steps = _Steps()
        self._listeners: list[Callable[[Tables], None]] = []
        self._turn = Lock()
        self._writer = 0
        self._closed = False
        self._news = news.Reader(self._reading)

    @property
    def is_shared(self) -> bool:
        """Whether it lives on a server, where several computers work on it at once."""
        return self.engine.dialect.name != "sqlite"

    @contextmanager
    def read(self) -> Generator[ReadingSession]:
        """Lend a session for reading one unchanging state; nothing it changes is kept.

        Raises:
            ForbiddenError: Reading an area closed to the actor.
        """
        self._refuse_closed()
        watch = Watch(self.actor)
        engine = self._reading
        if watch.actor.reads is not None:
            engine = self._watchers[0].engine(watch)
        with (
            trouble.told(self.engine),
            ReadingSession(engine, autoflush=False, info={"watch": watch}) as session,
        ):
            yield session

    @contextmanager
    def action(self, label: str, *, undoable: bool = True) -> Generator[ActionSession]:
        """Lend a session whose changes are kept, recorded and undone together.

        An exception takes back everything and tells nobody.

        Args:
            label: What the person did, as shown in the Undo menu.
            undoable: Offer it in the Undo menu. The few actions that must not
                be, such as a new password, are recorded all the same.

        Raises:
            ForbiddenError: Reading or changing an area closed to the actor.
            SealedError: Changing what was closed for good.
            UserError: Another program keeps the book busy.
        """
        with self._transaction() as session:
            yield session
            session.flush()
            number = self._record(session, label)
            session.commit()
        if not number:
            return
        self._news.expect(number)
        if undoable:
            self._steps.undo.append((number, label))
            self._steps.redo.clear()
        self._tell(session.recorder)

    @property
    def undo_label(self) -> str | None:
        """What Undo would take back."""
        return next(iter(self.undo_labels), None)

    @property
    def redo_label(self) -> str | None:
        """What Redo would do again."""
        return next(iter(self.redo_labels), None)

    @property
    def undo_labels(self) -> list[str]:
        """What can be taken back, newest first."""
        return [label for _number, label in reversed(self._steps.undo)]

    @property
    def redo_labels(self) -> list[str]:
        """What can be done again, the next one first."""
        return [label for _number, label in reversed(self._steps.redo)]

    def undo(self) -> None:
        """Take back the last action.

        An action that can never be taken back any more leaves the list, so that
        those before it can.

        Raises:
            ConflictError: Its rows changed since.
            ForbiddenError: The actor may not change its tables.
            SealedError: It sealed a row, or its rows were sealed since.
        """
        self._revert(self._steps.undo, self._steps.redo)

    def redo(self) -> None:
        """Do again the action last undone; same errors as ``undo``."""
        self._revert(self._steps.redo, self._steps.undo)

    def subscribe(self, listener: Callable[[Tables], None]) -> Callable[[], None]:
        """Call a function with the changed tables after each action, in the acting thread.

        Returns:
            A function that ends the subscription.
        """
        self._listeners.append(listener)
        return partial(self._unsubscribe, listener)

    def news(self) -> Tables:
        """Return the tables that others changed in this book since last asked.

        Listeners are told too. Cheap enough to be asked every second.

        Raises:
            UnreachableServerError: The server does not answer any more.
        """
        self._refuse_closed()
        with trouble.told(self.engine):
            tables = self._news.ask()
        if tables:
            self._notify(tables)
        return tables

    def close(self) -> None:
        """Let go of the database; the book cannot be used afterwards."""
        self._closed = True
        self._listeners.clear()
        self.engine.dispose()

    @contextmanager
    def _transaction(self) -> Generator[ActionSession]:
        self._refuse_closed()
        if self._writer == get_ident():
            raise RuntimeError("an action is already under way")
        if not self._turn.acquire(timeout=PATIENCE):
            raise UserError(trouble.busy())
        self._writer = get_ident()
        try:
            with trouble.told(self.engine), self._open() as session:
                yield session
        finally:
            self._writer = 0
            self._turn.release()

    def _open(self) -> ActionSession:
        watch = Watch(self.actor)
        engine = self._writing
        if self.actor.reads is not None:
            engine = self._watchers[1].engine(watch)
        session = ActionSession(engine, info={"recorder": Recorder(watch), "watch": watch})
        try:
            connection = session.connection()
            if connection.dialect.name == "postgresql":
                with watch.pause():
                    connection.execute(select(func.pg_advisory_xact_lock(WRITERS_LOCK)))
        except OperationalError:
            session.close()
            raise
        return session

    def _record(self, session: ActionSession, label: str, undoes: int | None = None) -> int:
        recorder = session.recorder
        recorder.read(session.connection())
        altered = recorder.altered()
        if not altered:
            return 0
        with recorder.watch.pause():
            search.refresh(session, altered)
            return chain.write_action(
                session.connection(),
                at=self.clock(),
                label=label,
                by=recorder.watch.actor.name,
                altered=altered,
                undoes=undoes,
                destroyed=recorder.destroyed,
            )

    def _revert(self, source: deque[Step], target: deque[Step]) -> None:
        if not source:
            return
        step = source[-1]
        try:
            undone, recorder = self._take_back(step)
        except IntegrityError as error:
            source.pop()
            raise ConflictError(
                tr("Des éléments ajoutés depuis s’y opposent ; l’action ne peut plus être annulée.")
            ) from error
        except (ConflictError, SealedError):
            source.pop()
            raise
        source.pop()
        target.append(undone)
        self._tell(recorder)

    def _take_back(self, step: Step) -> tuple[Step, Recorder]:
        number, label = step
        with self._transaction() as session:
            recorder = session.recorder
            with recorder.watch.pause():
                connection = session.connection()
                changes = replay.changes_of(connection, number)
                for spot, before, after in replay.take_back(connection, changes, self.actor):
                    recorder.before[spot], recorder.after[spot] = before, after
            undone = self._record(session, label, undoes=number)
            session.commit()
        self._news.expect(undone)
        return (undone, label), recorder

    def _tell(self, recorder: Recorder) -> None:
        self._notify(frozenset(change.spot[0] for change in recorder.altered()))

    def _notify(self, tables: Tables) -> None:
        for listener in list(self._listeners):
            listener(tables)

    def _unsubscribe(self, listener: Callable[[Tables], None]) -> None:
        if listener in self._listeners:
            self._listeners.remove(listener)

    def _refuse_closed(self) -> None:
        if self._closed:
            raise UserError(tr("Le livre est fermé."))
