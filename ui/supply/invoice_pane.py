"""One invoice: each line beside what came, the gaps decided, then the accounts."""

from decimal import Decimal
from fractions import Fraction

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.i18n import money, number, short_day, tr
from cantine_desktop.supply.articles.wording import plain
from cantine_desktop.supply.invoices.drafting import set_amount
from cantine_desktop.supply.invoices.model import Settlement
from cantine_desktop.supply.invoices.paying import why_not_pay
from cantine_desktop.supply.invoices.queries import SETTLEMENTS, InvoiceRow, LineRow, invoice_row
from cantine_desktop.values.money import Money
from cantine_desktop.values.text import NBSP
from cantine_desktop.values.typed import read_decimal
from ui.desk import Desk
from ui.kit.flow import FlowLayout
from ui.kit.grid import Cell, EntryGrid, GridModel, Head, State
from ui.kit.labels import wrapped
from ui.kit.theme import scaled, set_role
from ui.list_screen import RecordPane
from ui.supply.invoice_deeds import InvoiceDeeds

CAME, EXPECTED, BILLED, GAP, STATE = range(5)


class InvoicePane(RecordPane):
    """An invoice, kept as it is typed."""

    def __init__(self, desk: Desk, key: int) -> None:
        super().__init__(desk, key)
        self.row: InvoiceRow | None = None
        self.head = QLabel(self)
        self.head.setWordWrap(True)
        set_role(self.head, "h2")
        self.when = wrapped(role="small")
        self.model = GridModel(self._cell, self._write, parent=self)
        self.grid = EntryGrid(self.model, tr("Lignes de la facture"), parent=self)
        self.grid.setMinimumHeight(scaled(180))
        self.total = wrapped()
        self.lacks = wrapped(role="error")
        self.deeds = InvoiceDeeds(desk, self)
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
        column.addWidget(buttons)
        self.grid.view.current_moved.connect(self._on_current)
        self.refresh()

    @property
    def line(self) -> LineRow | None:
        """The line of the current row."""
        place = self.grid.view.currentIndex().row()
        lines = self.row.lines if self.row is not None else ()
        return lines[place] if 0 <= place < len(lines) else None

    @override
    def refresh(self) -> None:
        """Read the invoice again."""
        with self.desk.book.read() as session:
            self.row = row = invoice_row(session, self.key)
            hold = why_not_pay(session, self.key)
        kind = tr("Avoir") if row.total.cents < 0 else tr("Facture")
        self.head.setText(f"{kind} {row.number}, {row.supplier}")
        self.when.setText(f"{short_day(row.day)} · {row.state_words}")
        self.model.show([Head(line.name, line.put_right_words) for line in row.lines], _heads())
        if row.lines and not self.grid.view.currentIndex().isValid():
            self.grid.view.stand(0, BILLED)
        self.total.setText(_totals(row))
        told = [hold]
        risen = [
            f"{line.name} {_percent(line.rise)}" for line in row.lines if line.rise is not None
        ]
        if risen:
            told.append(tr("Plus cher qu’attendu : {names}.").format(names=", ".join(risen)))
        if row.missing is not None and row.missing:
            told.append(
                tr("Les lignes ne font pas le total hors taxes : il manque {lack}.").format(
                    lack=money(row.missing)
                )
            )
        self.lacks.setText(" ".join(filter(None, told)))
        self.lacks.setVisible(bool(self.lacks.text()))
        self.deeds.follow(row, self.line)

    @Slot()
    def _on_current(self) -> None:
        if self.row is not None:
            self.deeds.follow(self.row, self.line)

    def _cell(self, place: int, column: int) -> Cell:
        assert self.row is not None
        line = self.row.lines[place]
        if column == BILLED:
            may = not self.row.is_posted and self.desk.may_write("supply")
            state = State.PLAIN if not self.row.is_posted else State.SEALED
            return Cell(money(line.amount), state, line.reason, editable=may)
        texts = {
            CAME: "" if line.quantity is None else plain(line.quantity),
            EXPECTED: "" if line.expected is None else money(line.expected),
            GAP: _gap(line),
            STATE: _state(line),
        }
        alarming = column == STATE and line.settlement is Settlement.TO_SEE
        state = State.MISSING if alarming else State.PLAIN
        if column == GAP and line.rise is not None:
            state = State.TOLERATED
        return Cell(texts[column], state, line.reason, editable=False)

    def _write(self, place: int, column: int, text: str) -> str | None:
        if column != BILLED or self.row is None:
            return None
        amount = Money.from_decimal(read_decimal(text, 2)) if text.strip() else Money(0)
        with self.desk.book.action(tr("Montant facturé")) as session:
            set_amount(session, self.row.lines[place].key, amount)
        return None


def _heads() -> list[Head]:
    return [
        Head(tr("Reçu"), width=64),
        Head(tr("Attendu HT"), width=116),
        Head(tr("Facturé HT"), width=104),
        Head(tr("Écart"), width=124),
        Head(tr("État"), width=120, align="left"),
    ]


def _signed(gap: Money | None) -> str:
    if gap is None or not gap:
        return ""
    return f"+{money(gap)}" if gap.cents > 0 else money(gap)


def _gap(line: LineRow) -> str:
    """Return what is billed above what was expected, with its share when it is a rise."""
    told = _signed(line.gap)
    return told if line.rise is None else f"{told} ({_percent(line.rise)})"


def _percent(share: Fraction) -> str:
    return f"+{number(Decimal(round(share * 100)))}{NBSP}%"


def _state(line: LineRow) -> str:
    words = tr(SETTLEMENTS[line.settlement])
    if line.settlement is Settlement.CLAIMED:
        return f"{words} {money(line.claimed)}"
    return words


def _totals(row: InvoiceRow) -> str:
    lines = Money(sum(line.amount.cents for line in row.lines))
    words = tr("Lignes {lines} HT · total {total} TTC").format(
        lines=money(lines), total=money(row.total)
    )
    if row.net is not None:
        words = tr("{words}, {net} HT").format(words=words, net=money(row.net))
    return words
