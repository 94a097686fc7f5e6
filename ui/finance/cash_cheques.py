"""« Bordereau de chèques »: which cheques go to the bank, and who signed them."""

from datetime import date
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.cash.depositing import ChequeFacts, deposit_cheques
from cantine_desktop.finance.cash.waiting import WaitingCheques, waiting_cheques
from cantine_desktop.i18n import money, short_day, tr, trn
from cantine_desktop.values.money import Money
from ui.desk import Desk
from ui.finance.cash_forms import usual_bank
from ui.finance.line_list import fit_pixels
from ui.kit.date_field import DateEdit
from ui.kit.dialogs import Dialog
from ui.kit.fields import MoneyEdit, TextEdit
from ui.kit.form import Form
from ui.kit.labels import heading
from ui.kit.notice import Notice
from ui.kit.scrolling import scrolling
from ui.kit.theme import scaled, set_role


class _Row(NamedTuple):
    drawer: TextEdit
    bank: TextEdit
    number: TextEdit
    amount: MoneyEdit

    @property
    def cheque(self) -> ChequeFacts | None:
        if self.amount.value is None:
            return None
        return ChequeFacts(
            self.amount.value,
            self.number.line.text(),
            self.bank.line.text(),
            self.drawer.line.text(),
        )


class SlipDialog(Dialog):
    """A slip of cheques: the takings they come from, then each cheque.

    Attributes:
        reference: Of the slip that was made, empty before.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            parent,
            tr("Bordereau de chèques"),
            tr("La banque montrera le total du bordereau : c’est lui qui se pointera."),
        )
        self.desk = desk
        self.reference = ""
        today = civil_date(desk.book.clock())
        with desk.book.read() as session:
            self.waiting = waiting_cheques(session, today)
            bank = usual_bank(session)
        self.form = Form()
        self.day = DateEdit(tr("Remis le"), self._today, last=today, required=True)
        self.day.set_value(today)
        self.bank = TextEdit(tr("Banque et compte"), longest=80)
        self.bank.set_value(bank or None)
        self.form.add("day", tr("Remis le"), self.day)
        self.form.add("bank", tr("Banque et compte"), self.bank)
        self.sources: list[tuple[QCheckBox, WaitingCheques]] = []
        self.rows: list[_Row] = []
        self.total = QLabel()
        set_role(self.total, "strong")
        self.notice = Notice()
        self._cheques = QGridLayout()
        self._lay_out()
        for each in self.waiting:
            self._add_row(each.amount)
        self._follow()

    @Slot()
    @override
    def accept(self) -> None:
        if not self.form.check() or self.day.value is None:
            return
        taken = [each.line_id for box, each in self.sources if box.isChecked()]
        for row in self.rows:
            row.amount.commit()
        cheques = [row.cheque for row in self.rows]
        what: list[int | ChequeFacts] = [*taken, *(each for each in cheques if each is not None)]
        try:
            with self.desk.book.action(tr("Bordereau de chèques"), undoable=False) as session:
                slip = deposit_cheques(
                    session,
                    self.day.value,
                    what,
                    self.desk.book.clock(),
                    bank=self.bank.line.text(),
                )
                self.reference = slip.reference
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        super().accept()
        self.desk.tell(tr("Bordereau {reference} noté.").format(reference=self.reference))

    def _today(self) -> date:
        return civil_date(self.desk.book.clock())

    def _tick(self, place: int, ticked: bool) -> None:  # noqa: FBT001  -- Qt's signal
        """Take the cheque that stands for the takings in, or out."""
        amount = self.rows[place].amount
        amount.set_value(self.sources[place][1].amount if ticked else None)
        self._follow()

    @Slot()
    def _follow(self, *_values: object) -> None:
        held = sum(each.amount.cents for box, each in self.sources if box.isChecked())
        cheques = [row.cheque for row in self.rows if row.cheque]
        typed = sum(cheque.amount.cents for cheque in cheques)
        number = trn("{n} chèque", "{n} chèques", len(cheques))
        words = f"{number} · {money(Money(typed))}"
        if typed != held:
            words += " · " + tr("les recettes cochées font {held}").format(held=money(Money(held)))
        self.total.setText(words)

    @Slot()
    def _add_empty(self) -> None:
        row = self._add_row(None)
        row.drawer.setFocus()

    def _add_row(self, amount: Money | None) -> _Row:
        place = len(self.rows) + 1
        rank = {"n": place}
        row = _Row(
            TextEdit(tr("Chèque {n} : tireur").format(**rank), longest=80),
            TextEdit(tr("Chèque {n} : banque").format(**rank), longest=60),
            TextEdit(tr("Chèque {n} : numéro").format(**rank), longest=16),
            MoneyEdit(tr("Chèque {n} : montant").format(**rank)),
        )
        row.amount.set_value(amount)
        row.amount.committed.connect(self._follow)
        fields: tuple[QWidget, ...] = row
        for column, field in enumerate(fields):
            self._cheques.addWidget(field, place, column)
        self.rows.append(row)
        self._follow()
        return row

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, scaled(8), 0)
        column.setSpacing(scaled(10))
        column.addWidget(self.notice)
        column.addWidget(self.form)
        column.addWidget(heading(tr("Recettes dont les chèques partent"), "strong"))
        for each in self.waiting:
            box = QCheckBox(
                f"{short_day(each.day)} · {each.label} ({each.piece_ref}) · {money(each.amount)}"
            )
            box.setChecked(True)
            box.toggled.connect(partial(self._tick, len(self.sources)))
            self.sources.append((box, each))
            column.addWidget(box)
        column.addWidget(heading(tr("Chèques"), "strong"))
        for place, words in enumerate((tr("Tireur"), tr("Banque"), tr("Numéro"), tr("Montant"))):
            label = QLabel(words)
            set_role(label, "small")
            self._cheques.addWidget(label, 0, place)
        for place, share in enumerate((3, 2, 1, 1)):
            self._cheques.setColumnStretch(place, share)
        column.addLayout(self._cheques)
        more = QPushButton(tr("Ajouter un chèque"))
        more.setAutoDefault(False)
        more.clicked.connect(self._add_empty)
        column.addWidget(more)
        column.addStretch(1)
        self.body.addWidget(scrolling(inside), 1)
        self.body.addWidget(self.total)
        self.add_answers(tr("Faire le bordereau"))
        fit_pixels(self, scaled(820), scaled(620))
