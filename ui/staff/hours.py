"""Hours and absences: the week of the team, planned and done, confirmed and signed."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.canteen.calendar import open_weekdays
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.periods import in_words
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import mark, short_day, tr, trn
from cantine_desktop.staff.hours.confirming import waiting_days
from cantine_desktop.staff.hours.model import WeekState
from cantine_desktop.staff.hours.queries import DayState, PersonWeek, hours_week
from cantine_desktop.staff.hours.typing_day import AS_PLANNED
from cantine_desktop.values.period import DAY, Period
from ui.desk import Desk
from ui.kit.fields import TextEdit
from ui.kit.grid import Cell, Edit, EntryGrid, GridModel
from ui.kit.scrolling import show_scrolling
from ui.kit.theme import scaled
from ui.screen import Screen
from ui.staff.absence_list import AbsenceList
from ui.staff.hours_bar import HoursBar
from ui.staff.hours_cells import (
    DAYS,
    cell_of,
    column_heads,
    judged,
    planned_weekdays,
    row_heads,
)
from ui.staff.hours_pen import HoursPen
from ui.staff.hours_watch import HoursWatch
from ui.staff.member_forms import DeedDialog, labelled, typed
from ui.staff.month_counters import MonthCounters
from ui.staff.payroll_dialog import PayrollDialog
from ui.staff.valuing import value_month

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_PAUSE_MS = 200
"""Milliseconds without a change before the counters, which read a year, are counted again."""

_WIDE = 960
"""Pixels at 100 % from which absences and counters stand side by side."""

_AROUND, _ROW, _ROWS = 66, 32, (4, 10)
"""Pixels at 100 % of the heads and the line under the grid, and of a row; rows seen at once."""


class HoursScreen(Screen):
    """Rows are people, columns are days. What was planned waits, grey, to be confirmed.

    Enter on a day that waits writes it as planned and goes on; Ctrl+Enter confirms the whole
    week for everybody, then signs it. A signed day is only corrected, with a reason.
    """

    key: ClassVar[str] = "hours"
    shows: ClassVar[frozenset[str]] = frozenset({
        *("worked_shift", "hours_week", "staff_shift", "staff_absence", "staff_member"),
        *("staff_contract", "staff_opening_balance", "staff_rules", "canteen"),
    })
    help_text: ClassVar[str] = mark(
        "Entrée : fait comme prévu. Sinon tapez « 8:30-15:00 » ou « 8h30 15h », « - » si rien "
        "n’est fait, CP ou MAL pour une absence. Ctrl+Entrée confirme la semaine de tous, puis la "
        "signe."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._today = civil_date(desk.book.clock())
        self.week = Period.week(self._today)
        self.people: list[PersonWeek] = []
        self._may = desk.may_write("staff")
        self._has_stood = False
        self._counting = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._counting.timeout.connect(self._show_month)
        self._pen = HoursPen(desk.book)
        self.model = GridModel(self._cell, self._type, self._type_many)
        self.grid = EntryGrid(self.model, tr("Heures de la semaine"), enter_moves="across")
        self.grid.view.wraps = True
        self.grid.view.fill_width()
        self.grid.view.installEventFilter(self)
        self.grid.view.current_moved.connect(self._on_moved)
        self.bar = HoursBar()
        self.absences = AbsenceList(desk, self)
        self.counters = MonthCounters(self)
        self.watch = HoursWatch(desk, self)
        self.watch.changed.connect(self.model.refresh)
        self._go_on = self._action(tr("Confirmer la semaine"), "Ctrl+Return", self.go_on)
        self._add_actions()
        self._below = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._below.setSpacing(scaled(16))
        self._below.addWidget(self.absences, 2)
        self._below.addWidget(self.counters, 3)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.grid)
        layout.addLayout(self._below, 1)
        show_scrolling(self, page)
        self.setFocusProxy(self.grid)

    def _add_actions(self) -> None:
        self._action(tr("Semaine précédente"), "Alt+PgUp", self.previous)
        self._action(tr("Semaine suivante"), "Alt+PgDown", self.next)
        self._action(tr("Cette semaine"), "", self.back_to_now)
        self._action(tr("Nouvelle absence…"), "Ctrl+N", self.absences.add, enabled=self._may)
        self._correct = self._action(tr("Corriger un jour signé…"), "Ctrl+Shift+C", self.correct)
        self._action(tr("Exporter les variables de paie…"), "Ctrl+Shift+E", self.export)
        self._action(tr("Relevé du mois…"), "Ctrl+Shift+P", self.print_month)
        self._action(tr("Valoriser le bénévolat du mois"), "", self.value_given, enabled=self._may)
        self._action(tr("Matricules et codes de paie…"), "", self.payroll, enabled=self._may)
        for button, do in (
            (self.bar.previous, self.previous),
            (self.bar.now, self.back_to_now),
            (self.bar.next, self.next),
            (self.bar.month, self.print_month),
            (self.bar.payroll, self.payroll),
        ):
            button.clicked.connect(do)

    # -- what the window asks

    @override
    def filters(self) -> QWidget:
        return self.bar

    @override
    def primary(self) -> QAction:
        return self._go_on

    @override
    def document(self) -> tuple[str, Period]:
        return "hours-week", self.week

    @override
    def place(self) -> object:
        return self.week

    @override
    def open_at(self, target: object) -> None:
        """Show the week of a period or a day; with nothing, the week that waits."""
        if isinstance(target, Period):
            self.show_week(target.first)
        elif isinstance(target, date):
            self.show_week(target)
        else:
            self.show_week(self._waiting_week())
        self._stand_on_waiting()
        self.grid.setFocus()

    @override
    def refresh(self) -> None:
        """Read the week again."""
        now = self.desk.book.clock()
        self._today = civil_date(now)
        is_first, self._has_stood = not self._has_stood, True
        if is_first:
            self.week = Period.week(self._waiting_week())
        with self.desk.book.read() as session:
            self.people = hours_week(session, self.week.first, now)
            usual = open_weekdays(session)
            self.absences.show_week(session, self.week, self.people)
        heads = column_heads(self.week.days, usual | planned_weekdays(self.people))
        self.model.show(row_heads(self.people), heads)
        self._fit_grid()
        self._counting.start()
        self.subtitle = self._words()
        self._go_on.setText(self._next_step())
        self._go_on.setEnabled(self._may and self._is_waiting())
        self._correct.setEnabled(self._may and any(each.is_signed for each in self.people))
        if is_first:
            self._stand_on_waiting()
        if not self.people:
            self.grid.say(tr("Personne sous contrat cette semaine : voyez « Personnes »."))

    def _fit_grid(self) -> None:
        """Give the grid the height of its rows, which grow with days of several stretches."""
        least, most = (scaled(rows * _ROW) for rows in _ROWS)
        tall = self.grid.view.verticalHeader().length()
        self.grid.setFixedHeight(scaled(_AROUND) + min(max(tall, least), most))

    def show_week(self, day: date) -> None:
        """Show the civil week that holds a day."""
        self.week, self._has_stood = Period.week(day), True
        self.refresh()

    @Slot()
    def _show_month(self) -> None:
        """Judge the week and show the month it is paid with, where it ends, once typing rests."""
        self.watch.judge(self.week.first)
        self.counters.count(self.desk, Period.month(self.week.last))

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._counting.stop()  # the book may be closed before it would count
        self.counters.stop()
        self.watch.stop()
        self._stale = True
        super().hideEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= scaled(_WIDE)
        ways = QBoxLayout.Direction
        self._below.setDirection(ways.LeftToRight if wide else ways.TopToBottom)

    # -- cells

    def _cell(self, row: int, column: int) -> Cell:
        person, cell = self.people[row], cell_of(self.people[row], column, may=self._may)
        if column == DAYS:
            return cell
        day = self.week.days[column] if column < DAYS else None  # what was done in all
        return judged(cell, self.watch.said.get((person.key, day)))

    def _type(self, row: int, column: int, text: str) -> str | None:
        self._pen.write(self.people[row].key, self.week.days[column], text)
        return None

    def _type_many(self, edits: Sequence[Edit]) -> list[str | None]:
        days = self.week.days
        typed = [(self.people[row].key, days[column], text) for row, column, text in edits]
        return self._pen.write_many(typed)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Write the current day as planned when Enter is pressed on it while it waits."""
        if watched is self.grid.view and isinstance(event, QKeyEvent):
            pressed = event.type() == QEvent.Type.KeyPress and event.key() in _ENTER
            plain = event.modifiers() in {
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            }
            if pressed and plain:
                self._as_planned()
        return super().eventFilter(watched, event)

    def _as_planned(self) -> None:
        index = self.grid.view.currentIndex()
        row, column = index.row(), index.column()
        if not self._may or not 0 <= row < len(self.people) or column >= DAYS:
            return
        person = self.people[row]
        if not person.is_signed and person.days[column].state is DayState.WAITING:
            self.model.enter([Edit(row, column, AS_PLANNED)])

    @Slot()
    def _on_moved(self) -> None:
        index = self.grid.view.currentIndex()
        if 0 <= index.row() < len(self.people) and 0 <= index.column() < DAYS:
            person = self.people[index.row()]
            self.absences.about(person.key, self.week.days[index.column()])

    # -- confirming, signing, correcting

    @Slot()
    def go_on(self) -> None:
        """Ctrl+Enter: confirm the week of everybody, then sign it."""
        if not self.grid.commit():
            return  # the line under the grid says what is to be put right
        if self._is_confirmed():
            self._ask_signature()
            return
        try:
            done = self._pen.confirm(self.week.first)
        except UserError as error:
            self.grid.say(str(error))
            return
        self._tell_confirmed(done.unclear, done.ahead)

    def _tell_confirmed(
        self, unclear: Sequence[tuple[int, date]], ahead: Sequence[tuple[int, date]]
    ) -> None:
        if unclear:
            names = {each.key: each.name for each in self.people}
            said = ", ".join(f"{names[who]} {short_day(day)}" for who, day in unclear)
            words = tr("Une absence coupe ces jours, tapez leurs heures : {days}.")
            self.grid.say(words.format(days=said))
        elif ahead:
            self.desk.tell(
                tr("Jours passés confirmés ; la suite quand elle sera faite."), undo=True
            )
        else:
            self.desk.tell(tr("Semaine confirmée. Ctrl+Entrée encore : signer."), undo=True)

    def _ask_signature(self) -> None:
        who = TextEdit(tr("Signé par (nom ou initiales)"), longest=60, required=True)

        def keep(session: Session) -> None:
            self._pen.sign(session, self.week.first, typed(who))

        dialog = DeedDialog(self.desk, self, tr("Heures signées"), labelled(who), keep)
        if dialog.exec():
            self.desk.tell(tr("Heures signées : elles ne sont plus que corrigées."))

    @Slot()
    def correct(self) -> None:
        """Ask for the right hours of the current day of a signed week, and why."""
        index = self.grid.view.currentIndex()
        row, column = index.row(), index.column()
        if not 0 <= row < len(self.people) or not 0 <= column < DAYS:
            return
        person, day = self.people[row], self.week.days[column]
        if not person.is_signed:
            self.grid.say(tr("Cette semaine n’est pas signée : retapez les heures dans la grille."))
            return
        hours = TextEdit(tr("Bonnes heures (« - » : rien)"), longest=60, required=True)
        hours.set_value(person.days[column].done or "-")
        why = TextEdit(tr("Pourquoi"), longest=120, required=True)

        def keep(session: Session) -> None:
            self._pen.correct(session, person.key, day, typed(hours), typed(why))

        fields = labelled(hours, why)
        DeedDialog(self.desk, self, tr("Heures corrigées"), fields, keep).exec()

    # -- moving about, paper and files

    @Slot()
    def previous(self) -> None:
        """Show the week before."""
        self.show_week(self.week.first - DAY)

    @Slot()
    def next(self) -> None:
        """Show the week after."""
        self.show_week(self.week.end)

    @Slot()
    def back_to_now(self) -> None:
        """Show the week of today."""
        self.open_at(None)

    @Slot()
    def export(self) -> None:
        """Choose where the variables of the month go."""
        self.desk.export("payroll-generic", Period.month(self.week.last))

    @Slot()
    def print_month(self) -> None:
        """Show the month of each person, ready to print."""
        self.desk.print_out("hours-month", Period.month(self.week.last))

    @Slot()
    def value_given(self) -> None:
        """Show what the hours given in the month shown are worth; write it in the accounts."""
        value_month(self.desk, self, Period.month(self.week.last))

    @Slot()
    def payroll(self) -> None:
        """Open what payroll calls people and variables."""
        PayrollDialog(self.desk, self, Period.month(self.week.last)).exec()

    # -- words

    def _is_confirmed(self) -> bool:
        return bool(self.people) and all(each.state is not None for each in self.people)

    def _is_waiting(self) -> bool:
        return any(each.state is not WeekState.SIGNED for each in self.people)

    def _next_step(self) -> str:
        if self._is_confirmed():
            return tr("Signer la semaine") if self._is_waiting() else tr("Semaine signée")
        return tr("Confirmer la semaine")

    def _words(self) -> str:
        waiting = sum(day.state is DayState.WAITING for each in self.people for day in each.days)
        said = in_words(self.week)
        if waiting:
            left = trn("{n} jour à confirmer", "{n} jours à confirmer", waiting)
            return f"{said} · {left}"
        return said

    def _waiting_week(self) -> date:
        """Return a day of last week while hours of it wait, and none of this week, else today."""
        now = self.desk.book.clock()
        before = Period.week(Period.week(self._today).first - DAY)
        with self.desk.book.read() as session:
            late = waiting_days(session, before, now)
            due = waiting_days(session, Period.week(self._today), now)
        return before.first if late and not due else self._today

    def _stand_on_waiting(self) -> None:
        for row, person in enumerate(self.people):
            for column, day in enumerate(person.days):
                if day.state is DayState.WAITING:
                    self.grid.view.stand(row, column)
                    return
        self.grid.view.stand(0, self._today.weekday() if self._today in self.week else 0)
