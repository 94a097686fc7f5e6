"""The day, in order: what is due, what went wrong, what to print."""

from datetime import date
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtCore import Slot as QtSlot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.documents.sheet_ids import SheetAsked
from cantine_desktop.hygiene.breach_rows import BreachRow
from cantine_desktop.hygiene.breach_words import measured_text, where
from cantine_desktop.hygiene.words import slot_name
from cantine_desktop.i18n import hour, long_day, mark, tr, trn
from cantine_desktop.office.day_deliveries import DeliveryOfDay
from cantine_desktop.office.day_services import MealOfDay, expected_today
from cantine_desktop.office.today import RoundState, Today, UnsignedWeek, read_today
from cantine_desktop.office.todo import read_todo
from cantine_desktop.office.waiting import Todo, Urgency
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.kit.jobs import Job
from ui.kit.theme import scaled
from ui.screen import Screen
from ui.today.card import Card

_NARROW = 700
"""Width in pixels at 100 % under which cards stand under one another."""


MOST_LINES = 8
"""More lines than this to settle, and nobody reads them."""

_SIGNS = {
    Urgency.NOW: ("warning-octagon-fill", "bad"),
    Urgency.TODAY: ("warning", "warn"),
    Urgency.SOON: ("info", "muted"),
}


class TodayScreen(Screen):
    """Readings due, breaches to settle, weeks to sign, the kit to print."""

    key: ClassVar[str] = "today"
    shows: ClassVar[frozenset[str]] = frozenset({
        "purchase_order",
        "delivery",
        "recall_match",
        "lot_event",
        "stock_move",
        "reading",
        "cold_unit",
        "breach",
        "corrective_action",
        "week_signature",
        "canteen",
        "blocked_lot",
        "cooling",
        "sample",
        "calibration",
        "maintenance_visit",
        "maintenance_ticket",
        "certificate",
        "plan_version",
        "entry",
        "bank_line",
        "match",
        "cash_count",
        "month_end",
        "piece_link",
        "missing_piece",
        "grant_record",
        "cleaning_task",
        "meal_service",
        "reservation",
        "menu",
        "dish",
        "service_closing",
        "private_event",
        "staff_member",
        "staff_contract",
        "staff_skill",
        "staff_paper",
        "staff_arrival_tick",
        "staff_register_line",
        "staff_duty_done",
        "staff_shift",
        "roster_publication",
    })
    help_text: ClassVar[str] = mark(
        "Ce qui est à faire aujourd’hui, dans l’ordre. Chaque ligne mène à l’écran où cela se fait."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.order = Card(tr("Aujourd’hui, dans l’ordre"))
        self.todo = Card(tr("À traiter"))
        self._today: Today | None = None
        self._more: list[Todo] | None = None
        self._shows_all = False
        """What the other sheets ask for; ``None`` until it was read."""
        self._reading: Job | None = None
        self._expected: dict[int, str] = {}
        self.papers = Card(tr("À imprimer"))
        self._close = self._action(tr("Clôturer le service du jour"), "C", self._end_service)
        self._sheets = Period.week(civil_date(desk.book.clock()))
        page = QWidget()
        self._grid = QGridLayout(page)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(scaled(16))
        self._grid.setColumnStretch(0, 3)
        self._grid.setRowStretch(3, 1)
        self._arrange(narrow=False)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its buttons take the keyboard
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(page)
        layout = QVBoxLayout(self)
        layout.addWidget(scroll)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(narrow=self.width() < scaled(_NARROW))

    def _arrange(self, *, narrow: bool) -> None:
        """Put what waits beside the day, or under it where room is short."""
        grid = self._grid
        grid.addWidget(self.order, 0, 0, 1 if narrow else 2, 1)
        grid.addWidget(self.todo, 1 if narrow else 0, 0 if narrow else 1)
        grid.addWidget(self.papers, 2 if narrow else 1, 0 if narrow else 1)
        grid.setColumnStretch(1, 0 if narrow else 2)

    @override
    def document(self) -> tuple[str, Period]:
        return "weekly-kit", self._sheets

    @override
    def refresh(self) -> None:
        """Read the day again."""
        now = self.desk.book.clock()
        with self.desk.book.read() as session:
            today = read_today(session, now)
        self._sheets = today.sheets
        words = long_day(today.day)
        self.title = words[:1].upper() + words[1:]
        self._today = today
        self._show_order(today)
        self._show_todo(today)
        self._read_more()
        self.papers.clear()
        words = tr("Feuilles de la semaine {week}, à accrocher")
        number = today.sheets.first.isocalendar().week
        self.papers.add("printer", words.format(week=number), tr("Imprimer le kit"), self._print)

    def _show_order(self, today: Today) -> None:
        self.order.clear()
        if not today.has_units:
            self.order.add(
                "circle-dashed",
                tr("Dites d’abord quelles sont vos enceintes froides."),
                tr("Les ajouter"),
                partial(self.desk.go, "equipment"),
            )
        for state in today.rounds:
            self._add_round(state)
        if not today.is_open and not today.services:
            self.order.add("info", _closed(today.next_open))
        for delivery in today.deliveries:
            self._add_delivery(delivery)
        for errand in self._more or ():
            if errand.is_errand:
                self._add_errand(errand)
        for service in today.services:
            self._add_service(service)
        if today.week.due:
            self._add_week_so_far(today)
        if today.nothing_to_do and self._more == []:
            self.order.add("check-circle", tr("Tout est fait. Bon appétit."))

    def _add_round(self, state: RoundState) -> None:
        words = tr("Températures du {slot} : {done} sur {due}").format(
            slot=slot_name(state.slot), done=state.done, due=state.due
        )
        if state.done >= state.due:
            self.order.add("check-circle", words)
        else:
            day = civil_date(self.desk.book.clock())
            go = partial(self.desk.go, "readings", day)
            self.order.add("circle-dashed", words, tr("Saisir"), go)

    def _add_delivery(self, delivery: DeliveryOfDay) -> None:
        words = trn("{n} article", "{n} articles", delivery.lines)
        said = tr("Livraison de {supplier} : {articles}")
        if delivery.is_gift:
            said = tr("Don attendu de {supplier} : {articles}")
        words = said.format(supplier=delivery.supplier, articles=words)
        if delivery.is_received:
            self.order.add("check-circle", words)
        else:
            go = partial(self.desk.go, "receiving", ("order", delivery.key))
            if delivery.is_gift:
                go = partial(self.desk.go, "surplus", delivery.key)
            self.order.add("truck", words, tr("Recevoir"), go)

    def _add_errand(self, errand: Todo) -> None:
        drawing, colour = _SIGNS[errand.urgency]
        go = partial(self.desk.go, errand.screen, _target(errand))
        self.order.add(drawing, errand.words, errand.button, go, colour=colour)

    def _add_service(self, service: MealOfDay) -> None:
        """Say who comes, what is served, and that it is to close once the meal has begun."""
        if service.is_closed:
            words = tr("{service} clôturé").format(service=service.title)
            if service.diners is not None:
                words += trn(" : {n} convive", " : {n} convives", service.diners)
            self.order.add("check-circle", words)
            return
        words = service.announced
        if service.key in self._expected:
            words += ". " + tr("À prévoir : {n}").format(n=self._expected[service.key])
        go = partial(self.desk.go, "service", service.key)
        self.order.add("users-three", words, tr("Ouvrir"), go)
        go = partial(self.desk.go, "menus", service.key)
        if service.menu:
            words = tr("{service}, au menu : {dishes}")
            words = words.format(service=service.title, dishes=service.menu)
            self.order.add("check-circle", words)
        else:
            words = tr("{service} : le menu n’est pas encore posé").format(service=service.title)
            self.order.add("circle-dashed", words, tr("Poser le menu"), go)
        if service.may_close:
            words = tr("{service} à clôturer").format(service=service.title)
            go = partial(self.desk.go, "closing", service.key)
            self.order.add("circle-dashed", words, tr("Clôturer"), go)

    @QtSlot()
    def _end_service(self) -> None:
        """Open the closing of the service of the day that may be closed, the first one."""
        services = self._today.services if self._today is not None else ()
        waiting = [each for each in services if not each.is_closed]
        ready = [each for each in waiting if each.may_close]
        first = next(iter(ready or waiting), None)
        self.desk.go("closing", first.key if first is not None else None)

    def _add_week_so_far(self, today: Today) -> None:
        words = tr("Relevés de la semaine {week} : {done} sur {due}").format(
            week=today.day.isocalendar().week, done=today.week.done, due=today.week.due
        )
        go = partial(self.desk.go, "readings", Period.week(today.day))
        self.order.add("thermometer", words, tr("Voir la semaine"), go)

    def _read_more(self) -> None:
        """Read what the other sheets ask for, in the background: it takes longer."""
        book = self.desk.book

        def work() -> tuple[list[Todo], dict[int, str]]:
            with book.read() as session:
                now = book.clock()
                return read_todo(session, now), expected_today(session, now)

        if self._reading is not None:
            self._reading.stop()
        self._reading = self.desk.jobs.run(work, self._show_more, self._fail)

    def _show_more(self, found: tuple[list[Todo], dict[int, str]]) -> None:
        self._reading = None
        if found != (self._more, self._expected) and self._today is not None:
            self._more, self._expected = found
            self._show_order(self._today)
            self._show_todo(self._today)

    def _fail(self, error: BaseException) -> None:
        self._reading = None
        raise error

    def _show_todo(self, today: Today) -> None:
        """Show what waits, the most urgent first, as far as the card stays readable."""
        self.todo.clear()
        now = self.desk.book.clock()
        said = {line.key for line in self._more or () if line.screen == "breaches"}
        waiting = [row for row in today.breaches if row.breach_id not in said]
        late = [row for row in waiting if row.recheck_due and row.recheck_due <= now]
        others = [row for row in waiting if row not in late]
        lines = [
            *(partial(self._add_breach, row) for row in late),
            *(partial(self._add_line, line) for line in self._of(Urgency.NOW)),
            *(partial(self._add_breach, row) for row in others),
            *(partial(self._add_line, line) for line in self._of(Urgency.TODAY)),
            *(partial(self._add_week, week) for week in today.unsigned),
            *(partial(self._add_line, line) for line in self._of(Urgency.SOON)),
        ]
        for add in lines if self._shows_all else lines[:MOST_LINES]:
            add()
        more = len(lines) - MOST_LINES
        if more > 0 and not self._shows_all:
            words = trn("et {n} autre", "et {n} autres", more)
            self.todo.add("dots-three", words, tr("Tout voir"), self._show_all)
        if not lines:
            self.todo.add("check-circle", tr("Rien en attente."))

    def _show_all(self) -> None:
        """Show the lines that were left out too, until the screen is left."""
        self._shows_all = True
        if self._today is not None:
            self._show_todo(self._today)

    def _of(self, urgency: Urgency) -> list[Todo]:
        found = [line for line in self._more or () if line.urgency is urgency]
        return [line for line in found if not line.is_errand]

    def _add_line(self, line: Todo) -> None:
        drawing, colour = _SIGNS[line.urgency]
        go = partial(self.desk.go, line.screen, _target(line))
        self.todo.add(drawing, line.words, line.button, go, colour=colour)

    def _add_breach(self, breach: BreachRow) -> None:
        words = where(breach)
        if breach.measured is not None:
            words = tr("{where} : {celsius}").format(where=words, celsius=measured_text(breach))
        button = tr("Traiter")
        if breach.recheck_due is not None:
            words += tr(" — contrôle attendu à {hour}").format(hour=hour(breach.recheck_due))
            button = tr("Contrôler")
        elif breach.actions:
            words += tr(" — à vérifier")
            button = tr("Vérifier")
        go = partial(self.desk.go, "breaches", breach.breach_id)
        self.todo.add("warning-octagon-fill", words, button, go, colour="bad")

    def _add_week(self, week: UnsignedWeek) -> None:
        number = week.monday.isocalendar().week
        words = tr("Relevés de la semaine {week} à signer").format(week=number)
        if week.missing:
            words += " — " + trn("{n} case vide", "{n} cases vides", week.missing)
        go = partial(self.desk.go, "readings", Period.week(week.monday))
        self.todo.add("warning", words, tr("Relire"), go, colour="warn")

    @QtSlot()
    def _print(self) -> None:
        self.desk.print_out("weekly-kit", self._sheets)


def _target(line: Todo) -> object:
    """Return what the screen of a line takes to show it."""
    if line.place is not None:
        return line.place
    if line.day is not None and line.letter:
        week = Period.week(line.day)
        return SheetAsked(line.letter, week) if line.screen == "records" else (line.letter, week)
    if line.letter:
        return line.letter, line.key or None
    return line.key or None


def _closed(next_open: date | None) -> str:
    words = tr("La cantine n’ouvre pas aujourd’hui.")
    if next_open is None:
        return words
    return words + " " + tr("Prochain jour : {day}.").format(day=long_day(next_open))
