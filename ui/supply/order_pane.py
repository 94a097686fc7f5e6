"""One order: every article of its supplier, how many of each, what lacks, how it leaves."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import hour, long_day, money, short_day, tr, trn
from cantine_desktop.supply.articles.listing import ArticleRow, article_rows
from cantine_desktop.supply.articles.model import Article
from cantine_desktop.supply.articles.wording import plain, price_words
from cantine_desktop.supply.orders.drafting import (
    allowed_words,
    price_day,
    remove_line,
    set_line,
    set_note,
    set_units,
)
from cantine_desktop.supply.orders.model import OrderState, PurchaseOrder, PurchaseOrderLine
from cantine_desktop.supply.orders.queries import OrderRow, order_row
from cantine_desktop.supply.orders.totals import free_words, line_amount
from cantine_desktop.values.text import fold
from cantine_desktop.values.typed import read_decimal
from ui.desk import Desk
from ui.kit.fields import TextEdit
from ui.kit.flow import FlowLayout
from ui.kit.grid import Cell, EntryGrid, GridModel, Head, State
from ui.kit.labels import wrapped
from ui.kit.theme import scaled, set_role
from ui.list_screen import RecordPane
from ui.supply.order_deeds import OrderDeeds

UNITS, UNIT, PRICE, AMOUNT = range(4)


@dataclass(frozen=True)
class _Line:
    """A row of the grid: an article that may be asked for, or a line written in words.

    Attributes:
        article: Its key; ``None`` for words.
        line: Key of its line; ``None`` while nothing of it is asked for.
        tip: In what numbers it is sold, and why so many are proposed.
    """

    name: str
    unit: str
    price: str
    units: Decimal | None
    amount: str
    article: int | None
    line: int | None
    tip: str


class OrderPane(RecordPane):
    """An order, kept as it is typed."""

    def __init__(self, desk: Desk, key: int) -> None:
        super().__init__(desk, key)
        self._lines: list[_Line] = []
        self._row: OrderRow | None = None
        self.head = QLabel(self)
        self.head.setWordWrap(True)
        set_role(self.head, "h2")
        self.when = wrapped(role="small")
        self.remarks = wrapped(role="small")
        self.note = TextEdit(tr("Note pour la cantine seule"), longest=300)
        self.note.line.setPlaceholderText(tr("Note pour la cantine seule"))
        self.note.committed.connect(self._on_note)
        self.model = GridModel(self._cell, self._write, parent=self)
        self.grid = EntryGrid(self.model, tr("Articles de la commande"), parent=self)
        self.lacks = wrapped(role="error")
        self.total = QLabel(self)
        self.total.setWordWrap(True)
        set_role(self.total, "h2")
        self.deeds = OrderDeeds(desk, key, self)
        self.deeds.remove.clicked.connect(self._remove)
        buttons = QWidget(self)
        flow = FlowLayout(scaled(8), buttons)
        for button in self.deeds.buttons:
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, scaled(8), 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.head)
        column.addWidget(self.when)
        column.addWidget(self.grid, 1)
        column.addWidget(self.total)
        column.addWidget(self.lacks)
        column.addWidget(self.remarks)
        column.addWidget(self.note)
        column.addWidget(buttons)
        self.grid.setMinimumHeight(scaled(220))
        self.refresh()

    @Slot(object)
    def _on_note(self, value: object) -> None:
        with self.desk.book.action(tr("Note de commande écrite")) as session:
            set_note(session, self.key, str(value or ""))

    @override
    def refresh(self) -> None:
        """Read the order again."""
        with self.desk.book.read() as session:
            order = session.get(PurchaseOrder, self.key)
            if order is None:
                return
            self._row = row = order_row(session, self.key)
            remarks = order.remarks.strip()
            if not self.note.line.hasFocus():
                self.note.set_value(order.note or None)
            self._lines = _lines(session, order, price_day(order, self.desk.book.clock()))
        number = row.number or tr("Commande")
        self.head.setText(f"{number}, {row.supplier}")
        self.when.setText(_when(row))
        self.remarks.setText(tr("Remarques : {words}").format(words=remarks))
        self.remarks.setVisible(bool(remarks))
        self.note.setEnabled(self.desk.may_write("supply"))
        rows = [Head(line.name) for line in self._lines]
        self.model.show(rows, _heads())
        lacks = [*row.totals.lacks, free_words(row.totals)]
        unpriced = len(row.totals.unpriced)
        if unpriced:
            lacks.append(
                trn("{n} article sans prix.", "{n} articles sans prix.", unpriced).format(
                    n=unpriced
                )
            )
        self.lacks.setText(" ".join(filter(None, lacks)))
        self.lacks.setVisible(bool(self.lacks.text()))
        words = tr("Total HT : {total}").format(total=money(row.totals.total))
        if row.totals.fee:
            words = tr("{total}, dont livraison {fee}").format(
                total=words, fee=money(row.totals.fee)
            )
        self.total.setText(words)
        self.deeds.follow(row)

    def _cell(self, row: int, column: int) -> Cell:
        line = self._lines[row]
        is_draft = self._row is not None and self._row.state is OrderState.DRAFT
        if column == UNITS:
            text = "" if not line.units else plain(line.units)
            may = is_draft and self.desk.may_write("supply")
            return Cell(text, State.PLAIN if is_draft else State.SEALED, line.tip, editable=may)
        text = {UNIT: line.unit, PRICE: line.price, AMOUNT: line.amount}[column]
        return Cell(text, tip=line.tip, editable=False)

    def _write(self, row: int, column: int, text: str) -> str | None:
        if column != UNITS:
            return None
        line = self._lines[row]
        units = Decimal(0) if not text.strip() else read_decimal(text, 3)
        now = self.desk.book.clock()
        with self.desk.book.action(tr("Quantité commandée")) as session:
            if line.article is not None:
                set_line(session, self.key, line.article, units, now)
            elif line.line is not None:
                set_units(session, self.key, line.line, units)
        return None

    @Slot()
    def _remove(self) -> None:
        """Take out the line the keyboard is on."""
        place = self.grid.view.currentIndex().row()
        line = self._lines[place] if 0 <= place < len(self._lines) else None
        if line is None or line.line is None:
            self.desk.tell(tr("Placez-vous sur une ligne commandée pour l’enlever."))
            return
        with self.desk.book.action(tr("Ligne de commande enlevée")) as session:
            remove_line(session, self.key, line.line)
        self.desk.tell(tr("« {name} » n’est plus commandé.").format(name=line.name), undo=True)
        self.grid.setFocus()

    @Slot()
    def take_keyboard(self) -> None:
        """Put the keyboard on the quantities."""
        self.grid.setFocus()

    def button(self, words: str) -> QPushButton:
        """Return the button that says some words."""
        return next(each for each in self.deeds.buttons if each.text() == words)


def _lines(session: Session, order: PurchaseOrder, day: date) -> list[_Line]:
    known = {line.article_id for line in order.lines}
    found = [_asked(session, line) for line in order.lines]
    if order.state is OrderState.DRAFT:
        rows = article_rows(session, day, supplier_id=order.supplier_id)
        found += [_offered(row) for row in rows if row.key not in known]
    # By name, asked for or not: a row stays where it is while its quantity is typed.
    return sorted(found, key=lambda line: (line.article is None, fold(line.name)))


def _asked(session: Session, line: PurchaseOrderLine) -> _Line:
    amount = line_amount(line)
    article = None if line.article_id is None else session.get(Article, line.article_id)
    tips = (line.reason, "" if article is None else allowed_words(article))
    return _Line(
        name=line.name,
        unit=line.unit_name,
        price="" if line.price is None else price_words(line.price, line.basis),
        units=line.units,
        amount="" if amount is None else money(amount),
        article=line.article_id,
        line=line.id,
        tip=" · ".join(filter(None, tips)),
    )


def _offered(row: ArticleRow) -> _Line:
    return _Line(
        name=row.name,
        unit=row.unit,
        price=row.price,
        units=None,
        amount="",
        article=row.key,
        line=None,
        tip=row.labels,
    )


def _when(row: OrderRow) -> str:
    words = [
        tr("Livraison le {day}").format(day=long_day(row.delivery_day)),
        row.state_words,
    ]
    if row.state is OrderState.DRAFT and row.order_by is not None:
        limit = row.order_by
        words.append(
            tr("à envoyer avant le {day} à {hour}").format(
                day=short_day(civil_date(limit)), hour=hour(limit)
            )
        )
    return " · ".join(words)


def _heads() -> list[Head]:
    return [
        Head(tr("Quantité"), width=70),
        Head(tr("Unité"), width=190, align="left"),
        Head(tr("Prix HT"), width=112),
        Head(tr("Montant HT"), width=84),
    ]
