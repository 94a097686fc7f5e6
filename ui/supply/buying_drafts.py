"""The orders to send, all suppliers in one grid: change a quantity, the costs follow."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import hour, money, tr
from cantine_desktop.meals.needs.products import near_day
from cantine_desktop.meals.needs.proposing import drafts
from cantine_desktop.supply.articles.model import Article
from cantine_desktop.supply.articles.wording import plain, unit_name
from cantine_desktop.supply.orders.drafting import allowed_words, set_line
from cantine_desktop.supply.orders.model import PurchaseOrder
from cantine_desktop.supply.orders.queries import OrderRow, order_row
from cantine_desktop.supply.orders.totals import free_words, line_amount
from cantine_desktop.supply.proposal.reaching import follow, ways
from cantine_desktop.values.money import Money
from cantine_desktop.values.typed import read_decimal
from ui.desk import Desk
from ui.kit.dialogs import choose
from ui.kit.flow import FlowLayout
from ui.kit.grid import Cell, EntryGrid, GridModel, Head, State
from ui.kit.labels import wrapped
from ui.kit.theme import scaled, set_role

UNITS, UNIT, AMOUNT, WHY = range(4)
NOTHING = Money(0)


@dataclass(frozen=True)
class _Line:
    """A row: an order (``article`` is ``None``), or what it asks for."""

    order: int
    article: int | None
    texts: tuple[str, str, str, str]
    tip: str = ""
    name: str = ""
    may: bool = False


class DraftsPane(QWidget):
    """Orders to send until a day, each followed by its lines."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self._lines: list[_Line] = []
        self._seen: dict[int, list[int]] = {}
        self._orders: list[OrderRow] = []
        self._proposed: Money | None = None
        self._said = ""
        self._last = date.min
        self.grid = EntryGrid(GridModel(self._cell, self._write), tr("Commandes à envoyer"))
        self.grid.setMinimumHeight(scaled(90))
        self.invitation = wrapped(
            tr("Aucune commande à envoyer : « Proposer » en écrit, les moins chères."), role="small"
        )
        self.total = QLabel(self)
        self.total.setWordWrap(True)
        set_role(self.total, "h2")
        self.notes = wrapped(role="small")
        self.reach = self._action(tr("Atteindre le franco…"), self._reach)
        self.open = self._action(tr("Ouvrir la commande"), self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.invitation)
        column.addWidget(self.total)
        column.addWidget(self.notes)
        column.addWidget(self.grid, 1)
        column.addWidget(self._make_buttons())
        column.addStretch(0)
        self.grid.view.current_moved.connect(self._follow_current)

    def _action(self, words: str, do: object) -> QAction:
        action = QAction(words, self)
        action.triggered.connect(do)
        self.addAction(action)
        return action

    def _make_buttons(self) -> QWidget:
        row = QWidget(self)
        flow = FlowLayout(scaled(8), row)
        self.buttons = [QPushButton(each.text(), row) for each in (self.reach, self.open)]
        for action, button in zip((self.reach, self.open), self.buttons, strict=True):
            button.clicked.connect(action.trigger)
            flow.addWidget(button)
        return row

    @property
    def count(self) -> int:
        """How many orders are to be sent."""
        return len(self._orders)

    @property
    def lines(self) -> list[str]:
        """What stands at the head of each row."""
        return [line.name for line in self._lines]

    def remember(self, words: str) -> None:
        """Compare what is typed from now on with the orders as they were just proposed.

        Args:
            words: What is said of the proposal, until something is changed.
        """
        self._seen.clear()
        self._said = words
        self._proposed = None
        self.refresh(self._last)
        self._proposed = self._sum()
        self._tell()

    def refresh(self, last: date) -> None:
        """Read the orders to send that come until a day."""
        self._last = last
        with self.desk.book.read() as session:
            found = drafts(session, last)
            self._orders = [order_row(session, order.id) for order in found]
            self._lines = [
                line
                for order, row in zip(found, self._orders, strict=True)
                for line in self._of(session, order, row)
            ]
        heads = [Head(line.name) for line in self._lines]
        self.grid.model.show(heads, _heads())
        self.grid.setVisible(bool(heads))
        self.total.setVisible(bool(heads))
        self.invitation.setVisible(not heads)
        self._tell()
        self._follow_current()

    def _of(self, session: Session, order: PurchaseOrder, row: OrderRow) -> list[_Line]:
        """Return an order and its lines; one that was emptied stays until the next proposal."""
        said = " ".join(filter(None, [*row.totals.lacks, free_words(row.totals)]))
        limit = ""
        if row.order_by is not None:
            limit = tr("avant {day}, {hour}").format(
                day=near_day(civil_date(row.order_by)), hour=hour(row.order_by)
            )
        title = f"{row.supplier}, {near_day(row.delivery_day)}"
        texts = ("", limit, money(row.totals.total), said or tr("minimum et franco atteints"))
        seen = self._seen.setdefault(order.id, [])
        asked = {line.article_id: line for line in order.lines if line.article_id is not None}
        seen += [key for key in asked if key not in seen]
        found = [_Line(order.id, None, texts, said, title)]
        for key in seen:
            article, line = session.get(Article, key), asked.get(key)
            if article is None:
                continue
            amount = None if line is None else line_amount(line)
            cells = (
                "" if line is None else plain(line.units),
                unit_name(article),
                "" if amount is None else money(amount),
                "" if line is None else line.reason,
            )
            tip = " · ".join(filter(None, [cells[WHY], allowed_words(article)]))
            found.append(_Line(order.id, key, cells, tip, article.name, may=True))
        return found

    def _cell(self, row: int, column: int) -> Cell:
        line = self._lines[row]
        if line.article is None:
            return Cell(line.texts[column], State.CLOSED, line.tip)
        may = line.may and column == UNITS and self.desk.may_write("supply")
        return Cell(line.texts[column], tip=line.tip, editable=may)

    def _write(self, row: int, column: int, text: str) -> str | None:
        line = self._lines[row]
        if column != UNITS or line.article is None:
            return None
        units = read_decimal(text, 3) if text.strip() else Decimal(0)
        before = self._sum()
        with self.desk.book.action(tr("Quantité commandée")) as session:
            set_line(session, line.order, line.article, units, self.desk.book.clock())
        self.grid.say(_change(self._sum() - before))
        return None

    def _sum(self) -> Money:
        return sum((row.totals.total for row in self._orders), NOTHING)

    def _tell(self) -> None:
        fees = sum((row.totals.fee for row in self._orders), NOTHING)
        words = tr("Total HT : {total}").format(total=money(self._sum()))
        if fees:
            words = tr("{total}, dont livraison {fee}").format(total=words, fee=money(fees))
        self.total.setText(words)
        notes = [self._said] if self._orders else []
        if self._proposed is not None and self._proposed != self._sum():
            notes = [tr("Depuis la proposition : {change}").format(change=self._since())]
        self.notes.setText(" ".join(notes))
        self.notes.setVisible(bool(self.notes.text()))

    def _since(self) -> str:
        return _change(self._sum() - (self._proposed or NOTHING))

    def _current(self) -> OrderRow | None:
        place = self.grid.view.currentIndex().row()
        if not 0 <= place < len(self._lines):
            return self._orders[0] if len(self._orders) == 1 else None
        key = self._lines[place].order
        return next((row for row in self._orders if row.key == key), None)

    @Slot()
    def _follow_current(self) -> None:
        row, may = self._current(), self.desk.may_write("supply")
        self.open.setEnabled(row is not None)
        self.reach.setEnabled(may and row is not None and row.totals.to_free is not None)
        for action, button in zip((self.reach, self.open), self.buttons, strict=True):
            button.setEnabled(action.isEnabled())

    @Slot()
    def _open(self) -> None:
        row = self._current()
        if row is not None:
            self.desk.go("orders", row.key)

    @Slot()
    def _reach(self) -> None:
        row, now = self._current(), self.desk.book.clock()
        if row is None:
            return
        with self.desk.book.read() as session:
            found = ways(session, row.key, now)
        if not found:
            self.desk.tell(tr("Aucun article de ce fournisseur ne permet d’atteindre le franco."))
            return
        texts = [f"{way.words} {_change(way.cost)}" for way in found]
        chosen = choose(self, free_words(row.totals), "", texts, tr("Faire ainsi"))
        if chosen is None:
            return
        try:
            with self.desk.book.action(tr("Franco atteint")) as session:
                follow(session, row.key, found[chosen], now)
        except UserError as error:
            self.desk.tell(str(error))


def _change(amount: Money) -> str:
    """Say what a change costs or spares."""
    if amount.cents > 0:
        return tr("{amount} de plus.").format(amount=money(amount))
    if amount.cents < 0:
        return tr("{amount} de moins.").format(amount=money(-amount))
    return tr("même coût.")


def _heads() -> list[Head]:
    return [
        Head(tr("Quantité"), width=66),
        Head(tr("Unité"), width=124, align="left"),
        Head(tr("Montant HT"), width=80),
        Head(tr("Pourquoi"), width=200, align="left"),
    ]
