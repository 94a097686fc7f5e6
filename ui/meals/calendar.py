"""The calendar of services: the month or the week, closures, holidays, what changes in them."""

from datetime import date, timedelta
from typing import ClassVar, NamedTuple

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import day_and_month, long_day, mark, tr
from cantine_desktop.meals.services import planning
from cantine_desktop.meals.services.model import ServiceState
from cantine_desktop.meals.services.queries import patterns, service_row
from cantine_desktop.meals.services.season import AHEAD, fill_season
from cantine_desktop.values.period import DAY, Period
from ui.desk import Desk
from ui.kit.notice import Notice
from ui.kit.theme import scaled
from ui.meals.calendar_bar import CalendarBar
from ui.meals.calendar_grid import CalendarGrid
from ui.meals.calendar_reading import read_days
from ui.meals.day_pane import DayPane
from ui.meals.service_forms import CancelDialog, ClosureDialog, ServiceDialog, attempt
from ui.screen import Screen

_ROOMY = 760
"""Width, in pixels at 100 %, from which the current day stands beside the grid."""


class CalendarPlace(NamedTuple):
    """What the calendar shows.

    Attributes:
        day: The current day.
        is_week: Whether its week is shown rather than its month.
    """

    day: date
    is_week: bool


class CalendarScreen(Screen):
    """Services on their days; N adds one, Enter opens one, Ctrl and an arrow moves one."""

    key: ClassVar[str] = "calendar"
    shows: ClassVar[frozenset[str]] = frozenset({
        "meal_service",
        "service_pattern",
        "service_policy",
        "closed_day",
        "reservation",
        "canteen",
    })
    help_text: ClassVar[str] = mark(
        "Les flèches vont de jour en jour, Entrée ouvre la fiche du service, N en ajoute un. "
        "Ctrl et une flèche déplace le service, Suppr l’annule. Le trait violet dit les vacances "
        "scolaires."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._today = civil_date(desk.book.clock())
        self._day = self._today
        self.bar = CalendarBar(self)
        self.notice = Notice()
        self._make_actions()
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.grid = CalendarGrid(tr("Calendrier des services"), self._splitter)
        self.grid.painting.today = self._today
        self.pane = DayPane(
            (
                self.open,
                self.change,
                self.cancel,
                self.restore,
                self.remove,
                self.add,
                self.close_day,
                self.reopen,
            ),
            self._splitter,
        )
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        self._splitter.setSizes([scaled(820), scaled(250)])
        self._splitter.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.notice)
        column.addWidget(self._splitter, 1)
        self._connect()
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.grid.addActions(list(self.pane.buttons))
        self.first_stop = self.grid

    def _make_actions(self) -> None:
        self.add = self._action(tr("Nouveau service…"), "N", self._add)
        self.open = self._action(tr("Ouvrir la fiche"), "", self._open)
        self.change = self._action(tr("Modifier…"), "F2", self._change)
        self.cancel = self._action(tr("Annuler le service…"), "Del", self._cancel)
        self.restore = self._action(tr("Rétablir le service"), "", self._restore)
        self.remove = self._action(tr("Supprimer"), "", self._remove)
        self.close_day = self._action(tr("Fermer des jours…"), "", self._close)
        self.reopen = self._action(tr("Rouvrir ce jour"), "", self._reopen)
        self.usual = self._action(tr("Services habituels…"), "", self._go_to_usual)
        self.copy = self._action(tr("Exporter vers un agenda (iCalendar)…"), "", self._export)

    def _connect(self) -> None:
        self.bar.turned.connect(self._turn)
        self.bar.stepped.connect(self._step)
        self.bar.home.connect(self._go_today)
        self.grid.day_changed.connect(self._on_day)
        self.grid.asked.connect(self._go_to_service)
        self.grid.stepped.connect(self._shift)
        self.grid.left.connect(self._leave)
        self.grid.days.dropped.connect(self._move)
        self.pane.picked.connect(self._pick)
        self.pane.asked.connect(self._go_to_service)

    # -- reading

    @override
    def filters(self) -> QWidget:
        return self.bar

    @override
    def primary(self) -> QAction:
        return self.add

    @property
    def period(self) -> Period:
        """The whole weeks shown."""
        if self.bar.is_week:
            return Period.week(self._day)
        month = Period.month(self._day)
        return Period(Period.week(month.first).first, Period.week(month.last).end)

    @override
    @Slot()
    def refresh(self) -> None:
        self._make_more()
        period = self.period
        with self.desk.book.read() as session:
            days = read_days(session, period, self._today)
            has_usual = bool(patterns(session))
        self.grid.painting.is_week = self.bar.is_week
        month = None if self.bar.is_week else self._day.month
        self.grid.show_days(days, self._day, month)
        self.bar.say(self._day, period)
        self._invite(has_usual=has_usual)
        self._on_day()

    def _invite(self, *, has_usual: bool) -> None:
        if has_usual or not self.desk.may_write("meals"):
            self.notice.clear()
            return
        told = tr("Dites les services habituels de la semaine : la saison se remplira d’elle-même.")
        self.notice.tell("info", told, tr("Services habituels…"), self._go_to_usual)

    def _make_more(self) -> None:
        """Make usual services ahead when there are few left; nobody should have to ask."""
        fill_season(self.desk.book, self.period.last)

    @override
    def open_at(self, target: object) -> None:
        if isinstance(target, CalendarPlace):
            self.bar.show_week(is_week=target.is_week)
            self._go(target.day)
        elif isinstance(target, date):
            self._go(target)
        elif isinstance(target, Period):
            self._go(target.first)
        elif isinstance(target, int):
            with self.desk.book.read() as session:
                row = service_row(session, target)
            if row is not None:
                self._go(row.day)
                self.grid.pick(row.key)
                self._on_day()

    @override
    def place(self) -> object:
        return CalendarPlace(self._day, self.bar.is_week)

    # -- moving about

    def _go(self, day: date) -> None:
        self._day = day
        if day not in self._shown_now() or not self.grid.days.days:
            self.refresh()
        else:
            self.refresh() if self._other_month(day) else self.grid.stand(day)

    def _shown_now(self) -> Period:
        days = self.grid.days.days
        return Period.through(days[0].day, days[-1].day) if days else Period.week(self._today)

    def _other_month(self, day: date) -> bool:
        return not self.bar.is_week and self.grid.painting.month != day.month

    @Slot()
    def _turn(self) -> None:
        self.grid.days.days = []
        self.grid.days.beginResetModel()
        self.grid.days.endResetModel()
        self.refresh()

    @Slot(int)
    def _step(self, steps: int) -> None:
        if self.bar.is_week:
            self._go(self._day + timedelta(days=7 * steps))
        else:
            month = Period.month(self._day)
            self._go(month.end if steps > 0 else Period.month(month.first - DAY).first)

    @Slot()
    def _go_today(self) -> None:
        self._go(self._today)
        self.grid.setFocus()

    @Slot(int)
    def _leave(self, days: int) -> None:
        self._go(self._day + timedelta(days=days))

    @Slot()
    def _on_day(self) -> None:
        shown = self.grid.current
        if shown is not None:
            self._day = shown.day
        self.pane.show_day(shown, self.grid.picked)
        self._say_day()
        self._judge()

    def _say_day(self) -> None:
        """Say the current day under the title where there is no room for its pane."""
        shown = self.grid.current
        self.subtitle = shown.words if shown is not None and self.pane.isHidden() else ""

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.pane.setVisible(self.width() >= scaled(_ROOMY))
        self._say_day()

    @Slot(int)
    def _pick(self, key: int) -> None:
        self.grid.pick(key)
        self._judge()

    def _judge(self) -> None:
        """Open the actions that make sense for what is current."""
        shown, chosen = self.grid.current, self.grid.service
        may = self.desk.may_write("meals")
        state = chosen.row.state if chosen else None
        self.add.setEnabled(may)
        self.open.setEnabled(chosen is not None)
        self.change.setEnabled(may and state in {ServiceState.PLANNED, ServiceState.CANCELLED})
        self.cancel.setEnabled(may and state is ServiceState.PLANNED)
        self.restore.setEnabled(may and state is ServiceState.CANCELLED)
        by_hand = chosen is not None and chosen.row.pattern_id is None and not chosen.announced
        self.remove.setEnabled(may and by_hand and state is not ServiceState.CLOSED)
        is_closed = shown is not None and shown.closed is not None
        self.close_day.setEnabled(may and not is_closed)
        self.reopen.setEnabled(may and is_closed)
        self.usual.setEnabled(may)
        self.pane.show_actions()

    # -- doing

    @Slot()
    def _add(self) -> None:
        if ServiceDialog(self.desk, self.window(), self._day).exec():
            self.grid.setFocus()

    @Slot()
    def _open(self) -> None:
        if self.grid.service is not None:
            self._go_to_service(self.grid.service.row.key)

    @Slot(int)
    def _go_to_service(self, key: int) -> None:
        self.desk.go("service", key)

    @Slot()
    def _change(self) -> None:
        if self.grid.service is not None:
            ServiceDialog(self.desk, self.window(), self._day, self.grid.service.row.key).exec()

    @Slot()
    def _cancel(self) -> None:
        chosen = self.grid.service
        if chosen is not None:
            CancelDialog(self.desk, self.window(), chosen.row, chosen.announced).exec()

    @Slot()
    def _restore(self) -> None:
        self._on_service(tr("Service rétabli"), planning.restore)

    @Slot()
    def _remove(self) -> None:
        self._on_service(tr("Service supprimé"), planning.remove)

    def _on_service(self, label: str, verb: object) -> None:
        chosen = self.grid.service
        if chosen is None or not callable(verb):
            return
        key = chosen.row.key

        def write(session: Session) -> object:
            return verb(session, key)

        attempt(self.desk, label, write)

    @Slot()
    def _close(self) -> None:
        ClosureDialog(self.desk, self.window(), self._day).exec()

    @Slot()
    def _reopen(self) -> None:
        day = self._day

        def write(session: Session) -> object:
            return planning.reopen_day(session, day)

        attempt(self.desk, tr("Rouvert : {day}").format(day=long_day(day)), write)

    @Slot(int)
    def _shift(self, days: int) -> None:
        if self.grid.service is not None:
            self._move(self.grid.service.row.key, self._day + timedelta(days=days))

    @Slot(int, object)
    def _move(self, key: int, day: date) -> None:
        now = self.desk.book.clock()

        def write(session: Session) -> object:
            return planning.move(session, key, day, now)

        if not self.desk.may_write("meals"):
            return
        words = tr("Service déplacé au {day}").format(day=day_and_month(day))
        if attempt(self.desk, words, write):
            self.grid.pick(key)
            self._go(day)

    @Slot()
    def _go_to_usual(self) -> None:
        self.desk.go("preferences", "services")

    @Slot()
    def _export(self) -> None:
        self.desk.export("services-calendar", Period(self._today, self._today + AHEAD))
