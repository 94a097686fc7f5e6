"""« Noter le stock compté » and « Noter un don en nature »."""

from collections.abc import Sequence
from typing import ClassVar

from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.finance.postings.adjustments import post_stock
from cantine_desktop.finance.postings.facts import InKindFacts, StockFacts
from cantine_desktop.finance.postings.payroll import post_in_kind
from cantine_desktop.finance.postings.references import next_reference
from cantine_desktop.i18n import mark, money, tr
from ui.finance.fact_dialog import FactDialog
from ui.finance.fact_fields import activity_box, cents, choice_box, last_month_end
from ui.kit.fields import MoneyEdit, TextEdit

USES = (
    ("860100", mark("Denrées")),
    ("861100", mark("Locaux prêtés")),
    ("862000", mark("Prestation, coup de main professionnel")),
)


class StockDialog(FactDialog):
    """The value of what is on the shelves, counted."""

    title: ClassVar[str] = mark("Noter le stock compté")
    lead: ClassVar[str] = mark(
        "La valeur de ce qui reste sur les étagères : la dépense du mois s’en trouve corrigée."
    )

    @override
    def build(self, session: Session) -> None:
        self.food = MoneyEdit(tr("Denrées"), required=True)
        self.consumables = MoneyEdit(tr("Produits d’entretien et emballages"))
        self.day = self.day_field(tr("Compté le"), last_month_end(self.today()))
        self.add("food", tr("Denrées"), self.food)
        self.add(
            "consumables",
            tr("Produits d’entretien et emballages"),
            self.consumables,
            tr("Vide : leur valeur reste celle du dernier comptage."),
        )

    @override
    def name(self) -> str:
        return tr("Stock compté, {amount}").format(amount=money(cents(self.food)))

    @override
    def write(self, session: Session) -> Sequence[Entry | None]:
        day = self.day.value
        assert day is not None
        reference = next_reference(session, "STK", day)
        facts = StockFacts(day, reference, cents(self.food), self.consumables.value)
        return [post_stock(session, facts)]


class InKindDialog(FactDialog):
    """Something given and used: food, a room, a service."""

    title: ClassVar[str] = mark("Noter un don en nature")
    lead: ClassVar[str] = mark(
        "Il apparaît au pied des comptes, à côté de l’argent, sans rien changer au résultat."
    )

    @override
    def build(self, session: Session) -> None:
        self.kind = choice_box(USES)
        self.words = TextEdit(tr("Quoi, de qui"), required=True, longest=120)
        self.amount = MoneyEdit(tr("Valeur"), required=True)
        self.activity = activity_box(session)
        self.add("kind", tr("C’est"), self.kind)
        self.add("words", tr("Quoi, de qui"), self.words)
        self.add("amount", tr("Valeur"), self.amount, tr("Ce qu’il aurait fallu payer."))
        self.day = self.day_field(tr("Utilisé le"))
        self.add("activity", tr("Activité"), self.activity)

    @override
    def name(self) -> str:
        return tr("Don en nature, {amount}").format(amount=money(cents(self.amount)))

    @override
    def write(self, session: Session) -> Sequence[Entry | None]:
        day, words = self.day.value, self.words.value
        assert day is not None
        assert words is not None
        facts = InKindFacts(
            day,
            next_reference(session, "NAT", day),
            words,
            cents(self.amount),
            use=self.kind.currentData(),
            activity=self.activity.currentData(),
        )
        return [post_in_kind(session, facts)]
