"""Reservations: who comes to eat or to cook, noted while the phone rings."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.sheet_ids import SheetAsked
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import mark, tr
from cantine_desktop.meals.reservations import diets, seating
from cantine_desktop.meals.reservations.model import Reservation, ReservationState
from cantine_desktop.meals.reservations.places import places_message
from cantine_desktop.meals.reservations.quick import parse
from cantine_desktop.meals.reservations.sign_up_sheet import LETTER
from cantine_desktop.meals.reservations.week import Line, ServiceLines, week_of
from cantine_desktop.meals.services.queries import current_service, service_row
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.kit.empty import EmptyState
from ui.kit.scrolling import show_scrolling
from ui.kit.theme import scaled
from ui.meals.reservations_bar import ReservationsBar
from ui.meals.reservations_dialogs import PasteDialog, RequestsDialog
from ui.meals.reservations_grid import SheetGrid
from ui.meals.reservations_lines import ReservationLines
from ui.meals.reservations_pane import ReservationPane, Typed
from ui.meals.reservations_words import service_words
from ui.meals.service_forms import attempt
from ui.screen import Screen

WEEK = timedelta(weeks=1)
_KEY = Qt.ItemDataRole.UserRole


class ReservationsScreen(Screen):
    """The services of a week and their reservations; a line and Enter notes one."""

    key: ClassVar[str] = "reservations"
    shows: ClassVar[frozenset[str]] = frozenset({"meal_service", "reservation", "diet_count"})
    help_text: ClassVar[str] = mark(
        "Tapez « odile c » puis Entrée : c pour la cuisine, r pour le repas, « +1 » pour une "
        "place sans nom, « 2 sans gluten » pour la cuisine. Dans la liste, V note qui est venu, "
        "A qui est absent, la même touche revient en arrière, Suppr désinscrit, Entrée change."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._key: int | None = None
        self._monday: date | None = None
        self._week: dict[int, ServiceLines] = {}
        self._page = QWidget(self)
        self.bar = ReservationsBar(self._page)
        self.sides = QSplitter(Qt.Orientation.Horizontal, self._page)
        self.services = QListWidget(self.sides)
        self.services.setAccessibleName(tr("Services de la semaine"))
        self.lines = ReservationLines(self.sides)
        self.line, self.list = self.lines.line, self.lines.list
        self.counts, self.asked = self.lines.counts, self.lines.asked
        self.pane = ReservationPane(self.sides)
        self.sheet = SheetGrid(desk, self._page)
        self.empty = EmptyState(
            tr("Aucun service cette semaine."), tr("Ouvrir le calendrier"), self._go_calendar
        )
        self._lay_out()
        self._make_actions()
        self._connect()
        self.first_stop = self.line

    def _lay_out(self) -> None:
        self.services.setMinimumHeight(scaled(130))
        self.services.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.pane.setMinimumHeight(scaled(490))
        for place, share in enumerate((3, 4, 3)):
            self.sides.setStretchFactor(place, share)
        self.sides.setSizes([scaled(300), scaled(420), scaled(300)])
        self.sides.setChildrenCollapsible(False)
        self.sides.setHandleWidth(scaled(16))
        self.sheet.setMinimumHeight(scaled(320))
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(10))
        column.addWidget(self.bar)
        column.addWidget(self.sides, 1)
        column.addWidget(self.sheet, 1)
        column.addWidget(self.empty, 1)
        self.sheet.hide()
        show_scrolling(self, self._page)

    def _make_actions(self) -> None:
        may = self.desk.may_write("meals")
        self._action(tr("Semaine d’avant"), "Alt+PgUp", partial(self._step, -1))
        self._action(tr("Semaine d’après"), "Alt+PgDown", partial(self._step, 1))
        self._action(tr("Retaper la feuille d’inscription"), "Ctrl+T", self.bar.sheet.toggle)
        self._action(tr("Coller une liste de noms"), "", self._paste, enabled=may)
        self._action(tr("Copier les places qui restent"), "", self._copy_places)
        self._action(tr("Demandes écrites"), "", self._open_requests, enabled=may)
        off = self._action(tr("Désinscrire"), "", self._withdraw, enabled=may)
        was_there = self._action(tr("Noter venu"), "", self._came, enabled=may)
        absent = self._action(tr("Noter absent"), "", self._no_show, enabled=may)
        for action, keys in ((off, "Del"), (was_there, "V"), (absent, "A")):
            self.list.addAction(action)
            action.setShortcut(keys)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.bar.paste.setEnabled(may)
        self.bar.requests.setEnabled(may)
        self.asked.setReadOnly(not may)
        self.line.setEnabled(may)

    def _connect(self) -> None:
        self.bar.stepped.connect(self._step)
        self.bar.printed.connect(self._print)
        self.bar.sheet.toggled.connect(self._turn)
        self.bar.paste.clicked.connect(self._paste)
        self.bar.message.clicked.connect(self._copy_places)
        self.bar.requests.clicked.connect(self._open_requests)
        self.line.returnPressed.connect(self._reserve)
        self.asked.editingFinished.connect(self._keep_diets)
        self.services.currentRowChanged.connect(self._choose)
        self.list.currentRowChanged.connect(self._show_pane)
        self.list.itemActivated.connect(self._go_pane)
        self.pane.changed.connect(self._change)
        self.pane.came.clicked.connect(self._came)
        self.pane.absent.clicked.connect(self._no_show)
        self.pane.off.clicked.connect(self._withdraw)

    @property
    def week(self) -> Period:
        """The week shown."""
        return Period.week(self._monday or civil_date(self.desk.book.clock()))

    @override
    def document(self) -> tuple[str, Period]:
        return "sign-up", self.week

    @override
    def open_at(self, target: object) -> None:
        if isinstance(target, SheetAsked):
            self._monday, self._key = Period.week(target.period.first).first, None
            self.bar.sheet.setChecked(True)
        elif isinstance(target, Period):
            self._monday, self._key = Period.week(target.first).first, None
        elif isinstance(target, int):
            with self.desk.book.read() as session:
                row = service_row(session, target)
            if row is not None:
                self._monday, self._key = Period.week(row.day).first, target
                self.bar.sheet.setChecked(False)
        self.refresh()

    @override
    def place(self) -> object:
        if self.bar.sheet.isChecked():
            return SheetAsked(LETTER, self.week)
        return self._key if self._key is not None else self.week

    @override
    def refresh(self) -> None:
        with self.desk.book.read() as session:
            if self._monday is None:
                current = current_service(session, self.desk.book.clock())
                if current is not None:
                    self._monday, self._key = Period.week(current.day).first, current.key
            found = week_of(session, self.week)
            self._week = {each.service.key: each for each in found}
        if self._key not in self._week:
            self._key = next(iter(self._week), None)
        words = in_words(self.week)
        self.bar.week.setText(words[:1].upper() + words[1:])
        self._show_services()
        self.sheet.show_week(found)
        self._show_lines()
        self._show_parts()

    def _show_parts(self) -> None:
        is_sheet = self.bar.sheet.isChecked()
        self.sides.setVisible(bool(self._week) and not is_sheet)
        self.sheet.setVisible(bool(self._week) and is_sheet)
        self.empty.setVisible(not self._week)
        self.bar.paste.setEnabled(bool(self._week) and self.desk.may_write("meals"))

    def _show_services(self) -> None:
        self.services.blockSignals(True)
        self.services.clear()
        for key, each in self._week.items():
            item = QListWidgetItem(service_words(each), self.services)
            item.setData(_KEY, key)
        if self._key is not None:
            self.services.setCurrentRow(list(self._week).index(self._key))
        self.services.blockSignals(False)

    def _show_lines(self) -> None:
        shown = self._week.get(self._key) if self._key is not None else None
        self.lines.show_service(shown)
        self._show_pane()

    @property
    def _line(self) -> Line | None:
        """The current reservation, as it was last read."""
        return self.lines.current

    @Slot()
    def _show_pane(self) -> None:
        shown = self._week.get(self._key) if self._key is not None else None
        may = self.desk.may_write("meals") and shown is not None and shown.is_open
        self.pane.show_line(self._line, writable=may)

    @Slot()
    def _go_pane(self) -> None:
        self.pane.name.setFocus()

    @Slot()
    def _choose(self) -> None:
        if self.services.currentRow() >= 0:
            self._key = int(self.services.currentItem().data(_KEY))
            self.asked.setModified(False)
            self._show_lines()

    def _step(self, by: int, *_checked: object) -> None:
        self._monday, self._key = self.week.first + by * WEEK, None
        self.refresh()

    @Slot()
    def _turn(self) -> None:
        self._show_parts()
        (self.sheet.grid.view if self.bar.sheet.isChecked() else self.line).setFocus()

    @Slot()
    def _reserve(self) -> None:
        key, now = self._key, self.desk.book.clock()
        if key is None:
            return
        rest, asked = diets.take_diets(self.line.text())
        try:
            typed = parse(rest) if rest or not asked else None
        except UserError as error:
            self.desk.tell(str(error))
            return

        def write(session: Session) -> object:
            diets.add_diets(session, key, asked)
            return typed and seating.reserve(
                session, key, typed.name, typed.place, typed.people, now, contact=typed.contact
            )

        label = tr("Réservation notée") if typed else tr("Régimes du jour notés")
        if attempt(self.desk, label, write):
            self.line.clear()

    @Slot()
    def _keep_diets(self) -> None:
        key, text = self._key, self.asked.text()
        if key is None or not self.asked.isModified():
            return

        def write(session: Session) -> None:
            diets.set_diets(session, key, diets.read_diets(text))

        self.asked.setModified(False)
        if not attempt(self.desk, tr("Régimes du jour notés"), write):
            self.asked.setText(text)
            self.asked.setModified(True)

    @Slot(object)
    def _change(self, typed: Typed) -> None:
        changed = partial(
            seating.change,
            reservation_id=typed.key,
            name=typed.name,
            place=typed.place,
            people=typed.people,
            contact=typed.contact,
            note=typed.note,
        )
        if not self._write(tr("Réservation changée"), changed):
            self._show_pane()

    def _write(self, label: str, deed: Callable[[Session], list[Reservation]]) -> bool:
        """Do one thing that may be undone; say who leaves the waiting list by it."""
        moved: list[str] = []

        def write(session: Session) -> object:
            moved.append(seating.names_in_words(deed(session)))
            return None

        done = attempt(self.desk, label, write)
        if done and moved[0]:
            told = tr("{names} quitte la liste d’attente.").format(names=moved[0])
            self.desk.tell(told, undo=True)
        return done

    @Slot()
    def _withdraw(self) -> None:
        line = self._line
        if line is not None:
            self._write(tr("Désinscrit"), partial(seating.withdraw, reservation_id=line.key))

    @Slot()
    def _came(self) -> None:
        line = self._line
        if line is None:
            return
        if line.state is ReservationState.CAME:
            self._write(tr("Attendu de nouveau"), partial(_again, key=line.key))
        else:
            self._write(tr("Noté venu"), partial(_was_there, key=line.key))

    @Slot()
    def _no_show(self) -> None:
        line, now = self._line, self.desk.book.clock()
        if line is None:
            return
        if line.state is ReservationState.NO_SHOW:
            self._write(tr("Attendu de nouveau"), partial(_again, key=line.key))
        else:
            absent = partial(seating.mark_no_show, reservation_id=line.key, now=now)
            self._write(tr("Noté absent"), absent)

    @Slot()
    def _paste(self) -> None:
        shown = self._week.get(self._key) if self._key is not None else None
        if shown is not None:
            title = service_words(shown).partition("\n")[0]
            PasteDialog(self.desk, self, shown.service.key, title).open()

    @Slot()
    def _open_requests(self) -> None:
        RequestsDialog(self.desk, self).open()

    @Slot()
    def _copy_places(self) -> None:
        try:
            with self.desk.book.read() as session:
                words = places_message(session, self.week, self.desk.book.clock())
        except UserError as error:
            self.desk.tell(str(error))
            return
        QGuiApplication.clipboard().setText(words)
        self.desk.tell(tr("Message copié : {words}").format(words=words.partition("\n")[0]))

    @Slot(str)
    def _print(self, key: str) -> None:
        self.desk.print_out(key, self.week)

    @Slot()
    def _go_calendar(self) -> None:
        self.desk.go("calendar")


def _was_there(session: Session, key: int) -> list[Reservation]:
    seating.came(session, key)
    return []


def _again(session: Session, key: int) -> list[Reservation]:
    seating.expect_again(session, key)
    return []
