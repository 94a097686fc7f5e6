"""A product beside the list: what it holds, weighs, costs and emits, and who says so."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QPushButton, QVBoxLayout
from typing_extensions import override

from cantine_desktop.canteen.allergens import ALLERGENS, Allergen
from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import number, short_day, tr
from cantine_desktop.supply.products.keeping import change_product, facts_of, trimmed
from cantine_desktop.supply.products.listing import DIMENSIONS, FAMILIES, ORIGINS
from cantine_desktop.supply.products.model import Dimension, Origin, Product, ProductFamily
from ui.desk import Desk
from ui.kit.fields import NumberEdit, TextEdit
from ui.kit.form import Form
from ui.kit.labels import heading, wrapped
from ui.kit.theme import scaled
from ui.list_screen import RecordPane
from ui.supply.product_sellers import ProductSellers

_COLUMNS = 3
_CHOICES: dict[str, type[ProductFamily | Dimension | Origin]] = {
    "family": ProductFamily,
    "dimension": Dimension,
    "origin": Origin,
}
_HUNDRED = Decimal(100)


class ProductPane(RecordPane):
    """A product, changed as it is typed; every change may be taken back."""

    def __init__(self, desk: Desk, key: int, put_away: QAction) -> None:
        super().__init__(desk, key)
        self.form = Form(self)
        self.put_away = QPushButton(put_away.text(), self)
        self.put_away.setEnabled(put_away.isEnabled())
        self.put_away.clicked.connect(put_away.trigger)
        self.refused = wrapped(role="error")
        self.sources = wrapped(role="small")
        self.sellers = ProductSellers(desk, key, self)
        self.unknown = QCheckBox(tr("Personne n’a encore regardé l’étiquette"), self)
        self.boxes: dict[Allergen, QCheckBox] = {}
        self._make_fields()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, scaled(8), 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.refused)
        column.addWidget(self.form)
        column.addWidget(self.sellers)
        column.addWidget(heading(tr("Allergènes")))
        column.addWidget(self.unknown)
        column.addLayout(self._make_boxes())
        column.addWidget(heading(tr("D’où viennent ces valeurs")))
        column.addWidget(self.sources)
        row = QGridLayout()
        row.addWidget(self.put_away, 0, 0)
        row.setColumnStretch(1, 1)
        column.addLayout(row)
        column.addStretch()
        self.unknown.clicked.connect(self._set_unknown)
        self.form.committed.connect(self._set)
        may = desk.may_write("supply")
        for part in (self.form, self.unknown, *self.boxes.values()):
            part.setEnabled(may)
        self.refresh()

    def name_it(self) -> None:
        """Put the keyboard on the name, selected."""
        field = self.form.field("name")
        assert isinstance(field, TextEdit)
        field.line.setFocus()
        field.line.selectAll()

    @override
    def refresh(self) -> None:
        """Read the product again."""
        with self.desk.book.read() as session:
            product = session.get(Product, self.key)
            if product is not None:
                self._present(product)
        self.sellers.refresh()

    def _make_fields(self) -> None:
        add = self.form.add
        add("name", tr("Nom"), TextEdit(tr("Nom"), required=True, longest=120))
        add("family", tr("Famille"), _combo(FAMILIES))
        add("dimension", tr("Se mesure"), _combo(DIMENSIONS))
        add("price", tr("Prix"), _number(tr("Prix"), 4, ""))
        add("peel_yield", tr("Rendement"), _number(tr("Rendement"), 1, "%"))
        add("piece_grams", tr("Poids d’une pièce"), _number(tr("Poids d’une pièce"), 1, "g"))
        add("density", tr("Poids d’un litre"), _number(tr("Poids d’un litre"), 3, "kg"))
        add("carbon", tr("CO₂"), _number(tr("CO₂"), 3, "kg/kg"))
        add("carbon_source", tr("Source du CO₂"), TextEdit(tr("Source du CO₂"), longest=160))
        add("origin", tr("Origine"), _combo(ORIGINS))
        add("is_organic", tr("Acheté bio"), QCheckBox())
        add("is_local", tr("Acheté près d’ici"), QCheckBox())

    def _make_boxes(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(scaled(2))
        for rank, (each, words) in enumerate(ALLERGENS.items()):
            box = QCheckBox(tr(words.name), self)
            box.setToolTip(tr(words.whole))
            box.clicked.connect(self._set_allergens)
            self.boxes[each] = box
            grid.addWidget(box, rank // _COLUMNS, rank % _COLUMNS)
        return grid

    def _present(self, product: Product) -> None:
        facts = facts_of(product)
        for key in ("name", "carbon_source"):
            field = self.form.field(key)
            assert isinstance(field, TextEdit)
            field.set_value(getattr(facts, key))
        for key in ("price", "peel_yield", "piece_grams", "density", "carbon"):
            number_field = self.form.field(key)
            assert isinstance(number_field, NumberEdit)
            value: Decimal | None = getattr(facts, key)
            value = value * _HUNDRED if value is not None and key == "peel_yield" else value
            number_field.set_value(None if value is None else trimmed(value))
        for key in _CHOICES:
            combo = self.form.field(key)
            assert isinstance(combo, QComboBox)
            combo.setCurrentIndex(combo.findData(getattr(facts, key)))
        for key in ("is_organic", "is_local"):
            box = self.form.field(key)
            assert isinstance(box, QCheckBox)
            box.blockSignals(True)
            box.setChecked(getattr(facts, key))
            box.blockSignals(False)
        self.unknown.setChecked(facts.allergens is None)
        for each, box in self.boxes.items():
            box.setChecked(each in (facts.allergens or ()))
        self.sources.setText(_sources(product))

    @Slot(str, object)
    def _set(self, key: str, value: object) -> None:
        if key in _CHOICES:
            combo = self.form.field(key)
            assert isinstance(combo, QComboBox)
            value = _CHOICES[key](combo.currentData())
        elif key == "peel_yield" and isinstance(value, Decimal):
            value /= _HUNDRED
        elif key in {"name", "carbon_source"}:
            value = value or ""
        self._keep(key, value)

    @Slot()
    def _set_allergens(self) -> None:
        held = frozenset(each for each, box in self.boxes.items() if box.isChecked())
        self._keep("allergens", held)

    @Slot(bool)
    def _set_unknown(self, unknown: bool) -> None:  # noqa: FBT001  -- Qt's signal
        self._keep("allergens", None if unknown else frozenset[Allergen]())

    def _keep(self, key: str, value: Any) -> None:
        today = civil_date(self.desk.book.clock())
        why = ""
        try:
            with self.desk.book.action(tr("Produit changé")) as session:
                facts = facts_of(session.get_one(Product, self.key))
                if getattr(facts, key) != value:
                    change_product(session, self.key, replace(facts, **{key: value}), today)
        except UserError as error:
            why = str(error)
        self.refused.setText(why)
        field = None if key == "allergens" else self.form.field(key)
        if why and isinstance(field, (NumberEdit, TextEdit)):
            field.refuse(why)


def _sources(product: Product) -> str:
    own = tr("Saisi par la cantine")
    lines = [tr("Fiche : {source}.").format(source=product.source or own)]
    if product.carbon is not None:
        lines.append(tr("CO₂ : {source}.").format(source=product.carbon_source or own))
    if product.price is not None and product.priced_on is not None:
        day = short_day(product.priced_on)
        lines.append(tr("Prix du {day}, avant celui d’un fournisseur.").format(day=day))
    if product.piece_least is not None and product.piece_most is not None:
        words = tr("Une pièce pèse de {least} à {most} g.")
        least, most = number(trimmed(product.piece_least)), number(trimmed(product.piece_most))
        lines.append(words.format(least=least, most=most))
    return "\n".join(lines)


def _combo(words: dict[Any, str]) -> QComboBox:
    combo = QComboBox()
    for value, label in words.items():
        combo.addItem(tr(label), value)
    return combo


def _number(name: str, places: int, unit: str) -> NumberEdit:
    return NumberEdit(name, places=places, unit=unit, minimum=Decimal(0))
