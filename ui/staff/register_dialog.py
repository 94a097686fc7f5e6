"""Writing the single staff register: what waits, what it lacks, then sealed for good."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.staff.contracts.register import (
    Waiting,
    change_words,
    waiting,
    write_waiting,
)
from ui.desk import Desk
from ui.kit.dialogs import Dialog
from ui.kit.labels import wrapped
from ui.kit.notice import Notice
from ui.kit.theme import scaled
from ui.kit.way_list import WayList


class RegisterDialog(Dialog):
    """The lines to write, shown before they are sealed.

    Attributes:
        lines: One for each line to write.
        notice: What is missing, or why nothing was written.
    """

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(
            parent.window(),
            tr("Registre unique du personnel"),
            tr(
                "Ce qui est écrit au registre ne s’efface plus : une erreur se corrige par une "
                "autre ligne, et les deux restent."
            ),
        )
        self._desk = desk
        self.lines = WayList(tr("Lignes à écrire"))
        self.notice = Notice()
        with desk.book.read() as session:
            rows = waiting(session, civil_date(desk.book.clock()))
        for row in rows:
            drawing = ("warning", "warn") if row.lacking else ("file-plus", "muted")
            self.lines.add(drawing, _words(row), row.contract_id)
        self.body.addWidget(self.lines if rows else wrapped(tr("Le registre est à jour."), "muted"))
        self.body.addWidget(self.notice)
        if any(row.lacking for row in rows):
            self.notice.tell(
                "warn",
                tr("Complétez d’abord les fiches : une ligne sans ces mentions est à corriger."),
            )
        self.act, _cancel = self.add_answers(tr("Écrire et sceller"))
        self.act.setEnabled(bool(rows))
        self.act.clicked.disconnect()
        self.act.clicked.connect(self.write)
        self.resize(scaled(560), scaled(420))

    @Slot()
    def write(self) -> None:
        """Write and seal every line."""
        book = self._desk.book
        try:
            with book.action(tr("Registre du personnel écrit")) as session:
                write_waiting(session, book.clock())
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self.accept()
        self._desk.tell(tr("Le registre est à jour."))


def _words(row: Waiting) -> str:
    if row.replaces is None:
        words = tr("{name} : arrivée").format(name=row.name)
    else:
        words = tr("{name} : {what}").format(name=row.name, what=change_words(row.changed))
    if row.lacking:
        words += " — " + tr("manque : {what}").format(what=change_words(row.lacking))
    return words
