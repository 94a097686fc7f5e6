"""The cards of a ticket and of a visit."""

from datetime import date
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.equipment import maintenance
from cantine_desktop.hygiene.equipment.model import MaintenanceTicket, MaintenanceVisit
from cantine_desktop.hygiene.equipment.naming import all_equipment
from cantine_desktop.hygiene.queries import cold_units
from cantine_desktop.i18n import short_day, tr
from cantine_desktop.storage.attachments import Attachment
from ui.desk import Desk
from ui.hygiene.joined_file import JoinedFile
from ui.kit.fields import DateEdit, TextEdit
from ui.kit.form import Form
from ui.kit.theme import scaled, set_role


class AboutBox(QComboBox):
    """Chooses an appliance, a cold unit, or the premises."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(10)

    def present(self, session: Session, equipment_id: int | None, unit_id: int | None) -> None:
        """List what there is, and choose one."""
        wanted: dict[tuple[int | None, int | None], str] = {(None, None): tr("Locaux")}
        for unit in cold_units(session):
            wanted[None, unit.id] = unit.name
        for equipment in all_equipment(session):
            if equipment.until is None or equipment.id == equipment_id:
                wanted[equipment.id, None] = equipment.name
        listed = {tuple(self.itemData(n)): self.itemText(n) for n in range(self.count())}
        if listed != wanted:
            self.clear()
            for key, name in wanted.items():
                self.addItem(name, key)
        keys = list(wanted)
        self.setCurrentIndex(keys.index((equipment_id, unit_id)))

    @property
    def chosen(self) -> dict[str, int | None]:
        """What is chosen, as a change."""
        equipment_id, unit_id = self.currentData()
        return {"equipment_id": equipment_id, "unit_id": unit_id}


class _Card(QWidget):
    """A form whose fields are written when they are left, and a line for what is refused."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.about = AboutBox()
        self.form = Form()
        self.form.committed.connect(self._on_committed)
        self.message = QLabel()
        self.message.setWordWrap(True)
        set_role(self.message, "error")

    def _on_committed(self, key: str, value: object) -> None:
        changes: dict[str, Any] = {key: value}
        if key == "about":
            changes = dict(self.about.chosen)
        elif value is None and isinstance(self.form.field(key), TextEdit):
            changes = {key: ""}
        try:
            self._write(changes)
        except UserError as error:
            self.message.setText(str(error))

    def _write(self, changes: dict[str, Any]) -> None:
        raise NotImplementedError

    def _text(self, key: str, value: str) -> None:
        field = self.form.field(key)
        assert isinstance(field, TextEdit)
        field.set_value(value or None)

    def _day(self, key: str, value: date | None) -> None:
        field = self.form.field(key)
        assert isinstance(field, DateEdit)
        field.set_value(value)

    def _today(self) -> date:
        return civil_date(self._desk.book.clock())

    def begin(self) -> None:
        """Start with what it is about."""
        self.about.setFocus()

    def _lay_out(self, *widgets: QWidget) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, scaled(8), 0)
        layout.setSpacing(scaled(12))
        layout.addWidget(self.form)
        layout.addWidget(self.message)
        for widget in widgets:
            layout.addWidget(widget)
        layout.addStretch(1)
        may = self._desk.may_write("hygiene")
        for each in (self.form, *widgets):
            each.setEnabled(may)


class TicketPane(_Card):
    """What is to be mended, by whom, until when; closed with what was done."""

    def __init__(self, desk: Desk, ticket_id: int) -> None:
        super().__init__(desk)
        self._id = ticket_id
        self.title = TextEdit(tr("Ce qui ne va pas"), required=True, longest=160)
        self.form.add("about", tr("Appareil"), self.about)
        self.form.add("title", tr("Ce qui ne va pas"), self.title)
        self.form.add("responsible", tr("Qui s’en occupe"), TextEdit(tr("Qui s’en occupe")))
        self.form.add(
            "due", tr("À réparer avant le"), DateEdit(tr("À réparer avant le"), self._today)
        )
        self.outcome = TextEdit(tr("Ce qui a été fait"), longest=200)
        self.settle = QPushButton()
        self.settle.clicked.connect(self._settle)
        self.state = QLabel()
        self.state.setWordWrap(True)
        self._is_open = True
        closing = QWidget()
        row = QHBoxLayout(closing)
        row.setContentsMargins(0, 0, 0, 0)
        label = QLabel(tr("Ce qui a été fait"))
        label.setBuddy(self.outcome)
        row.addWidget(label)
        row.addWidget(self.outcome, 1)
        row.addWidget(self.settle)
        self._lay_out(self.state, closing)
        self.refresh()

    def refresh(self) -> None:
        """Read the ticket again."""
        with self._desk.book.read() as session:
            row = session.get(MaintenanceTicket, self._id)
            if row is None:
                return
            self.about.present(session, row.equipment_id, row.unit_id)
            self.title.set_value(row.title)
            self._text("responsible", row.responsible)
            self._day("due", row.due)
            self.outcome.set_value(row.outcome or None)
            self._is_open = row.is_open
            opened = short_day(civil_date(row.opened_at))
            closed = "" if row.closed_on is None else short_day(row.closed_on)
        self.settle.setText(tr("C’est réparé") if self._is_open else tr("Rouvrir"))
        self.state.setText(
            tr("Demandé le {opened}.").format(opened=opened)
            if self._is_open
            else tr("Demandé le {opened}, réparé le {closed}.").format(opened=opened, closed=closed)
        )
        self.message.clear()

    @override
    def begin(self) -> None:
        """Let the person say what is wrong."""
        self.title.setFocus()
        self.title.line.selectAll()

    @override
    def _write(self, changes: dict[str, Any]) -> None:
        with self._desk.book.action(tr("Demande modifiée")) as session:
            maintenance.change_ticket(session, self._id, **changes)

    @Slot()
    def _settle(self) -> None:
        if not self._is_open:
            with self._desk.book.action(tr("Demande rouverte")) as session:
                maintenance.reopen_ticket(session, self._id)
            return
        try:
            with self._desk.book.action(tr("Réparation faite")) as session:
                words = self.outcome.line.text()
                maintenance.close_ticket(session, self._id, words, self._today())
        except UserError as error:
            self.message.setText(str(error))
            self.outcome.setFocus()
            return
        self._desk.tell(tr("Réparation notée."), undo=True)


class VisitPane(_Card):
    """Who came, what was done, when the next visit is due."""

    def __init__(self, desk: Desk, visit_id: int) -> None:
        super().__init__(desk)
        self._id = visit_id
        self.form.add("about", tr("Appareil"), self.about)
        self.form.add("done_on", tr("Fait le"), DateEdit(tr("Fait le"), self._today, required=True))
        self.form.add("by", tr("Par"), TextEdit(tr("Par"), longest=80))
        self.form.add(
            "what", tr("Ce qui a été fait"), TextEdit(tr("Ce qui a été fait"), required=True)
        )
        self.form.add(
            "next_due", tr("Prochain avant le"), DateEdit(tr("Prochain avant le"), self._today)
        )
        self.file = JoinedFile(desk)
        self.file.taken.connect(self._join)
        self.remove = QPushButton(tr("Supprimer cet entretien"))
        self.remove.clicked.connect(self._remove)
        self._lay_out(self.file, self.remove)
        self.refresh()

    def refresh(self) -> None:
        """Read the visit again."""
        with self._desk.book.read() as session:
            row = session.get(MaintenanceVisit, self._id)
            if row is None:
                return
            self.about.present(session, row.equipment_id, row.unit_id)
            self._day("done_on", row.done_on)
            self._text("by", row.by)
            self._text("what", row.what)
            self._day("next_due", row.next_due)
            joined = (
                None if row.attachment_id is None else session.get(Attachment, row.attachment_id)
            )
            self.file.present(joined)
        self.message.clear()

    @override
    def _write(self, changes: dict[str, Any]) -> None:
        with self._desk.book.action(tr("Entretien modifié")) as session:
            maintenance.change_visit(session, self._id, self._desk.book.clock(), **changes)

    @Slot(bytes, str, str)
    def _join(self, content: bytes, name: str, media_type: str) -> None:
        try:
            with self._desk.book.action(tr("Fichier joint")) as session:
                now = self._desk.book.clock()
                maintenance.join_report(session, self._id, content, name, media_type, now)
        except UserError as error:
            self.message.setText(str(error))

    @Slot()
    def _remove(self) -> None:
        with self._desk.book.action(tr("Entretien supprimé")) as session:
            maintenance.remove_visit(session, self._id)
        self._desk.tell(tr("Entretien supprimé."), undo=True)
