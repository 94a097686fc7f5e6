"""What the palette finds in an open book: screens, actions, documents, records, sheets."""

import re
from collections.abc import Sequence
from datetime import date
from functools import partial
from importlib import import_module

from cantine_desktop.clock import civil_date
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.registry import Document
from cantine_desktop.documents.sheet_ids import SheetAsked, read_sheet_id
from cantine_desktop.i18n import tr
from cantine_desktop.office.today import week_of_sheets
from cantine_desktop.storage import search
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import fold
from ui.desk import Desk
from ui.finding import ASKED_BY_NAME, Offer, RecordAsked
from ui.navigator import Navigator
from ui.preferences.pages import PAGES
from ui.printing import Printing, catalogue, usual_period
from ui.sections import PREFERENCES, SECTIONS
from ui.window import Window

RECORD_SCREENS = {
    "meal_service": "service",
    "cold_unit": "readings",
    "reading": "readings",
    "piece": "vouchers",
    "private_event": "workshops",
    "recipe": "recipes",
    "product": "products",
    "supplier": "suppliers",
    "staff_member": "contracts",
    "lot": "stock",
    "delivery": "receiving",
    "purchase_order": "orders",
    "breach": "breaches",
    "labelled_food": "tracing",
    "cleaning_task": "cleaning",
    "hold": "retention",
    "outbreak": "outbreak",
    "canteen": "preferences",
    "budget_line": "budget",
    "planned_flow": "runway",
    "grant_record": "grants",
    "equipment": "equipment",
    "certificate": "equipment",
    "entry": "accounts",
    "account": "accounts",
    "party": "accounts",
    "export_register": "fec",
    "maintenance_ticket": "equipment",
    "bank_line": "bank",
    "cash_count": "cash",
    "cash_deposit": "cash",
    "cheque_slip": "cash",
    "cash_movement": "cash",
    "takings": "cash",
    "prepared_pack": "pack",
}
"""Where the palette goes for a record of each table."""
SCREENS_OF_KINDS = frozenset({"accounts", "cash", "equipment"})
"""Screens that hold records of several tables: they are told which table, and the key."""
SCREENS_OF_SHEETS = frozenset({"records", "cleaning"})
"""Screens that hold several sheets: they are told which one, not only for which days."""

_RECORDS = 8
_WEEK = re.compile(r"(?P<what>\w*?) ?\b(?:s|semaine |w|week )(?P<week>\d{1,2})")


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
        import_module("cantine_desktop.hygiene.plan.shipped").shipped()
        import_module("cantine_desktop.hygiene.catalogue")
        self._catalogue()

    def in_memory(self) -> list[Offer]:
        """Return screens, actions, settings and documents."""
        return [
            *self._screens(),
            *self._window.menus.offers(),
            *self._settings(),
            *self._rules(),
            *self._papers(),
        ]

    def records(self, query: str) -> Sequence[Offer]:
        """Return the records of the book that match, in one question to the database."""
        with self._desk.book.read() as session:
            hits = search.find(session, query, _RECORDS)
        sheets = _tables_of_sheets()
        return [
            Offer(
                f"record:{hit.table}:{hit.key}",
                hit.text,
                partial(self._navigator.go, RECORD_SCREENS[hit.table], _place_of(hit))
                if hit.table in RECORD_SCREENS
                else partial(self._navigator.go, "records", RecordAsked(hit.table, hit.key)),
                sheets.get(hit.table) or tr("Fiche"),
                icon="file-text",
            )
            for hit in hits
            if hit.table in RECORD_SCREENS or hit.table in sheets
        ]

    def sheets(self, query: str) -> Sequence[Offer]:
        """Return the screen where a printed sheet is typed back, by the id printed on it."""
        read = read_sheet_id(query.strip().upper())
        if read is None:
            return self._weeks(query)
        letter, period = read
        return [
            Offer(
                f"sheet:{query.upper()}",
                tr("Saisir la feuille {id}").format(id=query.strip().upper()),
                partial(
                    self._navigator.go,
                    document.screen,
                    SheetAsked(letter, period) if document.screen in SCREENS_OF_SHEETS else period,
                ),
                tr(document.title),
                icon="clipboard-text",
                weight=ASKED_BY_NAME,
            )
            for document in self._catalogue().values()
            if document.sheet == letter and document.screen
        ][:1]

    def _weeks(self, query: str) -> list[Offer]:
        """Return the week of readings asked for by its number: ``s41``, ``relevés s41``."""
        period = _typed_week(query, civil_date(self._desk.book.clock()))
        if period is None or "readings" in self._navigator.closed_screens():
            return []
        return [
            Offer(
                f"week:{period.first}",
                f"{tr('Relevés')} · {in_words(period)}",
                partial(self._navigator.go, "readings", period),
                icon="clipboard-text",
                weight=ASKED_BY_NAME,
            )
        ]

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

    def _rules(self) -> list[Offer]:
        """Return the way to the rules of the bank, unless its own menu is there already."""
        here = self._navigator.current
        if "bank" in self._navigator.closed_screens() or (here and here.key == "bank"):
            return []
        return [
            Offer(
                "bank:rules",
                tr("Règles de pointage"),
                partial(self._navigator.go, "bank", "rules"),
                tr("Banque"),
                icon="hand-coins",
                words=tr("règles banque apprendre oublier modifier libellé"),
            )
        ]

    def _papers(self) -> list[Offer]:
        today = civil_date(self._desk.book.clock())
        return [
            Offer(
                f"document:{document.key}",
                document.name,
                partial(self._print, document, today),
                tr("Imprimer"),
                icon="printer",
                words=document.code,
                weight=2,
            )
            for document in self._catalogue().values()
            if self._desk.may_read(document.area)
        ]

    def _print(self, document: Document, today: date) -> None:
        """Show a document; sheets to fill are those of the week that needs them."""
        period = usual_period(document, today)
        if document.key == "weekly-kit" or document.key.endswith("-week-blank"):
            with self._desk.book.read() as session:
                period = week_of_sheets(session, today)
        self._printing.show(document.key, period)

    def _catalogue(self) -> dict[str, Document]:
        if not self._documents:
            self._documents = catalogue()
        return self._documents


def _tables_of_sheets() -> dict[str, str]:
    """Return the title of the sheet that the rows of each table stand on."""
    # Every register is loaded only once something was looked for.
    from cantine_desktop.hygiene.catalogue import REGISTERS  # noqa: PLC0415

    return {register.model.__tablename__: tr(register.title) for register in REGISTERS}


def _shortcut(rank: int) -> str:
    return f"Ctrl+{rank}" if rank <= len(SECTIONS) else "Ctrl+,"


def _typed_week(query: str, today: date) -> Period | None:
    """Return the last week of a number that is not after the one of today."""
    found = _WEEK.fullmatch(fold(query))
    if found is None or not fold(tr("Relevés")).startswith(found["what"]):
        return None
    for year in (today.year + 1, today.year, today.year - 1):
        try:
            week = Period.week(date.fromisocalendar(year, int(found["week"]), 1))
        except ValueError:
            continue
        if week.first <= today:
            return week
    return None


def _place_of(hit: search.Hit) -> object:
    """Return what the screen of a record takes to show it."""
    several = RECORD_SCREENS[hit.table] in SCREENS_OF_KINDS
    return (hit.table, hit.key) if several else hit.key
