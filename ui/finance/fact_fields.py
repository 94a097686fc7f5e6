"""Fields that short entry forms share: who, what it was for, how it was paid."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QSizePolicy
from sqlalchemy.orm import Session

from cantine_desktop.finance.ledger.accounts import accounts, sections
from cantine_desktop.finance.ledger.model import Axis
from cantine_desktop.finance.ledger.years import SECTIONS
from cantine_desktop.finance.postings.means import TITLES, Means
from cantine_desktop.i18n import mark, tr
from cantine_desktop.values.money import Money
from ui.kit.fields import Item, MoneyEdit, NumberEdit, SearchCombo, TextEdit

EXPENSES = (
    ("601000", mark("Denrées")),
    ("602200", mark("Emballages et consommables")),
    ("606300", mark("Produits d’entretien et petit équipement")),
    ("606100", mark("Eau, gaz, électricité")),
    ("606400", mark("Fournitures de bureau")),
    ("607000", mark("Épicerie revendue")),
    ("613200", mark("Loyer")),
    ("614000", mark("Charges locatives")),
    ("615000", mark("Entretien et réparations")),
    ("616000", mark("Assurances")),
    ("622600", mark("Honoraires, comptable")),
    ("623000", mark("Communication")),
    ("624000", mark("Transports, livraisons")),
    ("625100", mark("Déplacements")),
    ("625700", mark("Réceptions, vie associative")),
    ("626000", mark("Téléphone, internet, timbres")),
    ("628100", mark("Cotisation au réseau")),
    ("618000", mark("Formation, documentation")),
    ("611000", mark("Sous-traitance, prestataires")),
    ("621000", mark("Personnel mis à disposition")),
    ("215400", mark("Matériel de cuisine qui dure")),
    ("218300", mark("Ordinateur, téléphone, caisse")),
    ("218400", mark("Mobilier")),
)
"""What suppliers are paid for, in plain words; the last three are equipment to depreciate."""

MEAL_COSTS = ("601", "602", "606100", "6063", "607", "624")
"""Expenses of the meals unless somebody says otherwise; the others are of the structure."""


class NameEdit(TextEdit):
    """A name, those known already offered while typing.

    Signals:
        recalled: A known name was chosen (``str``).
    """

    recalled = Signal(str)

    def __init__(self, name: str, known: Sequence[str], *, required: bool = True) -> None:
        super().__init__(name, required=required, longest=80)
        completer = QCompleter(list(known), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self.recalled)
        self.line.setCompleter(completer)
        self.line.dropped = completer.popup()


def nature_box(session: Session, name: str, *, required: bool = True) -> SearchCombo:
    """Return what an expense is for: usual natures, then the canteen’s own accounts."""
    usual = [Item(account, tr(title)) for account, title in EXPENSES]
    known = {account for account, _title in EXPENSES}
    others = [
        Item(account.number, account.title)
        for account in accounts(session, "6")
        if account.number not in known and account.numbering is None
    ]
    return SearchCombo(name, [*usual, *others], required=required)


def activity_box(session: Session) -> QComboBox:
    """Return the activity something is for."""
    box = short_box()
    for section in sections(session, Axis.ACTIVITY):
        box.addItem(section.title, section.code)
    if not box.count():  # nothing was written yet: the first entry brings these
        for _axis, code, title in SECTIONS:
            box.addItem(tr(title), code)
    return box


def project_box(session: Session) -> QComboBox:
    """Return the project something is for; none at first."""
    box = short_box()
    box.addItem(tr("aucun"), "")
    for section in sections(session, Axis.PROJECT):
        box.addItem(section.title, section.code)
    return box


def means_box(*means: Means) -> QComboBox:
    """Return how money came."""
    box = short_box()
    for each in means:
        box.addItem(tr(TITLES[each]), each)
    return box


def choice_box(choices: Sequence[tuple[str, str]]) -> QComboBox:
    """Return a choice between a few; titles are marked, keys are its data."""
    box = short_box()
    for key, title in choices:
        box.addItem(tr(title), key)
    return box


def short_box() -> QComboBox:
    """Return a choice that takes the room there is, not that of its longest title."""
    box = QComboBox()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return box


def choose(box: QComboBox, key: object) -> None:
    """Choose by key; one that is not there leaves the choice as it is."""
    place = box.findData(key)
    if place >= 0:
        box.setCurrentIndex(place)


def cents(field: MoneyEdit) -> Money:
    """Return the amount of a field, nothing when it is empty."""
    return field.value or Money(0)


def count(name: str, *, required: bool = False) -> NumberEdit:
    """Return a field for a whole number, zero included."""
    return NumberEdit(name, places=0, minimum=Decimal(0), required=required)


def usual_activity(account: str) -> str:
    """Return the activity an expense usually belongs to."""
    return "REPAS" if account.startswith(MEAL_COSTS) else "STRUCTURE"


def last_month_end(today: date) -> date:
    """Return the last day of the month before."""
    return date.fromordinal(today.replace(day=1).toordinal() - 1)
