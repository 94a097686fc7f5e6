"""Reservations: who comes to eat or to cook, noted while the phone rings."""

from datetime import timedelta
from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
)
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import mark, short_day, tr, weekday
from cantine_desktop.meals.reservations import diets, seating
from cantine_desktop.meals.reservations.model import Place, Reservation, ReservationState
from cantine_desktop.meals.reservations.quick import parse
from cantine_desktop.meals.services.queries import ServiceRow, current_service, services_of
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.kit.empty import EmptyState
from ui.kit.theme import scaled, set_role
from ui.meals.service_forms import attempt
from ui.screen import Screen

_AHEAD = timedelta(days=28)
_PLACES = {Place.COOK: mark("cuisine"), Place.EAT: mark("repas")}
_STATES = {
    ReservationState.SEATED: "",
    ReservationState.WAITING: mark("en attente"),
    ReservationState.CAME: mark("venu"),
    ReservationState.NO_SHOW: mark("absent"),
}


class ReservationsScreen(Screen):
    """The reservations of a service; a line and Enter notes one, the waiting list moves up."""

    key: ClassVar[str] = "reservations"
    shows: ClassVar[frozenset[str]] = frozenset({"meal_service", "reservation", "diet_count"})
    help_text: ClassVar[str] = mark(
        "Tapez « odile c » puis Entrée : c pour la cuisine, r pour le repas, « +1 » pour une "
        "place sans nom. Dans la liste, V note qui est venu, A qui est absent, Suppr désinscrit."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._key: int | None = None
        self.services = QComboBox(self)
        self.services.setAccessibleName(tr("Service"))
        self.line = QLineEdit(self)
        self.line.setAccessibleName(tr("Réserver : un nom, c ou r, Entrée"))
        self.line.setPlaceholderText(tr("odile c · karim +2 r · +1"))
        self.counts = QLabel(self)
        self.counts.setWordWrap(True)
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("Réservations"))
        self.nobody = QLabel(tr("Personne encore : tapez un nom au-dessus, puis Entrée."), self)
        set_role(self.nobody, "muted")
        self.empty = EmptyState(
            tr("Aucun service n’est encore posé."), tr("Ouvrir le calendrier"), self._go_calendar
        )
        self._lay_out()
        self.off = self._action(tr("Désinscrire"), "", self._withdraw)
        self.was_there = self._action(tr("Noter venu"), "", self._came)
        self.absent = self._action(tr("Noter absent"), "", self._no_show)
        for action, keys in ((self.off, "Del"), (self.was_there, "V"), (self.absent, "A")):
            self.list.addAction(action)
            action.setShortcut(keys)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.line.returnPressed.connect(self._reserve)
        self.services.activated.connect(self._choose)
        self.first_stop = self.line

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(scaled(8))
        row.addWidget(self.line, 1)
        row.addWidget(self.services)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(10))
        column.addLayout(row)
        column.addWidget(self.counts)
        column.addWidget(self.nobody)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty, 1)

    @override
    def open_at(self, target: object) -> None:
        if isinstance(target, int):
            self._key = target
            self.refresh()

    @override
    def place(self) -> object:
        return self._key

    @override
    def refresh(self) -> None:
        now = self.desk.book.clock()
        today = civil_date(now)
        with self.desk.book.read() as session:
            rows = services_of(session, Period(today - timedelta(days=3), today + _AHEAD))
            keys = [row.key for row in rows]
            if self._key not in keys:
                current = current_service(session, now)
                self._key = (
                    current.key if current and current.key in keys else next(iter(keys), None)
                )
            self._show_services(rows)
            if self._key is not None:
                self._show(session, self._key)
        for part in (self.line, self.services, self.counts, self.list):
            part.setVisible(self._key is not None)
        self.empty.setVisible(self._key is None)
        if self._key is None:
            self.nobody.hide()
        self.line.setEnabled(self.desk.may_write("meals"))

    def _show_services(self, rows: list[ServiceRow]) -> None:
        self.services.clear()
        for row in rows:
            self.services.addItem(f"{weekday(row.day)} {short_day(row.day)} · {row.title}", row.key)
        self.services.setCurrentIndex(self.services.findData(self._key))

    def _show(self, session: Session, key: int) -> None:
        held = seating.counts(session, key)
        parts = [
            tr("{n} à table sur {seats}").format(n=held.eaters + held.cooks, seats=held.seats),
            tr("{n} en cuisine sur {places}").format(n=held.cooks, places=held.kitchen_places),
            tr("{n} en attente").format(n=held.waiting),
            diets.adaptation(session, key),
        ]
        self.counts.setText(" · ".join(part for part in parts if part))
        chosen = self.list.currentRow()
        self.list.clear()
        for row in seating.reservations_of(session, key):
            item = QListWidgetItem(_words(row), self.list)
            item.setData(Qt.ItemDataRole.UserRole, row.id)
        self.nobody.setVisible(not self.list.count())
        self.list.setCurrentRow(min(max(chosen, 0), self.list.count() - 1))

    @Slot()
    def _choose(self) -> None:
        self._key = self.services.currentData()
        self.refresh()
        self.line.setFocus()

    @Slot()
    def _reserve(self) -> None:
        key, now = self._key, self.desk.book.clock()
        try:
            typed = parse(self.line.text())
        except UserError as error:
            self.desk.tell(str(error))
            return

        def write(session: Session) -> object:
            assert key is not None
            return seating.reserve(
                session, key, typed.name, typed.place, typed.people, now, contact=typed.contact
            )

        if attempt(self.desk, tr("Réservation notée"), write):
            self.line.clear()

    @Slot()
    def _withdraw(self) -> None:
        moved: list[str] = []

        def write(session: Session) -> object:
            moved.append(seating.names_in_words(seating.withdraw(session, self._chosen())))
            return None

        if self.list.currentRow() >= 0 and attempt(self.desk, tr("Désinscrit"), write) and moved[0]:
            self.desk.tell(
                tr("{names} quitte la liste d’attente.").format(names=moved[0]), undo=True
            )

    @Slot()
    def _came(self) -> None:
        if self.list.currentRow() >= 0:
            attempt(self.desk, tr("Noté venu"), self._write_came)

    @Slot()
    def _no_show(self) -> None:
        if self.list.currentRow() >= 0:
            attempt(self.desk, tr("Noté absent"), self._write_no_show)

    def _write_came(self, session: Session) -> None:
        seating.came(session, self._chosen())

    def _write_no_show(self, session: Session) -> None:
        seating.mark_no_show(session, self._chosen())

    def _chosen(self) -> int:
        return int(self.list.currentItem().data(Qt.ItemDataRole.UserRole))

    @Slot()
    def _go_calendar(self) -> None:
        self.desk.go("calendar")


def _words(row: Reservation) -> str:
    parts = [row.name or tr("Place sans nom")]
    if row.people > 1:
        parts.append(tr("{n} personnes").format(n=row.people))
    parts.append(tr(_PLACES[row.place]))
    parts += [
        part for part in (row.contact, tr(_STATES[row.state]) if _STATES[row.state] else "") if part
    ]
    return " · ".join(parts)
