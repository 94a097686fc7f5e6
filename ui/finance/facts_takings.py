"""« Noter les recettes d’un service »: what came in, by means, when it is not closed here."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtWidgets import QLabel
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.errors import UserError
from cantine_desktop.finance.cash.recording import take
from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.finance.postings.facts import TakingsFacts
from cantine_desktop.finance.postings.means import TITLES, Means, Purpose
from cantine_desktop.i18n import mark, money, tr
from cantine_desktop.values.money import Money
from ui.finance.fact_dialog import FactDialog
from ui.finance.fact_fields import cents, count
from ui.kit.fields import MoneyEdit, TextEdit

_USUAL = (Means.CASH, Means.CHEQUE, Means.CARD)
_MEALS = (*_USUAL, Means.HELLOASSO, Means.MEAL_VOUCHER)


class TakingsDialog(FactDialog):
    """What a service brought in; it is sealed at once, a correction follows it."""

    title: ClassVar[str] = mark("Noter les recettes d’un service")
    lead: ClassVar[str] = mark(
        "Une recette notée est scellée, comme la loi le demande pour la caisse : elle ne s’annule "
        "pas, elle se corrige à la suite."
    )
    undoable: ClassVar[bool] = False

    @override
    def build(self, session: Session) -> None:
        self.service = TextEdit(tr("Service"), required=True, longest=60)
        self.service.set_value(tr("Déjeuner"))
        self.meals = count(tr("Repas payés"), required=True)
        self.offered = count(tr("Repas offerts"))
        self.amounts: dict[tuple[Means, Purpose], MoneyEdit] = {}
        self.day = self.day_field(tr("Jour"))
        self.add("service", tr("Service"), self.service)
        self.add("meals", tr("Repas payés"), self.meals, tr("Contributions à zéro comprises."))
        self.form.section(tr("Contributions aux repas"))
        self.add_amounts(_MEALS, Purpose.MEALS)
        self.total = QLabel()
        self.add("total", tr("Total"), self.total)
        self.more = self.form.more()
        self.add("offered", tr("Repas offerts"), self.offered)
        self.add_amounts(_USUAL, Purpose.MEMBERSHIPS, tr("Adhésions"))
        self.add_amounts(_USUAL, Purpose.GIFTS, tr("Dons à part"))
        self.gap = MoneyEdit(tr("Écart de caisse"), negative=True)
        self.add("gap", tr("Écart de caisse"), self.gap, tr("Compté moins attendu."))
        self._say_total()

    def add_amounts(self, means: Sequence[Means], purpose: Purpose, what: str = "") -> None:
        """Add a field for each means, of one purpose."""
        for each in means:
            name = tr(TITLES[each])
            label = f"{what}, {name.lower()}" if what else name
            field = MoneyEdit(label)
            self.amounts[each, purpose] = field
            self.add(f"{purpose}-{each}", label, field)

    @override
    def on_change(self, key: str) -> None:
        self._say_total()

    def _say_total(self) -> None:
        self.total.setText(money(self._sum))

    @property
    def _sum(self) -> Money:
        return Money(sum(cents(field).cents for field in self.amounts.values()))

    @override
    def name(self) -> str:
        return tr("Recettes de {service}, {amount}").format(
            service=self.service.value or "", amount=money(self._sum)
        )

    @override
    def write(self, session: Session) -> Sequence[Entry | None]:
        facts = self.facts()
        if not self._sum and not facts.meals:
            raise UserError(tr("Dites combien de repas, ou ce qui a été reçu."))
        takings = take(session, facts, self.now)
        return [session.get(Entry, takings.entry_id)] if takings.entry_id else []

    def facts(self) -> TakingsFacts:
        """Return what is typed."""
        day, service, meals = self.day.value, self.service.value, self.meals.value
        assert day is not None
        assert service is not None
        assert meals is not None
        return TakingsFacts(
            day,
            service,
            {key: cents(field) for key, field in self.amounts.items() if field.value},
            meals=int(meals),
            offered=int(self.offered.value or 0),
            cash_difference=cents(self.gap),
        )
