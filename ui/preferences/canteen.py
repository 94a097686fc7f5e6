"""Settings of the canteen itself: its name, its place, its days."""

import re
from datetime import date
from decimal import Decimal
from typing import ClassVar

from PySide6.QtWidgets import QCheckBox, QLineEdit
from sqlalchemy import select
from typing_extensions import override

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.finance.pieces.identifiers import is_siren, is_siret, plain
from cantine_desktop.i18n import tr, weekday
from ui.desk import Desk
from ui.kit.fields import NumberEdit
from ui.kit.theme import scaled
from ui.preferences.page import Card, PreferencePage, note

_RNA = re.compile(r"W\d[0-9A-Z]\d{7}")
"""Number of an association: its prefecture (``2A`` has a letter), then seven digits."""


class CanteenPage(PreferencePage):
    """What is printed at the top of every sheet, and what decides the calendar."""

    shows: ClassVar[frozenset[str]] = frozenset({"canteen"})

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__(desk, title)
        self.name, self.address, self.department = QLineEdit(), QLineEdit(), QLineEdit()
        self.seats = NumberEdit(tr("Places à table"), places=0, minimum=Decimal(0))
        self.kitchen = NumberEdit(tr("Places en cuisine"), places=0, minimum=Decimal(0))
        # 1 January 2024 was a Monday.
        self.days = [QCheckBox(weekday(date(2024, 1, day))) for day in range(1, 8)]
        self.siren, self.siret, self.rna = QLineEdit(), QLineEdit(), QLineEdit()
        self.siren.setPlaceholderText("123 456 789")
        self.rna.setPlaceholderText("W671234567")
        self.siret.setPlaceholderText("123 456 789 00012")
        for number in (self.siren, self.siret, self.rna):
            number.setMaxLength(24)
            number.setMaximumWidth(scaled(180))
            number.editingFinished.connect(self._keep)
        self.department.setMaxLength(3)
        self.department.setMaximumWidth(scaled(90))
        for count in (self.seats, self.kitchen):
            count.setMaximumWidth(scaled(90))
            count.committed.connect(self._keep)
        for field in (self.name, self.address, self.department):
            field.editingFinished.connect(self._keep)
        for day in self.days:
            day.clicked.connect(self._keep)
        self.body.addWidget(self._card())
        self.body.addWidget(
            note(
                tr(
                    "Le nom est imprimé en haut de chaque feuille ; le département décide des "
                    "jours fériés."
                )
            )
        )
        self.setEnabled(desk.may_write(Canteen.area))
        self.refresh()

    def _card(self) -> Card:
        card = Card()
        card.add(tr("Nom de la cantine"), self.name, wide=True)
        card.add(tr("Adresse"), self.address, wide=True)
        card.add(tr("Département"), self.department)
        card.add(tr("SIREN"), self.siren)
        card.add(tr("SIRET"), self.siret)
        card.add(tr("Numéro RNA"), self.rna)
        card.add(tr("Jours d’ouverture"), *self.days)
        card.add(tr("Places à table"), self.seats)
        card.add(tr("Places en cuisine"), self.kitchen)
        return card

    @override
    def refresh(self) -> None:
        with self.desk.book.read() as session:
            canteen = session.scalar(select(Canteen).limit(1))
            if canteen is None:
                return
            self.name.setText(canteen.name)
            self.address.setText(canteen.address)
            self.department.setText(canteen.department)
            self.siren.setText(canteen.siren)
            self.siret.setText(canteen.siret)
            self.rna.setText(canteen.rna)
            self.seats.set_value(Decimal(canteen.seats))
            self.kitchen.set_value(Decimal(canteen.kitchen_places))
            for day, box in enumerate(self.days, 1):
                box.setChecked(str(day) in canteen.open_weekdays)

    def _keep(self) -> None:
        name = self.name.text().strip()
        if not name:
            self.refresh()
            self.desk.tell(tr("La cantine garde son nom : il est imprimé sur chaque feuille."))
            return
        siren, siret, rna = (plain(number.text()) for number in (self.siren, self.siret, self.rna))
        if refused := _why_refused(siren, siret, rna):
            self.refresh()
            self.desk.tell(refused)
            return
        with self.desk.book.action(tr("Réglages de la cantine")) as session:
            canteen = session.scalars(select(Canteen).limit(1)).one()
            canteen.name = name
            canteen.address = self.address.text().strip()
            canteen.department = self.department.text().strip().upper()
            canteen.siren, canteen.siret, canteen.rna = siren, siret, rna
            canteen.seats = int(self.seats.value or 0)
            canteen.kitchen_places = int(self.kitchen.value or 0)
            canteen.open_weekdays = "".join(
                str(day) for day, box in enumerate(self.days, 1) if box.isChecked()
            )


def _why_refused(siren: str, siret: str, rna: str) -> str:
    """Return what is wrong with the numbers of the association; empty when they may be kept."""
    if siren and not is_siren(siren):
        return tr(
            "Ce SIREN n’est pas juste : neuf chiffres, dont le dernier contrôle les autres. "
            "L’ancien est gardé."
        )
    if siret and not is_siret(siret):
        return tr(
            "Ce SIRET n’est pas juste : quatorze chiffres, dont le dernier contrôle les autres. "
            "L’ancien est gardé."
        )
    if rna and not _RNA.fullmatch(rna):
        return tr(
            "Ce numéro RNA n’est pas juste : un W suivi de neuf chiffres ou lettres. "
            "L’ancien est gardé."
        )
    return ""
