"""Strips under the grid of a sheet: to sign it, to correct a signed row."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from cantine_desktop.hygiene.registers.register import Column, Kind
from cantine_desktop.i18n import tr
from ui.hygiene.strips import Strip, button, initials_field
from ui.kit.theme import scaled

_WIDTHS = {Kind.TEXT: 140, Kind.CHOICE: 140, Kind.DAY: 110}
"""Pixels at 100 % of a field; other kinds are short."""


class SheetSignStrip(Strip):
    """Asks for the initials that sign a sheet, and why it is empty when it is.

    Signals:
        signed: The initials and the note (two ``str``).
    """

    signed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(tr("Signature de la fiche"))
        self.note = QComboBox()
        self.note.setEditable(True)
        self.note.addItems([tr("Rien cette semaine"), tr("Cantine fermée")])
        self.initials = initials_field()
        done = button(tr("Signer la fiche"), "primary")
        done.clicked.connect(self._finish)
        self.add(tr("&Remarque"), self.note, grows=True)
        self.add(tr("&Initiales"), self.initials)
        self.row.addWidget(done)
        line = self.note.lineEdit()
        assert line is not None
        self._line = line
        self._needs_note = False
        for field in (line, self.initials):
            field.returnPressed.connect(self._finish)

    def open(self, question: str, initials: str, *, note: str = "", needs_note: bool) -> None:
        """Ask, with the initials most seen on the sheet already there."""
        self._needs_note = needs_note
        self._line.setText(note)
        self.initials.setText(initials)
        self.ask(question, self._line if needs_note and not note else self.initials)
        self.initials.selectAll()

    @Slot()
    def _finish(self) -> None:
        note, initials = self._line.text().strip(), self.initials.text().strip()
        if self._needs_note and not note:
            self.complain(tr("Dites pourquoi la fiche est vide : « Rien cette semaine »."))
            self._line.setFocus()
        elif not initials:
            self.complain(tr("Signez de vos initiales."))
            self.initials.setFocus()
        else:
            self.hide()
            self.signed.emit(initials, note)
            self.left.emit()


class RowStrip(Strip):
    """Asks what a signed row should say, why, and who says so.

    Signals:
        corrected: Texts by place of column, the reason, the initials.
        voided: The row never happened: the reason, the initials.
    """

    corrected = Signal(object, str, str)
    voided = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(tr("Correction d’une ligne signée"))
        self.fields_of: dict[int, QLineEdit] = {}
        self._pairs: list[QWidget] = []
        self.reason = QLineEdit()
        self.initials = initials_field()
        self.done = button(tr("Corriger"), "primary")
        self.done.clicked.connect(self._finish)
        self.drop = button(tr("Annuler la ligne"))
        self.drop.clicked.connect(self._void)
        below = self.second_row
        self.add(tr("&Pourquoi"), self.reason, grows=True, row=below)
        self.add(tr("&Initiales"), self.initials, row=below)
        below.addWidget(self.done)
        below.addWidget(self.drop)
        for field in (self.reason, self.initials):
            field.returnPressed.connect(self._finish)

    def open(
        self, question: str, columns: Sequence[Column], texts: Sequence[str], place: int
    ) -> None:
        """Ask for a row, its texts already there and the keyboard on one of them.

        Without texts it is a row that was forgotten.
        """
        self._show_fields(columns)
        for at, field in self.fields_of.items():
            field.setText(texts[at] if texts else "")
        self.reason.clear()
        self.initials.clear()
        self.done.setText(tr("Corriger") if texts else tr("Ajouter la ligne"))
        self.drop.setVisible(bool(texts))
        first = self.fields_of.get(place) or next(iter(self.fields_of.values()))
        self.ask(question, first)
        first.selectAll()

    @property
    def texts(self) -> Mapping[int, str]:
        """What the fields say now, by place of column."""
        return {place: field.text().strip() for place, field in self.fields_of.items()}

    def _show_fields(self, columns: Sequence[Column]) -> None:
        for pair in self._pairs:
            self.row.removeWidget(pair)
            pair.hide()
            pair.deleteLater()
        self.fields_of.clear()
        for place, column in enumerate(columns):
            if column.compute is not None or column.kind is Kind.INITIALS:
                continue
            field = QLineEdit()
            field.setFixedWidth(scaled(_WIDTHS.get(column.kind, 84)))
            field.returnPressed.connect(self._finish)
            self.add(tr(column.title), field)
            self.fields_of[place] = field
        pairs = (field.parentWidget() for field in self.fields_of.values())
        self._pairs = [pair for pair in pairs if pair is not None]

    @Slot()
    def _finish(self) -> None:
        if self._is_signed():
            words = self.reason.text().strip(), self.initials.text().strip()
            self.corrected.emit(self.texts, *words)

    @Slot()
    def _void(self) -> None:
        if self._is_signed():
            self.voided.emit(self.reason.text().strip(), self.initials.text().strip())

    def _is_signed(self) -> bool:
        for field in (self.reason, self.initials):
            if not field.text().strip():
                self.complain(tr("Dites pourquoi, et signez de vos initiales."))
                field.setFocus()
                return False
        return True
