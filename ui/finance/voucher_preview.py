"""The file of a piece, shown like paper, with a way to open it elsewhere."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.storage import attachments
from cantine_desktop.storage.attachments import Attachment
from ui.desk import Desk
from ui.kit.icons import icon
from ui.kit.page_view import PageView
from ui.kit.pdf_pages import PdfError, PdfPages
from ui.kit.picture_pages import PicturePages, read_picture
from ui.kit.theme import scaled, set_role
from ui.opened_file import open_attachment


class VoucherPreview(QWidget):
    """One file in view."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown = 0
        self._instead = ""
        self.view = PageView()
        self.view.setMinimumWidth(scaled(180))
        self.view.setAccessibleName(tr("Aperçu de la pièce"))
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_role(self.sentence, "muted")
        self.open = QPushButton(tr("Ouvrir le fichier"))
        self.open.clicked.connect(self._open)
        self.larger = _button("plus", tr("Agrandir"))
        self.smaller = _button("minus", tr("Réduire"))
        self.larger.clicked.connect(partial(self.view.zoom_by, 1.25))
        self.smaller.clicked.connect(partial(self.view.zoom_by, 0.8))
        foot = QHBoxLayout()
        foot.addWidget(self.open)
        foot.addStretch(1)
        foot.addWidget(self.smaller)
        foot.addWidget(self.larger)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.sentence, 1)
        layout.addLayout(foot)
        self.sentence.hide()

    def present(self, attachment_id: int, instead: str = "") -> None:
        """Load a file away from the window and show it.

        Args:
            attachment_id: The file.
            instead: What is said when it cannot be shown: what was read of it.
        """
        self._instead = instead
        if attachment_id == self._shown:
            return
        self._shown = attachment_id
        self.view.show_pages(None)
        self._desk.jobs.run(
            partial(_load, self._desk, attachment_id),
            partial(self._on_loaded, attachment_id),
            self._on_failed,
        )

    def _on_loaded(self, key: int, found: bytes | QImage | None) -> None:
        if key != self._shown:
            return  # another one was chosen meanwhile
        if found is None:
            unseen = tr("Ce genre de fichier ne se montre pas ici : ouvrez-le.")
            self._say(self._instead or unseen)
            return
        try:
            pages = PdfPages(found) if isinstance(found, bytes) else PicturePages(found)
        except PdfError:
            self._say(tr("Ce PDF ne s’ouvre pas : le fichier est abîmé."))
            return
        self.view.show_pages(pages)
        self._show_view(shown=True)

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self._say(str(error))

    def _say(self, sentence: str) -> None:
        self.view.show_pages(None)
        self.sentence.setText(sentence)
        self._show_view(shown=False)

    def _show_view(self, *, shown: bool) -> None:
        self.sentence.setVisible(not shown)
        for each in (self.view, self.larger, self.smaller):
            each.setVisible(shown)

    @Slot()
    def _open(self) -> None:
        try:
            open_attachment(self._desk, self._shown)
        except UserError as error:
            self._desk.tell(str(error))


def _load(desk: Desk, attachment_id: int) -> bytes | QImage | None:
    """Return a PDF, or a picture already decoded, or nothing; on a worker thread.

    Raises:
        UserError: The file is gone or altered.
    """
    with desk.book.read() as session:
        content = attachments.read(session, session.get_one(Attachment, attachment_id))
    if content[:1024].lstrip().startswith(b"%PDF"):
        return content
    return read_picture(content)


def _button(drawing: str, name: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(drawing))
    button.setAccessibleName(name)
    button.setToolTip(name)
    return button
