"""What every screen is handed: the book, the jobs, the settings, and the way to speak up."""

from PySide6.QtCore import QObject, Signal

from cantine_desktop.settings import Settings
from cantine_desktop.storage.book import Book, Tables
from ui.kit.jobs import Jobs


class Desk(QObject):
    """The working context of a window.

    Attributes:
        book: The canteen's data.
        jobs: Runs what would freeze the window.
        settings: This workstation's settings.

    Signals:
        changed: Tables that an action just changed, here or elsewhere (``frozenset[str]``).
        going: A screen was asked for: its key, and what to show there or ``None``.
        told: A sentence to show for a while, and whether it offers to undo.
    """

    changed = Signal(object)
    going = Signal(str, object)
    told = Signal(str, bool)

    def __init__(self, book: Book, settings: Settings | None = None) -> None:
        super().__init__()
        self.book = book
        self.jobs = Jobs(self)
        self.settings = settings or Settings()
        book.subscribe(self._on_change)

    def go(self, screen: str, target: object = None) -> None:
        """Show a screen, at a place of it."""
        self.going.emit(screen, target)

    def tell(self, text: str, *, undo: bool = False) -> None:
        """Show a sentence for a while; ``undo`` offers to take back the last action."""
        self.told.emit(text, undo)

    def may_read(self, area: str) -> bool:
        """Tell whether the person at work may read an area of the book."""
        return self.book.actor.may_read(area)

    def may_write(self, area: str) -> bool:
        """Tell whether the person at work may change an area of the book."""
        return self.book.actor.may_write(area)

    def close(self) -> None:
        """Wait for running jobs; the book stays open."""
        self.jobs.close()

    def _on_change(self, tables: Tables) -> None:
        self.changed.emit(tables)
