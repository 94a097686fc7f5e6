"""Strips under a sheet of days: why, all done by whom, signed by whom."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit

from cantine_desktop.i18n import tr
from ui.hygiene.strips import Strip, button, initials_field


class WhyStrip(Strip):
    """Asks why a box was not done, or what is not conform.

    Signals:
        said: The words (``str``).
    """

    said = Signal(str)

    def __init__(self) -> None:
        super().__init__(tr("Précision sur une case"))
        self.words = QComboBox()
        self.words.setEditable(True)
        self.words.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line = self.words.lineEdit()
        assert line is not None
        self._line = line
        line.returnPressed.connect(self._finish)
        done = button(tr("Noter"), "primary")
        done.clicked.connect(self._finish)
        self.add(tr("&Précision"), self.words, grows=True)
        self.row.addWidget(done)

    def open(self, question: str, phrases: tuple[str, ...]) -> None:
        """Ask, with usual phrases on offer."""
        self.words.clear()
        self.words.addItems([*phrases])
        self.ask(question, self.words)
        self._line.selectAll()

    @Slot()
    def _finish(self) -> None:
        if not self._line.text().strip():
            self.complain(tr("Dites-le en quelques mots."))
            return
        self.hide()
        self.said.emit(self._line.text().strip())
        self.left.emit()


class AllDoneStrip(Strip):
    """Asks who did everything on a day.

    Signals:
        done_by: The initials (``str``).
    """

    done_by = Signal(str)

    def __init__(self) -> None:
        super().__init__(tr("Tout fait ce jour"))
        self.initials = initials_field()
        self.initials.returnPressed.connect(self._finish)
        done = button(tr("Cocher tout le jour"), "primary")
        done.clicked.connect(self._finish)
        self.add(tr("Par (&initiales)"), self.initials)
        self.row.addWidget(done)

    def open(self, question: str) -> None:
        """Ask; nobody's initials are proposed: who did it says so."""
        self.initials.clear()
        self.ask(question, self.initials)

    @Slot()
    def _finish(self) -> None:
        if not self.initials.text().strip():
            self.complain(tr("Tapez les initiales de la personne qui a tout fait."))
            return
        self.hide()
        self.done_by.emit(self.initials.text().strip())
        self.left.emit()


class SignSheetStrip(Strip):
    """Asks for the initials that sign a sheet, and for a word when something is missing.

    Signals:
        signed: The initials and the note (two ``str``).
    """

    signed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(tr("Signature de la fiche"))
        self.initials = initials_field()
        self.note = QLineEdit()
        done = button(tr("Signer la fiche"), "primary")
        done.clicked.connect(self._finish)
        self.add(tr("&Initiales"), self.initials)
        self.add(tr("&Remarque"), self.note, grows=True)
        self.row.addWidget(done)
        self._needs_note = False
        for field in (self.initials, self.note):
            field.returnPressed.connect(self._finish)

    def open(self, question: str, initials: str, *, needs_note: bool) -> None:
        """Ask, with the initials most seen on the sheet already there."""
        self._needs_note = needs_note
        self.initials.setText(initials)
        self.note.clear()
        self.note.setPlaceholderText(
            tr("Pourquoi il manque des cases") if needs_note else tr("facultatif")
        )
        self.ask(question, self.initials)
        self.initials.selectAll()

    @Slot()
    def _finish(self) -> None:
        initials, note = self.initials.text().strip(), self.note.text().strip()
        if not initials:
            self.complain(tr("Signez de vos initiales."))
            self.initials.setFocus()
        elif self._needs_note and not note:
            self.complain(tr("Dites pourquoi, par exemple « rien cette semaine »."))
            self.note.setFocus()
        else:
            self.hide()
            self.signed.emit(initials, note)
            self.left.emit()
