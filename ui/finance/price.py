"""What a meal costs, what people give, and the displayed price: the heart of a canteen."""

from typing import ClassVar, NamedTuple

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.finance.ledger.years import find_year
from cantine_desktop.finance.price.contributions import Spread, spread_of
from cantine_desktop.finance.price.costing import (
    BASES,
    Basis,
    Costing,
    costing,
    covered_words,
    planned_costing,
    usual_costing,
)
from cantine_desktop.finance.price.displaying import PARTS, Displayed, price_words, prices
from cantine_desktop.i18n import mark, money, number, short_day, tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY, Period
from cantine_desktop.values.text import NBSP
from ui.desk import Desk
from ui.finance.kpi_strip import Kpi, KpiStrip
from ui.finance.line_list import show_lines
from ui.finance.price_form import PriceDialog
from ui.finance.rows_table import RowsTable, ShownRow, exact
from ui.finance.waterfall_view import Step, WaterfallView
from ui.kit.empty import EmptyState
from ui.kit.figure import Figure, Point
from ui.kit.jobs import Job
from ui.kit.labels import wrapped
from ui.kit.scrolling import show_scrolling
from ui.kit.table import Column
from ui.kit.theme import scaled
from ui.screen import Screen

PERIODS = ("usual", "month", "last-month", "year", "budget")


class Behind(NamedTuple):
    """What a figure is made of: its words, and the accounts whose lines it sums."""

    title: str
    numbers: str


class _Found:
    """What the screen shows, read beside the window."""

    def __init__(self, cost: Costing | None, spread: Spread | None, known: list[Displayed]) -> None:
        self.cost, self.spread, self.known = cost, spread, known


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
    })
    help_text: ClassVar[str] = mark(
        "Coût complet : toutes les charges divisées par les repas servis. Prix d’équilibre : ce "
        "qu’il faudrait par repas, avec ou sans dons et subventions."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._today = civil_date(desk.book.clock())
        self._job: Job | None = None
        self._cost: Costing | None = None
        self.period = QComboBox()
        self.period.setAccessibleName(tr("Période"))
        for key, words in zip(PERIODS, _period_words(), strict=True):
            self.period.addItem(words, key)
        self.sentence = wrapped(role="h2")
        self.basis = wrapped(role="muted")
        self.poster = wrapped(role="muted")
        self.kpis = KpiStrip(tr("Prix en bref"))
        self.waterfall = WaterfallView(tr("Du coût d’un repas au prix d’équilibre"))
        self.spread = Figure(tr("Contributions, par montant"))
        self.solidarity = wrapped()
        self.parts = RowsTable(tr("Coût d’un repas, part par part"), _columns(), _empty())
        self.parts.table.activated.connect(self._open)
        may = desk.may_write("finance")
        self.new = self._action(tr("Nouveau prix affiché…"), "", self._display, enabled=may)
        self.lines = QPushButton(tr("Montrer les écritures"))
        self.lines.clicked.connect(self._open)
        self._lay_out()
        self.period.currentIndexChanged.connect(self.refresh)

    @override
    def filters(self) -> QWidget:
        return self.period

    @override
    def primary(self) -> QAction:
        return self.new

    @override
    def document(self) -> tuple[str, Period]:
        period = self._cost.period if self._cost else Period.year(self._today)
        return "board-sheet", period

    @override
    @Slot()
    def refresh(self) -> None:
        """Count again beside the window."""
        if self._job is not None:
            self._job.stop()
        key = str(self.period.currentData())

        def read() -> _Found:
            with self.desk.book.read() as session:
                return _read(session, key, self)

        self._job = self.desk.jobs.run(read, self._show, self._on_failed)

    def _on_failed(self, error: BaseException) -> None:
        self._job = None
        raise error

    def _show(self, found: _Found) -> None:
        self._job = None
        cost = self._cost = found.cost
        now = next((price for price in found.known if price.since <= self._today), None)
        self.poster.setText(_poster_words(now, found.known, self))
        shown = (self.waterfall, self.spread, self.solidarity, self.kpis, self.basis)
        for widget in shown:
            widget.setVisible(cost is not None)
        if cost is None:
            self.sentence.setText(
                tr("Pas encore de repas et de charges à comparer pour cette période.")
            )
            self.parts.show_rows([])
            return
        self.sentence.setText(covered_words(cost))
        self.basis.setText(tr(BASES[cost.basis]))
        self.kpis.show_kpis(_kpis(cost))
        self.waterfall.show_steps(_steps(cost), _level(cost))
        self.parts.show_rows(_rows(cost))
        self._show_spread(found.spread)

    def _show_spread(self, spread: Spread | None) -> None:
        counted = spread is not None and spread.counted > 0
        self.spread.setVisible(counted)
        self.solidarity.setVisible(counted)
        if spread is None or not counted:
            return
        points = [
            Point(number(amount.euros, 2 if amount.cents % 100 else 0), float(count), str(count))
            for amount, count in sorted(spread.counts.items())
        ]
        self.spread.show_points(points)
        self.solidarity.setText(_solidarity_words(spread))

    @Slot()
    def _open(self, _place: object = None) -> None:
        row = self.parts.current
        cost = self._cost
        if cost is not None and isinstance(row, Behind) and cost.basis is not Basis.BUDGET:
            show_lines(self, self.desk, row.title, cost.period, row.numbers)

    @Slot()
    def _display(self) -> None:
        PriceDialog(self.desk, self.window(), self._cost).exec()

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, scaled(8), 0)
        column.setSpacing(scaled(8))
        for widget in (self.sentence, self.basis, self.kpis, self.waterfall):
            column.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(scaled(16))
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.parts)
        left.addWidget(self.lines, 0, Qt.AlignmentFlag.AlignLeft)
        right.addWidget(self.spread)
        right.addWidget(self.solidarity)
        right.addWidget(self.poster)
        right.addStretch(1)
        row.addLayout(left, 3)
        row.addLayout(right, 2)
        column.addLayout(row)
        self.parts.setMinimumHeight(scaled(344))
        show_scrolling(self, inside)
        self.first_stop = self.parts.table


def _read(session: Session, key: str, screen: PriceScreen) -> _Found:
    cost = _cost(session, key, screen)
    spread = spread_of(session, cost.period) if cost and cost.basis is not Basis.BUDGET else None
    return _Found(cost, spread, prices(session))


def _cost(session: Session, key: str, screen: PriceScreen) -> Costing | None:
    today = civil_date(screen.desk.book.clock())
    year = find_year(session, today)
    if key == "usual":
        return usual_costing(session, today)
    if key == "budget":
        return planned_costing(session, year) if year else None
    month = Period.month(today)
    if key == "last-month":
        month = Period.month(month.first - DAY)
    period = month if key != "year" else (year.period if year else Period.year(today))
    found = costing(session, period)
    return found if found.meals and found.charges else None


def _period_words() -> tuple[str, ...]:
    return (
        tr("Mois terminés"),
        tr("Ce mois"),
        tr("Le mois dernier"),
        tr("Cet exercice"),
        tr("D’après le budget"),
    )


def _empty() -> EmptyState:
    return EmptyState(
        tr(
            "Clôturez un service et notez des charges, ou tapez un budget et les repas qu’il"
            " prévoit."
        )
    )


def _columns() -> list[Column]:
    return [
        Column(tr("Part"), 280),
        Column(tr("Montant (€)"), 120, "right"),
        Column(tr("Par repas (€)"), 120, "right"),
    ]


def _rows(cost: Costing) -> list[ShownRow]:
    def row(title: str, amount: Money, name: str, *, strong: bool = False) -> ShownRow:
        each = Money.from_decimal(amount.euros / cost.meals)
        numbers = " ".join(cost.accounts.get(name, ()))
        key = Behind(title, "6" if name == "all" else numbers)
        texts = (title, exact(amount), exact(each))
        return ShownRow(key if key.numbers else None, texts, is_strong=strong)

    left = cost.contributions + cost.earned + cost.given - cost.charges
    return [
        *(row(tr(PARTS[kind]), amount, kind.value) for kind, amount in cost.parts.items()),
        row(tr("Coût complet"), cost.charges, "all", strong=True),
        row(tr("Contributions aux repas"), cost.contributions, "meals"),
        row(tr("Adhésions, privatisations, ventes…"), cost.earned, "earned"),
        row(tr("Dons et subventions"), cost.given, "given"),
        row(tr("Ce qui reste"), left, "", strong=True),
    ]


def _kpis(cost: Costing) -> list[Kpi]:
    def euros(amount: Money | None) -> str:
        return money(amount) if amount is not None else "–"

    covered = cost.covered
    role = "" if covered is None else "ok" if covered >= 65 else "warn" if covered >= 55 else "bad"
    words = {"ok": tr("solide"), "warn": tr("à surveiller"), "bad": tr("fragile"), "": ""}
    return [
        Kpi(tr("Prix affiché"), euros(cost.displayed)),
        Kpi(tr("Contribution moyenne"), euros(cost.average)),
        Kpi(tr("Coût complet d’un repas"), euros(cost.cost)),
        Kpi(tr("Équilibre sans dons"), euros(cost.balance_without_gifts)),
        Kpi(tr("Équilibre avec dons"), euros(cost.balance_with_gifts)),
        Kpi(
            tr("Charges couvertes"),
            f"{number(covered, 0)}{NBSP}%" if covered is not None else "–",
            words[role],
            role,
        ),
    ]


def _steps(cost: Costing) -> list[Step]:
    def each(amount: Money) -> Money:
        return Money.from_decimal(amount.euros / cost.meals)

    def step(label: str, amount: Money | None, *, total: bool = False) -> Step:
        value = amount or Money(0)
        return Step(label, value.cents / 100, money(value), total)

    return [
        *(step(tr(PARTS[kind]), each(amount)) for kind, amount in cost.parts.items()),
        step(tr("Coût complet"), cost.cost, total=True),
        step(tr("Adhésions, ventes…"), -each(cost.earned)),
        step(tr("Équilibre sans dons"), cost.balance_without_gifts, total=True),
        step(tr("Dons, subventions"), -each(cost.given)),
        step(tr("Équilibre avec dons"), cost.balance_with_gifts, total=True),
        step(tr("Contributions par repas"), cost.by_meal, total=True),
    ]


def _level(cost: Costing) -> tuple[float, str] | None:
    if cost.displayed is None:
        return None
    words = tr("affiché {price}").format(price=money(cost.displayed))
    return cost.displayed.cents / 100, words


def _solidarity_words(spread: Spread) -> str:
    if spread.price is None:
        return tr("{n} contributions décomptées.").format(n=spread.counted)
    return tr(
        "{above} contributions au-dessus du prix affiché paient l’équivalent de {meals} repas ;"
        " {at} l’ont atteint, {below} ont donné moins, comme c’est leur droit."
    ).format(above=spread.above, meals=spread.meals_paid_for, at=spread.at, below=spread.below)


def _poster_words(now: Displayed | None, known: list[Displayed], screen: PriceScreen) -> str:
    today = civil_date(screen.desk.book.clock())
    words = [price_words(now, today)]
    words += [
        tr("{price} à partir du {day}").format(price=money(each.amount), day=short_day(each.since))
        + (f" · {each.reason}" if each.reason else "")
        for each in known
    ]
    return "\n".join(words)
