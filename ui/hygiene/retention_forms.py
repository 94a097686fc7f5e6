"""What is asked before records are frozen, freed, kept longer, or destroyed."""

from datetime import date
from decimal import Decimal

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPlainTextEdit, QWidget
from typing_extensions import override

from cantine_desktop.hygiene.keeping.holds import REASONS, HoldLine, Reach
from cantine_desktop.hygiene.keeping.model import HoldReason
from cantine_desktop.hygiene.keeping.review import Review
from cantine_desktop.hygiene.keeping.words import AFTER, days_words, hold_words
from cantine_desktop.hygiene.retention.classes import RETENTION, Retention
from cantine_desktop.i18n import tr, trn
from cantine_desktop.values.period import DAY
from ui.desk import Desk
from ui.hygiene.outbreak_today import today_of
from ui.kit.date_field import DateEdit
from ui.kit.dialogs import Dialog
from ui.kit.fields import NumberEdit, TextEdit
from ui.kit.form import Form
from ui.kit.theme import scaled


class HoldDialog(Dialog):
    """Freezing records."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(
            parent,
            tr("Geler des enregistrements"),
            tr(
                "Rien de ce qu’un gel atteint ne peut être détruit. Il ne s’efface pas : il se "
                "lève, avec une raison et des initiales."
            ),
        )
        self._desk = desk
        self.reason = QComboBox()
        for reason, label in REASONS.items():
            self.reason.addItem(tr(label), reason)
        self.reason.setCurrentIndex(1)
        self.words = TextEdit(tr("De quoi s’agit-il"))
        self.first = DateEdit(tr("Premier jour"), self._today, required=True)
        self.last = DateEdit(tr("Dernier jour"), self._today)
        self.products = QPlainTextEdit()
        self.products.setTabChangesFocus(True)
        self.products.setFixedHeight(scaled(64))
        self.by = TextEdit(tr("Vos initiales"), required=True, longest=20)
        self.form = Form()
        self.form.add("reason", tr("Raison"), self.reason)
        self.form.add("words", tr("De quoi s’agit-il"), self.words)
        self.form.add("first", tr("Du"), self.first)
        self.form.add("last", tr("au"), self.last, tr("Vide : tout ce qui vient aussi."))
        help_text = tr("Un par ligne : ce qui les nomme est gelé, quel que soit le jour.")
        self.form.add("products", tr("Produits, lots"), self.products, help_text)
        self.form.add("by", tr("Vos initiales"), self.by)
        self.body.addWidget(self.form)
        self.act, _ = self.add_answers(tr("Geler"))
        self.words.setFocus()

    def reach(self) -> Reach:
        """Return what is to be frozen."""
        first, last = self.first.value, self.last.value
        assert first is not None
        products = self.products.toPlainText().splitlines()
        return Reach(first, None if last is None else last + DAY, products)

    @override
    def accept(self) -> None:
        """Close only when nothing is missing."""
        if self.form.check():
            super().accept()

    def _today(self) -> date:
        return today_of(self._desk)


class LiftDialog(Dialog):
    """Ending a hold."""

    def __init__(self, parent: QWidget, hold: HoldLine) -> None:
        super().__init__(parent, tr("Lever ce gel"), hold_words(hold))
        self.why = TextEdit(tr("Pourquoi"), required=True)
        self.by = TextEdit(tr("Vos initiales"), required=True, longest=20)
        self.form = Form()
        help_text = tr("Ces enregistrements pourront être détruits à leur terme.")
        self.form.add("why", tr("Pourquoi"), self.why, help_text)
        self.form.add("by", tr("Vos initiales"), self.by)
        self.body.addWidget(self.form)
        self.act, _ = self.add_answers(tr("Lever le gel"))
        self.why.setFocus()

    @override
    def accept(self) -> None:
        """Close only when nothing is missing."""
        if self.form.check():
            super().accept()


class TermsDialog(Dialog):
    """For how long each class is kept."""

    def __init__(self, parent: QWidget, months: dict[Retention, int]) -> None:
        super().__init__(
            parent,
            tr("Durées de conservation"),
            tr("En mois. Vous pouvez garder plus longtemps, jamais moins que le texte."),
        )
        self.setMinimumWidth(scaled(760))
        self.fields: dict[Retention, NumberEdit] = {}
        self.form = Form()
        for retention, rule in RETENTION.items():
            if retention is Retention.PERMANENT:
                continue
            field = NumberEdit(
                tr(rule.label),
                places=0,
                unit=tr("mois"),
                minimum=Decimal(rule.least_months),
                maximum=Decimal(600),
                required=True,
            )
            field.set_value(Decimal(months[retention]))
            self.fields[retention] = field
            self.form.add(retention, tr(rule.label), field, tr(AFTER[retention]))
        self.form.setMinimumHeight(scaled(400))
        self.body.addWidget(self.form)
        self.act, _ = self.add_answers(tr("Enregistrer"))

    def months(self) -> dict[Retention, int]:
        """Return what was typed."""
        typed = {retention: field.value for retention, field in self.fields.items()}
        return {retention: int(value) for retention, value in typed.items() if value is not None}

    @override
    def accept(self) -> None:
        """Close only when every number is good."""
        if self.form.check():
            super().accept()


class PurgeDialog(Dialog):
    """The first of two questions: what goes, and who says so."""

    def __init__(self, parent: QWidget, found: Review) -> None:
        super().__init__(
            parent,
            tr("Détruire ce qui est à terme"),
            tr(
                "Choisissez, puis signez. Rien n’est encore détruit : une dernière question suit. "
                "Pensez à imprimer la liste avant."
            ),
        )
        self.setMinimumWidth(scaled(620))
        self._found = found
        self.boxes: dict[str, QCheckBox] = {}
        for line in found.lines:
            if line.due:
                days = days_words(line.oldest, line.newest)
                names = tr("nomment des gens") if line.series.names else ""
                parts = (tr(line.series.title), str(line.due), days, names)
                box = QCheckBox(" · ".join(part for part in parts if part))
                box.setChecked(True)
                box.toggled.connect(self._count)
                self.boxes[line.series.table] = box
                self.body.addWidget(box)
        self.total = QLabel()
        self.total.setWordWrap(True)
        self.body.addWidget(self.total)
        self.by = TextEdit(tr("Vos initiales"), required=True, longest=20)
        self.form = Form()
        self.form.add("by", tr("Vos initiales"), self.by)
        self.body.addWidget(self.form)
        self.act, self.give_up = self.add_answers(tr("Continuer…"), destructive=True)
        self._count()

    @property
    def tables(self) -> frozenset[str]:
        """The series chosen."""
        return frozenset(table for table, box in self.boxes.items() if box.isChecked())

    @property
    def count(self) -> int:
        """How many records the choice destroys."""
        return len(self._found.chosen(self.tables))

    @override
    def accept(self) -> None:
        """Go on only with initials."""
        if self.form.check():
            super().accept()

    @Slot()
    def _count(self) -> None:
        count = self.count
        asked = sum(line.due for line in self._found.lines if line.series.table in self.tables)
        words = trn(
            "{n} enregistrement sera détruit.", "{n} enregistrements seront détruits.", count
        )
        if count < asked:
            words += " " + tr(
                "Les autres sont liés à ce que vous n’avez pas coché : ils vont ensemble."
            )
        self.total.setText(words)
        self.act.setEnabled(count > 0)


def hold_reason(box: QComboBox) -> HoldReason:
    """Return the reason chosen."""
    return HoldReason(box.currentData())
