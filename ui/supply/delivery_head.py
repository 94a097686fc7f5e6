"""What a reception says as a whole: its note and the photo of it, the day and hour it came."""

import mimetypes
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from cantine_desktop.clock import PARIS, civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.storage.attachments import Attachment, attach
from cantine_desktop.supply.deliveries.drafting import describe, take_photo_off
from cantine_desktop.supply.deliveries.model import Delivery
from ui.desk import Desk
from ui.kit.fields import DateEdit, TextEdit
from ui.kit.files import Folders, ask_open
from ui.kit.flow import FlowLayout
from ui.kit.hour_field import HourEdit
from ui.kit.labels import wrapped
from ui.kit.theme import scaled
from ui.opened_file import open_attachment

KINDS = frozenset({".jpg", ".jpeg", ".png", ".pdf"})


class DeliveryHead(QWidget):
    """The note of a reception, its photo, its hour; each is kept as soon as it is left."""

    def __init__(self, desk: Desk, key: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk, self.key = desk, key
        self.is_closed = False
        self.attachment: int | None = None
        self.note = TextEdit(tr("N° du bon de livraison"), longest=60)
        self.day = DateEdit(tr("Reçu le"), self._today, required=True)
        self.hour = HourEdit(tr("À"), required=True)
        row = QWidget(self)
        flow = FlowLayout(scaled(8), row)
        for words, field, width in (
            (tr("N° du bon"), self.note, 130),
            (tr("Reçu le"), self.day, 170),
            (tr("à"), self.hour, 80),
        ):
            # Its name and its field go to the next line together.
            pair = QWidget(row)
            beside = QHBoxLayout(pair)
            beside.setContentsMargins(0, 0, 0, 0)
            beside.addWidget(QLabel(words, pair))
            field.setFixedWidth(scaled(width))
            beside.addWidget(field)
            flow.addWidget(pair)
        self.note.committed.connect(self._on_note)
        self.day.committed.connect(self._on_when)
        self.hour.committed.connect(self._on_when)
        self.photo = QPushButton(tr("Voir le bon"), self)
        self.photo.clicked.connect(self.open_photo)
        flow.addWidget(self.photo)
        self.take_off = QPushButton(tr("Retirer le bon"), self)
        self.take_off.clicked.connect(self.take_photo_off)
        flow.addWidget(self.take_off)
        self.refused = wrapped(role="error")
        self.refused.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        for part in (row, self.refused):
            column.addWidget(part)

    def present(self, delivery: Delivery, joined: Attachment | None, *, may: bool) -> None:
        """Show what a reception says, to be typed while it is not closed."""
        self.is_closed = delivery.is_sealed
        self.attachment = delivery.attachment_id
        if not self.note.line.hasFocus():
            self.note.set_value(delivery.note_number or None)
        at = delivery.arrived_at
        if at is not None and not (self.day.line.hasFocus() or self.hour.line.hasFocus()):
            local = at.astimezone(PARIS)
            self.day.set_value(local.date())
            self.hour.set_value(local.time().replace(second=0, microsecond=0))
        for field in (self.note, self.day, self.hour):
            field.setEnabled(may)
        self.photo.setVisible(joined is not None)
        self.take_off.setVisible(joined is not None and may)
        if joined is not None:
            self.photo.setText(tr("Voir le bon : {name}").format(name=joined.name))

    def ask_photo(self) -> None:
        """Ask for the photo or the scan of the note."""
        kinds = [(tr("Photos et PDF"), " ".join(f"*{kind}" for kind in sorted(KINDS)))]
        folders = Folders(self.desk.settings.folders)
        found = ask_open(self.window(), folders, "delivery", tr("Photo du bon"), kinds)
        if found is not None:
            self.attach(found)

    def attach(self, file: Path) -> None:
        """Join a photo or a scan of the delivery note."""
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        now = self.desk.book.clock()
        try:
            with self.desk.book.action(tr("Photo du bon jointe")) as session:
                made = attach(session, file.read_bytes(), file.name, kind, now, area="supply")
                describe(session, self.key, attachment_id=made.id)
        except UserError as error:
            self._refuse(str(error))
        except OSError:
            self._refuse(
                tr("« {name} » ne se lit pas : vérifiez le fichier.").format(name=file.name)
            )
        else:
            self._refuse("")
            self.desk.tell(tr("Le bon est joint à la réception."), undo=True)

    @Slot()
    def open_photo(self) -> None:
        """Open the photo of the note again."""
        if self.attachment is None:
            return
        try:
            open_attachment(self.desk, self.attachment)
        except UserError as error:
            self._refuse(str(error))

    @Slot()
    def take_photo_off(self) -> None:
        """Take the photo of the note off."""
        with self.desk.book.action(tr("Photo du bon retirée")) as session:
            take_photo_off(session, self.key)
        self.desk.tell(tr("Le bon n’est plus joint à la réception."), undo=True)

    @Slot(object)
    def _on_note(self, value: object) -> None:
        if self.is_closed:
            return
        with self.desk.book.action(tr("Bon de livraison noté")) as session:
            describe(session, self.key, note_number=str(value or ""))

    @Slot(object)
    def _on_when(self, _value: object) -> None:
        day, hour = self.day.value, self.hour.value
        if self.is_closed or day is None or hour is None:
            return
        at, now = datetime.combine(day, hour, PARIS), self.desk.book.clock()
        try:
            with self.desk.book.action(tr("Heure de réception notée")) as session:
                describe(session, self.key, arrived_at=at, now=now)
        except UserError as error:
            self._refuse(str(error))
        else:
            self._refuse("")

    def _refuse(self, words: str) -> None:
        self.refused.setText(words)
        self.refused.setVisible(bool(words))

    def _today(self) -> date:
        return civil_date(self.desk.book.clock())


def photos_of(event: QDragEnterEvent | QDropEvent) -> list[Path]:
    """Return the photos and scans that are dropped."""
    urls = event.mimeData().urls()
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() in KINDS]
