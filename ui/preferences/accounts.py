"""Settings of the accounts: years, taxes, activities, till, and who keeps the books."""

import re
from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
)
from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.documents.periods import in_words
from cantine_desktop.errors import UserError
from cantine_desktop.finance.cash.counting import usual_float
from cantine_desktop.finance.cash.queries import NOTABLE
from cantine_desktop.finance.chart.numbering import Numbering
from cantine_desktop.finance.ledger.accounts import add_section, rename_section, sections
from cantine_desktop.finance.ledger.model import Axis, FiscalYear, Section
from cantine_desktop.finance.ledger.years import years
from cantine_desktop.finance.statements.franchise import (
    gauge,
    gauge_words,
    limit_of,
    set_limit,
    source_of,
)
from cantine_desktop.finance.statements.model import VatStatus
from cantine_desktop.finance.statements.policy import (
    DISCLAIMER,
    VAT_TITLES,
    consequences,
    decide,
    policy,
)
from cantine_desktop.finance.transfer.profiles import profiles
from cantine_desktop.i18n import mark, money, short_day, tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY
from cantine_desktop.values.text import fold
from ui.desk import Desk
from ui.kit.dialogs import ask_text
from ui.kit.fields import MoneyEdit, TextEdit
from ui.kit.labels import wrapped
from ui.kit.theme import scaled
from ui.preferences.page import Card, PreferencePage, note

_KEY = Qt.ItemDataRole.UserRole
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+")
_NUMBERINGS = {
    Numbering.FROM_2025: mark("plan de comptes de 2025 (ANC 2022-06)"),
    Numbering.BEFORE_2025: mark("plan de comptes d’avant 2025"),
}


class AccountsPage(PreferencePage):
    """What the board decided of the accounts, where it can be read and changed."""

    shows: ClassVar[frozenset[str]] = frozenset({
        "fiscal_year", "finance_policy", "franchise_limit", "section", "cash_count", "entry",
    })  # fmt: skip

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__(desk, title)
        self._may = desk.may_write("finance")
        self._today = civil_date(desk.book.clock())
        for card in (
            self._taxes_card(),
            self._years_card(),
            self._activities_card(),
            self._till_card(),
            self._keeper_card(),
        ):
            self.body.addWidget(card)
        self.refresh()

    # -- cards

    def _taxes_card(self) -> Card:
        self.vat = _narrow(QComboBox())
        for status, words in VAT_TITLES.items():
            self.vat.addItem(tr(words), status)
        self.vat.activated.connect(self._decide_vat)
        self.consequences = wrapped()
        self.sectorised = QCheckBox(tr("Activités lucratives à part"))
        self.sectorised.clicked.connect(self._decide_vat)
        self.limit = MoneyEdit(tr("Franchise de l’année"))
        self.limit.setMaximumWidth(scaled(140))
        self.limit.committed.connect(self._keep_limit)
        self.source = TextEdit(tr("Où ce montant se lit"), longest=160)
        self.source.committed.connect(self._keep_limit)
        self.gauge = wrapped(role="muted")
        self.least = MoneyEdit(tr("Seuil d’alerte de la trésorerie"))
        self.least.setMaximumWidth(scaled(140))
        self.least.committed.connect(self._keep_least)
        for field in (self.vat, self.sectorised, self.limit, self.source, self.least):
            field.setEnabled(self._may)
        card = Card(tr("TVA et impôts commerciaux"))
        card.add(tr("Situation décidée"), self.vat, wide=True)
        card.add_wide(self.consequences)
        card.add_wide(self.sectorised)
        card.add(tr("Franchise {year}").format(year=self._today.year), self.limit)
        card.add(tr("Où ce montant se lit"), self.source, wide=True)
        card.add_wide(self.gauge)
        card.add(tr("Seuil d’alerte de la trésorerie"), self.least)
        card.add_wide(note(tr(DISCLAIMER)))
        way = self._way(tr("Compte de résultat…"), "statements")
        card.add(tr("Contributions en nature"), way)
        return card

    def _years_card(self) -> Card:
        self.years = wrapped()
        card = Card(tr("Exercices et numérotation"))
        card.add_wide(self.years)
        card.add_wide(
            note(
                tr(
                    "Chaque écriture prend son numéro quand elle est validée, un par journal et "
                    "par exercice, sans trou. Les pièces se numérotent par année, dès qu’elles "
                    "sont déposées."
                )
            )
        )
        card.add_wide(
            note(
                tr(
                    "Clore un mois valide ses écritures et arrête les comptes jusqu’à son dernier "
                    "jour. Ils se rouvrent avec une raison, qui reste écrite ; un exercice clos ne "
                    "se rouvre pas."
                )
            )
        )
        card.add(tr("Exercices"), self._way(tr("Ouvrir, clôturer, rouvrir…"), "accounts"))
        return card

    def _activities_card(self) -> Card:
        self.activities = QListWidget()
        self.activities.setAccessibleName(tr("Activités suivies"))
        self.activities.setFixedHeight(scaled(150))
        self.activities.currentRowChanged.connect(self._follow)
        self.activities.itemActivated.connect(self._rename_activity)
        self.rename = QPushButton(tr("Renommer…"))
        self.rename.clicked.connect(self._rename_activity)
        self.add = QPushButton(tr("Ajouter…"))
        self.add.clicked.connect(self._add_activity)
        self.add.setEnabled(self._may)
        card = Card(tr("Activités suivies"))
        told = tr("Chaque recette et chaque dépense dit pour quelle activité elle est.")
        card.add_wide(note(told))
        card.add_wide(self.activities)
        card.add(tr("Activité choisie"), self.rename)
        card.add(tr("Autre activité"), self.add)
        return card

    def _till_card(self) -> Card:
        self.till = wrapped()
        card = Card(tr("Caisse"))
        card.add_wide(self.till)
        card.add(tr("Comptages et clôtures"), self._way(tr("Ouvrir la caisse…"), "cash"))
        return card

    def _keeper_card(self) -> Card:
        self.email = QLineEdit(self.desk.settings.accountant_email)
        self.email.setPlaceholderText("compta@exemple.org")
        self.email.setMaxLength(120)
        self.email.editingFinished.connect(self._keep_email)
        self.format = _narrow(QComboBox())
        for each in profiles():
            self.format.addItem(each.title, each.key)
        self.format.setCurrentIndex(
            max(self.format.findData(self.desk.settings.transfer_format), 0)
        )
        self.format.activated.connect(self._keep_format)
        card = Card(tr("Personne qui tient les comptes"))
        card.add(tr("Son adresse e-mail"), self.email, wide=True)
        card.add(tr("Fichier qu’elle préfère"), self.format, wide=True)
        card.add_wide(note(tr("Ces deux préférences sont celles de cet ordinateur.")))
        rules = self._way(tr("Règles de pointage…"), "bank", "rules")
        card.add(tr("Ce que la banque a appris"), rules)
        return card

    def _way(self, words: str, key: str, place: object = None) -> QPushButton:
        """Return the button that leads to a screen."""

        def go() -> None:
            self.desk.go(key, place)

        button = QPushButton(words)
        button.clicked.connect(go)
        return button

    # -- reading

    @override
    def refresh(self) -> None:
        with self.desk.book.read() as session:
            decided, limit = policy(session), limit_of(session, self._today.year)
            self.vat.setCurrentIndex(self.vat.findData(decided.vat))
            self.vat.setToolTip(self.vat.currentText())  # in large text, the box cuts it
            self.sectorised.setChecked(decided.is_sectorised)
            self.least.set_value(decided.least_cash)
            self.limit.set_value(limit)
            self.source.set_value(source_of(session, self._today.year) or None)
            self.gauge.setText(gauge_words(gauge(session, self._today)))
            found = [_year_words(year) for year in years(session)]
            self.till.setText(_till_words(session))
            self._show_activities(session)
        self.consequences.setText("\n".join(f"– {words}" for words in consequences(decided.vat)))
        nothing = tr("Le premier exercice s’ouvrira à la première écriture : une année civile.")
        self.years.setText("\n".join(found) or nothing)

    def _show_activities(self, session: Session) -> None:
        place = max(self.activities.currentRow(), 0)
        self.activities.clear()
        for section in sections(session, Axis.ACTIVITY):
            item = QListWidgetItem(f"{section.title} ({section.code})")
            item.setData(_KEY, section.code)
            self.activities.addItem(item)
        self.activities.setCurrentRow(min(place, self.activities.count() - 1))
        self._follow()

    @Slot()
    def _follow(self) -> None:
        self.rename.setEnabled(self._may and self.activities.currentRow() >= 0)

    # -- writing

    @Slot()
    def _decide_vat(self) -> None:
        status, apart = VatStatus(self.vat.currentData()), self.sectorised.isChecked()
        self._write(
            tr("Règles comptables"),
            lambda session: decide(
                session, policy(session)._replace(vat=status, is_sectorised=apart)
            ),
        )

    @Slot()
    def _keep_least(self) -> None:
        least = self.least.value or Money(0)
        self._write(
            tr("Seuil d’alerte"),
            lambda session: decide(session, policy(session)._replace(least_cash=least)),
        )

    @Slot()
    def _keep_limit(self) -> None:
        """Keep the franchise once both its amount and its source are typed."""
        amount, source, year = self.limit.value, self.source.value or "", self._today.year
        with self.desk.book.read() as session:
            same = amount == limit_of(session, year) and source == source_of(session, year)
        if amount is None or not source or same:
            return
        self._write(
            tr("Franchise {year}").format(year=year),
            lambda session: set_limit(session, year, amount, source),
        )

    @Slot()
    def _add_activity(self) -> None:
        text = tr(
            "Elle sera proposée pour chaque recette et chaque dépense ; elle ne s’efface pas."
        )
        title = ask_text(self, tr("Ajouter une activité"), text, tr("Ajouter"))
        if title is None:
            return
        code = re.sub(r"[^A-Z0-9]", "", fold(title).upper())[:16]
        self._write(
            tr("Activité ajoutée"),
            lambda session: add_section(session, Axis.ACTIVITY, code, title),
        )

    @Slot()
    def _rename_activity(self) -> None:
        item = self.activities.currentItem()
        if not self.rename.isEnabled():
            return
        code = str(item.data(_KEY))
        with self.desk.book.read() as session:
            known = session.scalars(select(Section).where(Section.code == code)).one().title
        text = tr("Le code {code} reste : les écritures le gardent.").format(code=code)
        title = ask_text(self, tr("Renommer l’activité"), text, tr("Renommer"), value=known)
        if title is None:
            return
        chosen = select(Section).where(Section.code == code)
        self._write(
            tr("Activité renommée"),
            lambda session: rename_section(session, session.scalars(chosen).one(), title),
        )

    def _write(self, label: str, change: Callable[[Session], object]) -> None:
        """Write as one step; a refusal is told and what was typed goes back."""
        try:
            with self.desk.book.action(label) as session:
                change(session)
        except UserError as error:
            self.refresh()
            self.desk.tell(str(error))

    @Slot()
    def _keep_email(self) -> None:
        typed = self.email.text().strip()
        if typed and not _EMAIL.fullmatch(typed):
            self.email.setText(self.desk.settings.accountant_email)
            self.desk.tell(tr("« {text} » n’est pas une adresse e-mail.").format(text=typed))
            return
        self.desk.settings.accountant_email = typed

    @Slot()
    def _keep_format(self) -> None:
        self.desk.settings.transfer_format = str(self.format.currentData())


def _narrow(box: QComboBox) -> QComboBox:
    """Let a choice be narrower than its longest words, where room is short."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(10)
    return box


def _year_words(year: FiscalYear) -> str:
    state = tr("clos") if year.is_sealed else tr("ouvert")
    if year.locked_until is not None and not year.is_sealed:
        state += ", " + tr("arrêté jusqu’au {day}").format(day=short_day(year.locked_until - DAY))
    return tr("{year} : du {first} au {last}, {state}, {numbering}.").format(
        year=tr("Exercice {year}").format(year=in_words(year.period)),
        first=short_day(year.first),
        last=short_day(year.end - DAY),
        state=state,
        numbering=tr(_NUMBERINGS[year.numbering]),
    )


def _till_words(session: Session) -> str:
    stays = usual_float(session)
    said = [
        tr("Fond de caisse du dernier comptage : {amount}.").format(amount=money(stays))
        if stays
        else tr("Aucun comptage encore : le premier dira le fond de caisse."),
        tr("À partir de {amount}, un écart demande sa raison.").format(amount=money(NOTABLE)),
        tr("Chaque recette est scellée et enchaînée à la précédente ; elle se corrige à la suite."),
        tr("La caisse se clôture par jour, par mois et par exercice ; ses totaux se cumulent."),
    ]
    return "\n".join(f"– {words}" for words in said)
