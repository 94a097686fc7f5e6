"""What is asked in a suspicion of food poisoning: meals, counts, calls, numbers."""

from datetime import date
from decimal import Decimal

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cantine_desktop.hygiene.outbreak.model import Callee, CrisisContact, Outbreak
from cantine_desktop.hygiene.outbreak.opening import DAYS_BEFORE, Suspected
from cantine_desktop.hygiene.outbreak.words import CALLEES, Step
from cantine_desktop.i18n import tr
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.hygiene.outbreak_today import today_of
from ui.kit.date_field import DateEdit
from ui.kit.dialogs import Dialog
from ui.kit.fields import NumberEdit, TextEdit
from ui.kit.form import Form
from ui.kit.theme import scaled, set_role


class SuspectedForm(QWidget):
    """The meals in question, how many are ill, who says so."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.first = DateEdit(tr("Premier repas en cause"), self._today, required=True)
        self.last = DateEdit(tr("Dernier repas en cause"), self._today)
        self.ill = NumberEdit(tr("Malades connus"), places=0, minimum=Decimal(0), required=True)
        self.diners = NumberEdit(tr("Convives de ces repas"), places=0, minimum=Decimal(0))
        self.before = NumberEdit(
            tr("Jours d’avant à rassembler"),
            places=0,
            minimum=Decimal(0),
            maximum=Decimal(30),
            required=True,
        )
        self.by = TextEdit(tr("Vos initiales"), required=True, longest=20)
        self.form = Form()
        self.form.add("first", tr("Repas du"), self.first)
        self.form.add("last", tr("au"), self.last, tr("Vide : un seul jour."))
        self.form.add("ill", tr("Malades connus"), self.ill, tr("Un nombre. Aucun nom ici."))
        self.form.add("diners", tr("Convives"), self.diners, tr("Vide si personne ne le sait."))
        self.form.add("before", tr("Jours d’avant"), self.before)
        self.form.add("by", tr("Vos initiales"), self.by)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        self.before.set_value(Decimal(DAYS_BEFORE))

    def present(self, outbreak: Outbreak) -> None:
        """Show what is suspected already."""
        self.first.set_value(outbreak.first)
        self.last.set_value(date.fromordinal(outbreak.end.toordinal() - 1))
        self.ill.set_value(Decimal(outbreak.ill))
        self.diners.set_value(None if outbreak.diners is None else Decimal(outbreak.diners))
        self.before.set_value(Decimal(outbreak.days_before))
        self.by.set_value(outbreak.opened_by)

    def suspected(self) -> Suspected | None:
        """Return what was typed; ``None`` when something is missing, which the form says."""
        if not self.form.check():
            return None
        first, ill, before = self.first.value, self.ill.value, self.before.value
        assert first is not None
        assert ill is not None
        assert before is not None
        last, diners = self.last.value or first, self.diners.value
        meals = Period.through(min(first, last), max(first, last))
        return Suspected(meals, int(ill), None if diners is None else int(diners), int(before))

    def _today(self) -> date:
        return today_of(self._desk)


class ReviseDialog(Dialog):
    """Changing what is suspected."""

    def __init__(self, parent: QWidget, desk: Desk, outbreak: Outbreak) -> None:
        super().__init__(parent, tr("Ce qui est suspecté"))
        self.fields = SuspectedForm(desk)
        self.fields.present(outbreak)
        self.body.addWidget(self.fields)
        self.act, _ = self.add_answers(tr("Enregistrer"))

    @override
    def accept(self) -> None:
        """Close only when nothing is missing."""
        if self.fields.suspected() is not None:
            super().accept()


class StepDialog(Dialog):
    """What was done for a step, or what was said in a call."""

    def __init__(self, parent: QWidget, step: Step | None, by: str) -> None:
        title = tr(step.title) if step else tr("Autre mesure")
        super().__init__(parent, title, tr(step.why) if step else "")
        self.form = Form()
        self.callee = QComboBox()
        self.spoke_to = TextEdit(tr("Qui a répondu"))
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(scaled(90))
        self.by = TextEdit(tr("Vos initiales"), required=True, longest=20)
        self.by.set_value(by)
        self.is_call = step is not None and bool(step.calls)
        if step is not None and self.is_call:
            for callee in step.calls:
                self.callee.addItem(tr(CALLEES[callee]), callee)
            self.form.add("callee", tr("Appelé"), self.callee)
            self.form.add("spoke", tr("Qui a répondu"), self.spoke_to, tr("Service ou fonction."))
        asked = tr("Ce qui est convenu") if self.is_call else tr("Ce qui a été fait, et où")
        self.form.add("words", asked, self.words, tr("Jamais le nom d’un malade."))
        self.form.add("by", tr("Vos initiales"), self.by)
        self.body.addWidget(self.form)
        self.act, _ = self.add_answers(tr("Appel passé") if self.is_call else tr("C’est fait"))
        (self.spoke_to if self.is_call else self.words).setFocus()

    def chosen(self) -> Callee:
        """Return whom the call was made to."""
        return Callee(self.callee.currentData())

    @override
    def accept(self) -> None:
        """Close only with initials."""
        if self.form.check():
            super().accept()


class CloseDialog(Dialog):
    """What came out of it."""

    def __init__(self, parent: QWidget, by: str) -> None:
        super().__init__(
            parent,
            tr("Clore la suspicion"),
            tr(
                "Elle sera scellée avec ses appels et ses mesures. Le gel reste : il se lève "
                "dans « Conservation », quand plus personne n’a besoin des enregistrements."
            ),
        )
        self.form = Form()
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(scaled(90))
        self.by = TextEdit(tr("Vos initiales"), required=True, longest=20)
        self.by.set_value(by)
        self.form.add("words", tr("Ce qui en est ressorti"), self.words)
        self.form.add("by", tr("Vos initiales"), self.by)
        self.body.addWidget(self.form)
        self.act, _ = self.add_answers(tr("Clore et sceller"), destructive=True)
        self.words.setFocus()


class ContactsCard(QFrame):
    """Numbers to call, written before they are needed.

    Signals:
        written: A service and its name, number and note.
    """

    written = Signal(object, str, str, str)

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "card")
        grid = QGridLayout(self)
        grid.setContentsMargins(scaled(16), scaled(12), scaled(16), scaled(12))
        grid.setHorizontalSpacing(scaled(12))
        heading = QLabel(tr("Numéros à appeler"))
        set_role(heading, "strong")
        grid.addWidget(heading, 0, 0, 1, 3)
        for column, title in enumerate((tr("Qui"), tr("Téléphone"), tr("Nom, horaires")), 0):
            label = QLabel(title)
            set_role(label, "small")
            grid.addWidget(label, 1, column)
        grid.setColumnStretch(2, 1)
        self._grid = grid
        self.phones: dict[Callee, TextEdit] = {}
        self.names: dict[Callee, TextEdit] = {}

    def present(self, contacts: dict[Callee, CrisisContact], *, may_write: bool) -> None:
        """Show the numbers; a field being typed in is left alone."""
        for row, (callee, contact) in enumerate(contacts.items(), 2):
            if callee not in self.phones:
                self._add(row, callee)
            for field, text in (
                (self.phones[callee], contact.phone),
                (self.names[callee], contact.name),
            ):
                if not field.line.hasFocus():
                    field.set_value(text or None)
                field.setEnabled(may_write)

    def _add(self, row: int, callee: Callee) -> None:
        who = tr(CALLEES[callee])
        self._grid.addWidget(QLabel(who), row, 0)
        self.phones[callee] = phone = TextEdit(tr("{who} : téléphone").format(who=who), longest=40)
        self.names[callee] = name = TextEdit(tr("{who} : nom, horaires").format(who=who))
        phone.setMinimumWidth(scaled(150))
        for column, field in ((1, phone), (2, name)):
            field.setProperty("callee", callee.value)
            field.line.editingFinished.connect(self._write)
            self._grid.addWidget(field, row, column)

    @Slot()
    def _write(self) -> None:
        for callee, phone in self.phones.items():
            name = self.names[callee]
            self.written.emit(callee, name.value or "", phone.value or "", "")


def big_button(text: str, role: str = "") -> QPushButton:
    """Return a button that a trembling hand can hit."""
    button = QPushButton(text)
    button.setMinimumHeight(scaled(44))
    if role:
        set_role(button, role)
    return button
