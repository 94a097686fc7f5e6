"""What the open book does by itself, when it is opened and when a day has passed."""

from PySide6.QtCore import QObject, QTimer, Slot

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.storage.book import Book
from ui.desk import Desk

_LOOK_EVERY_MS = 3_600_000
"""A window left open for days does it too."""


class Daily(QObject):
    """Has what is past its days destroyed and the season filled, off the window's thread."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._is_running = False
        self._watch = QTimer(self, interval=_LOOK_EVERY_MS)
        self._watch.timeout.connect(self.begin)
        self._watch.start()

    @Slot()
    def begin(self) -> None:
        """Look for what is to be done, without waiting for it."""
        if not self._is_running:
            self._is_running = True
            self._desk.jobs.run(self._work, self._done, self._failed)

    def rest(self) -> None:
        """Do nothing more by itself: the book is being left."""
        self._watch.stop()

    def _work(self) -> int:
        return _do(self._desk.book)

    def _done(self, count: int) -> None:
        self._is_running = False
        if count:
            self._desk.tell(tr("Noms et régimes des repas passés : effacés, comme prévu."))

    def _failed(self, error: BaseException) -> None:
        self._is_running = False
        if not isinstance(error, UserError):
            raise error  # a busy book is tried again an hour later


def _do(book: Book) -> int:
    # Imported by the job: nothing of it is needed before the first paint.
    from cantine_desktop.meals.services.season import fill_season  # noqa: PLC0415
    from cantine_desktop.office.forgetting import forget_what_is_past  # noqa: PLC0415

    fill_season(book)
    return forget_what_is_past(book)
