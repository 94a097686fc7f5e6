"""What a meal costs, what people give, and the displayed price: the heart of a canteen."""

import io
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.clock import civil_date
from cantine_desktop.finance.price.comparing import Compared
from cantine_desktop.finance.price.contributions import Spread
from cantine_desktop.finance.price.costing import BASES, Costing, covered_words
from cantine_desktop.finance.price.displaying import Displayed, price_words
from cantine_desktop.finance.price.phrases import (
    advice_words,
    middle_words,
    parts_words,
    sides_words,
    solidarity_words,
)
from cantine_desktop.finance.price.simulation_sheet import write_simulation
from cantine_desktop.i18n import mark, money, short_day, tr
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.finance.day_note_form import DayNoteDialog
from ui.finance.line_list import show_lines
from ui.finance.price_change import ChangeCard
from ui.finance.price_form import PriceDialog
from ui.finance.price_parts import Behind, CostTable
from ui.finance.price_posters import PosterMenu
from ui.finance.price_reading import PERIODS, Found, read_compared, read_price
from ui.finance.price_simulator import Simulator
from ui.finance.spread_view import SpreadView
from ui.kit.jobs import Job
from ui.kit.labels import heading, wrapped
from ui.kit.scrolling import show_scrolling
from ui.kit.theme import scaled, set_role
from ui.printing import PreviewDialog
from ui.screen import Screen

_NARROW = 860
"""Width, in pixels at 100 %, under which what people give stands below what meals cost."""
_VERSIONS = 4
"""Displayed prices told on the screen; the history keeps all."""


class PriceScreen(Screen):
    """Displayed beside computed; Enter on a part shows the entries behind it."""

    key: ClassVar[str] = "price"
    shows: ClassVar[frozenset[str]] = frozenset({
        "entry",
        "line",
        "takings",
        "displayed_price",
        "fiscal_year",
        "budget",
        "budget_line",
        "day_note",
    })
    help_text: ClassVar[str] = mark(
        "Coût complet : toutes les charges divisées par les repas servis. Prix d’équilibre : ce "
        "qu’il faudrait par repas, avec ou sans dons et subventions. Entrée sur une ligne ouvre "
        "les écritures."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._today = civil_date(desk.book.clock())
        self._job: Job | None = None
        self._comparing: Job | None = None
        self._found: Found | None = None
        self.period = QComboBox()
        self.period.setAccessibleName(tr("Période"))
        for key, words in zip(PERIODS, _period_words(), strict=True):
            self.period.addItem(words, key)
        self.sentence = wrapped(role="h2")
        self.basis = wrapped(role="muted")
        self.middle, self.sides, self.solidarity = wrapped(), wrapped(role="small"), wrapped()
        self.poster, self.advice = wrapped(role="muted"), wrapped(role="strong")
        may = desk.may_write("finance")
        self.new = self._action(tr("Nouveau prix affiché…"), "", self._display, enabled=may)
        self._lay_out()
        self._filters = QWidget()
        row = QHBoxLayout(self._filters)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.posters)
        row.addWidget(self.period)
        self.period.currentIndexChanged.connect(self.refresh)
        self.change.asked.connect(self._compare)
        self.change.noting.connect(self._note)
        self.simulator.printing.connect(self._print_simulation)

    @property
    def _cost(self) -> Costing | None:
        return self._found.cost if self._found else None

    @override
    def filters(self) -> QWidget:
        return self._filters

    @override
    def primary(self) -> QAction:
        return self.new

    @override
    def document(self) -> tuple[str, Period]:
        return "price-poster", Period.through(self._today, self._today)

    @override
    @Slot()
    def refresh(self) -> None:
        """Count again beside the window."""
        if self._job is not None:
            self._job.stop()
        key, place, weeks = str(self.period.currentData()), self.change.place, self.change.span

        def read() -> Found:
            with self.desk.book.read() as session:
                return read_price(session, key, self._today, place, weeks)

        self._job = self.desk.jobs.run(read, self._show, self._on_failed)

    def _on_failed(self, error: BaseException) -> None:
        self._job = self._comparing = None
        raise error

    def _show(self, found: Found) -> None:
        self._job = None
        self._found = found
        cost = found.cost
        now = next((price for price in found.known if price.since <= self._today), None)
        self.poster.setText(_poster_words(now, found.known, self))
        self.basis.setVisible(cost is not None)
        if cost is None:
            self.sentence.setText(
                tr("Pas encore de repas et de charges à comparer pour cette période.")
            )
        else:
            self.sentence.setText(covered_words(cost))
            self.basis.setText(tr(BASES[cost.basis]))
        self.advice.setText(advice_words(cost) if cost else "")
        self.advice.setVisible(bool(self.advice.text()))
        self.parts.show_cost(cost)
        self.lines.setEnabled(cost is not None and any(row.key for row in self.parts.rows))
        self._show_spread(cost, found.spread)
        self.change.show_changes(found.changes)
        self.change.show_compared(found.compared)
        self.simulator.start_from(found.ground)
        self.simulator.setVisible(found.ground is not None)
        self.lines.setVisible(cost is not None)

    def _show_spread(self, cost: Costing | None, spread: Spread | None) -> None:
        counted = cost is not None and spread is not None and spread.counted > 0
        for widget in (self.spread, self.middle, self.sides, self.solidarity):
            widget.setVisible(counted)
        self.unknown.setVisible(not counted)
        if cost is None or spread is None or not counted:
            return
        self.spread.show_counts(spread.counts, spread.price)
        self.middle.setText(middle_words(cost, spread))
        self.sides.setText(sides_words(spread))
        self.solidarity.setText(solidarity_words(spread))

    @Slot()
    def _compare(self) -> None:
        """Compare around another change, without counting the costs again."""
        if self._found is None:
            return
        if self._comparing is not None:
            self._comparing.stop()
        known, place, weeks = self._found.changes, self.change.place, self.change.span

        def read() -> Compared | None:
            with self.desk.book.read() as session:
                return read_compared(session, known, self._today, place, weeks)

        self._comparing = self.desk.jobs.run(read, self._on_compared, self._on_failed)

    def _on_compared(self, found: Compared | None) -> None:
        self._comparing = None
        self.change.show_compared(found)

    @Slot()
    def _open(self, _place: object = None) -> None:
        row, cost = self.parts.current, self._cost
        if cost is not None and isinstance(row, Behind):
            show_lines(self, self.desk, row.title, cost.period, row.numbers)

    @Slot()
    def _display(self) -> None:
        PriceDialog(self.desk, self.window(), self._cost).exec()

    @Slot()
    def _note(self) -> None:
        DayNoteDialog(self.desk, self.window()).exec()

    @Slot()
    def _print_simulation(self) -> None:
        results, wish = self.simulator.results, self.simulator.wish
        ground = self.simulator.based
        if results is None or wish is None or ground is None:
            return
        with self.desk.book.read() as session:
            name = canteen_name(session)
        now = self.desk.book.clock()

        def write() -> bytes:
            target = io.BytesIO()
            write_simulation(target, name, now, ground, wish, results)
            return target.getvalue()

        title = tr("Simulation d’une année")
        self.desk.jobs.run(write, partial(self._preview, title), self._on_failed, title)

    def _preview(self, title: str, pdf: bytes) -> None:
        PreviewDialog(self.desk, pdf, title, self.window()).open()

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, scaled(8), 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.sentence)
        column.addWidget(self.basis)
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pair.setSpacing(scaled(16))
        self._pair.addLayout(self._costs(inside), 6)
        self._pair.addWidget(self._gifts(inside), 4)
        column.addLayout(self._pair)
        self.change = ChangeCard(inside, may_note=self.desk.may_write("meals"))
        self.simulator = Simulator(inside)
        column.addWidget(self.change)
        column.addWidget(self.simulator)
        column.addStretch(1)
        self.posters = PosterMenu(self.desk, self, self._today)
        self.addActions(self.posters.deeds)
        show_scrolling(self, inside)
        self.first_stop = self.parts.table

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = event.size().width() < scaled(_NARROW)
        direction = QBoxLayout.Direction
        self._pair.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)

    def _costs(self, inside: QWidget) -> QVBoxLayout:
        self.parts = CostTable(inside, partial(self.desk.go, "budget"))
        self.parts.table.activated.connect(self._open)
        self.lines = QPushButton(tr("Montrer les écritures"))
        self.lines.clicked.connect(self._open)
        column = QVBoxLayout()
        column.addWidget(self.parts)
        column.addWidget(self.lines, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.poster)
        column.addStretch(1)
        return column

    def _gifts(self, inside: QWidget) -> QFrame:
        card = QFrame(inside)
        set_role(card, "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(scaled(16), scaled(12), scaled(16), scaled(12))
        column.setSpacing(scaled(8))
        self.spread = SpreadView(tr("Contributions, par montant"), card)
        self.unknown = wrapped(
            tr("Aucune contribution n’est décomptée par montant sur cette période."), "muted"
        )
        column.addWidget(heading(tr("Ce que donnent les convives")))
        for widget in (
            self.unknown,
            self.spread,
            self.middle,
            self.solidarity,
            self.sides,
            self.advice,
        ):
            column.addWidget(widget)
        column.addStretch(1)
        return card


def _period_words() -> tuple[str, ...]:
    return (
        tr("Mois terminés"),
        tr("Ce mois"),
        tr("Le mois dernier"),
        tr("Cet exercice"),
        tr("D’après le budget"),
    )


def _poster_words(now: Displayed | None, known: list[Displayed], screen: PriceScreen) -> str:
    today = civil_date(screen.desk.book.clock())
    words = [price_words(now, today)]
    if now is not None and now.parts:
        words[0] += f" {parts_words(now)}."
    words += [
        tr("{price} à partir du {day}").format(price=money(each.amount), day=short_day(each.since))
        + (f" · {each.reason}" if each.reason else "")
        for each in known[:_VERSIONS]
    ]
    return "\n".join(words)
