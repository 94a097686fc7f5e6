"""A file of the book, opened with the program of the computer that reads its kind."""

import tempfile
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from cantine_desktop.storage import attachments
from cantine_desktop.storage.attachments import Attachment
from ui.desk import Desk
from ui.kit.files import safe_name


def open_attachment(desk: Desk, attachment_id: int) -> None:
    """Open a copy of a file.

    Raises:
        UserError: The content is not what was kept.
    """
    with desk.book.read() as session:
        attachment = session.get_one(Attachment, attachment_id)
        content, name = attachments.read(session, attachment), attachment.name
    folder = Path(tempfile.mkdtemp(prefix="cantine-"))
    copy = folder / (safe_name(Path(name).stem) + Path(name).suffix)
    copy.write_bytes(content)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy)))
