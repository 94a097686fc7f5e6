"""A new displayed price: its day, its parts, why."""

from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QWidget

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.price.costing import Costing
from cantine_desktop.finance.price.displaying import PARTS, display, price_on
from cantine_desktop.finance.price.model import PartKind
from cantine_desktop.i18n import money, tr
from cantine_desktop.values.money import Money
from ui.desk import Desk
from ui.kit.dialogs import Dialog
from ui.kit.fields import DateEdit, MoneyEdit, TextEdit
from ui.kit.form import Form
from ui.kit.notice import Notice
from ui.kit.theme import set_role


class PriceDialog(Dialog):
    """Asks for the parts of a price; what they cost now stands beside each."""

    def __init__(self, desk: Desk, parent: QWidget | None, cost: Costing | None) -> None:
        super().__init__(
            parent,
            tr("Nouveau prix affiché"),
            tr("Le prix d’équilibre est la somme de ses parts ; chacun donne ensuite librement."),
        )
        self._desk = desk
        self.notice = Notice()
        self.form = Form()
        self.since = DateEdit(tr("À partir du"), self._today, required=True)
        self.since.set_value(self._today())
        self.form.add("since", tr("À partir du"), self.since)
        with desk.book.read() as session:
            known = price_on(session, self._today())
        self.parts: dict[PartKind, MoneyEdit] = {}
        for kind, words in PARTS.items():
            field = MoneyEdit(tr(words))
            field.set_value(known.parts.get(kind) if known else None)
            self.parts[kind] = field
            note = ""
            if cost is not None and cost.meals:
                each = Money.from_decimal(cost.parts[kind].euros / cost.meals)
                note = tr("{amount} par repas aujourd’hui").format(amount=money(each))
            self.form.add(kind.value, tr(words), field, note)
        self.reason = TextEdit(tr("Pourquoi"))
        self.form.add("reason", tr("Pourquoi"), self.reason)
        self.total = QLabel()
        set_role(self.total, "kpi")
        self.body.addWidget(self.notice)
        self.body.addWidget(self.form)
        self.body.addWidget(self.total)
        act, _cancel = self.add_answers(tr("Afficher ce prix"))
        act.clicked.disconnect()
        act.clicked.connect(self._keep)
        self.form.committed.connect(self._sum)
        self._sum()
        self.since.setFocus()

    def _today(self) -> date:
        return civil_date(self._desk.book.clock())

    @Slot()
    def _sum(self, _key: object = None, _value: object = None) -> None:
        total = Money(sum((field.value or Money(0)).cents for field in self.parts.values()))
        self.total.setText(tr("Prix affiché : {price}").format(price=money(total)))

    @Slot()
    def _keep(self) -> None:
        if not self.form.check() or self.since.value is None:
            return
        parts = {kind: field.value or Money(0) for kind, field in self.parts.items()}
        try:
            with self._desk.book.action(tr("Nouveau prix affiché")) as session:
                display(session, self.since.value, parts, self.reason.value or "")
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self._desk.tell(tr("Le nouveau prix est noté ; pensez à l’affiche."), undo=True)
        self.accept()
