"""The report of a grant, made in the background and shown ready to print."""

import io
from functools import partial

from PySide6.QtWidgets import QWidget

from cantine_desktop.i18n import tr
from ui.desk import Desk
from ui.printing import PreviewDialog


def show_report(desk: Desk, window: QWidget, key: int, title: str) -> None:
    """Write the report of a grant and show it."""

    def work() -> bytes:
        # Brings ReportLab, which no other gesture of the screen needs.
        from cantine_desktop.finance.grants.report import write_report  # noqa: PLC0415

        target = io.BytesIO()
        with desk.book.read() as session:
            write_report(session, key, desk.book.clock(), target)
        return target.getvalue()

    name = tr("Compte rendu, {title}").format(title=title)
    desk.jobs.run(work, partial(_present, desk, window, name), _failed, name)


def _present(desk: Desk, window: QWidget, name: str, pdf: bytes) -> None:
    PreviewDialog(desk, pdf, name, window).open()


def _failed(error: BaseException) -> None:
    raise error
