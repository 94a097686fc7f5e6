"""What is claimed of a line of an invoice, and why."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from cantine_desktop.i18n import money, tr
from cantine_desktop.supply.invoices.queries import LineRow
from cantine_desktop.values.money import Money
from ui.kit.dialogs import Dialog
from ui.kit.fields import MoneyEdit, TextEdit
from ui.kit.form import Form


class ClaimDialog(Dialog):
    """Asks for the amount and the reason; what is billed above what came is offered first.

    Attributes:
        amount: Taxes left out.
        reason: For the supplier.
    """

    def __init__(self, line: LineRow, parent: QWidget) -> None:
        gap = Money(0) if line.gap is None else line.gap
        super().__init__(
            parent.window(),
            tr("Réclamer : {name}").format(name=line.name),
            tr("{amount} HT sont facturés ; la facture ne se paie pas avant l’avoir.").format(
                amount=money(line.amount)
            ),
        )
        self.form = Form(self)
        self.amount = MoneyEdit(tr("Montant réclamé, hors taxes"), required=True)
        self.amount.set_value(gap if gap.cents > 0 else None)
        self.reason = TextEdit(tr("Pourquoi"), required=True)
        self.form.add("amount", tr("Montant réclamé, hors taxes"), self.amount)
        self.form.add("reason", tr("Pourquoi"), self.reason)
        self.body.addWidget(self.form)
        self.act, _cancel = self.add_answers(tr("Réclamer"))
        self.act.clicked.disconnect()
        self.act.clicked.connect(self.take)
        (self.reason if gap.cents > 0 else self.amount).line.setFocus()
        self.fit()

    @Slot()
    def take(self) -> None:
        """Go on once both are said."""
        if self.form.check():
            self.accept()
