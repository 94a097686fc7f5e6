"""Who comes: the past by weekday and month, the next two weeks, slips and notes (S24)."""

from datetime import date
from typing import ClassVar, NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QComboBox, QTabBar, QVBoxLayout, QWidget
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.canteen.model import DayNote
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.sheet_ids import SheetAsked
from cantine_desktop.i18n import mark, tr
from cantine_desktop.meals.forecast.backtest import backtest
from cantine_desktop.meals.forecast.coming import coming, fortnight
from cantine_desktop.meals.visits.attendance import Attendance, attendance
from cantine_desktop.meals.visits.notes import notes_of
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.kit.jobs import Job
from ui.kit.scrolling import show_scrolling
from ui.kit.theme import scaled
from ui.people.visits_coming import ComingPage, Foreseen
from ui.people.visits_notes import NotesPage
from ui.people.visits_past import PastPage
from ui.people.visits_slips import SlipsPage
from ui.screen import Screen

TABS = (
    ("past", mark("Venus")),
    ("coming", mark("À prévoir")),
    ("slips", mark("Petits papiers")),
    ("notes", mark("Repères")),
)


class _Read(NamedTuple):
    """What the screen reads beside the window."""

    past: Attendance
    notes: list[DayNote]
    foreseen: Foreseen


class VisitsScreen(Screen):
    """Visits without names: figures, forecasts, slips, notes."""

    key: ClassVar[str] = "visits"
    shows: ClassVar[frozenset[str]] = frozenset({
        "service_closing",
        "closing_heard",
        "sponsored_meals",
        "meal_service",
        "reservation",
        "slip_count",
        "day_note",
        "canteen",
        "closed_day",
    })
    help_text: ClassVar[str] = mark(
        "Les clôtures donnent les convives, sans nom. La prévision vient de vos services passés ; "
        "son essai dit combien elle se trompe."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._job: Job | None = None
        self._today = civil_date(desk.book.clock())
        self.period = QComboBox()
        self.period.setAccessibleName(tr("Période"))
        self.period.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for words, days in _periods(self._today):
            self.period.addItem(words, days)
        self.tabs = QTabBar(self)
        self.tabs.setAccessibleName(tr("Vues de la fréquentation"))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.pages = QWidget(self)
        stack = QVBoxLayout(self.pages)
        stack.setContentsMargins(0, 0, 0, 0)
        self.past = PastPage(desk, self.pages)
        self.coming = ComingPage(desk, self.pages)
        self.slips = SlipsPage(desk, self._today, self.pages)
        self.notes = NotesPage(desk, self.pages)
        for (_key, words), page in zip(TABS, self._all, strict=True):
            self.tabs.addTab(tr(words))
            stack.addWidget(page)
            page.setVisible(page is self.past)
        self.note = self._action(
            tr("Noter un repère…"), "Ctrl+N", self.notes.add, enabled=desk.may_write("meals")
        )
        self._action(tr("Exporter la fréquentation…"), "", self._export)
        self._action(tr("Exporter l’essai des prévisions…"), "", self._export_test)
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.tabs)
        column.addWidget(self.pages, 1)
        show_scrolling(self, page)
        self.tabs.currentChanged.connect(self._turn)
        self.period.currentIndexChanged.connect(self.refresh)
        self.first_stop = self.past.table

    @property
    def _all(self) -> tuple[QWidget, ...]:
        return self.past, self.coming, self.slips, self.notes

    @override
    def filters(self) -> QWidget:
        return self.period

    @override
    def primary(self) -> QAction:
        return self.note

    @override
    def document(self) -> tuple[str, Period]:
        match TABS[self.tabs.currentIndex()][0]:
            case "coming":
                return "forecast", fortnight(self.desk.book.clock())
            case "slips":
                return "diversity-tally", Period.month(self.slips.shown)
            case _:
                return "attendance", self._days

    @override
    def place(self) -> object:
        return TABS[self.tabs.currentIndex()][0]

    @override
    def open_at(self, target: object) -> None:
        """Show a view by its key, or type a sheet of slips back."""
        names = [key for key, _words in TABS]
        match target:
            case SheetAsked(_, period) | (Period() as period):
                self.tabs.setCurrentIndex(names.index("slips"))
                self.slips.show_month(period.first)
            case str(key) if key in names:
                self.tabs.setCurrentIndex(names.index(key))
            case _:
                pass

    @override
    @Slot()
    def refresh(self) -> None:
        """Read again, beside the window."""
        if self._job is not None:
            self._job.stop()
        self.slips.refresh()
        days = self._days

        def read() -> _Read:
            with self.desk.book.read() as session:
                return _read(session, self, days)

        self._job = self.desk.jobs.run(read, self._on_read, self._on_failed)

    def _on_read(self, found: _Read) -> None:
        self._job = None
        self.past.present(found.past, [note.day for note in found.notes])
        self.notes.present(found.notes)
        self.coming.present(found.foreseen)

    def _on_failed(self, error: BaseException) -> None:
        self._job = None
        raise error

    @property
    def _days(self) -> Period:
        found = self.period.currentData()
        assert isinstance(found, Period)
        return found

    @Slot(int)
    def _turn(self, place: int) -> None:
        if self.pages.isAncestorOf(QApplication.focusWidget() or self):
            self.tabs.setFocus()
        for page in self._all:
            page.hide()  # first, so that no two ask for room at once
        self._all[place].show()
        stops = (self.past.table, self.coming.table, self.slips.grid, self.notes.table)
        self.first_stop = stops[place]

    @Slot()
    def _export(self) -> None:
        self.desk.export("visits", self._days)

    @Slot()
    def _export_test(self) -> None:
        self.desk.export("forecast-tested", self._days)


def _read(session: Session, screen: VisitsScreen, days: Period) -> _Read:
    now = screen.desk.book.clock()
    notes = notes_of(session, days)
    session.expunge_all()
    foreseen = Foreseen(coming(session, now), backtest(session, now))
    return _Read(attendance(session, days), notes, foreseen)


def _periods(today: date) -> list[tuple[str, Period]]:
    """Return the periods offered, the usual one first."""
    year = Period.year(today)
    end = Period.month(today).end
    before = Period.year(date(today.year - 1, 1, 1))
    return [
        (tr("Douze derniers mois"), Period(end.replace(year=end.year - 1), end)),
        (tr("Cette année"), year),
        (tr("L’an dernier"), before),
        (tr("Deux dernières années"), Period(end.replace(year=end.year - 2), end)),
    ]
