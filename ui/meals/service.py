"""The page of a service: everything about it in tabs, and the way to each screen."""

from dataclasses import replace
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.canteen.calendar import the_canteen
from cantine_desktop.canteen.notes import note_day
from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import day_and_month, long_day, mark, tr, weekday
from cantine_desktop.meals.services import planning
from cantine_desktop.meals.services.facts import Scope
from cantine_desktop.meals.services.model import ServiceState
from cantine_desktop.meals.services.queries import current_service
from cantine_desktop.meals.services.single import facts_of, open_service
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.kit.buttons import arrow
from ui.kit.empty import EmptyState
from ui.kit.notice import Notice
from ui.kit.theme import scaled
from ui.meals.service_forms import CancelDialog, ServiceDialog, attempt
from ui.meals.service_reading import ServicePage, read_page, state_words
from ui.meals.service_stock import ServiceStock
from ui.meals.service_tabs import NotesTab, WordsTab
from ui.screen import Screen

_TABS = (
    ("summary", mark("Résumé")),
    ("menu", mark("Menu")),
    ("people", mark("Convives")),
    ("hygiene", mark("Hygiène")),
    ("buying", mark("Achats")),
    ("closing", mark("Clôture")),
    ("notes", mark("Notes")),
)
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class ServiceScreen(Screen):
    """All about one service; Alt and an arrow goes to the one before or after."""

    key: ClassVar[str] = "service"
    shows: ClassVar[frozenset[str]] = frozenset({
        "meal_service", "reservation", "diet_count", "menu", "dish", "service_closing",
        "day_note", "reading", "breach", "canteen", "lot_use", "stock_move",
    })  # fmt: skip
    help_text: ClassVar[str] = mark(
        "Tout ce qui concerne un service, et le chemin de chaque écran. Alt et une flèche passe "
        "au service précédent ou suivant ; C ouvre sa clôture."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._key: int | None = None
        self.page: ServicePage | None = None
        self.notice = Notice()
        self._make_actions()
        self.bar = self._bar()
        self.tabs = QTabBar(self)
        self.tabs.setAccessibleName(tr("Parties du service"))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for _key, title in _TABS:
            self.tabs.addTab(tr(title))
        self.pages = QStackedWidget(self)
        self.parts = self._make_parts()
        self.empty = EmptyState(
            tr("Aucun service n’est encore posé."), tr("Ouvrir le calendrier"), self._go_calendar
        )
        self.pages.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(10))
        column.addWidget(self.notice)
        column.addWidget(self.tabs)
        column.addWidget(self.pages, 1)
        self.tabs.currentChanged.connect(self._show_tab)
        self.first_stop = self.tabs
        for child in self.findChildren(QWidget):
            child.installEventFilter(self)

    def _make_actions(self) -> None:
        self.close_it = self._action(tr("Clôturer"), "C", self._go_closing)
        self.change = self._action(tr("Modifier…"), "F2", self._change)
        self.cancel = self._action(tr("Annuler le service…"), "", self._cancel)
        self.restore = self._action(tr("Rétablir le service"), "", self._restore)
        self.menus = self._action(tr("Menus et recettes"), "", self._go_menus)
        self.people = self._action(tr("Réservations"), "", self._go_people)
        self.readings = self._action(tr("Relevés de températures"), "", self._go_readings)
        self.records = self._action(tr("Fiches d’hygiène"), "", self._go_records)
        self.buying = self._action(tr("Semaine d’achats"), "", self._go_buying)
        self.calendar = self._action(tr("Voir dans le calendrier"), "", self._go_calendar)
        self.stock = ServiceStock(self.desk, self, self._action)

    def _bar(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(8))
        self.before = arrow("caret-left", tr("Service précédent (Alt+←)"))
        self.after = arrow("caret-right", tr("Service suivant (Alt+→)"))
        self.before.clicked.connect(self._back)
        self.after.clicked.connect(self._on)
        row.addWidget(self.before)
        row.addWidget(self.after)
        return bar

    def _make_parts(self) -> dict[str, WordsTab | NotesTab]:
        self.counter = self._action(
            tr("Tenir le comptoir…"), "", self._keep_counter, enabled=self.desk.may_write("meals")
        )
        ways = {
            "summary": (self.close_it, self.change, self.cancel, self.restore, self.calendar),
            "menu": (self.menus, self.stock.choose),
            "people": (self.people, self.counter),
            "hygiene": (self.readings, self.records),
            "buying": (self.buying, self.stock.take),
            "closing": (self.close_it,),
        }
        parts: dict[str, WordsTab | NotesTab] = {}
        for key, title in _TABS:
            part = (
                WordsTab(tr(title), ways[key], self.pages)
                if key in ways
                else NotesTab(self.pages, may_write=self.desk.may_write("meals"))
            )
            if isinstance(part, NotesTab):
                part.kept.connect(self._keep_note)
                part.marked.connect(self._mark_day)
            parts[key] = part
            self.pages.addWidget(part)
        return parts

    # -- reading

    @override
    def filters(self) -> QWidget:
        return self.bar

    @override
    def primary(self) -> QAction:
        return self.close_it

    @override
    def place(self) -> object:
        return (self._key, _TABS[self.tabs.currentIndex()][0]) if self._key else None

    @override
    def open_at(self, target: object) -> None:
        """Show a service: its key, or its key and the key of a tab."""
        tab = ""
        match target:
            case int() as key:
                self._show_service(key)
            case (int() as key, str() as tab):
                self._show_service(key)
            case _:
                pass
        keys = [each for each, _title in _TABS]
        if tab in keys:
            self.tabs.setCurrentIndex(keys.index(tab))
        self.refresh()

    def _show_service(self, key: int) -> None:
        self._leave_note()
        self._key = key

    @override
    def refresh(self) -> None:
        with self.desk.book.read() as session:
            self.page = self._read(session)
        page = self.page
        has_page = page is not None
        self.tabs.setVisible(has_page)
        if page is None:
            self.title, self.subtitle = tr("Fiche service"), ""
            self.pages.setCurrentWidget(self.empty)
            self.notice.clear()
        else:
            self._show(page)
        self._judge()

    def _read(self, session: Session) -> ServicePage | None:
        now = self.desk.book.clock()
        canteen = the_canteen(session)
        department = canteen.department if canteen else ""
        hygiene = self.desk.may_read("hygiene")
        found = None
        if self._key is not None:
            found = read_page(session, self._key, now, department, hygiene=hygiene)
        if found is None and (row := current_service(session, now)) is not None:
            self._key = row.key
            found = read_page(session, row.key, now, department, hygiene=hygiene)
        return found

    def _show(self, page: ServicePage) -> None:
        row = page.row
        state, _kind = state_words(row, civil_date(self.desk.book.clock()))
        short = f"{weekday(row.day)} {day_and_month(row.day)}"
        self.title = tr("{title}, {when}").format(title=row.title, when=short)
        self.subtitle = f"{long_day(row.day)} · {row.meal_at:%H:%M} · {state}".capitalize()
        for key, part in self.parts.items():
            if isinstance(part, NotesTab):
                part.show_note(row.note, page.day_notes)
            elif key in page.tabs:
                part.show_words(page.tabs[key])
        self._show_tab()

    @Slot()
    def _show_tab(self) -> None:
        if self.page is None:
            return
        part = self.parts[_TABS[self.tabs.currentIndex()][0]]
        self.pages.setCurrentWidget(part)

    def _judge(self) -> None:
        page, desk = self.page, self.desk
        state = page.row.state if page else None
        may = desk.may_write("meals")
        today = civil_date(desk.book.clock())
        held = page is not None and state is not ServiceState.CANCELLED and page.row.day <= today
        words = tr("Voir la clôture") if state is ServiceState.CLOSED else tr("Clôturer")
        self.close_it.setText(words)
        self.close_it.setEnabled(held)
        self.change.setEnabled(may and state in {ServiceState.PLANNED, ServiceState.CANCELLED})
        self.cancel.setEnabled(may and state is ServiceState.PLANNED)
        self.restore.setEnabled(may and state is ServiceState.CANCELLED)
        self.readings.setEnabled(page is not None and desk.may_read("hygiene"))
        self.records.setEnabled(page is not None and desk.may_read("hygiene"))
        self.buying.setEnabled(page is not None and desk.may_read("supply"))
        self.stock.follow(page)
        for action in (self.menus, self.people, self.calendar):
            action.setEnabled(page is not None)
        self.before.setEnabled(page is not None and page.before is not None)
        self.after.setEnabled(page is not None and page.after is not None)
        for part in self.parts.values():
            if isinstance(part, WordsTab):
                part.show_ways()

    # -- keys

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Alt and an arrow travels between screens elsewhere; here, between services.
        step = _step_of(event)
        if step and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if step and event.type() == QEvent.Type.KeyPress:
            self._step(step)
            return True
        return False

    @Slot()
    def _back(self) -> None:
        self._step(-1)

    @Slot()
    def _on(self) -> None:
        self._step(1)

    def _step(self, step: int) -> None:
        page = self.page
        key = (page.before if step < 0 else page.after) if page else None
        if key is not None:
            self._leave_note()
            self._key = key
            self.refresh()

    def _leave_note(self) -> None:
        """Keep a note being written before another service is shown."""
        notes = self.parts["notes"]
        if isinstance(notes, NotesTab) and notes.note.hasFocus():
            self.tabs.setFocus()

    # -- doing

    @Slot()
    def _keep_counter(self) -> None:
        if self.page is not None:
            self.desk.keep_counter(self.page.row.key)

    @Slot(str)
    def _mark_day(self, words: str) -> None:
        if self.page is not None:
            with self.desk.book.action(tr("Repère")) as session:
                note_day(session, self.page.row.day, words)
            self.desk.tell(tr("Le repère est noté."), undo=True)

    @Slot()
    def _change(self) -> None:
        if self.page is not None:
            ServiceDialog(self.desk, self.window(), self.page.row.day, self.page.row.key).exec()

    @Slot()
    def _cancel(self) -> None:
        page = self.page
        if page is not None:
            announced = page.people.eating + page.people.cooking + page.people.waiting
            CancelDialog(self.desk, self.window(), page.row, announced).exec()

    @Slot()
    def _restore(self) -> None:
        page = self.page
        if page is None:
            return

        def write(session: Session) -> object:
            return planning.restore(session, page.row.key)

        attempt(self.desk, tr("Service rétabli"), write)

    @Slot(str)
    def _keep_note(self, words: str) -> None:
        page, now = self.page, self.desk.book.clock()
        if page is None or page.row.state is ServiceState.CLOSED or words == page.row.note:
            return

        def write(session: Session) -> object:
            service = open_service(session, page.row.key)
            facts = replace(facts_of(service), note=words)
            return planning.change(session, service.id, facts, Scope.ONE, now)

        attempt(self.desk, tr("Note gardée"), write)

    def _go(self, screen: str, target: object) -> None:
        if self.page is not None:
            self.desk.go(screen, target)

    @Slot()
    def _go_closing(self) -> None:
        self._go("closing", self._key)

    @Slot()
    def _go_menus(self) -> None:
        self._go("menus", self._key)

    @Slot()
    def _go_people(self) -> None:
        self._go("reservations", self._key)

    @Slot()
    def _go_readings(self) -> None:
        if self.page is not None:
            self._go("readings", self.page.row.day)

    @Slot()
    def _go_records(self) -> None:
        if self.page is not None:
            self._go("records", Period.week(self.page.row.day))

    @Slot()
    def _go_buying(self) -> None:
        if self.page is not None:
            self._go("buying", Period.week(self.page.row.day))

    @Slot()
    def _go_calendar(self) -> None:
        self.desk.go("calendar", self.page.row.day if self.page else None)


def _step_of(event: QEvent) -> int:
    """Return −1 or 1 for Alt and an arrow to the left or the right; 0 for other keys."""
    if not isinstance(event, QKeyEvent) or event.modifiers() != Qt.KeyboardModifier.AltModifier:
        return 0
    return _STEPS.get(Qt.Key(event.key()), 0)
