"""Verifying an inspection file: dropped, or chosen; with what this book knows of it."""

from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtCore import Slot as QtSlot
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel, QPushButton, QVBoxLayout

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.storage.recognition import unreadable
from ui.desk import Desk
from ui.kit.files import Folders
from ui.kit.notice import Kind, Notice, announce
from ui.kit.theme import scaled, set_role

LARGEST = 512 << 20
"""Bytes that are read; what is larger is no inspection file."""


class Outcome(NamedTuple):
    """What verifying found: whether all is well, and sentences."""

    good: bool
    sentences: tuple[str, ...]


class CheckPane(QFrame):
    """The fingerprint of the book, a button, and what the last verification said."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        set_role(self, "card")
        self.fingerprint = QLabel()
        self.fingerprint.setWordWrap(True)
        self.fingerprint.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.fingerprint.setAccessibleName(tr("Empreinte de la clé de ce livre"))
        self.choose = QPushButton(tr("Vérifier un dossier…"))
        self.choose.clicked.connect(self._choose)
        self.told = Notice()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(scaled(16), scaled(12), scaled(16), scaled(12))
        layout.setSpacing(scaled(8))
        layout.addWidget(self.fingerprint)
        layout.addWidget(self.told)
        layout.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_fingerprint("")

    def show_fingerprint(self, text: str) -> None:
        """Show the name of the book's key, to be compared with the cover of a file."""
        if text:
            said = tr("Empreinte de ce livre, à comparer à la couverture :\n{key}")
            self.fingerprint.setText(said.format(key=text))
        else:
            self.fingerprint.setText(
                tr(
                    "La clé de ce livre sera faite avec le premier dossier. Déposez ici un PDF "
                    "pour le vérifier."
                )
            )

    def verify(self, path: Path) -> None:
        """Verify a file beside the window."""
        self._say(tr("Vérification de « {name} »…").format(name=path.name), "info")
        self._desk.jobs.run(partial(self._check, path), partial(self._show, path.name), self._fail)

    @QtSlot()
    def _choose(self) -> None:
        folders = Folders(self._desk.settings.folders)
        found, _kind = QFileDialog.getOpenFileName(
            self, tr("Vérifier un dossier"), str(folders.of("pdf")), f"{tr('PDF')} (*.pdf)"
        )
        if found:
            folders.remember("pdf", Path(found))
            self.verify(Path(found))

    def _check(self, path: Path) -> Outcome:
        # Signatures and PDFs are read by the first file, not by the screen.
        from cantine_desktop.hygiene.inspection.check import check_pdf  # noqa: PLC0415
        from cantine_desktop.hygiene.inspection.owner import compare_with_book  # noqa: PLC0415

        try:
            with path.open("rb") as file:
                content = file.read(LARGEST)
        except OSError as error:
            raise UserError(unreadable(path, error.strerror or "")) from error
        found = check_pdf(content)
        if not found.fingerprint:
            return Outcome(found.is_good, found.sentences)
        with self._desk.book.read() as session:
            compared = compare_with_book(session, found)
        good = found.is_good and compared.is_good
        return Outcome(good, (*found.sentences, *compared.sentences))

    def _show(self, name: str, outcome: Outcome) -> None:
        first = tr("« {name} »").format(name=name)
        self._say("\n".join((first, *outcome.sentences)), "ok" if outcome.good else "bad")
        announce(self, " ".join(outcome.sentences))

    def _fail(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self._say(str(error), "bad")

    def _say(self, text: str, kind: Kind) -> None:
        self.told.tell(kind, text)
