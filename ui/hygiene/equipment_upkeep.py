"""Upkeep: what is to be mended, who came, when they come again."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.hygiene.equipment import maintenance
from cantine_desktop.hygiene.equipment.maintenance import About, TicketRow, VisitRow
from cantine_desktop.i18n import short_day, tr, trn
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import fold
from ui.desk import Desk
from ui.hygiene.equipment_place import kind_and_key
from ui.hygiene.equipment_upkeep_pane import TicketPane, VisitPane
from ui.kit.empty import EmptyState
from ui.kit.list_detail import ListDetail
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled
from ui.screen import Screen

Key = tuple[str, int]
"""``("ticket", 3)`` or ``("visit", 3)``."""


class UpkeepScreen(Screen):
    """Tickets and visits in one list, and the card of one of them."""

    key: ClassVar[str] = "equipment"
    shows: ClassVar[frozenset[str]] = frozenset({
        "maintenance_ticket",
        "maintenance_visit",
        "equipment",
        "cold_unit",
    })

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._tickets: dict[int, TicketRow] = {}
        self._visits: dict[int, VisitRow] = {}
        self._add = QAction(tr("Demander une réparation"), self)
        self._add.triggered.connect(self._open_ticket)
        self.which = QComboBox()
        self.which.setAccessibleName(tr("Que montrer"))
        self.which.addItem(tr("Tout"), "all")
        self.which.addItem(tr("À réparer"), "open")
        self.which.addItem(tr("Entretiens faits"), "visits")
        self.which.currentIndexChanged.connect(self.refresh)
        self.visit = QPushButton(tr("Noter un entretien fait"))
        self.visit.clicked.connect(self._note_visit)
        for each in (self._add, self.visit):
            each.setEnabled(desk.may_write("hygiene"))
        self.table: LazyTable[Key] = LazyTable(
            tr("Maintenance"), _columns(), self._load, self._find, empty=self._nothing()
        )
        self.list = ListDetail(self.table, self._detail, tr("Choisissez une ligne."))
        top = QHBoxLayout()
        top.addWidget(self.which)
        top.addStretch(1)
        top.addWidget(self.visit)
        layout = QVBoxLayout(self)
        layout.setSpacing(scaled(8))
        layout.addLayout(top)
        layout.addWidget(self.list, 1)

    def _nothing(self) -> EmptyState:
        return EmptyState(
            tr("Rien à réparer, aucun entretien noté. Notez le dernier passage du frigoriste."),
            tr("Noter un entretien fait"),
            self._note_visit,
        )

    @override
    def primary(self) -> QAction:
        return self._add

    @override
    def document(self) -> tuple[str, Period]:
        return "equipment-register", Period.year(self._today())

    @override
    def place(self) -> object:
        return self.table.current_key

    @override
    def open_at(self, target: object) -> None:
        """Show a ticket or a visit: ``("ticket", 3)``."""
        kind, key = kind_and_key(target, "ticket")
        if not isinstance(key, int):
            return
        self.which.setCurrentIndex(0)
        self.refresh()
        self.table.go_to((kind.removeprefix("maintenance_"), key))

    @Slot()
    @override
    def refresh(self) -> None:
        """Read tickets and visits again."""
        with self.desk.book.read() as session:
            self._tickets = {row.ticket_id: row for row in maintenance.tickets(session)}
            self._visits = {row.visit_id: row for row in maintenance.visits(session)}
        opened = sum(row.closed_on is None for row in self._tickets.values())
        self.subtitle = trn("{n} chose à réparer", "{n} choses à réparer", opened)
        self.table.refresh()
        if self.table.current_key is None and self.table.model.keys:
            self.table.go_to(self.table.model.keys[0])
        pane = self.list.pane
        if isinstance(pane, TicketPane | VisitPane):
            pane.refresh()

    def _today(self) -> date:
        return civil_date(self.desk.book.clock())

    def _find(self, _column: str, _down: bool) -> Sequence[Key]:  # noqa: FBT001  -- the table's signature
        which, wanted = self.which.currentData(), fold(self.list.words)
        opened: list[Key] = []
        closed: list[tuple[date, Key]] = []
        for ticket in self._tickets.values():
            if wanted not in fold(f"{ticket.about} {ticket.title}"):
                continue
            if ticket.closed_on is None:
                opened.append(("ticket", ticket.ticket_id))
            else:
                closed.append((ticket.closed_on, ("ticket", ticket.ticket_id)))
        done = [
            (visit.done_on, ("visit", visit.visit_id))
            for visit in self._visits.values()
            if wanted in fold(f"{visit.about} {visit.what} {visit.by}")
        ]
        if which == "open":
            return opened
        if which == "visits":
            opened, closed = [], []
        latest = sorted([*closed, *done], reverse=True)
        return [*opened, *(key for _day, key in latest)]

    def _load(self, keys: Sequence[Key]) -> list[Row]:
        return [self._texts(key) for key in keys]

    def _texts(self, key: Key) -> Row:
        name, number = key
        if name == "visit":
            visit = self._visits[number]
            state = tr("fait")
            if visit.next_due is not None:
                state = tr("prochain le {day}").format(day=short_day(visit.next_due))
            return Row((visit.about, visit.what, short_day(visit.done_on), state))
        ticket = self._tickets[number]
        opened = short_day(civil_date(ticket.opened_at))
        if ticket.closed_on is not None:
            state = tr("réparé le {day}").format(day=short_day(ticket.closed_on))
            return Row((ticket.about, ticket.title, opened, state), "muted")
        state = tr("à réparer")
        late = ticket.due is not None and ticket.due < self._today()
        if ticket.due is not None:
            state = tr("à réparer avant le {day}").format(day=short_day(ticket.due))
        return Row((ticket.about, ticket.title, opened, state), "bad" if late else "")

    def _detail(self, key: Key) -> QWidget:
        name, number = key
        return TicketPane(self.desk, number) if name == "ticket" else VisitPane(self.desk, number)

    @Slot()
    def _open_ticket(self) -> None:
        with self.desk.book.action(tr("Demande de réparation")) as session:
            now = self.desk.book.clock()
            made = maintenance.open_ticket(session, None, tr("À décrire"), now).id
        self._show_new(("ticket", made))

    @Slot()
    def _note_visit(self) -> None:
        if not self.desk.may_write("hygiene"):
            return
        with self.desk.book.action(tr("Entretien noté")) as session:
            now = self.desk.book.clock()
            words = tr("Entretien")
            made = maintenance.note_visit(session, About(), civil_date(now), words, now).id
        self._show_new(("visit", made))

    def _show_new(self, key: Key) -> None:
        self.open_at(key)
        pane = self.list.pane
        if isinstance(pane, TicketPane | VisitPane):
            pane.begin()


def _columns() -> list[Column]:
    return [
        Column(tr("Appareil"), 120),
        Column(tr("Quoi"), 180),
        Column(tr("Date"), 95),
        Column(tr("État"), 160),
    ]
