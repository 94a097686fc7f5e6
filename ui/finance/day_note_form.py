"""Notes what happened on a day, so that figures may be compared around it."""

from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from cantine_desktop.canteen.notes import note_day
from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from ui.desk import Desk
from ui.kit.dialogs import Dialog
from ui.kit.fields import DateEdit, TextEdit
from ui.kit.form import Form
from ui.kit.notice import Notice


class DayNoteDialog(Dialog):
    """Asks for a day and a few words."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(
            parent,
            tr("Noter un repère"),
            tr("Une nouvelle affiche, des mots dits à table, des travaux dans la rue…"),
        )
        self._desk = desk
        self.notice = Notice()
        self.form = Form()
        self.day = DateEdit(tr("À partir du"), self._today, required=True)
        self.day.set_value(self._today())
        self.words = TextEdit(tr("Ce qui a changé"), required=True, longest=80)
        self.form.add("day", tr("À partir du"), self.day)
        self.form.add("words", tr("Ce qui a changé"), self.words)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.form)
        act, _cancel = self.add_answers(tr("Noter"))
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
            with self._desk.book.action(tr("Repère")) as session:
                note_day(session, self.day.value, self.words.value or "")
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self._desk.tell(tr("Le repère est noté."), undo=True)
        self.accept()
