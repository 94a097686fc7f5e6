"""Settings of contributions: how they are noted, what the till tolerates, names or not."""

from dataclasses import replace
from decimal import Decimal
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPushButton
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.price.displaying import price_on, price_words
from cantine_desktop.i18n import tr
from cantine_desktop.meals.closing.names import forget
from cantine_desktop.meals.closing.policy import (
    LONGEST_KEPT,
    MOST_AMOUNTS,
    Policy,
    policy,
    set_policy,
)
from cantine_desktop.meals.services.model import ContributionMode
from cantine_desktop.storage.scrubbing import scrub
from cantine_desktop.values.money import Money
from ui.desk import Desk
from ui.kit.amounts import AmountsEdit
from ui.kit.dialogs import ask, ask_text
from ui.kit.fields import MoneyEdit, NumberEdit
from ui.kit.theme import scaled
from ui.preferences.page import Card, PreferencePage, note


class PricesPage(PreferencePage):
    """The displayed price, the amounts of the tally, the till, and names, never by default."""

    shows: ClassVar[frozenset[str]] = frozenset({"closing_policy", "displayed_price"})

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__(desk, title)
        self._policy = Policy()
        self.price = QLabel()
        self.price.setWordWrap(True)
        self.change = QPushButton(tr("Voir le prix d’équilibre"))
        self.change.clicked.connect(self._go_price)
        self.mode = QComboBox()
        self.amounts = AmountsEdit(tr("Montants du pointage"))
        self.amounts.setMinimumWidth(scaled(380))
        self.float_amount = MoneyEdit(tr("Fond de caisse"))
        self.tolerated = MoneyEdit(tr("Écart de caisse toléré"))
        self.names = QCheckBox(tr("Cette cantine choisit d’attacher des noms aux contributions"))
        self.days = NumberEdit(
            tr("Jours où les noms sont gardés"),
            places=0,
            minimum=Decimal(1),
            maximum=Decimal(LONGEST_KEPT),
        )
        self.forget = QPushButton(tr("Effacer les noms échus…"))
        self.forget.clicked.connect(self._forget)
        for field in (self.float_amount, self.tolerated, self.days):
            field.setMaximumWidth(scaled(120))
        self._lay_out()
        self.mode.activated.connect(self._keep)
        self.names.clicked.connect(self._allow)
        for signal in (
            self.amounts.committed,
            self.float_amount.committed,
            self.tolerated.committed,
            self.days.committed,
        ):
            signal.connect(self._keep)
        may = desk.may_write("meals")
        for each in (self.mode, self.amounts, self.float_amount, self.tolerated):
            each.setEnabled(may)
        for other in (self.names, self.days, self.forget):
            other.setEnabled(may)
        self.refresh()

    @override
    def refresh(self) -> None:
        today = civil_date(self.desk.book.clock())
        with self.desk.book.read() as session:
            self._policy = chosen = policy(session)
            if self.desk.may_read("finance"):
                self.price.setText(price_words(price_on(session, today), today))
        self.mode.clear()
        self.mode.addItem(tr("le total seulement"), ContributionMode.TOTAL)
        self.mode.addItem(tr("un pointage par montant"), ContributionMode.TALLY)
        if chosen.names_allowed:
            self.mode.addItem(tr("une liste avec les noms"), ContributionMode.NAMED)
        self.mode.setCurrentIndex(max(0, self.mode.findData(chosen.mode)))
        self.amounts.set_value(chosen.amounts)
        self.float_amount.set_value(chosen.float_amount)
        self.tolerated.set_value(chosen.tolerated)
        self.names.setChecked(chosen.names_allowed)
        self.days.set_value(Decimal(chosen.names_kept_days))

    def _lay_out(self) -> None:
        price = Card(tr("Prix affiché"))
        price.add_wide(self.price)
        price.add(tr("Ses versions et ses parts"), self.change)
        ways = Card(tr("Clôture d’un service"))
        ways.add(tr("Noter les contributions par"), self.mode)
        ways.add(tr("Montants du pointage"), self.amounts, wide=True)
        ways.add_wide(
            note(
                tr(
                    "Séparez-les par + : 0 + 5 + 8 + 10. Jusqu’à {n}, dans l’ordre que vous "
                    "voulez : ils se rangent."
                ).format(n=MOST_AMOUNTS)
            )
        )
        ways.add(tr("Fond de caisse"), self.float_amount)
        ways.add(tr("Écart de caisse toléré"), self.tolerated)
        names = Card(tr("Noms"))
        names.add_wide(self.names)
        names.add_wide(
            note(
                tr(
                    "Sans ce choix, aucun nom n’est attaché à un montant. Avec lui, les noms des "
                    "contributions et des réservations s’effacent au bout du délai ; les totaux "
                    "restent."
                )
            )
        )
        names.add(tr("Jours où les noms sont gardés"), self.days)
        names.add(tr("Maintenant"), self.forget)
        for card in (price, ways, names):
            self.body.addWidget(card)

    def _chosen(self) -> Policy:
        return Policy(
            ContributionMode(self.mode.currentData()),
            self.names.isChecked(),
            self.amounts.value or (),
            self.tolerated.value or Money(0),
            self.float_amount.value or Money(0),
            int(self.days.value or self._policy.names_kept_days),
        )

    @Slot()
    def _keep(self) -> None:
        self._write(self._chosen())

    def _write(self, chosen: Policy) -> None:
        try:
            with self.desk.book.action(tr("Façon de clôturer")) as session:
                set_policy(session, chosen)
        except UserError as error:
            self.desk.tell(str(error))
        self.refresh()

    @Slot()
    def _allow(self) -> None:
        """Ask before names are tied to amounts; taking it back needs no question."""
        wanted = self.names.isChecked()
        if wanted and not ask(
            self,
            tr("Attacher des noms aux contributions"),
            tr(
                "Chacun donne ce qu’il peut, sans avoir à le dire : noter qui a donné combien est "
                "une décision de l’association, à annoncer aux convives."
            ),
            tr("La cantine l’a décidé"),
        ):
            self.names.setChecked(False)
            return
        chosen = self._chosen()
        if not wanted and chosen.mode is ContributionMode.NAMED:
            chosen = replace(chosen, mode=ContributionMode.TALLY)
        self._write(chosen)

    @Slot()
    def _forget(self) -> None:
        by = ask_text(
            self,
            tr("Effacer les noms échus"),
            tr("Les noms plus anciens que le délai sont détruits pour de bon. Vos initiales :"),
            tr("Effacer"),
        )
        if not by:
            return
        with self.desk.book.action(tr("Noms effacés"), undoable=False) as session:
            count = forget(session, self.desk.book.clock(), by)
        if count:
            scrub(self.desk.book.engine)
        self.desk.tell(tr("Noms effacés : {n}.").format(n=count))

    @Slot()
    def _go_price(self) -> None:
        self.desk.go("price")
