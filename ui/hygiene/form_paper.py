"""The form of one breach, made in the background and shown ready to print."""

import io

from PySide6.QtWidgets import QWidget

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.breach_papers import write_one
from cantine_desktop.hygiene.breach_rows import BreachRow
from cantine_desktop.i18n import tr
from ui.desk import Desk
from ui.kit.jobs import Job
from ui.printing import PreviewDialog


def show_form(desk: Desk, row: BreachRow, window: QWidget) -> Job:
    """Write the form of a breach, and show it."""
    title = tr("Fiche de non-conformité {number}").format(number=row.number).strip()

    def work() -> bytes:
        target = io.BytesIO()
        with desk.book.read() as session:
            write_one(session, row.breach_id, desk.book.clock(), target)
        return target.getvalue()

    def show(pdf: bytes) -> None:
        PreviewDialog(desk, pdf, title, window).open()

    def fail(error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        desk.tell(str(error))

    return desk.jobs.run(work, show, fail, title)
