"""Writing the single staff register: what waits, what it lacks, then sealed for good."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import short_day, tr
from cantine_desktop.staff.contracts.queries import Line
from cantine_desktop.staff.contracts.register import (
    Waiting,
    change_words,
    standing,
    strike,
    waiting,
    write_waiting,
)
from cantine_desktop.staff.contracts.register_model import RegisterLine
from ui.desk import Desk
from ui.kit.dialogs import Dialog
from ui.kit.fields import TextEdit
from ui.kit.labels import wrapped
from ui.kit.notice import Notice
from ui.kit.theme import scaled
from ui.kit.way_list import WayList
from ui.staff.member_forms import DeedDialog, labelled, typed
from ui.staff.short_list import ShortList


class RegisterDialog(Dialog):
    """The lines to write, shown before they are sealed, and those that stand.

    Attributes:
        lines: One for each line to write.
        written: Those that stand; one is struck through with a reason.
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
        self.up_to_date = wrapped(tr("Le registre est à jour."), "muted")
        self.notice = Notice()
        self.written = ShortList(
            self, tr("Lignes écrites"), tr("Aucune ligne n’est encore écrite.")
        )
        self.written.button(tr("Rayer la ligne…"), self.strike, about_line=True)
        for part in (self.lines, self.up_to_date, self.notice, self.written):
            self.body.addWidget(part)
        self.act, _cancel = self.add_answers(tr("Écrire et sceller"), cancel=tr("Fermer"))
        self.act.clicked.disconnect()
        self.act.clicked.connect(self.write)
        self._show()
        self.resize(scaled(560), scaled(480))

    def _show(self) -> None:
        """Read what waits and what is written again."""
        with self._desk.book.read() as session:
            rows = waiting(session, civil_date(self._desk.book.clock()))
            lines = [Line(line.contract_id, _written(line)) for line in standing(session)]
        self.lines.empty()
        for row in rows:
            drawing = ("warning", "warn") if row.lacking else ("file-plus", "muted")
            self.lines.add(drawing, _words(row), row.contract_id)
        self.lines.setVisible(bool(rows))
        self.up_to_date.setVisible(not rows)
        self.act.setEnabled(bool(rows))
        self.written.show_lines(lines, may=self._desk.may_write("staff"))
        if any(row.lacking for row in rows):
            self.notice.tell(
                "warn",
                tr("Complétez d’abord les fiches : une ligne sans ces mentions est à corriger."),
            )

    @Slot()
    def strike(self) -> None:
        """Ask why the current line is struck through, and do it: the line stays readable."""
        line = self.written.current
        if line is None:
            return
        why = TextEdit(tr("Pourquoi"), longest=120, required=True)
        help_text = tr(
            "La ligne reste au registre, rayée, avec cette raison. Ce geste ne s’annule pas."
        )

        def keep(session: Session) -> None:
            strike(session, line.key, typed(why), self._desk.book.clock())

        dialog = DeedDialog(
            self._desk,
            self,
            tr("Rayer : {line}").format(line=line.words),
            labelled(why),
            keep,
            help_texts={0: help_text},
        )
        if dialog.exec():
            self._show()
            self._desk.tell(tr("Ligne rayée : elle reste lisible au registre."))

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


def _written(line: RegisterLine) -> str:
    said = tr("n° {number} {name}, entrée le {first}").format(
        number=line.number, name=line.name, first=short_day(line.first)
    )
    if line.last is not None:
        said += tr(", sortie le {last}").format(last=short_day(line.last))
    return said


def _words(row: Waiting) -> str:
    if row.replaces is None:
        words = tr("{name} : arrivée").format(name=row.name)
    else:
        words = tr("{name} : {what}").format(name=row.name, what=change_words(row.changed))
    if row.lacking:
        words += " — " + tr("manque : {what}").format(what=change_words(row.lacking))
    return words
