"""Backups that make themselves: every day, on exit, and when asked."""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QObject

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import hour, short_day, tr
from cantine_desktop.storage.backup import (
    Backup,
    back_up,
    changed_since,
    duplicate,
    is_due,
    is_late,
    newest,
    rotate,
)
from ui.desk import Desk
from ui.places import backup_folders
from ui.window import Window


class Backups(QObject):
    """Makes the backups of the open book, and tells the last one's age."""

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._desk = desk
        self._window = window
        window.commands["back-up"].triggered.connect(self.back_up_now)

    @property
    def folders(self) -> list[Path]:
        """Where this book's backups go."""
        return backup_folders(self._desk.settings, self._desk.location)

    def begin(self) -> None:
        """Make the day's backup if it is missing, without waiting for it."""
        if not self._desk.book.is_shared and is_due(
            self.folders, self._book, self._desk.book.clock()
        ):
            self._desk.jobs.run(self._make, self._done, self._failed)
        self.show()

    def back_up_now(self) -> None:
        """Make a backup and say where it is."""
        if self._desk.book.is_shared:
            self._desk.tell(tr("Ce livre est sur un serveur : sa sauvegarde se fait là-bas."))
            return
        self._desk.jobs.run(self._make, self._tell_done, self._failed)

    def on_exit(self) -> None:
        """Make a backup if anything changed since the last one; failing is not fatal."""
        if self._desk.book.is_shared:
            return
        with suppress(UserError):
            last = newest(self.folders, self._book)
            if changed_since(Path(self._desk.location), last):
                self._make()

    def show(self) -> None:
        """Tell in the sidebar when the last backup was made."""
        if self._desk.book.is_shared:
            self._window.sidebar.set_backed_up(tr("Données sur le serveur"))
            return
        now = self._desk.book.clock()
        last = newest(self.folders, self._book)
        late = is_late(self.folders, self._book, now)
        self._window.sidebar.set_backed_up(
            tr("Pas encore de sauvegarde") if last is None else self._age(last),
            "error" if late and last is not None else "small",
        )

    @property
    def _book(self) -> str:
        return Path(self._desk.location).stem

    def _age(self, last: Backup) -> str:
        today = civil_date(self._desk.book.clock())
        day = civil_date(last.at)
        if day == today:
            return tr("Sauvegarde à {hour}").format(hour=hour(last.at))
        if day == today - timedelta(days=1):
            return tr("Sauvegarde hier à {hour}").format(hour=hour(last.at))
        return tr("Sauvegarde du {day}").format(day=short_day(day))

    def _make(self) -> Backup:
        now = self._desk.book.clock()
        main, *others = self.folders
        made = back_up(Path(self._desk.location), main, now)
        rotate(main, now)
        for folder in others:
            duplicate(made, folder)
            rotate(folder, now)
        return made

    def _done(self, _made: Backup) -> None:
        self.show()

    def _tell_done(self, made: Backup) -> None:
        self.show()
        self._desk.tell(tr("Sauvegarde faite et vérifiée : {name}").format(name=made.path.name))

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self._desk.tell(tr("La sauvegarde n’a pas pu se faire. {why}").format(why=error))
