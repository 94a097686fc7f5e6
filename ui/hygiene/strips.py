"""Strips that open under the week grid to ask one thing, and close again.

They are not dialogs: the grid stays in view, Escape gives up, Enter does it.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cantine_desktop.hygiene.model import Gap
from cantine_desktop.hygiene.words import gap_name
from cantine_desktop.i18n import tr
from ui.kit.flow import FlowLayout
from ui.kit.notice import KEPT_CLEAR, announce
from ui.kit.theme import scaled, set_role


class Strip(QFrame):
    """A question in one line, its fields, and its button.

    Signals:
        left: The person gave up or has finished; the grid takes the keyboard back.
    """

    left = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        set_role(self, "card")
        self.setProperty(KEPT_CLEAR, True)
        self._captions: dict[QWidget, QLabel] = {}
        self.question = QLabel()
        self.question.setWordWrap(True)
        set_role(self.question, "strong")
        self.error = QLabel()
        self.error.setWordWrap(True)
        set_role(self.error, "error")
        self.row = FlowLayout(scaled(8))
        self.second_row = FlowLayout(scaled(8))
        self.fields = QWidget()
        rows = QVBoxLayout(self.fields)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addLayout(self.row)
        rows.addLayout(self.second_row)
        self.head = QHBoxLayout()
        self.head.addWidget(self.question, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(4)
        layout.addLayout(self.head)
        layout.addWidget(self.fields)
        layout.addWidget(self.error)
        self.hide()

    def ask(self, question: str, first: QWidget) -> None:
        """Open with a question, the keyboard on a field."""
        self.question.setText(question)
        self.complain("")
        self.show()
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, question)

    def complain(self, sentence: str) -> None:
        """Say why it cannot be done yet; nothing to take the sentence away."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        if sentence:
            announce(self, sentence, at_once=True)

    @Slot()
    def leave(self) -> None:
        """Close, and give the keyboard back."""
        self.hide()
        self.left.emit()

    def add(
        self, label: str, field: QWidget, *, grows: bool = False, row: FlowLayout | None = None
    ) -> QWidget:
        """Add a field after its label, to be tabbed through in order; some take what is left.

        Returns:
            Both together, to be hidden when they are of no use.
        """
        caption = QLabel(label)
        self._captions[field] = caption
        caption.setBuddy(field)
        field.setAccessibleName(label.replace("&", ""))
        pair = QWidget()
        across = QSizePolicy.Policy.Expanding if grows else QSizePolicy.Policy.Fixed
        pair.setSizePolicy(across, QSizePolicy.Policy.Preferred)
        inside = QHBoxLayout(pair)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(scaled(8))
        inside.addWidget(caption)
        inside.addWidget(field, 1 if grows else 0)
        (row if row is not None else self.row).addWidget(pair)
        return pair

    def label_of(self, field: QWidget) -> QLabel:
        """Return the label that stands before a field."""
        return self._captions[field]

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)


def button(text: str, role: str = "") -> QPushButton:
    """Return a button that Enter presses when it has the keyboard."""
    made = QPushButton(text)
    made.setAutoDefault(True)
    if role:
        set_role(made, role)
    return made


def initials_field() -> QLineEdit:
    """Return a small field for someone's initials."""
    field = QLineEdit()
    field.setMaxLength(6)
    field.setFixedWidth(scaled(64))
    return field


class GapStrip(Strip):
    """Asks why there is no reading.

    Signals:
        chosen: The reason and more words about it (``Gap``, ``str``).
    """

    chosen = Signal(object, str)

    def __init__(self) -> None:
        super().__init__(tr("Motif de l’absence de relevé"))
        self.reasons = QComboBox()
        for gap in (Gap.FORGOTTEN, Gap.CLOSED, Gap.OUT_OF_ORDER, Gap.OTHER):
            self.reasons.addItem(gap_name(gap), gap)
        self.note = QLineEdit()
        self.note.setPlaceholderText(tr("facultatif, sauf « autre »"))
        self.note.returnPressed.connect(self._finish)
        done = button(tr("Noter"), "primary")
        done.clicked.connect(self._finish)
        self.add(tr("&Motif"), self.reasons)
        self.add(tr("&Précision"), self.note, grows=True)
        self.row.addWidget(done)

    def open(self, question: str) -> None:
        """Ask for the reason of one or several empty cells."""
        self.note.clear()
        self.reasons.setCurrentIndex(0)
        self.ask(question, self.reasons)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._finish()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _finish(self) -> None:
        gap = Gap(self.reasons.currentData())
        note = self.note.text().strip()
        if gap is Gap.OTHER and not note:
            self.complain(tr("Dites en quelques mots pourquoi."))
            self.note.setFocus()
            return
        self.hide()
        self.chosen.emit(gap, note)
        self.left.emit()


class SignStrip(Strip):
    """Asks for the initials that sign a week.

    Signals:
        signed: The initials (``str``).
    """

    signed = Signal(str)

    def __init__(self) -> None:
        super().__init__(tr("Signature de la semaine"))
        self.initials = initials_field()
        self.initials.returnPressed.connect(self._finish)
        done = button(tr("Signer la semaine"), "primary")
        done.clicked.connect(self._finish)
        self.add(tr("&Initiales"), self.initials)
        self.row.addWidget(done)

    def open(self, question: str, initials: str) -> None:
        """Ask, with the initials most seen in the week already there."""
        self.initials.setText(initials)
        self.ask(question, self.initials)
        self.initials.selectAll()

    @Slot()
    def _finish(self) -> None:
        if not self.initials.text().strip():
            self.complain(tr("Signez de vos initiales."))
            return
        self.hide()
        self.signed.emit(self.initials.text().strip())
        self.left.emit()


class CorrectionStrip(Strip):
    """Asks for the right value of a signed cell, the reason, and who corrects.

    Signals:
        corrected: The text typed, the reason, the initials (three ``str``).
    """

    corrected = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__(tr("Correction d’un relevé signé"))
        self.value = QLineEdit()
        self.value.setFixedWidth(scaled(96))
        self.reason = QLineEdit()
        self.initials = initials_field()
        done = button(tr("Corriger"), "primary")
        done.clicked.connect(self._finish)
        self.add(tr("&Valeur"), self.value)
        self.add(tr("&Pourquoi"), self.reason, grows=True)
        self.add(tr("&Initiales"), self.initials)
        self.row.addWidget(done)
        for field in self._fields():
            field.returnPressed.connect(self._finish)

    def _fields(self) -> Sequence[QLineEdit]:
        return self.value, self.reason, self.initials

    def open(self, question: str) -> None:
        """Ask for a correction."""
        for field in self._fields():
            field.clear()
        self.ask(question, self.value)

    @Slot()
    def _finish(self) -> None:
        empty = next((field for field in self._fields() if not field.text().strip()), None)
        if empty is not None:
            self.complain(tr("Il faut la valeur, la raison et vos initiales."))
            empty.setFocus()
            return
        value, reason, initials = (field.text().strip() for field in self._fields())
        self.corrected.emit(value, reason, initials)
