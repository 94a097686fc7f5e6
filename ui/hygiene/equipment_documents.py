"""The register of documents: what can be shown, what is missing, what ends soon."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.equipment import certificates
from cantine_desktop.hygiene.equipment.certificates import TITLES, State, documents_of
from cantine_desktop.hygiene.equipment.model import Certificate
from cantine_desktop.hygiene.equipment.words import document_state
from cantine_desktop.i18n import short_day, tr, trn
from cantine_desktop.storage.attachments import Attachment
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import fold
from ui.desk import Desk
from ui.hygiene.equipment_place import kind_and_key
from ui.hygiene.joined_file import JoinedFile
from ui.kit.empty import EmptyState
from ui.kit.fields import DateEdit, TextEdit
from ui.kit.form import Form
from ui.kit.list_detail import ListDetail
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled, set_role
from ui.screen import Screen

_TEXTS = ("reference", "responsible", "place", "note")
_TONES = {"missing": "bad", "expired": "bad", "soon": "warn", "replaced": "muted"}


class DocumentsScreen(Screen):
    """The list of documents, and the card of one of them."""

    key: ClassVar[str] = "equipment"
    shows: ClassVar[frozenset[str]] = frozenset({
        "certificate",
        "plan_version",
        "plan_point",
        "equipment",
    })

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rows: dict[str, State] = {}
        self._add = QAction(tr("Ajouter un document"), self)
        self._add.triggered.connect(self._add_document)
        self._add.setEnabled(desk.may_write("hygiene"))
        columns = [
            Column(tr("Document"), 320, key="title"),
            Column(tr("À renouveler"), 110, key="end"),
            Column(tr("État"), 120),
        ]
        self.table: LazyTable[str] = LazyTable(
            tr("Registre documentaire"),
            columns,
            self._load,
            self._find,
            empty=EmptyState(
                tr(
                    "Rangez ici ce qu’une inspection demande : déclaration, attestations, contrats."
                ),
                tr("Ajouter un document"),
                self._add_document,
            ),
        )
        self.list = ListDetail(self.table, self._detail, tr("Choisissez un document."))
        layout = QVBoxLayout(self)
        layout.addWidget(self.list, 1)

    @override
    def primary(self) -> QAction:
        return self._add

    @override
    def document(self) -> tuple[str, Period]:
        return "documents-register", Period.year(self._today())

    @override
    def place(self) -> object:
        return self.table.current_key

    @override
    def open_at(self, target: object) -> None:
        """Show a document by its key, or one that is missing by its control point."""
        _kind, key = kind_and_key(target, "certificate")
        self.refresh()
        self.table.go_to(str(key))

    @override
    def refresh(self) -> None:
        """Read the register again."""
        with self.desk.book.read() as session:
            rows = documents_of(session, self._today())
        self._rows = {_key(row): row for row in rows}
        lacking = sum(row.state in {"missing", "expired"} for row in rows)
        there = trn("{n} document", "{n} documents", sum(row.state != "missing" for row in rows))
        todo = trn("{n} à trouver ou à renouveler", "{n} à trouver ou à renouveler", lacking)
        self.subtitle = f"{there} · {todo}" if lacking else there
        self.table.refresh()
        if self.table.current_key is None and rows:
            self.table.go_to(_key(rows[0]))
        pane = self.list.pane
        if isinstance(pane, CertificatePane):
            pane.refresh()

    def _today(self) -> date:
        return civil_date(self.desk.book.clock())

    def _find(self, column: str, down: bool) -> Sequence[str]:  # noqa: FBT001  -- the table's signature
        wanted = fold(self.list.words)
        found = [
            row for row in self._rows.values() if wanted in fold(f"{row.title} {row.reference}")
        ]
        if column == "end":
            found.sort(key=lambda row: row.renew_by or date.max, reverse=down)
        elif down:
            found.reverse()
        return [_key(row) for row in found]

    def _load(self, keys: Sequence[str]) -> list[Row]:
        return [_texts(self._rows[key]) for key in keys]

    def _detail(self, key: str) -> QWidget:
        row = self._rows[key]
        if row.certificate_id is None:
            return MissingPane(self, row)
        return CertificatePane(self.desk, row.certificate_id)

    @Slot()
    def _add_document(self) -> None:
        if self.desk.may_write("hygiene"):
            self.add(tr("Nouveau document"), "")

    def add(self, title: str, point: str) -> None:
        """Add a document and show its card."""
        with self.desk.book.action(tr("Document ajouté")) as session:
            added = certificates.add(session, title, point).id
        self.refresh()
        self.table.go_to(str(added))
        pane = self.list.pane
        if isinstance(pane, CertificatePane):
            pane.begin()


class MissingPane(QWidget):
    """What stands in the place of a document the plan asks for."""

    def __init__(self, screen: DocumentsScreen, row: State) -> None:
        super().__init__()
        self._screen = screen
        self._row = row
        title = QLabel(row.title)
        title.setWordWrap(True)
        set_role(title, "h2")
        words = QLabel(
            tr("Votre plan le demande (point {point}), et il n’est pas dans le registre.").format(
                point=row.point
            )
        )
        words.setWordWrap(True)
        self.have = QPushButton(tr("Je l’ai : l’ajouter"))
        set_role(self.have, "primary")
        self.have.clicked.connect(self._add)
        self.have.setEnabled(screen.desk.may_write("hygiene"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(12))
        layout.addWidget(title)
        layout.addWidget(words)
        layout.addWidget(self.have)
        layout.addStretch(1)

    @Slot()
    def _add(self) -> None:
        self._screen.add(self._row.title, self._row.point)


class CertificatePane(QWidget):
    """What is known of a document; each field is written when it is left."""

    def __init__(self, desk: Desk, certificate_id: int) -> None:
        super().__init__()
        self._desk = desk
        self._id = certificate_id
        self.form = Form()
        self.title = TextEdit(tr("Document"), required=True, longest=120)
        self.point = QComboBox()
        self.point.addItem(tr("Aucun point en particulier"), "")
        for code, words in TITLES.items():
            self.point.addItem(tr(words), code)
        self.point.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.point.setMinimumContentsLength(10)
        self._add_rows()
        self.form.committed.connect(self._write)
        self.file = JoinedFile(desk)
        self.file.taken.connect(self._join)
        self.remove = QPushButton(tr("Retirer du registre"))
        self.remove.clicked.connect(self._remove)
        self.message = QLabel()
        self.message.setWordWrap(True)
        set_role(self.message, "error")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, scaled(8), 0)
        layout.setSpacing(scaled(12))
        for widget in (self.form, self.file, self.message, self.remove):
            layout.addWidget(widget)
        layout.addStretch(1)
        may = desk.may_write("hygiene")
        for each in (self.form, self.file.choose, self.remove):
            each.setEnabled(may)
        self.file.setAcceptDrops(may)
        self.refresh()

    def _add_rows(self) -> None:
        self.form.add("title", tr("Document"), self.title)
        self.form.add("point", tr("Ce qu’il prouve"), self.point)
        self.form.add("dated", tr("Date"), DateEdit(tr("Date"), self._today))
        self.form.add(
            "expires",
            tr("Échéance"),
            DateEdit(tr("Échéance"), self._today),
            tr("Vide : la fréquence de votre plan décide quand le renouveler."),
        )
        self.form.add("reference", tr("Référence"), TextEdit(tr("Référence"), longest=80))
        self.form.add("responsible", tr("Responsable"), TextEdit(tr("Responsable"), longest=60))
        self.form.add("place", tr("Emplacement"), TextEdit(tr("Emplacement"), longest=80))
        self.form.add("note", tr("Remarque"), TextEdit(tr("Remarque"), longest=300))

    def begin(self) -> None:
        """Let the person type its name, or its date when it has one."""
        if self.point.currentData():
            self.form.field("dated").setFocus()
            return
        self.title.setFocus()
        self.title.line.selectAll()

    def refresh(self) -> None:
        """Read the document again."""
        with self._desk.book.read() as session:
            row = session.get(Certificate, self._id)
            if row is None:
                return
            self.title.set_value(row.title)
            self.point.setCurrentIndex(max(self.point.findData(row.point), 0))
            for key in _TEXTS:
                text = self.form.field(key)
                assert isinstance(text, TextEdit)
                text.set_value(getattr(row, key) or None)
            for key in ("dated", "expires"):
                day = self.form.field(key)
                assert isinstance(day, DateEdit)
                day.set_value(getattr(row, key))
            joined = (
                None if row.attachment_id is None else session.get(Attachment, row.attachment_id)
            )
            self.file.present(joined)
        self.message.clear()

    def _today(self) -> date:
        return civil_date(self._desk.book.clock())

    @Slot(str, object)
    def _write(self, key: str, value: object) -> None:
        if key == "point":
            value = self.point.currentData()
        elif key in _TEXTS:
            value = value or ""
        changes: Any = {key: value}
        try:
            with self._desk.book.action(tr("Document modifié")) as session:
                certificates.change(session, self._id, **changes)
        except UserError as error:
            self.message.setText(str(error))

    @Slot(bytes, str, str)
    def _join(self, content: bytes, name: str, media_type: str) -> None:
        try:
            with self._desk.book.action(tr("Fichier joint")) as session:
                now = self._desk.book.clock()
                certificates.join(session, self._id, content, name, media_type, now)
        except UserError as error:
            self.message.setText(str(error))
            return
        self._desk.tell(tr("« {name} » est joint.").format(name=name), undo=True)

    @Slot()
    def _remove(self) -> None:
        with self._desk.book.action(tr("Document retiré")) as session:
            certificates.remove(session, self._id)
        self._desk.tell(tr("Document retiré du registre."), undo=True)


def _key(row: State) -> str:
    return row.point if row.certificate_id is None else str(row.certificate_id)


def _texts(row: State) -> Row:
    end = "" if row.renew_by is None else short_day(row.renew_by)
    return Row((row.title, end, document_state(row.state)), _TONES.get(row.state, ""))
