"""A file joined to a record: dropped or chosen, and opened again."""

import mimetypes
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import mark, tr
from cantine_desktop.storage.attachments import LARGEST, Attachment
from ui.desk import Desk
from ui.kit.files import DropTarget, Folders, ask_open
from ui.kit.theme import scaled, set_role
from ui.opened_file import open_attachment

KINDS = ((mark("Documents numérisés"), "*.pdf *.png *.jpg *.jpeg *.tif *.tiff"),)


class JoinedFile(QFrame):
    """Where a scan is dropped; it says which one is there.

    Signals:
        taken: A file was read: its content, its name, its kind (``bytes, str, str``).
    """

    taken = Signal(bytes, str, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        set_role(self, "sunk")
        self._desk = desk
        self._attachment_id: int | None = None
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.choose = QPushButton()
        self.choose.clicked.connect(self._choose)
        self.open = QPushButton(tr("Ouvrir le fichier"))
        self.open.clicked.connect(self._open)
        DropTarget(self, [("*", self.take)])
        row = QHBoxLayout(self)
        row.setContentsMargins(scaled(12), scaled(8), scaled(12), scaled(8))
        row.addWidget(self.words, 1)
        row.addWidget(self.choose)
        row.addWidget(self.open)
        self.present(None)

    def present(self, attachment: Attachment | None) -> None:
        """Say which file is joined."""
        self._attachment_id = None if attachment is None else attachment.id
        if attachment is None:
            self.words.setText(tr("Aucun fichier joint. Déposez ici la numérisation."))
        else:
            self.words.setText(tr("Joint : {name}").format(name=attachment.name))
        self.choose.setText(tr("Joindre…") if attachment is None else tr("Remplacer…"))
        self.open.setVisible(attachment is not None)

    def take(self, files: Sequence[Path]) -> None:
        """Read the first of some files, away from the window."""
        path = files[0]
        self._desk.jobs.run(
            partial(content_of, path), partial(self._on_read, path), partial(self._on_failed, path)
        )

    @Slot()
    def _choose(self) -> None:
        folders = Folders(self._desk.settings.folders)
        kinds = tuple((tr(name), patterns) for name, patterns in KINDS)
        found = ask_open(self.window(), folders, "scans", tr("Joindre un fichier"), kinds)
        if found is not None:
            self.take([found])

    def _on_read(self, path: Path, content: bytes) -> None:
        media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        self.taken.emit(content, path.name, media_type)

    def _on_failed(self, path: Path, error: BaseException) -> None:
        if not isinstance(error, OSError | UserError):
            raise error
        said = str(error) if isinstance(error, UserError) else tr("« {name} » ne se lit pas.")
        self.words.setText(said.format(name=path.name))

    @Slot()
    def _open(self) -> None:
        if self._attachment_id is None:
            return
        try:
            open_attachment(self._desk, self._attachment_id)
        except UserError as error:
            self.words.setText(str(error))


def content_of(path: Path) -> bytes:
    """Return the content of a file to join.

    Raises:
        UserError: It is larger than any scan.
    """
    if path.stat().st_size > LARGEST:
        size = LARGEST // 2**20
        raise UserError(
            tr("« {name} » pèse plus de {size} Mo : numérisez-le moins finement.").format(
                name=path.name, size=size
            )
        )
    return path.read_bytes()
