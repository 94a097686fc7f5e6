"""What every screen is handed: the book, the jobs, the settings, and the way to speak up."""

from threading import get_ident

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from cantine_desktop.errors import UnreachableServerError
from cantine_desktop.i18n import tr
from cantine_desktop.settings import Settings
from cantine_desktop.storage.base import tables_by_name
from cantine_desktop.storage.book import Book, Tables
from cantine_desktop.values.period import Period
from ui.kit.jobs import Jobs
from ui.requests import Request

NEWS_EVERY_MS = 1000
LONGEST_PAUSE_MS = 60_000
"""Between two questions to a server that does not answer."""


class Desk(QObject):
    """The working context of a window.

    Attributes:
        book: The canteen's data.
        jobs: Runs what would freeze the window.
        settings: This workstation's settings.
        location: The book's file, or its address on a server without the password.
        room: Where screens are built, so that nothing is dressed twice; none without a window.

    Signals:
        changed: Tables that an action just changed, here or elsewhere (``frozenset[str]``).
        going: A screen was asked for: its key, and what to show there or ``None``.
        told: A sentence to show for a while, and whether it offers to undo.
        printing: A document was asked for: its key in the catalogue and its period.
        importing: A file to take in is to be chosen.
        exporting: Data to write for other programs were asked for: their key and a period.
        asked: Another book is wanted: a request of ``ui.requests``.
        counter_wanted: The counter is wanted, for a service by its key, or ``None``.
        restyled: Settings of appearance or language changed.
        reached: The server answers again, or does not any more.
    """

    changed = Signal(object)
    going = Signal(str, object)
    told = Signal(str, bool)
    printing = Signal(str, object)
    importing = Signal()
    exporting = Signal(str, object)
    asked = Signal(object)
    counter_wanted = Signal(object)
    restyled = Signal()
    reached = Signal(bool)
    _heard = Signal(object)

    def __init__(self, book: Book, settings: Settings | None = None, location: str = "") -> None:
        super().__init__()
        self.book = book
        self.location = location
        self.room: QWidget | None = None
        self.jobs = Jobs(self)
        self.settings = settings or Settings()
        self._thread = get_ident()
        self._away = False
        self._heard.connect(self.changed, Qt.ConnectionType.QueuedConnection)
        self._watch = QTimer(self, interval=NEWS_EVERY_MS, singleShot=True)
        self._watch.timeout.connect(self._ask_news)
        self._unsubscribe = book.subscribe(self._on_change)
        if book.is_shared:
            self._watch.start()

    def go(self, screen: str, target: object = None) -> None:
        """Show a screen, at a place of it."""
        self.going.emit(screen, target)

    def tell(self, text: str, *, undo: bool = False) -> None:
        """Show a sentence for a while; ``undo`` offers to take back the last action."""
        self.told.emit(text, undo)

    def print_out(self, document: str, period: Period) -> None:
        """Show a document of the catalogue for a period, ready to print."""
        self.printing.emit(document, period)

    def export(self, data: str, period: Period) -> None:
        """Show what can be exported, one kind of data and its period already chosen."""
        self.exporting.emit(data, period)

    def may_read(self, area: str) -> bool:
        """Tell whether the person at work may read an area of the book."""
        return self.book.actor.may_read(area)

    def may_write(self, area: str) -> bool:
        """Tell whether the person at work may change an area of the book."""
        return self.book.actor.may_write(area)

    def ask(self, request: Request) -> None:
        """Leave this book for another one, a backup, another place."""
        self.asked.emit(request)

    def keep_counter(self, service: int | None = None) -> None:
        """Hand the window over to the counter, for a service or the one at hand."""
        self.counter_wanted.emit(service)

    def restyle(self) -> None:
        """Apply the settings of appearance and language at once."""
        self.restyled.emit()

    def close(self) -> None:
        """Listen no more and wait for running jobs; the book stays open."""
        self._watch.stop()
        self._unsubscribe()
        self.jobs.close()

    def _ask_news(self) -> None:
        # Never here: a server that left the network can be silent for minutes.
        self.jobs.run(self.book.news, self._on_news, self._on_silence)

    def _on_news(self, _tables: Tables) -> None:
        if self._away:
            self._away = False
            self.tell(tr("Le serveur répond de nouveau."))
            self.reached.emit(True)
            self.changed.emit(frozenset(tables_by_name()))
        self._watch.start(NEWS_EVERY_MS)

    def _on_silence(self, error: BaseException) -> None:
        if not isinstance(error, UnreachableServerError):
            raise error
        if not self._away:
            self._away = True
            self.tell(str(error))
            self.reached.emit(False)
        self._watch.start(min(2 * self._watch.interval(), LONGEST_PAUSE_MS))

    def _on_change(self, tables: Tables) -> None:
        """Tell the window, on its own thread; a job may be the one who acts."""
        if get_ident() == self._thread:
            self.changed.emit(tables)
        else:
            self._heard.emit(tables)
