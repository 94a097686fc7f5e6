"""Taking files in: chosen or dropped, read in a job, told in one line."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from cantine_desktop.errors import UserError
from cantine_desktop.finance.pieces.queries import MissingRow
from cantine_desktop.i18n import tr, trn
from ui.desk import Desk
from ui.finance.voucher_drop import PATTERNS, Outcome, take_files
from ui.kit.files import Folders
from ui.kit.notice import Notice


class VoucherIntake(QObject):
    """Reads files one after the other; what is refused is said in a notice.

    Signals:
        taken: Files became pieces (``Outcome``).
    """

    taken = Signal(object)

    def __init__(self, desk: Desk, refusals: Notice, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._refusals = refusals

    def ask(self, window: QWidget) -> list[Path]:
        """Ask which files to take in."""
        folders = Folders(self._desk.settings.folders)
        found, _kind = QFileDialog.getOpenFileNames(
            window,
            tr("Ajouter des pièces"),
            str(folders.of("vouchers")),
            f"{tr('Factures, tickets, courriels')} ({PATTERNS})",
        )
        if found:
            folders.remember("vouchers", Path(found[0]))
        return [Path(each) for each in found]

    def take(self, files: list[Path], row: MissingRow | None) -> None:
        """Keep files as pieces, and join them to what was spent, if that is given."""
        self._refusals.clear()
        title = trn("Lecture de {n} fichier", "Lecture de {n} fichiers", len(files))
        work = partial(take_files, self._desk, files, row)
        self._desk.jobs.start(title, work, self._on_taken, self._on_failed)

    def _on_taken(self, outcome: Outcome) -> None:
        self._desk.tell(outcome.words, undo=bool(outcome.keys))
        if outcome.refused:
            self._refusals.tell("warn", "\n".join(outcome.refused[:5]))
        self.taken.emit(outcome)

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self._refusals.tell("bad", str(error))
