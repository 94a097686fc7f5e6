"""« Noter la paie du mois » and « Noter des heures bénévoles »."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from PySide6.QtWidgets import QLabel
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.errors import UserError
from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.finance.postings.facts import PayrollFacts, VolunteeringFacts
from cantine_desktop.finance.postings.payroll import post_payroll, post_volunteering
from cantine_desktop.finance.postings.references import next_reference
from cantine_desktop.i18n import mark, money, month, number, tr
from ui.finance.fact_dialog import FactDialog
from ui.finance.fact_fields import activity_box, cents, last_month_end
from ui.kit.fields import MoneyEdit, NumberEdit, TextEdit

_WITHHELD = (
    ("urssaf_employee", mark("Urssaf, part salariale")),
    ("pension_employee", mark("Retraite et prévoyance, part salariale")),
    ("health_employee", mark("Mutuelle, part salariale")),
    ("withholding_tax", mark("Prélèvement à la source")),
)
_EMPLOYER = (
    ("urssaf_employer", mark("Urssaf, part employeur")),
    ("pension_employer", mark("Retraite et prévoyance, part employeur")),
    ("health_employer", mark("Mutuelle, part employeur")),
)


class PayrollDialog(FactDialog):
    """The payslips of a month, summed, as the payroll bureau gives them."""

    title: ClassVar[str] = mark("Noter la paie du mois")
    lead: ClassVar[str] = mark("Recopiez les totaux du livre de paie, tous salarié·es réunis.")

    @override
    def build(self, session: Session) -> None:
        self.gross = MoneyEdit(tr("Salaires bruts"), required=True)
        self.day = self.day_field(tr("Dernier jour du mois"), last_month_end(self.today()))
        self.add("gross", tr("Salaires bruts"), self.gross)
        self.parts: dict[str, MoneyEdit] = {}
        self.form.section(tr("Retenu sur les salaires"))
        self._add_parts(_WITHHELD)
        self.net = QLabel()
        self.add("net", tr("Net à payer"), self.net)
        self.form.section(tr("En plus, payé par la cantine"))
        self._add_parts(_EMPLOYER)
        self.form.more()
        self.activity = activity_box(session)
        self.add("activity", tr("Activité"), self.activity)
        self._say_net()

    def _add_parts(self, parts: Sequence[tuple[str, str]]) -> None:
        for key, title in parts:
            self.parts[key] = MoneyEdit(tr(title))
            self.add(key, tr(title), self.parts[key])

    @override
    def on_change(self, key: str) -> None:
        self._say_net()

    def _say_net(self) -> None:
        net = cents(self.gross)
        for key, _title in _WITHHELD:
            net -= cents(self.parts[key])
        self.net.setText(money(net))

    @override
    def name(self) -> str:
        assert self.day.value is not None
        return tr("Paie de {month}").format(month=month(self.day.value))

    @override
    def write(self, session: Session) -> Sequence[Entry | None]:
        day = self.day.value
        assert day is not None
        amounts: dict[str, Any] = {key: cents(field) for key, field in self.parts.items()}
        withheld = sum(amounts[key].cents for key, _title in _WITHHELD)
        if withheld > cents(self.gross).cents:
            raise UserError(tr("Les retenues dépassent les salaires bruts."))
        shares = {self.activity.currentData(): 1000}
        facts = PayrollFacts(day, f"PAIE{day:%Y-%m}", cents(self.gross), activities=shares)
        return [post_payroll(session, replace(facts, **amounts))]


class VolunteeringDialog(FactDialog):
    """Hours given, valued for the foot of the accounts."""

    title: ClassVar[str] = mark("Noter des heures bénévoles")
    lead: ClassVar[str] = mark(
        "Elles apparaissent au pied des comptes, à côté de l’argent, sans rien changer au résultat."
    )

    @override
    def build(self, session: Session) -> None:
        self.hours = NumberEdit(tr("Heures"), places=2, unit="h", required=True)
        self.rate = MoneyEdit(tr("Valeur d’une heure"), required=True)
        self.words = TextEdit(tr("Qui a fait quoi"), longest=120)
        self.activity = activity_box(session)
        self.add("hours", tr("Heures"), self.hours)
        self.add(
            "rate",
            tr("Valeur d’une heure"),
            self.rate,
            tr("Le salaire d’un emploi équivalent, souvent le SMIC horaire."),
        )
        self.day = self.day_field(tr("Jusqu’au"), last_month_end(self.today()))
        self.add("words", tr("Qui a fait quoi"), self.words)
        self.add("activity", tr("Activité"), self.activity)

    @override
    def name(self) -> str:
        hours = self.hours.value
        return tr("{hours} heures bénévoles").format(hours=number(hours) if hours else "0")

    @override
    def write(self, session: Session) -> Sequence[Entry | None]:
        day, hours = self.day.value, self.hours.value
        assert day is not None
        assert hours is not None
        if hours <= 0:
            raise UserError(tr("Dites combien d’heures ont été données."))
        facts = VolunteeringFacts(
            day,
            next_reference(session, "BEN", day),
            self.words.value or tr("Heures bénévoles"),
            int(hours * 100),
            cents(self.rate),
            activity=self.activity.currentData(),
        )
        return [post_volunteering(session, facts)]
