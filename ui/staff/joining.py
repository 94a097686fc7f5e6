"""Reading the file that is joined to a record, away from the window."""

import mimetypes
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import mark, tr
from cantine_desktop.staff.contracts.keeping import Joined
from cantine_desktop.storage.attachments import LARGEST
from ui.desk import Desk
from ui.kit.files import Folders, ask_open

KINDS = ((mark("Documents numérisés"), "*.pdf *.png *.jpg *.jpeg *.tif *.tiff"),)


def choose_file(desk: Desk, parent: QWidget) -> Path | None:
    """Ask for a file to join."""
    kinds = tuple((tr(name), patterns) for name, patterns in KINDS)
    folders = Folders(desk.settings.folders)
    return ask_open(parent.window(), folders, "scans", tr("Joindre un fichier"), kinds)


def read_file(desk: Desk, path: Path, done: Callable[[Joined], object]) -> None:
    """Read a file in the background and hand it over; tell why it cannot be."""

    def failed(error: BaseException) -> None:
        if not isinstance(error, OSError | UserError):
            raise error
        said = str(error) if isinstance(error, UserError) else tr("« {name} » ne se lit pas.")
        desk.tell(said.format(name=path.name))

    desk.jobs.run(partial(_joined, path), done, failed)


def _joined(path: Path) -> Joined:
    if path.stat().st_size > LARGEST:
        raise UserError(
            tr("« {name} » pèse plus de {size} Mo : numérisez-le moins finement.").format(
                name=path.name, size=LARGEST // 2**20
            )
        )
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Joined(path.read_bytes(), path.name, media_type)
