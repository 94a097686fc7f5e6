"""A supplier beside the list: who it is, its days, what it asks, what it sells."""

from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import mark, tr
from cantine_desktop.supply.suppliers.keeping import SupplierFacts, change_supplier
from cantine_desktop.supply.suppliers.model import OrderWay, Supplier, SupplierKind
from ui.desk import Desk
from ui.kit.fields import MoneyEdit, NumberEdit, TextEdit
from ui.kit.flow import FlowLayout
from ui.kit.form import Form
from ui.kit.labels import heading, wrapped
from ui.kit.theme import scaled
from ui.list_screen import RecordPane
from ui.supply.articles_grid import ArticlesGrid
from ui.supply.order_days import OrderDays
from ui.supply.order_dialogs import WAYS
from ui.supply.supplier_extra import SupplierExtra

KINDS = {
    SupplierKind.SUPPLIER: mark("Livre à la cantine"),
    SupplierKind.SHOP: mark("Magasin où l’on va"),
    SupplierKind.DONOR: mark("Donne des denrées"),
}
_TEXTS = ("name", "contact", "phone", "email", "account", "siret", "address", "note")
_MONEY = ("minimum", "free_from", "fee")
_NUMBERS = {"minimum_grams": 1000, "minimum_boxes": 1}
"""How many of what is kept one of what is typed makes: kilograms are kept in grams."""
_COMBOS: dict[str, tuple[type[SupplierKind | OrderWay], dict[Any, str]]] = {
    "kind": (SupplierKind, KINDS),
    "way": (OrderWay, WAYS),
}


class SupplierPane(RecordPane):
    """A supplier, changed as it is typed; every change may be taken back."""

    def __init__(self, desk: Desk, key: int, put_away: QAction) -> None:
        super().__init__(desk, key)
        self.head = wrapped(role="h2")
        self.refused = wrapped(role="error")
        self.refused.setVisible(False)
        self.articles = ArticlesGrid(desk, key, self)
        self.days = OrderDays(desk, key, self)
        self.extra = SupplierExtra(desk, key, self)
        self.form = Form(self)
        self._make_fields()
        self.form.committed.connect(self._set)
        buttons = QWidget(self)
        flow = FlowLayout(scaled(8), buttons)
        self.put_away = QPushButton(put_away.text(), buttons)
        self.put_away.setEnabled(put_away.isEnabled())
        self.put_away.clicked.connect(put_away.trigger)
        flow.addWidget(self.put_away)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, scaled(8), 0)
        column.setSpacing(scaled(8))
        self._bought = (self.articles, heading(tr("Jours de commande")), self.days)
        for part in (self.head, *self._bought, heading(tr("Fiche")), self.refused, self.form):
            column.addWidget(part)
        column.addWidget(self.extra)
        column.addWidget(buttons)
        column.addStretch()
        self.form.setEnabled(desk.may_write("supply"))
        self.refresh()

    def name_it(self) -> None:
        """Put the keyboard on the name, selected."""
        field = self.form.field("name")
        assert isinstance(field, TextEdit)
        field.line.setFocus()
        field.line.selectAll()

    @override
    def refresh(self) -> None:
        """Read the supplier again."""
        with self.desk.book.read() as session:
            supplier = session.get(Supplier, self.key)
            if supplier is None:
                return
            facts = facts_of(supplier)
            self._present(facts)
        self.head.setText(facts.name)
        for part in self._bought:
            part.setVisible(facts.kind is not SupplierKind.DONOR)
        self.days.refresh()
        self.articles.refresh()
        self.extra.refresh()

    def _make_fields(self) -> None:
        add = self.form.add
        add("name", tr("Nom"), TextEdit(tr("Nom"), required=True, longest=120))
        add("kind", tr("Ce qu’il fait"), _combo(KINDS))
        for key, words in (
            ("contact", tr("Contact")),
            ("phone", tr("Téléphone")),
            ("email", tr("Courriel")),
        ):
            add(key, words, TextEdit(words, longest=120))
        add("way", tr("Les commandes partent"), _combo(WAYS))
        add("account", tr("Notre n° de client"), TextEdit(tr("Notre n° de client"), longest=60))
        for key, words in (
            ("minimum", tr("Commande minimum")),
            ("free_from", tr("Franco à partir de")),
            ("fee", tr("Frais de livraison")),
        ):
            add(key, words, MoneyEdit(words))
        grams = NumberEdit(tr("Poids minimum"), places=3, unit="kg", minimum=Decimal(0))
        add("minimum_grams", tr("Poids minimum"), grams)
        boxes = NumberEdit(tr("Colis au minimum"), places=0, minimum=Decimal(0))
        add("minimum_boxes", tr("Colis au minimum"), boxes)
        add("is_local", tr("Près d’ici"), QCheckBox())
        for key, words in (
            ("siret", tr("SIRET")),
            ("address", tr("Adresse")),
            ("note", tr("Note")),
        ):
            add(key, words, TextEdit(words, longest=200))

    def _present(self, facts: SupplierFacts) -> None:
        for key in (*_TEXTS, *_MONEY):
            field = self.form.field(key)
            assert isinstance(field, (TextEdit, MoneyEdit))
            if not field.line.hasFocus():
                field.set_value(getattr(facts, key) or None)
        for key, scale in _NUMBERS.items():
            number = self.form.field(key)
            assert isinstance(number, NumberEdit)
            value = getattr(facts, key)
            if not number.line.hasFocus():
                number.set_value(None if not value else Decimal(value) / scale)
        for key in _COMBOS:
            combo = self.form.field(key)
            assert isinstance(combo, QComboBox)
            combo.setCurrentIndex(combo.findData(getattr(facts, key)))
        box = self.form.field("is_local")
        assert isinstance(box, QCheckBox)
        box.blockSignals(True)
        box.setChecked(facts.is_local)
        box.blockSignals(False)

    @Slot(str, object)
    def _set(self, key: str, value: Any) -> None:
        if key in _COMBOS:
            combo = self.form.field(key)
            assert isinstance(combo, QComboBox)
            value = _COMBOS[key][0](combo.currentData())
        elif key in _TEXTS:
            value = value or ""
        elif key in _NUMBERS:
            value = value * _NUMBERS[key] if value else None
            value = int(value) if key == "minimum_boxes" and value else value
        elif key == "fee" and value is None:
            value = SupplierFacts("").fee
        why = ""
        try:
            with self.desk.book.action(tr("Fournisseur changé")) as session:
                facts = facts_of(session.get_one(Supplier, self.key))
                if getattr(facts, key) != value:
                    change_supplier(session, self.key, replace(facts, **{key: value}))
        except UserError as error:
            why = str(error)
        self.refused.setText(why)
        self.refused.setVisible(bool(why))
        field = self.form.field(key)
        if why and isinstance(field, (TextEdit, MoneyEdit, NumberEdit)):
            field.refuse(why)


def facts_of(supplier: Supplier) -> SupplierFacts:
    """Return what is known of a supplier, to change a part of it."""
    return SupplierFacts(**{
        each.name: getattr(supplier, each.name) for each in fields(SupplierFacts)
    })


def _combo(words: dict[Any, str]) -> QComboBox:
    combo = QComboBox()
    for value, label in words.items():
        combo.addItem(tr(label), value)
    return combo
