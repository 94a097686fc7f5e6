"""« Noter un don », « Noter une subvention accordée », « Noter une facture envoyée »."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtWidgets import QCheckBox
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.errors import UserError
from cantine_desktop.finance.cash.moving import receive_gift
from cantine_desktop.finance.ledger.accounts import find_or_add_party, parties
from cantine_desktop.finance.ledger.model import Entry, PartyKind
from cantine_desktop.finance.postings.facts import GiftFacts, GrantFacts, SaleFacts
from cantine_desktop.finance.postings.income import post_grant, post_sale
from cantine_desktop.finance.postings.means import Means
from cantine_desktop.finance.postings.references import next_reference, same_invoice
from cantine_desktop.i18n import mark, money, short_day, tr
from ui.finance.fact_dialog import FactDialog
from ui.finance.fact_fields import NameEdit, cents, choice_box, means_box, project_box
from ui.kit.fields import DateEdit, MoneyEdit, TextEdit

GRANTS = (
    ("741400", mark("Commune ou intercommunalité")),
    ("741300", mark("Département")),
    ("741200", mark("Région")),
    ("741100", mark("État")),
    ("741500", mark("CAF, organismes sociaux")),
    ("741600", mark("Union européenne")),
    ("755100", mark("Fondation, association, réseau")),
    ("741000", mark("Autre subvention")),
)
SALES = (
    ("706100", mark("Atelier, événement, privatisation")),
    ("708300", mark("Location de la salle")),
    ("708800", mark("Traiteur, bocaux, autre")),
    ("707000", mark("Épicerie")),
    ("706300", mark("Parrainage")),
)
_CATERING = frozenset({"707000", "708800"})


class GiftDialog(FactDialog):
    """Money given apart from a meal."""

    title: ClassVar[str] = mark("Noter un don")
    lead: ClassVar[str] = mark(
        "Ce qui est donné en plus ou à part d’un repas. Une contribution au repas n’est pas un don."
    )

    @override
    def build(self, session: Session) -> None:
        self.giver = TextEdit(tr("De la part de"), longest=80)
        self.amount = MoneyEdit(tr("Montant"), required=True)
        self.means = means_box(
            Means.CHEQUE, Means.TRANSFER, Means.CASH, Means.CARD, Means.HELLOASSO
        )
        self.is_company = QCheckBox(tr("C’est une entreprise (mécénat)"))
        self.project = project_box(session)
        self.add("amount", tr("Montant"), self.amount)
        sealed = tr("En espèces, il entre en caisse : il est scellé et se corrige à la suite.")
        self.add("means", tr("Reçu par"), self.means, sealed)
        self.day = self.day_field(tr("Reçu le"))
        self.add("giver", tr("De la part de"), self.giver, tr("Peut rester vide."))
        self.form.more()
        self.add("company", tr("Qui donne"), self.is_company)
        self.add("project", tr("Donné pour"), self.project)

    @override
    def can_undo(self) -> bool:
        return Means(self.means.currentData()) is not Means.CASH

    @override
    def name(self) -> str:
        return tr("Don de {amount}").format(amount=money(cents(self.amount)))

    @override
    def write(self, session: Session) -> Sequence[Entry | None]:
        day, giver = self.day.value, self.giver.value
        assert day is not None
        facts = GiftFacts(
            day,
            next_reference(session, "DON", day),
            tr("Don de {giver}").format(giver=giver) if giver else tr("Don"),
            cents(self.amount),
            Means(self.means.currentData()),
            is_patronage=self.is_company.isChecked(),
            project=self.project.currentData(),
        )
        return [receive_gift(session, facts, self.now)]


class GrantDialog(FactDialog):
    """A grant, on the day it is notified."""

    title: ClassVar[str] = mark("Noter une subvention accordée")
    lead: ClassVar[str] = mark(
        "À la notification, avant que l’argent arrive. Le versement se retrouvera dans la banque."
    )

    @override
    def build(self, session: Session) -> None:
        funders = [party.name for party in parties(session, PartyKind.FUNDER)]
        self.funder = NameEdit(tr("Financeur"), funders)
        self.amount = MoneyEdit(tr("Montant accordé"), required=True)
        self.kind = choice_box(GRANTS)
        self.later = MoneyEdit(tr("Dont, pour les années suivantes"))
        self.is_investment = QCheckBox(tr("Elle paie de l’équipement qui dure"))
        self.project = project_box(session)
        self.reference = TextEdit(tr("Référence de la convention"), longest=40)
        self.add("funder", tr("Financeur"), self.funder)
        self.add("kind", tr("C’est"), self.kind)
        self.add("amount", tr("Montant accordé"), self.amount)
        self.day = self.day_field(tr("Notifiée le"))
        self.form.more()
        self.add("later", tr("Dont, pour les années suivantes"), self.later)
        self.add("investment", tr("Équipement"), self.is_investment)
        self.add("project", tr("Projet"), self.project)
        self.add("reference", tr("Référence de la convention"), self.reference)

    @override
    def name(self) -> str:
        return tr("Subvention {funder}, {amount}").format(
            funder=self.funder.value or "", amount=money(cents(self.amount))
        )

    @override
    def write(self, session: Session) -> Sequence[Entry | None]:
        day, funder = self.day.value, self.funder.value
        assert day is not None
        assert funder is not None
        later, amount = cents(self.later), cents(self.amount)
        if later.cents > amount.cents:
            raise UserError(tr("La part des années suivantes dépasse la subvention."))
        find_or_add_party(session, funder, PartyKind.FUNDER)
        facts = GrantFacts(
            day,
            self.reference.value or next_reference(session, "SUB", day),
            tr("Subvention {funder}").format(funder=funder),
            amount,
            account=self.kind.currentData(),
            project=self.project.currentData(),
            later_years=later,
            is_investment=self.is_investment.isChecked(),
        )
        return [post_grant(session, facts)]


class SaleDialog(FactDialog):
    """An invoice the canteen sent: an event, a room, catering."""

    title: ClassVar[str] = mark("Noter une facture envoyée")

    @override
    def build(self, session: Session) -> None:
        customers = [party.name for party in parties(session, PartyKind.CUSTOMER)]
        self.customer = NameEdit(tr("Client"), customers)
        self.number = TextEdit(tr("Numéro de la facture"), required=True, longest=40)
        self.amount = MoneyEdit(tr("Montant"), negative=True, required=True)
        self.kind = choice_box(SALES)
        self.words = TextEdit(tr("Objet"), longest=120)
        self.due = DateEdit(tr("Payable avant le"), self.today)
        self.add("customer", tr("Client"), self.customer)
        self.add("number", tr("Numéro de la facture"), self.number)
        self.day = self.day_field(tr("Date de la facture"))
        self.add("amount", tr("Montant"), self.amount)
        self.add("kind", tr("Pour quoi"), self.kind)
        self.form.more()
        self.add("words", tr("Objet"), self.words)
        self.add("due", tr("Payable avant le"), self.due)

    @override
    def name(self) -> str:
        return tr("Facture à {customer}, {amount}").format(
            customer=self.customer.value or "", amount=money(cents(self.amount))
        )

    @override
    def write(self, session: Session) -> Sequence[Entry | None]:
        name, number, day = self.customer.value, self.number.value, self.day.value
        assert name is not None
        assert number is not None
        assert day is not None
        party = find_or_add_party(session, name, PartyKind.CUSTOMER)
        known = same_invoice(session, party.id, number)
        if known is not None:
            raise UserError(
                tr("La facture {number} à {name} est déjà notée, le {day}.").format(
                    number=number, name=name, day=short_day(known.day)
                )
            )
        account = self.kind.currentData()
        facts = SaleFacts(
            party.id,
            day,
            number,
            f"{name} · {self.words.value}" if self.words.value else name,
            cents(self.amount),
            account=account,
            activity="TRAITEUR" if account in _CATERING else "ATELIERS",
            due_day=self.due.value,
        )
        return [post_sale(session, facts)]
