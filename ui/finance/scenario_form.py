"""A scenario of the treasury: what might happen, in a few numbers."""

from datetime import date
from decimal import Decimal

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.treasury.curve import SHIPPED, Supposed, keep_scenario
from cantine_desktop.i18n import tr
from cantine_desktop.values.money import Money
from ui.desk import Desk
from ui.kit.dialogs import Dialog
from ui.kit.fields import DateEdit, MoneyEdit, NumberEdit, TextEdit
from ui.kit.form import Form
from ui.kit.notice import Notice


class ScenarioDialog(Dialog):
    """Makes a scenario, or changes one of the canteen’s own."""

    def __init__(self, desk: Desk, parent: QWidget | None, known: Supposed | None) -> None:
        super().__init__(
            parent,
            tr("Et si… ?"),
            tr("Un scénario ne change rien aux comptes : il déplace la courbe."),
        )
        self._desk = desk
        self.notice = Notice()
        self.form = Form()
        self.name = TextEdit(tr("Nom"), required=True, longest=60)
        self.delay = _number(tr("Retard des subventions"), tr("mois"), 0, 24)
        self.lost = _number(tr("Subventions perdues"), "%", 0, 100)
        self.meals = _number(tr("Repas en plus ou en moins"), "%", -100, 200)
        self.costs = _number(tr("Achats plus ou moins chers"), "%", -100, 200)
        self.one_off = MoneyEdit(tr("Un montant, une fois"), negative=True)
        self.on = DateEdit(tr("Le"), self._today)
        self._add_rows()
        if known is not None and known.name not in {one.name for one in SHIPPED}:
            self._present(known)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.form)
        act, _cancel = self.add_answers(tr("Garder le scénario"))
        act.clicked.disconnect()
        act.clicked.connect(self._keep)
        self.name.setFocus()

    def _add_rows(self) -> None:
        for key, label, field, words in (
            ("name", tr("Nom"), self.name, ""),
            ("delay", tr("Retard des subventions"), self.delay, ""),
            ("lost", tr("Subventions perdues"), self.lost, ""),
            (
                "meals",
                tr("Repas en plus ou en moins"),
                self.meals,
                tr("Les denrées suivent les repas."),
            ),
            ("costs", tr("Achats plus ou moins chers"), self.costs, ""),
            (
                "one-off",
                tr("Un montant, une fois"),
                self.one_off,
                tr("Négatif pour une dépense : −4 800."),
            ),
            ("on", tr("Le"), self.on, ""),
        ):
            self.form.add(key, label, field, words)

    def _present(self, known: Supposed) -> None:
        self.name.set_value(known.name)
        self.delay.set_value(Decimal(known.grant_delay))
        self.lost.set_value(Decimal(known.grants_lost))
        self.meals.set_value(Decimal(known.meals_change))
        self.costs.set_value(Decimal(known.costs_change))
        self.one_off.set_value(known.one_off or None)
        self.on.set_value(known.one_off_on)

    def _today(self) -> date:
        return civil_date(self._desk.book.clock())

    @Slot()
    def _keep(self) -> None:
        if not self.form.check():
            return
        supposed = Supposed(
            self.name.value or "",
            int(self.delay.value or 0),
            int(self.lost.value or 0),
            int(self.meals.value or 0),
            int(self.costs.value or 0),
            self.one_off.value or Money(0),
            self.on.value,
        )
        try:
            with self._desk.book.action(tr("Scénario de trésorerie")) as session:
                keep_scenario(session, supposed)
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self.accept()


def _number(name: str, unit: str, low: int, high: int) -> NumberEdit:
    return NumberEdit(name, places=0, unit=unit, minimum=Decimal(low), maximum=Decimal(high))
