"""« Noter une facture reçue » and « Noter des frais avancés »."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.errors import UserError
from cantine_desktop.finance.ledger.accounts import find_or_add_party, parties
from cantine_desktop.finance.ledger.model import Entry, Party, PartyKind
from cantine_desktop.finance.postings.facts import ExpenseClaimFacts, PurchaseFacts, Share
from cantine_desktop.finance.postings.purchases import post_expense_claim, post_purchase
from cantine_desktop.finance.postings.references import next_reference, same_invoice
from cantine_desktop.i18n import mark, money, short_day, tr
from ui.finance.fact_dialog import FactDialog
from ui.finance.fact_fields import (
    EXPENSES,
    NameEdit,
    activity_box,
    cents,
    choose,
    nature_box,
    project_box,
    usual_activity,
)
from ui.kit.fields import DateEdit, Item, MoneyEdit, TextEdit

TITLES = dict(EXPENSES)


class PurchaseDialog(FactDialog):
    """An invoice of a supplier, in one or two parts; a known supplier brings its usual nature."""

    title: ClassVar[str] = mark("Noter une facture reçue")

    @override
    def build(self, session: Session) -> None:
        self._known = {party.name: party for party in parties(session)}
        suppliers = [p.name for p in self._known.values() if p.kind is PartyKind.SUPPLIER]
        self.supplier = NameEdit(tr("Fournisseur"), suppliers)
        self.supplier.recalled.connect(self._recall)
        self.number = TextEdit(tr("Numéro de la facture"), required=True, longest=40)
        self.amount = MoneyEdit(tr("Montant TTC"), negative=True, required=True)
        self.nature = nature_box(session, tr("Pour quoi"))
        self.nature.set_value(Item("601000", tr("Denrées")))
        self.add("supplier", tr("Fournisseur"), self.supplier)
        self.add("number", tr("Numéro de la facture"), self.number)
        self.day = self.day_field(tr("Date de la facture"))
        self.add("amount", tr("Montant TTC"), self.amount, tr("Un avoir se note en négatif."))
        self.add("nature", tr("Pour quoi"), self.nature)
        self.form.more()
        self.other = MoneyEdit(tr("Dont, pour autre chose"))
        self.other_nature = nature_box(session, tr("Autre chose"), required=False)
        self.due = DateEdit(tr("À payer avant le"), self.today)
        self.activity = activity_box(session)
        self.project = project_box(session)
        self.add("other", tr("Dont, pour autre chose"), self.other)
        self.add("other_nature", tr("Autre chose"), self.other_nature)
        self.add("due", tr("À payer avant le"), self.due)
        self.add("activity", tr("Activité"), self.activity)
        self.add("project", tr("Projet"), self.project)

    @override
    def on_change(self, key: str) -> None:
        if key == "supplier" and self.supplier.value:
            self._recall(self.supplier.value)
        if key == "nature" and self.nature.key:
            choose(self.activity, usual_activity(str(self.nature.key)))

    @Slot(str)
    def _recall(self, name: str) -> None:
        party = self._known.get(name)
        if party is not None and party.usual_account:
            title = TITLES.get(party.usual_account)
            if title is not None:
                self.nature.set_value(Item(party.usual_account, tr(title)))
            choose(self.activity, party.usual_activity or usual_activity(party.usual_account))

    @override
    def name(self) -> str:
        return tr("Facture {supplier}, {amount}").format(
            supplier=self.supplier.value or "", amount=money(cents(self.amount))
        )

    @override
    def write(self, session: Session) -> Sequence[Entry | None]:
        name, number, day = self.supplier.value, self.number.value, self.day.value
        assert name is not None
        assert number is not None
        assert day is not None
        party = find_or_add_party(session, name, PartyKind.SUPPLIER)
        known = same_invoice(session, party.id, number)
        if known is not None:
            raise UserError(
                tr("La facture {number} de {name} est déjà notée, le {day}.").format(
                    number=number, name=name, day=short_day(known.day)
                )
            )
        self._learn(party)
        shares = self._shares()
        facts = PurchaseFacts(
            party.id,
            day,
            number,
            name,
            shares,
            due_day=self.due.value,
            fixed_asset=shares[0].account.startswith("2"),
        )
        return [post_purchase(session, facts)]

    def _learn(self, party: Party) -> None:
        if not party.usual_account:
            party.usual_account = str(self.nature.key)
            party.usual_activity = self.activity.currentData()

    def _shares(self) -> tuple[Share, ...]:
        total, other = cents(self.amount), cents(self.other)
        activity, project = self.activity.currentData(), self.project.currentData()
        first = Share(str(self.nature.key), total - other, "", activity, project)
        if not other:
            return (first,)
        if self.other_nature.key is None:
            raise UserError(tr("Dites pour quoi est l’autre partie de la facture."))
        if abs(other.cents) >= abs(total.cents):
            raise UserError(tr("La partie « autre chose » est plus petite que la facture."))
        account = str(self.other_nature.key)
        return first, Share(account, other, "", usual_activity(account), project)


class ExpenseClaimDialog(FactDialog):
    """What a volunteer paid for the canteen, paid back or given up."""

    title: ClassVar[str] = mark("Noter des frais avancés par un·e bénévole")

    @override
    def build(self, session: Session) -> None:
        self.words = TextEdit(tr("Quoi, par qui"), required=True, longest=120)
        self.amount = MoneyEdit(tr("Montant"), required=True)
        self.nature = nature_box(session, tr("Pour quoi"))
        self.nature.set_value(Item("625100", tr("Déplacements")))
        self.is_waived = QCheckBox(tr("La personne y renonce : c’est un don"))
        self.activity = activity_box(session)
        choose(self.activity, "STRUCTURE")
        self.add("words", tr("Quoi, par qui"), self.words)
        self.day = self.day_field(tr("Date de la dépense"))
        self.add("amount", tr("Montant"), self.amount)
        self.add("nature", tr("Pour quoi"), self.nature)
        self.add(
            "waived",
            tr("Remboursement"),
            self.is_waived,
            tr("Gardez la note de frais signée, elle justifie le reçu fiscal."),
        )
        self.form.more()
        self.add("activity", tr("Activité"), self.activity)

    @override
    def on_change(self, key: str) -> None:
        if key == "nature" and self.nature.key:
            choose(self.activity, usual_activity(str(self.nature.key)))

    @override
    def name(self) -> str:
        return tr("Frais avancés, {amount}").format(amount=money(cents(self.amount)))

    @override
    def write(self, session: Session) -> Sequence[Entry | None]:
        day, words = self.day.value, self.words.value
        assert day is not None
        assert words is not None
        facts = ExpenseClaimFacts(
            day,
            next_reference(session, "NF", day),
            words,
            cents(self.amount),
            account=str(self.nature.key),
            activity=self.activity.currentData(),
            is_waived=self.is_waived.isChecked(),
        )
        return post_expense_claim(session, facts)
