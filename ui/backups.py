"""Backups that make themselves: every day, on exit, and when asked."""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import hour, short_day, tr
from cantine_desktop.schema.safekeeping import Kept, book_name
from cantine_desktop.storage.backup import Backup, changed_since, is_due, is_late, newest
from cantine_desktop.storage.history import Action
from ui.desk import Desk
from ui.places import backup_folders
from ui.saving import make_backups
from ui.window import Window

_LOOK_EVERY_MS = 3_600_000
"""A window left open for days makes its daily backups too."""


class Backups(QObject):
    """Makes the backups of the open book, and tells the last one's age."""

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._desk = desk
        self._window = window
        self._missed = False
        self._watch = QTimer(self, interval=_LOOK_EVERY_MS)
        self._watch.timeout.connect(self.begin)
        self._watch.start()
        window.commands["back-up"].triggered.connect(self.back_up_now)

    @property
    def folders(self) -> list[Path]:
        """Where this book's backups go."""
        return backup_folders(self._desk.settings, self._desk.location)

    def begin(self) -> None:
        """Make the day's backup if it is missing, without waiting for it."""
        if is_due(self.folders, self._book, self._desk.book.clock()):
            self._desk.jobs.run(self._make, self._done, self._failed)
        self.show()

    def rest(self) -> None:
        """Make no more backups by itself: the book is being left."""
        self._watch.stop()

    def back_up_now(self) -> None:
        """Make a backup and say where it is."""
        self._desk.jobs.run(self._make, self._tell_done, self._failed)

    def on_exit(self) -> None:
        """Make a backup if anything changed since the last one; failing is not fatal."""
        with suppress(UserError, OperationalError):
            if self._changed_since(newest(self.folders, self._book)):
                self._make()

    def show(self) -> None:
        """Tell in the sidebar when the last backup was made, in red when it is too old."""
        now = self._desk.book.clock()
        last = newest(self.folders, self._book)
        late = is_late(self.folders, self._book, now)
        self._window.sidebar.set_backed_up(
            tr("Pas encore de sauvegarde") if last is None else self._age(last),
            "error" if self._missed or (late and last is not None) else "small",
        )

    @property
    def _book(self) -> str:
        return book_name(self._desk.location)

    def _changed_since(self, last: Backup | None) -> bool:
        if last is None or not self._desk.book.is_shared:
            return changed_since(Path(self._desk.location), last)
        with self._desk.book.engine.connect() as connection:
            at = connection.scalar(select(func.max(Action.at)))
        return at is not None and at > last.at

    def _age(self, last: Backup) -> str:
        today = civil_date(self._desk.book.clock())
        day = civil_date(last.at)
        if day == today:
            return tr("Sauvegarde à {hour}").format(hour=hour(last.at))
        if day == today - timedelta(days=1):
            return tr("Sauvegarde hier à {hour}").format(hour=hour(last.at))
        return tr("Sauvegarde du {day}").format(day=short_day(day))

    def _make(self) -> Kept:
        return make_backups(self._desk)

    def _done(self, kept: Kept) -> None:
        self._missed = False
        self.show()
        for problem in kept.problems:
            self._desk.tell(problem)

    def _tell_done(self, kept: Kept) -> None:
        self._done(kept)
        name = kept.backups[0].path.name
        self._desk.tell(tr("Sauvegarde faite et vérifiée : {name}").format(name=name))

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self._missed = True
        self.show()
        self._desk.tell(tr("La sauvegarde n’a pas pu se faire. {why}").format(why=error))
