"""What the palette finds in an open book: screens, actions, documents, records, sheets."""

from collections.abc import Sequence
from functools import partial
from importlib import import_module

from cantine_desktop.clock import civil_date
from cantine_desktop.documents.registry import Document
from cantine_desktop.documents.sheet_ids import read_sheet_id
from cantine_desktop.i18n import tr
from cantine_desktop.storage import search
from ui.desk import Desk
from ui.finding import Offer
from ui.navigator import Navigator
from ui.preferences.pages import PAGES
from ui.printing import Printing, catalogue, usual_period
from ui.sections import PREFERENCES, SECTIONS
from ui.window import Window

RECORD_SCREENS = {
    "cold_unit": "readings",
    "reading": "readings",
    "breach": "breaches",
    "canteen": "preferences",
}
"""Where the palette goes for a record of each table."""
_RECORDS = 8


class Offers:
    """Gathers what the search field offers."""

    def __init__(
        self, desk: Desk, window: Window, navigator: Navigator, printing: Printing
    ) -> None:
        self._desk = desk
        self._window = window
        self._navigator = navigator
        self._printing = printing
        self._documents: dict[str, Document] = {}

    def warm_up(self) -> None:
        """Load what the first search needs; may run on a worker thread."""
        import_module("rapidfuzz.process")
        self._catalogue()

    def in_memory(self) -> list[Offer]:
        """Return screens, actions, settings and documents."""
        return [*self._screens(), *self._window.menus.offers(), *self._settings(), *self._papers()]

    def records(self, query: str) -> Sequence[Offer]:
        """Return the records of the book that match, in one question to the database."""
        with self._desk.book.read() as session:
            hits = search.find(session, query, _RECORDS)
        return [
            Offer(
                f"record:{hit.table}:{hit.key}",
                hit.text,
                partial(self._navigator.go, RECORD_SCREENS[hit.table], hit.key),
                tr("Fiche"),
                icon="file-text",
            )
            for hit in hits
            if hit.table in RECORD_SCREENS
        ]

    def sheets(self, query: str) -> Sequence[Offer]:
        """Return the screen where a printed sheet is typed back, by the id printed on it."""
        read = read_sheet_id(query.strip().upper())
        if read is None:
            return []
        letter, period = read
        return [
            Offer(
                f"sheet:{query.upper()}",
                tr("Saisir la feuille {id}").format(id=query.strip().upper()),
                partial(self._navigator.go, document.screen, period),
                tr(document.title),
                icon="clipboard-text",
            )
            for document in self._catalogue().values()
            if document.sheet == letter and document.screen
        ][:1]

    def _screens(self) -> list[Offer]:
        closed = self._navigator.closed_screens()
        return [
            Offer(
                f"screen:{entry.key}",
                tr(entry.title),
                partial(self._navigator.go, entry.key),
                tr(section.title) if len(section.screens) > 1 else tr("Section"),
                "" if index else _shortcut(rank),
                section.icon,
                tr(entry.words) if entry.words else "",
            )
            for rank, section in enumerate((*SECTIONS, PREFERENCES), 1)
            for index, entry in enumerate(section.screens)
            if entry.key not in closed
        ]

    def _settings(self) -> list[Offer]:
        return [
            Offer(
                f"setting:{page.key}",
                tr(page.title),
                partial(self._navigator.go, "preferences", page.key),
                tr("Réglages"),
                icon=page.icon,
                words=tr(page.words),
            )
            for page in PAGES
        ]

    def _papers(self) -> list[Offer]:
        today = civil_date(self._desk.book.clock())
        return [
            Offer(
                f"document:{document.key}",
                tr(document.title),
                partial(self._printing.show, document.key, usual_period(document, today)),
                tr("Imprimer"),
                icon="printer",
                words=document.code,
                weight=2,
            )
            for document in self._catalogue().values()
            if self._desk.may_read(document.area)
        ]

    def _catalogue(self) -> dict[str, Document]:
        if not self._documents:
            self._documents = catalogue()
        return self._documents


def _shortcut(rank: int) -> str:
    return f"Ctrl+{rank}" if rank <= len(SECTIONS) else "Ctrl+,"
