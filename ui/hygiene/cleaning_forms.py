"""Forms of a line of the cleaning plan, of a product and of a bait station."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cantine_desktop.hygiene.cleaning.model import (
    BaitStation,
    CleaningProduct,
    CleaningTask,
    Every,
    When,
)
from cantine_desktop.hygiene.cleaning.words import every_name, weekday_name, when_name
from cantine_desktop.i18n import tr
from ui.kit.fields import NumberEdit, TextEdit
from ui.kit.theme import scaled, set_role

_SHORT = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon


class PlanForm(QWidget):
    """Fields one under the other; each is told when it is left with another value.

    Signals:
        changed: A field was left with another value (``dict``).
    """

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._form = QFormLayout()
        self._form.setSpacing(scaled(8))
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        layout = QVBoxLayout(self)
        layout.addLayout(self._form)
        layout.addStretch(1)

    def add_text(self, key: str, label: str, *, required: bool = False) -> TextEdit:
        """Add a line of words."""
        field = TextEdit(label, required=required, longest=200)
        field.committed.connect(partial(self._tell_text, key))
        self._form.addRow(label, field)
        return field

    def add_box(self, key: str, label: str) -> QComboBox:
        """Add a choice."""
        box = QComboBox()
        box.setAccessibleName(label)
        box.setSizeAdjustPolicy(_SHORT)
        box.setMinimumContentsLength(8)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        box.activated.connect(partial(self._tell_choice, key, box))
        self._form.addRow(label, box)
        return box

    def add_note(self, words: str) -> None:
        """Add small words under the last field."""
        note = QLabel(words)
        note.setWordWrap(True)
        set_role(note, "small")
        self._form.addRow(note)

    def _tell_text(self, key: str, value: str | None) -> None:
        self.changed.emit({key: value or ""})

    def _tell_choice(self, key: str, box: QComboBox, _rank: int) -> None:
        self.changed.emit({key: box.currentData()})


class TaskForm(PlanForm):
    """A line of the cleaning plan."""

    def __init__(self) -> None:
        super().__init__()
        self.name = self.add_text("name", tr("Ce qui est nettoyé"), required=True)
        self.zone = self.add_box("zone", tr("Zone"))
        self.zone.setEditable(True)
        self.zone.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line = self.zone.lineEdit()
        assert line is not None
        self._zone = line
        line.setAccessibleName(tr("Zone"))
        line.editingFinished.connect(self._tell_zone)
        self.every = self.add_box("every", tr("Fréquence"))
        for every in Every:
            self.every.addItem(every_name(every), every)
        self.weekday = self.add_box("weekday", tr("Jour prévu"))
        self.weekday.addItem(tr("n’importe lequel"), None)
        for day in range(1, 8):
            self.weekday.addItem(weekday_name(day), day)
        self.when = self.add_box("when", tr("Moment"))
        for when in When:
            self.when.addItem(when_name(when), when)
        self.product = self.add_box("product_id", tr("Produit"))
        self.method = self.add_text("method", tr("Méthode"))
        self.temperature = self.add_text("temperature", tr("Température de l’eau"))
        self.rinse = QCheckBox(tr("Rincer ensuite"))
        self.rinse.clicked.connect(self._tell_rinse)
        self._form.addRow("", self.rinse)
        self.who = self.add_text("who", tr("Qui (fonction ou prénom)"))
        self._was_zone = ""

    def offer(self, products: Sequence[CleaningProduct], zones: Sequence[str]) -> None:
        """Offer the products in use, and the zones there are."""
        self.product.clear()
        self.product.addItem(tr("à choisir"), None)
        for product in products:
            self.product.addItem(product.name, product.id)
        self.zone.clear()
        self.zone.addItems([*zones])

    def present(self, task: CleaningTask) -> None:
        """Show a line, without telling anybody."""
        self.name.set_value(task.name)
        self._was_zone = task.zone
        self._zone.setText(task.zone)
        self.every.setCurrentIndex(self.every.findData(task.every))
        self.weekday.setCurrentIndex(task.weekday or 0)
        self.weekday.setEnabled(task.every in {Every.WEEKLY, Every.MONTHLY, Every.QUARTERLY})
        self.when.setCurrentIndex(self.when.findData(task.when))
        self._show_product(task)
        self.method.set_value(task.method)
        self.temperature.set_value(task.temperature)
        self.rinse.setChecked(task.rinse)
        self.who.set_value(task.who)

    def _show_product(self, task: CleaningTask) -> None:
        rank = self.product.findData(task.product_id) if task.product_id else 0
        if rank < 0 and task.product is not None:
            self.product.addItem(
                tr("{name} (retiré)").format(name=task.product.name), task.product_id
            )
            rank = self.product.count() - 1
        self.product.setCurrentIndex(max(rank, 0))

    @Slot()
    def _tell_zone(self) -> None:
        zone = " ".join(self._zone.text().split())
        if zone != self._was_zone:
            self._was_zone = zone
            self.changed.emit({"zone": zone})

    @Slot()
    def _tell_rinse(self) -> None:
        self.changed.emit({"rinse": self.rinse.isChecked()})


class ProductForm(PlanForm):
    """A product, as its label describes it.

    Signals:
        sheet_wanted: A safety data sheet is to be joined.
    """

    sheet_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name = self.add_text("name", tr("Nom du produit"), required=True)
        self.dose = self.add_text("dose", tr("Dose, comme sur l’étiquette"))
        self.contact = NumberEdit(
            tr("Temps de contact"), places=0, unit=tr("min"), minimum=Decimal(1)
        )
        self.contact.committed.connect(self._tell_contact)
        self._form.addRow(tr("Temps de contact"), self.contact)
        self.add_note(
            tr(
                "Recopiez la dose et le temps de contact de l’étiquette : le logiciel n’en "
                "propose aucun. Vide, la feuille dit « à compléter (étiquette) »."
            )
        )
        self.standards = self.add_text("standards", tr("Normes"))
        self.add_note(tr("Par exemple EN 1276 ou EN 13697, si l’étiquette le dit."))
        self.note = self.add_text("note", tr("Remarque"))
        self.sheet = QPushButton(tr("Joindre la fiche de sécurité (FDS)…"))
        self.sheet.clicked.connect(self.sheet_wanted)
        self.joined = QLabel()
        self.joined.setWordWrap(True)
        self._form.addRow(self.sheet)
        self._form.addRow(self.joined)

    def present(self, product: CleaningProduct) -> None:
        """Show a product, without telling anybody."""
        minutes = product.contact_minutes
        self.name.set_value(product.name)
        self.dose.set_value(product.dose)
        self.contact.set_value(None if minutes is None else Decimal(minutes))
        self.standards.set_value(product.standards)
        self.note.set_value(product.note)
        joined = product.safety_sheet
        self.joined.setText(
            tr("Aucune fiche de sécurité jointe.")
            if joined is None
            else tr("Jointe : {name}").format(name=joined.name)
        )

    @Slot(object)
    def _tell_contact(self, value: Decimal | None) -> None:
        self.changed.emit({"contact_minutes": None if value is None else int(value)})


class StationForm(PlanForm):
    """A bait station."""

    def __init__(self) -> None:
        super().__init__()
        self.name = self.add_text("name", tr("Numéro ou nom du poste"), required=True)
        self.place = self.add_text("place", tr("Emplacement"))

    def present(self, station: BaitStation) -> None:
        """Show a bait station, without telling anybody."""
        self.name.set_value(station.name)
        self.place.set_value(station.place)
