"""« Compter la caisse »: what is there, what should be, and why both differ."""

from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.cash.counting import TOLERATED, CountFacts, count, usual_float
from cantine_desktop.finance.cash.denominations import bag_of, for_bank_of, total_of
from cantine_desktop.finance.cash.depositing import deposit_cash
from cantine_desktop.finance.cash.holdings import held_on
from cantine_desktop.finance.cash.model import REASONS, Reason
from cantine_desktop.i18n import money, tr
from cantine_desktop.values.money import Money
from ui.desk import Desk
from ui.finance.cash_pieces import PiecesGrid
from ui.finance.fact_fields import cents, short_box
from ui.finance.line_list import fit_pixels
from ui.kit.date_field import DateEdit
from ui.kit.dialogs import Dialog
from ui.kit.field import take_typed
from ui.kit.fields import MoneyEdit, TextEdit
from ui.kit.flow import FlowLayout
from ui.kit.notice import Notice
from ui.kit.scrolling import scrolling
from ui.kit.theme import scaled, set_role


class CountDialog(Dialog):
    """A count of the till, kept for good; Ctrl+Enter keeps it.

    Args:
        desk: The working context.
        parent: The window.
        day: The day counted; today unless said otherwise.

    Attributes:
        grid: Notes and coins.
        reference: Of the count that was kept, empty before.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None, day: date | None = None) -> None:
        super().__init__(parent, tr("Compter la caisse"))
        self.desk = desk
        self.reference = ""
        self._expected = Money(0)
        today = civil_date(desk.book.clock())
        self.grid = PiecesGrid()
        self.day = DateEdit(tr("Jour"), self._today, last=today, required=True)
        self.day.set_value(day or today)
        self.service = TextEdit(tr("Service"), longest=60)
        self.float_amount = MoneyEdit(tr("Fond de caisse"))
        self.bag = TextEdit(tr("Sac ou enveloppe n°"), longest=30)
        self.counted_by = TextEdit(tr("Compté par"), longest=12)
        self.checked_by = TextEdit(tr("Recompté par"), longest=12)
        self.reason = short_box()
        self.reason.setAccessibleName(tr("Raison de l’écart"))
        self.reason.addItem(tr("choisir…"), None)
        for reason, title in REASONS.items():
            self.reason.addItem(tr(title), reason)
        self.note = TextEdit(tr("Précision"), longest=200)
        self.sum = QLabel()
        self.gap = QLabel()
        self.fill_bag = QPushButton(tr("Garder le fond, le reste à la banque"))
        self.leaves = QCheckBox()
        self.notice = Notice()
        self._lay_out()
        self._connect()
        self._read()
        self.grid.go_first()

    @Slot()
    @override
    def accept(self) -> None:
        take_typed()
        if not self.day.commit() or self.day.value is None:
            return
        try:
            with self.desk.book.action(tr("Caisse comptée"), undoable=False) as session:
                self._keep(session, self.day.value)
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        super().accept()
        self.desk.tell(tr("{reference} : la caisse est comptée.").format(reference=self.reference))

    def _keep(self, session: Session, day: date) -> None:
        self.reference = count(session, self._facts(day), self.desk.book.clock()).reference
        bag = for_bank_of(self.grid.pieces)
        if bag and self.leaves.isChecked():
            self._deposit(session, day, bag)

    def _deposit(self, session: Session, day: date, bag: Money) -> None:
        pieces = {value: each.for_bank for value, each in self.grid.pieces.items()}
        deposit_cash(session, day, bag, self.desk.book.clock(), self.bag.value or "", pieces=pieces)

    def _facts(self, day: date) -> CountFacts:
        reason = self.reason.currentData()  # Qt gives a plain text back
        return CountFacts(
            day,
            self.grid.pieces,
            self.counted_by.line.text(),
            cents(self.float_amount),
            self.checked_by.line.text(),
            Reason(reason) if reason and self._gap else None,
            self.note.line.text() if self._gap else "",
            self.bag.line.text(),
            self.service.line.text(),
        )

    def _today(self) -> date:
        return civil_date(self.desk.book.clock())

    @property
    def _gap(self) -> Money:
        return total_of(self.grid.pieces) - self._expected

    @Slot()
    def _read(self) -> None:
        """Read what the book expects on the day."""
        day = self.day.value or self._today()
        with self.desk.book.read() as session:
            self._expected = held_on(session, day)
            if self.float_amount.value is None:
                self.float_amount.set_value(usual_float(session) or None)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        """Say the sum, the difference, and what leaves."""
        pieces, gap = self.grid.pieces, self._gap
        self.notice.clear()
        self.sum.setText(
            tr("Compté {counted} · attendu {expected}").format(
                counted=money(total_of(pieces)), expected=money(self._expected)
            )
        )
        beyond = abs(gap.cents) > TOLERATED.cents
        self.gap.setText(_gap_words(gap))
        set_role(self.gap, "error" if beyond else "strong")
        self._why.setVisible(bool(gap))
        bag = for_bank_of(pieces)
        self.leaves.setVisible(bool(bag))
        self.leaves.setText(
            tr("Noter aussi la remise de {bag} à la banque ; il reste {rest}.").format(
                bag=money(bag), rest=money(total_of(pieces) - bag)
            )
        )

    @Slot()
    def _fill_bag(self) -> None:
        self.float_amount.commit()
        self.grid.put_in_bag(bag_of(self.grid.pieces, cents(self.float_amount)))

    def _connect(self) -> None:
        self.grid.changed.connect(self._follow)
        self.day.committed.connect(self._read)
        self.fill_bag.clicked.connect(self._fill_bag)
        self.leaves.setChecked(True)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.accept)

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, scaled(8), 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.notice)
        column.addLayout(_fields(self.day, self.service, self.counted_by, self.checked_by))
        column.addWidget(self.grid)
        column.addWidget(self._sums())
        self._why = QWidget()
        why = QHBoxLayout(self._why)
        why.setContentsMargins(0, 0, 0, 0)
        for words, field in ((tr("Raison de l’écart"), self.reason), (self.note.name, self.note)):
            label = QLabel(words)
            label.setBuddy(field)
            why.addWidget(label)
            why.addWidget(field, 1)
        column.addWidget(self._why)
        column.addLayout(_fields(self.float_amount, self.bag, self.fill_bag))
        column.addWidget(self.leaves)
        column.addStretch(1)
        self.body.addWidget(scrolling(inside), 1)
        for each in (*self.add_answers(tr("Garder ce comptage (Ctrl+Entrée)")), self.fill_bag):
            each.setDefault(False)  # Enter goes down the notes and coins
            each.setAutoDefault(False)
        fit_pixels(self, scaled(860), inside.sizeHint().height() + scaled(190))

    def _sums(self) -> QWidget:
        card = QFrame()
        set_role(card, "card")
        row = QHBoxLayout(card)
        row.setContentsMargins(scaled(16), scaled(8), scaled(16), scaled(8))
        set_role(self.sum, "strong")
        row.addWidget(self.sum)
        row.addStretch(1)
        row.addWidget(self.gap)
        return card


def _fields(*fields: QWidget) -> FlowLayout:
    flow = FlowLayout(scaled(12))
    for field in fields:
        if isinstance(field, QPushButton):
            flow.addWidget(field)
            continue
        pair = QWidget()
        column = QVBoxLayout(pair)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(2))
        label = QLabel(field.name if isinstance(field, TextEdit | MoneyEdit | DateEdit) else "")
        set_role(label, "small")
        label.setBuddy(field)
        column.addWidget(label)
        column.addWidget(field)
        field.setFixedWidth(scaled(190 if isinstance(field, DateEdit) else 140))
        pair.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        flow.addWidget(pair)
    return flow


def _gap_words(gap: Money) -> str:
    if not gap:
        return tr("La caisse tombe juste.")
    if abs(gap.cents) <= TOLERATED.cents:
        return tr("Écart {gap}, toléré.").format(gap=signed(gap))
    return tr("Écart {gap} : dites pourquoi.").format(gap=signed(gap))


def signed(amount: Money) -> str:
    """Write an amount with its sign, when there is one to tell."""
    return f"+{money(amount)}" if amount.cents > 0 else money(amount)
