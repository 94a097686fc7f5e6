"""Joining the scan of a certificate to a row of the sheet of training, and opening it."""

import mimetypes
from pathlib import Path

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.kitchen.model import Training
from cantine_desktop.hygiene.kitchen.training import TRAINING, join_certificate
from cantine_desktop.hygiene.registers.queries import Line
from cantine_desktop.i18n import tr
from ui.desk import Desk
from ui.hygiene.joined_file import content_of
from ui.hygiene.records_sheet import Sheet
from ui.opened_file import open_attachment


def is_training(sheet: Sheet) -> bool:
    """Tell whether the rows of a sheet may have a certificate."""
    return sheet.register is TRAINING


def takes_certificates(sheet: Sheet) -> bool:
    """Tell whether a certificate may be joined now: the sheet is not signed yet."""
    return is_training(sheet) and not sheet.state.is_signed


def join_to_row(desk: Desk, line: Line | None, file: Path) -> str:
    """Join a file to a row as one undo step; return why it was not, or nothing."""
    if line is None:
        return tr("Écrivez d’abord la ligne : qui, et quelle formation.")
    media_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    try:
        content = content_of(file)
        with desk.book.action(tr("Attestation jointe")) as session:
            now = desk.book.clock()
            join_certificate(session, line.record_id, content, file.name, media_type, now)
    except UserError as error:
        return str(error)
    except OSError:
        return tr("« {name} » ne se lit pas.").format(name=file.name)
    desk.tell(tr("« {name} » est joint.").format(name=file.name), undo=True)
    return ""


def open_of_row(desk: Desk, line: Line | None) -> str:
    """Open the certificate of a row; return why there is nothing to open, or nothing."""
    with desk.book.read() as session:
        row = None if line is None else session.get(Training, line.record_id)
        joined = None if row is None else row.attachment_id
    if joined is None:
        return tr("Aucune attestation n’est jointe à cette ligne.")
    try:
        open_attachment(desk, joined)
    except UserError as error:
        return str(error)
    return ""
