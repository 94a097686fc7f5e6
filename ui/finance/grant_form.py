"""A grant typed: request, answer, convention, payments, promises, report."""

from datetime import date
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QPlainTextEdit, QVBoxLayout, QWidget

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.grants.keeping import (
    ACCOUNTS,
    GrantForm,
    form_of,
    save_grant,
)
from cantine_desktop.finance.grants.model import Grant
from cantine_desktop.finance.ledger.accounts import parties
from cantine_desktop.finance.ledger.model import Account, PartyKind
from cantine_desktop.i18n import tr
from ui.desk import Desk
from ui.finance.grant_lists import PaymentsEdit, PromisesEdit
from ui.finance.line_list import fit
from ui.kit.dialogs import Dialog
from ui.kit.fields import DateEdit, MoneyEdit, TextEdit
from ui.kit.form import Form
from ui.kit.notice import Notice
from ui.kit.scrolling import scrolling
from ui.kit.theme import scaled

_DAYS = (
    *("reply_due", "asked_on", "decided_on", "convention_on", "first", "last"),
    *("report_due", "reported_on"),
)
_AMOUNTS = ("asked", "granted", "total_cost")
_TEXTS = ("title", "funder", "call", "project", "reference")


class GrantDialog(Dialog):
    """Adds a grant, or changes one."""

    def __init__(self, desk: Desk, parent: QWidget | None, key: int | None) -> None:
        super().__init__(parent, tr("Subvention"))
        self._desk, self._key = desk, key
        self.notice = Notice()
        self.form = Form()
        self._texts: dict[str, TextEdit] = {}
        self._days: dict[str, DateEdit] = {}
        self._amounts: dict[str, MoneyEdit] = {}
        self.account = QComboBox()
        self.refused = QCheckBox(tr("La réponse est non"))
        self.investment = QCheckBox(tr("Elle paie un équipement (compte 131)"))
        self.told = QPlainTextEdit()
        self.told.setTabChangesFocus(True)
        self.told.setMinimumHeight(scaled(72))
        self.payments = PaymentsEdit(self._today)
        self.promises = PromisesEdit()
        self._fill_accounts()
        self._build()
        known = self._known()
        if known is not None:
            self._present(known)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, scaled(8), 0)
        column.addWidget(self.notice)
        column.addWidget(self.form)
        self.body.addWidget(scrolling(inside, sideways=False), 1)
        act, _cancel = self.add_answers(tr("Garder"))
        act.clicked.disconnect()
        act.clicked.connect(self._keep)
        act.setEnabled(desk.may_write("finance"))
        fit(self, 720, 680)
        self._texts["title"].setFocus()

    def _today(self) -> date:
        return civil_date(self._desk.book.clock())

    def _fill_accounts(self) -> None:
        with self._desk.book.read() as session:
            titles = {row.number: row.title for row in session.query(Account)}
            self._funders = [party.name for party in parties(session, PartyKind.FUNDER)]
        for number in ACCOUNTS:
            self.account.addItem(f"{number} {titles.get(number, '')}".strip(), number)

    def _known(self) -> GrantForm | None:
        if self._key is None:
            return None
        with self._desk.book.read() as session:
            return form_of(session, session.get_one(Grant, self._key))

    def _build(self) -> None:
        self._text("title", tr("Intitulé"), required=True)
        known = ", ".join(self._funders[:4])
        words = tr("Déjà connus : {names}").format(names=known) if known else ""
        self._text("funder", tr("Financeur"), words, required=True)
        self._text("call", tr("Appel à projets ou dispositif"))
        self.form.add("account", tr("Compte de produit"), self.account)
        self._text(
            "project",
            tr("Projet (code court)"),
            tr("JARDIN, QPV-2026… : les dépenses qui le portent lui sont comptées."),
        )
        self.form.add("investment", tr("Équipement"), self.investment)
        self.form.section(tr("Demande et réponse"))
        self._day("reply_due", tr("À déposer avant le"))
        self._amount("total_cost", tr("Coût total du projet"))
        self._amount("asked", tr("Montant demandé"))
        self._day("asked_on", tr("Demandée le"))
        self._day("decided_on", tr("Réponse du"))
        self.form.add("refused", tr("Refus"), self.refused)
        self._amount("granted", tr("Montant accordé"))
        self._text("reference", tr("Référence de la notification"))
        self.form.section(tr("Convention et justification"))
        self._day("convention_on", tr("Convention signée le"))
        self._day("first", tr("Dépenses à partir du"))
        self._day("last", tr("Dépenses jusqu’au"))
        self._day("report_due", tr("Compte rendu avant le"))
        self._day("reported_on", tr("Compte rendu envoyé le"))
        self.form.add("payments", tr("Versements"), self.payments)
        self.form.add("promises", tr("Indicateurs promis"), self.promises)
        self.form.add("told", tr("Bilan de l’action"), self.told)

    def _text(self, key: str, label: str, words: str = "", *, required: bool = False) -> None:
        self._texts[key] = TextEdit(label, required=required)
        self.form.add(key, label, self._texts[key], words)

    def _day(self, key: str, label: str) -> None:
        self._days[key] = DateEdit(label, self._today)
        self.form.add(key, label, self._days[key])

    def _amount(self, key: str, label: str) -> None:
        self._amounts[key] = MoneyEdit(label)
        self.form.add(key, label, self._amounts[key])

    def _present(self, known: GrantForm) -> None:
        for key in _TEXTS:
            self._texts[key].set_value(getattr(known, key) or None)
        for key in _DAYS:
            self._days[key].set_value(getattr(known, key))
        for key in _AMOUNTS:
            self._amounts[key].set_value(getattr(known, key))
        self.account.setCurrentIndex(max(self.account.findData(known.account), 0))
        self.refused.setChecked(known.refused)
        self.investment.setChecked(known.is_investment)
        self.told.setPlainText(known.told)
        self.payments.present(known.payments)
        self.promises.present(known.promises)

    def _typed(self) -> GrantForm:
        texts = {key: self._texts[key].value or "" for key in _TEXTS}
        days = {key: self._days[key].value for key in _DAYS}
        amounts = {key: self._amounts[key].value for key in _AMOUNTS}
        typed: dict[str, Any] = {**texts, **days, **amounts}
        return GrantForm(
            **typed,
            account=str(self.account.currentData()),
            is_investment=self.investment.isChecked(),
            refused=self.refused.isChecked(),
            told=self.told.toPlainText(),
            payments=self.payments.payments(),
            promises=self.promises.promises(),
        )

    @Slot()
    def _keep(self) -> None:
        if not self.form.check():
            return
        try:
            with self._desk.book.action(tr("Subvention")) as session:
                known = session.get_one(Grant, self._key) if self._key else None
                save_grant(session, self._typed(), known)
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self.accept()
