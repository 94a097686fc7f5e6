"""What every screen is handed: the book, the jobs, the news of changes."""

from PySide6.QtCore import QObject, Signal

from cantine_desktop.storage.book import Book, Tables
from ui.kit.jobs import Jobs


class Desk(QObject):
    """The working context of a window.

    Signals:
        changed: Tables that an action just changed (``frozenset[str]``).
    """

    changed = Signal(object)

    def __init__(self, book: Book) -> None:
        super().__init__()
        self.book = book
        self.jobs = Jobs(self)
        book.subscribe(self._tell)

    def _tell(self, tables: Tables) -> None:
        self.changed.emit(tables)
