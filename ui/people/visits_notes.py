"""Notes on days that may explain figures: a list, and the little form that adds one."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from cantine_desktop.canteen.model import DayNote
from cantine_desktop.canteen.notes import note_day
from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import long_day, tr
from cantine_desktop.meals.visits.notes import drop_note
from ui.desk import Desk
from ui.kit.dialogs import Dialog, ask
from ui.kit.empty import EmptyState
from ui.kit.fields import DateEdit, TextEdit
from ui.kit.form import Form
from ui.kit.notice import Notice
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled


class NoteDialog(Dialog):
    """Asks for a day and what happened on it."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(
            parent,
            tr("Nouveau repère"),
            tr("Une affiche, une panne, la canicule : ce qui peut expliquer les chiffres."),
        )
        self._desk = desk
        self.notice = Notice(self)
        self.form = Form(self)
        self.day = DateEdit(tr("Jour"), self._today, required=True)
        self.day.set_value(self._today())
        self.words = TextEdit(tr("Ce qui s’est passé"), required=True)
        self.form.add("day", tr("Jour"), self.day)
        self.form.add("words", tr("Ce qui s’est passé"), self.words)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.form)
        act, _cancel = self.add_answers(tr("Noter ce repère"))
        act.clicked.disconnect()
        act.clicked.connect(self._keep)
        self.words.setFocus()

    def _today(self) -> date:
        return civil_date(self._desk.book.clock())

    @Slot()
    def _keep(self) -> None:
        if not self.form.check() or self.day.value is None:
            return
        try:
            with self._desk.book.action(tr("Nouveau repère")) as session:
                note_day(session, self.day.value, self.words.value or "")
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self._desk.tell(tr("Le repère est noté."), undo=True)
        self.accept()


class NotesPage(QWidget):
    """The notes of a period, the last one first."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._may = desk.may_write("meals")
        self._notes: dict[int, tuple[date, str]] = {}
        words = QLabel(
            tr("Les repères se voient sur les courbes, et séparent l’avant de l’après."), self
        )
        words.setWordWrap(True)
        self.drop = QPushButton(tr("Ôter ce repère"), self)
        self.drop.clicked.connect(self._drop)
        self.table: LazyTable[int] = LazyTable(
            tr("Repères"),
            [Column(tr("Jour"), 220), Column(tr("Ce qui s’est passé"), 560)],
            self._load,
            self._keys,
            empty=EmptyState(
                tr("Aucun repère dans cette période."),
                tr("Noter un repère") if self._may else "",
                self.add,
            ),
            parent=self,
        )
        self.table.current_changed.connect(self._follow)
        bar = QHBoxLayout()
        bar.addWidget(words, 1)
        bar.addWidget(self.drop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addLayout(bar)
        column.addWidget(self.table, 1)

    def present(self, notes: Sequence[DayNote]) -> None:
        """Show other notes."""
        self._notes = {note.id: (note.day, note.words) for note in notes}
        self.table.refresh()
        self._follow()

    @Slot()
    def add(self) -> None:
        """Ask for a note."""
        NoteDialog(self._desk, self.window()).exec()

    @Slot()
    def _follow(self, _key: object = None) -> None:
        self.drop.setEnabled(self._may and self.table.current_key in self._notes)

    @Slot()
    def _drop(self) -> None:
        key = self.table.current_key
        if key is None or key not in self._notes:
            return
        title = tr("Ôter ce repère ?")
        if ask(self.window(), title, self._notes[key][1], tr("Ôter"), destructive=True):
            with self._desk.book.action(tr("Repère ôté")) as session:
                drop_note(session, key)
            self._desk.tell(tr("Le repère est ôté."), undo=True)

    def _keys(self, _column: str, _down: bool) -> list[int]:  # noqa: FBT001  -- the table's call
        return list(self._notes)

    def _load(self, keys: Sequence[int]) -> list[Row]:
        return [Row((long_day(self._notes[key][0]), self._notes[key][1])) for key in keys]
