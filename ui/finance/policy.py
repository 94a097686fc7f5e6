"""The rules of the accounts: VAT and its consequences, the franchise, values in kind."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QVBoxLayout, QWidget

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.statements.franchise import limit_of, set_limit
from cantine_desktop.finance.statements.model import VatStatus
from cantine_desktop.finance.statements.policy import (
    DISCLAIMER,
    VAT_TITLES,
    Policy,
    consequences,
    decide,
    policy,
)
from cantine_desktop.i18n import tr
from cantine_desktop.values.money import Money
from ui.desk import Desk
from ui.finance.line_list import fit
from ui.kit.dialogs import Dialog
from ui.kit.fields import MoneyEdit, TextEdit
from ui.kit.form import Form
from ui.kit.notice import Notice
from ui.kit.scrolling import scrolling
from ui.kit.theme import scaled, set_role


class PolicyDialog(Dialog):
    """What the board decided; each choice says what it entails."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent, tr("Règles comptables de la cantine"))
        self._desk = desk
        self._year = civil_date(desk.book.clock()).year
        with desk.book.read() as session:
            known, limit = policy(session), limit_of(session, self._year)
        self._limit = limit
        self.notice = Notice()
        self.form = Form()
        self.words = QLabel()
        self.words.setWordWrap(True)
        self._build(known, limit)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, scaled(8), 0)
        column.setSpacing(scaled(8))
        disclaimer = QLabel(tr(DISCLAIMER))
        disclaimer.setWordWrap(True)
        set_role(disclaimer, "small")
        for widget in (self.notice, self.form, self.words, disclaimer):
            column.addWidget(widget)
        column.addStretch(1)
        self.body.addWidget(scrolling(inside, sideways=False), 1)
        act, _cancel = self.add_answers(tr("Garder"))
        act.clicked.disconnect()
        act.clicked.connect(self._keep)
        act.setEnabled(desk.may_write("finance"))
        fit(self, 700, 660)
        self.vat.setFocus()

    def _build(self, known: Policy, limit: Money | None) -> None:
        self.vat = QComboBox()
        for status, title in VAT_TITLES.items():
            self.vat.addItem(tr(title), status)
        self.vat.setCurrentIndex(self.vat.findData(known.vat))
        self.vat.currentIndexChanged.connect(self._show_consequences)
        self.sectorised = QCheckBox(tr("Activités lucratives tenues dans un secteur à part"))
        self.sectorised.setChecked(known.is_sectorised)
        self.limit = MoneyEdit(tr("Franchise de l’année"))
        self.limit.set_value(limit)
        self.source = TextEdit(tr("Où ce montant se lit"))
        self.hours = MoneyEdit(tr("Valeur d’une heure bénévole"))
        self.hours.set_value(known.volunteer_rate)
        self.hours_basis = TextEdit(tr("D’après"))
        self.hours_basis.set_value(known.volunteer_basis or None)
        self.food = MoneyEdit(tr("Valeur d’un kilo donné"))
        self.food.set_value(known.food_rate)
        self.food_basis = TextEdit(tr("D’après quoi pour le kilo"))
        self.food_basis.set_value(known.food_basis or None)
        self.least = MoneyEdit(tr("Seuil d’alerte de la trésorerie"))
        self.least.set_value(known.least_cash)
        self.note = TextEdit(tr("Réponse reçue (rescrit, expert-comptable)"), longest=300)
        self.note.set_value(known.note or None)
        self._add_rows()
        self._show_consequences()

    def _add_rows(self) -> None:
        year = str(self._year)
        form = self.form
        form.add("vat", tr("TVA et impôts commerciaux"), self.vat)
        form.add("sector", tr("Sectorisation"), self.sectorised)
        form.add("note", tr("Réponse reçue (rescrit, expert-comptable)"), self.note)
        form.add(
            "limit",
            tr("Franchise {year}").format(year=year),
            self.limit,
            tr("Recettes lucratives par année civile ; le montant change chaque année."),
        )
        form.add("source", tr("Où ce montant se lit"), self.source)
        form.add("least", tr("Seuil d’alerte de la trésorerie"), self.least)
        form.section(tr("Contributions en nature : hypothèses visibles dans les comptes"))
        form.add("hours", tr("Valeur d’une heure bénévole"), self.hours)
        form.add("hours-basis", tr("D’après"), self.hours_basis)
        form.add("food", tr("Valeur d’un kilo donné"), self.food)
        form.add("food-basis", tr("D’après quoi pour le kilo"), self.food_basis)

    @Slot()
    def _show_consequences(self) -> None:
        status = VatStatus(self.vat.currentData())
        self.words.setText("\n".join(f"– {words}" for words in consequences(status)))

    @Slot()
    def _keep(self) -> None:
        if not self.form.check():
            return
        decided = Policy(
            VatStatus(self.vat.currentData()),
            self.sectorised.isChecked(),
            self.hours.value,
            self.hours_basis.value or "",
            self.food.value,
            self.food_basis.value or "",
            self.least.value or Money(0),
            self.note.value or "",
        )
        limit = self.limit.value
        try:
            with self._desk.book.action(tr("Règles comptables")) as session:
                decide(session, decided)
                if limit is not None and limit != self._limit:
                    set_limit(session, self._year, limit, self.source.value or "")
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self.accept()
