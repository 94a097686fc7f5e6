"""The week's buying: what the menus ask for, what is there, and the cheapest orders."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import ClassVar, NamedTuple

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import mark, number, tr, trn
from cantine_desktop.meals.needs.products import ProductSum, by_product, near_day, sellers
from cantine_desktop.meals.needs.proposing import Asked, apply, problem_of, start_over
from cantine_desktop.meals.needs.reckoning import ProductNeed, asked, cover
from cantine_desktop.meals.needs.shop import left_to_shop
from cantine_desktop.meals.recipes.amounts import amount_words
from cantine_desktop.supply.proposal.costing import Fault, faults_of
from cantine_desktop.supply.proposal.model import Plan
from cantine_desktop.supply.proposal.solving import solve
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import NBSP, fold
from ui.desk import Desk
from ui.kit.dialogs import choose
from ui.kit.empty import EmptyState
from ui.kit.field import UnitLine
from ui.kit.flow import FlowLayout
from ui.kit.jobs import Report
from ui.kit.labels import wrapped
from ui.kit.scrolling import scrolling
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled
from ui.screen import Screen
from ui.supply.buying_drafts import DraftsPane

SPANS = (7, 14)
"""Days looked ahead; the forecast goes no further."""
MENUS = frozenset({
    *("menu", "dish", "recipe", "ingredient", "product"),
    *("meal_service", "reservation", "service_closing"),
})
"""Tables that change what is needed."""


class _Proposed(NamedTuple):
    """What a search found."""

    asked: Asked
    plan: Plan


class BuyingScreen(Screen):
    """Needs on the left, orders to send on the right."""

    key: ClassVar[str] = "buying"
    shows: ClassVar[frozenset[str]] = MENUS | {
        *("purchase_order", "purchase_order_line", "supplier"),
        *("article", "article_price", "lot", "lot_event", "stock_move"),
        *("delivery", "delivery_line"),
    }
    help_text: ClassVar[str] = mark(
        "Les besoins viennent des menus et de la prévision, moins le stock et ce qui est "
        "commandé. « Proposer » écrit les commandes les moins chères qui les couvrent ; "
        "changez ce que vous voulez, le coût suit."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._needs: list[ProductNeed] | None = None
        self._sums: dict[int, ProductSum] = {}
        self._reading: Period | None = None
        may = desk.may_write("supply")
        self.propose = self._action(
            tr("Proposer les commandes"), "Ctrl+N", self._propose, enabled=may
        )
        self._bar = self._make_bar()
        self.drafts = DraftsPane(desk, self)
        for action in self.drafts.actions():
            self.addAction(action)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._make_split())
        self.first_stop = self.table

    def _make_bar(self) -> QWidget:
        bar = QWidget(self)
        flow = FlowLayout(scaled(8), bar)
        self.span = QComboBox(bar)
        self.span.setAccessibleName(tr("Jours à couvrir"))
        for days in SPANS:
            self.span.addItem(tr("{n} jours").format(n=days), days)
        self.which = QComboBox(bar)
        self.which.setAccessibleName(tr("Quels besoins"))
        self.which.addItems([tr("Reste à acheter"), tr("Tous les besoins")])
        self.span.activated.connect(self._respan)
        self.which.activated.connect(self._refilter)
        flow.addWidget(self.span)
        flow.addWidget(self.which)
        return bar

    def _make_split(self) -> QSplitter:
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(scaled(20))
        left = QWidget(split)
        self.search = UnitLine()
        self.search.setPlaceholderText(tr("Filtrer la liste"))
        self.search.setAccessibleName(tr("Filtrer la liste"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._refilter)
        empty = EmptyState(
            tr("Tout est couvert, ou aucun menu n’est écrit pour ces jours."),
            tr("Ouvrir les menus"),
            self._to_menus,
        )
        self.table: LazyTable[int] = LazyTable(
            tr("Besoins"), _columns(), self._load, self._find, empty=empty, parent=self
        )
        self.why = wrapped(role="small")
        reasons = self._make_reasons()
        self.table.current_changed.connect(self._explain)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.search)
        column.addWidget(self.table, 1)
        column.addWidget(reasons)
        split.addWidget(self.drafts)
        split.setSizes([scaled(420), scaled(640)])
        return split

    def _make_reasons(self) -> QWidget:
        """Return where the reasons stand: three lines or so, that scroll by the keyboard too."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.why)
        column.addStretch(1)
        area = scrolling(holder, sideways=False)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setAccessibleName(tr("D’où vient ce besoin"))
        area.setMaximumHeight(scaled(100))
        return area

    @override
    def filters(self) -> QWidget:
        return self._bar

    @override
    def primary(self) -> QAction:
        return self.propose

    @override
    def document(self) -> tuple[str, Period]:
        return "shopping-list", self.period

    @override
    def place(self) -> object:
        return self.table.current_key

    @override
    def open_at(self, target: object) -> None:
        """Show a product by its key."""
        if isinstance(target, int):
            self.table.go_to(target)

    @property
    def period(self) -> Period:
        """The days looked at: today and those that follow."""
        today = civil_date(self.desk.book.clock())
        return Period(today, today + timedelta(days=self.span.currentData()))

    @override
    def refresh(self) -> None:
        """Show the drafts at once; read the menus beside the window when they changed."""
        self.drafts.refresh(self.period.last)
        if self._needs is not None:
            with self.desk.book.read() as session:
                cover(session, self._needs)
            self._show()
        elif self._reading != self.period:
            self._reading = self.period
            self.subtitle = tr("Comptage en cours…")
            show = partial(self._on_read, self.period)
            self.desk.jobs.run(partial(self._read, self.period), show, self._fail)

    @override
    def _on_changed(self, tables: frozenset[str]) -> None:
        if tables & MENUS:
            self._needs = self._reading = None
        super()._on_changed(tables)

    def _read(self, period: Period) -> list[ProductNeed]:
        with self.desk.book.read() as session:
            found = asked(session, period, self.desk.book.clock())
            cover(session, found)
        return found

    def _on_read(self, period: Period, found: list[ProductNeed]) -> None:
        if period == self._reading:  # other days may have been chosen meanwhile
            self._reading = None
            self._needs = found
            self._show()

    def _fail(self, error: BaseException) -> None:
        self._reading = None
        self.propose.setEnabled(self.desk.may_write("supply"))
        if not isinstance(error, UserError):
            raise error
        self.desk.tell(str(error))

    def _show(self) -> None:
        self._sums = {each.product.id: each for each in by_product(self._needs or [])}
        missing = sum(1 for each in self._sums.values() if each.net)
        words = trn("{n} produit à acheter", "{n} produits à acheter", missing).format(n=missing)
        until = tr("jusqu’au {day}").format(day=near_day(self.period.last))
        self.subtitle = f"{words} {until}"
        self.table.refresh()
        if self.table.current_key is None and self.table.model.keys:
            self.table.go_to(self.table.model.keys[0])
        self._explain(self.table.current_key)

    @Slot()
    def _respan(self) -> None:
        self._needs = None
        self.refresh()

    @Slot()
    def _refilter(self) -> None:
        self.table.refresh()

    @Slot()
    def _to_menus(self) -> None:
        self.desk.go("menus")

    def _find(self, column: str, down: bool) -> Sequence[int]:  # noqa: FBT001  -- the table's signature
        words = fold(self.search.text().strip())
        is_all = self.which.currentIndex() == 1
        found = [
            each
            for each in self._sums.values()
            if (is_all or each.net) and words in fold(each.product.name)
        ]
        if column == "net":
            found.sort(key=lambda each: (not each.net, fold(each.product.name)))
        if down:
            found.reverse()
        return [each.product.id for each in found]

    def _load(self, keys: Sequence[int]) -> list[Row]:
        return [_row(self._sums[key]) for key in keys]

    @Slot(object)
    def _explain(self, key: object) -> None:
        found = self._sums.get(key) if isinstance(key, int) else None
        if found is None:
            self.why.setText("")
            return
        with self.desk.book.read() as session:
            prices = sellers(session, found.product, self._today())
        self.why.setText("\n".join([*found.why(), prices or tr("Personne ne le vend encore.")]))

    def _today(self) -> date:
        return civil_date(self.desk.book.clock())

    @Slot()
    def _propose(self) -> None:
        is_anew = False
        if self.drafts.count:
            answers = [
                tr("Compléter ce qui manque aux commandes à envoyer"),
                tr("Tout proposer à nouveau, à la place des commandes à envoyer"),
            ]
            chosen = choose(self, self.propose.text(), "", answers, tr("Proposer"))
            if chosen is None:
                return
            is_anew = chosen == 1
        self.propose.setEnabled(False)
        self.desk.jobs.start(
            self.propose.text(),
            partial(self._search, self.period, is_anew),
            partial(self._write, is_anew),
            self._fail,
        )
        self.desk.jobs.changed.connect(self._on_jobs)

    def _search(self, period: Period, is_anew: bool, report: Report) -> _Proposed:  # noqa: FBT001
        now = self.desk.book.clock()
        report.step(10, tr("Besoins"))
        known = self._needs
        with self.desk.book.read() as session:
            found = asked(session, period, now) if known is None else list(map(replace, known))
            cover(session, found, anew=is_anew)
            problem = problem_of(session, found, now)
        report.step(40, tr("Recherche de la commande la moins chère"))
        return _Proposed(problem, solve(problem.problem))

    def _write(self, is_anew: bool, found: _Proposed) -> None:  # noqa: FBT001
        self.propose.setEnabled(True)
        if not found.plan.units:
            self.desk.tell(tr("Rien à commander : ce qui manque n’a ni vendeur ni prix à temps."))
            return
        now, last = self.desk.book.clock(), self.period.last
        with self.desk.book.action(tr("Commandes proposées")) as session:
            if is_anew:
                start_over(session, last)
            made = apply(session, found.asked, found.plan, now)
        self.drafts.remember(" ".join(_told(found)))
        words = trn("{n} commande écrite.", "{n} commandes écrites.", len(made))
        self.desk.tell(f"{words.format(n=len(made))} {_sureness(found.plan)}", undo=True)

    @Slot()
    def _on_jobs(self) -> None:
        """Offer the gesture again when the search was stopped."""
        if not any(job.title and not job.is_stopping for job in self.desk.jobs.running):
            self.propose.setEnabled(self.desk.may_write("supply"))


def _told(found: _Proposed) -> list[str]:
    """Say how sure a proposal is, what nobody sells, and what nobody brings in time."""
    words = [_sureness(found.plan)]
    if found.asked.unsold:
        names = ", ".join(found.asked.unsold)
        words.append(tr("Sans vendeur ni prix : {names}.").format(names=names))
    words += _at_shop(found)
    late = {
        broken.product
        for broken in faults_of(found.asked.problem, found.plan)
        if broken.fault is Fault.LACKS
    }
    if late:
        names = ", ".join(
            sorted({need.product.name for need in found.asked.needs if need.product.id in late})
        )
        words.append(
            tr("Personne ne livre à temps tout ce qu’il faut de : {names}.").format(names=names)
        )
    return words


def _at_shop(found: _Proposed) -> list[str]:
    """Say what is better fetched at the shop than ordered."""
    shop = left_to_shop(found.asked.problem, found.plan)
    known = {need.product.id: need.product for need in found.asked.needs}
    names = ", ".join(
        f"{known[key].name} ({amount_words(known[key], quantity)})"
        for key, quantity in shop.items()
    )
    if not names:
        return []
    return [tr("À prendre au magasin, moins cher qu’une commande : {names}.").format(names=names)]


def _sureness(plan: Plan) -> str:
    """Say how sure it is that nothing cheaper exists."""
    if plan.is_proved:
        return tr("Rien de moins cher n’existe : c’est prouvé.")
    if plan.gap is None:
        return tr("Proposition simple : rien ne prouve que c’est la moins chère.")
    return tr("Au plus {gap} au-dessus de la moins chère.").format(
        gap=f"{number(Decimal(plan.gap * 100), 1)}{NBSP}%"
    )


def _row(each: ProductSum) -> Row:
    product = each.product
    missing = amount_words(product, each.net) if each.net else tr("couvert")
    there = amount_words(product, each.there) if each.there else ""
    texts = (product.name, amount_words(product, each.gross), there, missing, each.days)
    return Row(texts, "" if each.net else "muted")


def _columns() -> list[Column]:
    return [
        Column(tr("Produit"), 134, key="name"),
        Column(tr("Besoin"), 72, "right"),
        Column(tr("Déjà là"), 72, "right"),
        Column(tr("À acheter"), 82, "right", key="net"),
        Column(tr("Pour le"), 124),
    ]
