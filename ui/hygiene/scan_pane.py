"""The paper beside the grid: photos and scans joined to a sheet."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.registers import scans
from cantine_desktop.hygiene.registers.scans import ScanRow
from cantine_desktop.i18n import tr
from ui.desk import Desk
from ui.kit.icons import icon
from ui.kit.page_view import PageView
from ui.kit.pdf_pages import PdfError, PdfPages
from ui.kit.picture_pages import PicturePages, read_picture
from ui.kit.theme import scaled, set_role

SUFFIXES = "pdf jpg jpeg png"
"""Ends of the names of files that a sheet may be joined with."""


class ScanPane(QWidget):
    """One file in view, the others a choice away.

    Signals:
        wanted: A file is to be joined: the person will be asked which.
        unwanted: A file is to be taken off (its key, ``int``).
        closed: The pane is not needed any more.
    """

    wanted = Signal()
    unwanted = Signal(int)
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown = 0
        self.choice = QComboBox()
        self.choice.setAccessibleName(tr("Papier joint"))
        self.choice.currentIndexChanged.connect(self._show_chosen)
        self.view = PageView()
        self.view.setMinimumWidth(scaled(240))
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self.sentence, "muted")
        self.join = _button("paperclip", tr("Joindre une photo ou un PDF…"))
        self.drop = _button("trash", tr("Retirer ce fichier de la fiche"))
        larger = _button("plus", tr("Agrandir"))
        smaller = _button("minus", tr("Réduire"))
        close = _button("x", tr("Cacher le papier"))
        self.join.clicked.connect(self.wanted)
        self.drop.clicked.connect(self._on_drop)
        larger.clicked.connect(partial(self.view.zoom_by, 1.25))
        smaller.clicked.connect(partial(self.view.zoom_by, 0.8))
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(self.choice, 1)
        for each in (self.join, smaller, larger, self.drop, close):
            head.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.sentence, 1)

    def show_scans(self, rows: list[ScanRow], *, may_write: bool) -> None:
        """List the files of a sheet, and show the last one joined unless one was chosen."""
        before = self.choice.currentData()
        self.choice.blockSignals(True)
        self.choice.clear()
        for row in rows:
            self.choice.addItem(row.name, row.scan_id)
        keys = [row.scan_id for row in rows]
        self.choice.setCurrentIndex(keys.index(before) if before in keys else len(keys) - 1)
        self.choice.blockSignals(False)
        self.choice.setVisible(bool(rows))
        self.join.setEnabled(may_write)
        self.drop.setEnabled(may_write and bool(rows))
        self._show_chosen()

    @Slot()
    def _show_chosen(self) -> None:
        key = self.choice.currentData()
        if key is None:
            self._shown = 0
            self._say(tr("Aucun papier joint. Déposez ici la photo ou le scan de la feuille."))
        elif key != self._shown and self.isVisible():
            self._shown = key
            self._desk.jobs.run(
                partial(_load, self._desk, key), partial(self._on_loaded, key), self._on_failed
            )

    def wake(self) -> None:
        """Load what is chosen, now that the pane is in view."""
        self._shown = 0
        self._show_chosen()

    def _on_loaded(self, key: int, found: bytes | QImage) -> None:
        if key != self._shown:
            return  # another one was chosen meanwhile
        try:
            pages = PdfPages(found) if isinstance(found, bytes) else PicturePages(found)
        except PdfError:
            self._say(tr("Ce PDF ne s’ouvre pas : le fichier est abîmé."))
            return
        self.view.show_pages(pages)
        self.view.show()
        self.sentence.hide()

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self._say(str(error))

    def _say(self, sentence: str) -> None:
        self.view.show_pages(None)
        self.view.hide()
        self.sentence.setText(sentence)
        self.sentence.show()

    @Slot()
    def _on_drop(self) -> None:
        key = self.choice.currentData()
        if key is not None:
            self.unwanted.emit(key)


def _load(desk: Desk, scan_id: int) -> bytes | QImage:
    """Return a PDF, or a photo already decoded; on a worker thread.

    Raises:
        UserError: The file is gone, altered, or no picture.
    """
    with desk.book.read() as session:
        content = scans.read_scan(session, scan_id)
    if content.startswith(b"%PDF-"):
        return content
    picture = read_picture(content)
    if picture is None:
        raise UserError(tr("Cette photo ne s’ouvre pas : le fichier est abîmé."))
    return picture


def _button(drawing: str, name: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(drawing))
    button.setAccessibleName(name)
    button.setToolTip(name)
    return button
