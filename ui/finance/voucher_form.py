"""The short form beside a piece: who, when, how much, where it goes."""

from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.finance.ledger.accounts import find_account, parties
from cantine_desktop.finance.ledger.model import Party
from cantine_desktop.finance.pieces.linking import Said
from cantine_desktop.finance.pieces.purchasing import Purchase
from cantine_desktop.i18n import tr
from ui.desk import Desk
from ui.finance.fact_fields import (
    EXPENSES,
    NameEdit,
    activity_box,
    choose,
    nature_box,
    usual_activity,
)
from ui.kit.date_field import DateEdit
from ui.kit.fields import Item, MoneyEdit, TextEdit
from ui.kit.form import Form

TITLES = dict(EXPENSES)


class VoucherForm(QWidget):
    """What a piece is posted as; a supplier that is known brings its usual nature."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._known: dict[str, Party] = {}
        self._siren = self._iban = ""
        with desk.book.read() as session:
            self._known = {party.name: party for party in parties(session)}
            self.nature = nature_box(session, tr("Pour quoi"))
            self.activity = activity_box(session)
        self.supplier = NameEdit(tr("Fournisseur"), list(self._known))
        self.day = DateEdit(tr("Date de la pièce"), self._today)
        self.number = TextEdit(tr("Numéro"), longest=40)
        self.amount = MoneyEdit(tr("Montant TTC"), negative=True, required=True)
        self.due = DateEdit(tr("À payer avant le"), self._today)
        self.form = Form(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.form)
        for key, label, field in (
            ("supplier", tr("Fournisseur"), self.supplier),
            ("day", tr("Date"), self.day),
            ("number", tr("Numéro"), self.number),
            ("amount", tr("Montant TTC"), self.amount),
            ("nature", tr("Pour quoi"), self.nature),
            ("activity", tr("Activité"), self.activity),
            ("due", tr("À payer avant le"), self.due),
        ):
            self.form.add(key, label, field)
        self.supplier.recalled.connect(self._recall)
        self.supplier.committed.connect(self._recall)
        self.nature.committed.connect(self._on_nature)

    def present(self, session: Session, purchase: Purchase) -> None:
        """Show what a piece would be posted as."""
        self.supplier.set_value(purchase.supplier or None)
        self.day.set_value(purchase.day)
        self.number.set_value(purchase.number or None)
        self.amount.set_value(purchase.amount)
        self.due.set_value(purchase.due_day)
        self._show_nature(purchase.account, _title(session, purchase.account))
        choose(self.activity, purchase.activity)
        self._siren, self._iban = purchase.siren, purchase.iban

    def check(self) -> bool:
        """Judge every field; go to the first that is wrong."""
        return self.form.check()

    def purchase(self) -> Purchase:
        """Return what was typed."""
        return Purchase(
            supplier=self.supplier.value or "",
            day=self.day.value,
            number=self.number.value or "",
            amount=self.amount.value,
            account=str(self.nature.key or ""),
            activity=str(self.activity.currentData()),
            due_day=self.due.value,
            siren=self._siren,
            iban=self._iban,
        )

    def said(self) -> Said:
        """Return what names the piece."""
        for field in (self.supplier, self.day, self.number, self.amount):
            field.commit()
        return Said(
            self.supplier.line.text().strip(),
            self.day.value,
            self.number.value or "",
            self.amount.value,
        )

    @Slot(object)
    def _recall(self, name: object) -> None:
        party = self._known.get(str(name))
        if party is not None and party.usual_account:
            with self._desk.book.read() as session:
                self._show_nature(party.usual_account, _title(session, party.usual_account))
            choose(self.activity, party.usual_activity or usual_activity(party.usual_account))

    @Slot(object)
    def _on_nature(self, item: object) -> None:
        if isinstance(item, Item):
            choose(self.activity, usual_activity(str(item.key)))

    def _show_nature(self, account: str, title: str) -> None:
        self.nature.set_value(Item(account, title))

    def _today(self) -> date:
        return civil_date(self._desk.book.clock())


def _title(session: Session, number: str) -> str:
    if (title := TITLES.get(number)) is not None:
        return tr(title)
    account = find_account(session, number)
    return account.title if account is not None else number
