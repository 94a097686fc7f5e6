"""Making a document in the background and handing it to the person."""

import io
import re
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QProgressDialog

from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.office.catalogue import documents
from cantine_desktop.settings import home
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import fold
from ui.desk import Desk
from ui.window import Window

_PERIODS: dict[Cadence, Callable[[date], Period]] = {
    Cadence.DAY: lambda day: Period.through(day, day),
    Cadence.WEEK: Period.week,
    Cadence.MONTH: Period.month,
    Cadence.YEAR: Period.year,
}


def usual_period(document: Document, day: date) -> Period:
    """Return the period a document is made for on a day, unless another is asked."""
    return _PERIODS[document.cadence](day)


def file_name(document: Document, period: Period) -> str:
    """Return the name of a saved document: ``releve-de-temperatures_2026-11-16.pdf``."""
    title = re.sub(r"[^a-z0-9]+", "-", fold(tr(document.title))).strip("-")
    return f"{title}_{period.first.isoformat()}.pdf"


def make_pdf(
    desk: Desk,
    key: str,
    period: Period,
    done: Callable[[bytes], object],
    failed: Callable[[BaseException], object],
) -> None:
    """Write a document of the catalogue in the background."""
    document = documents()[key]

    def work() -> bytes:
        target = io.BytesIO()
        with desk.book.read() as session:
            document.write(session, period, desk.book.clock(), target)
        return target.getvalue()

    desk.jobs.run(work, done, failed)


class Printing(QObject):
    """Prints what screens and the palette ask for."""

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._desk = desk
        self._window = window
        self._busy: QProgressDialog | None = None

    def show(self, key: str, period: Period) -> None:
        """Make a document and show it, ready to print, save or open."""
        if self._busy is not None:
            return
        document = documents()[key]
        if not self._desk.may_read(document.area):
            self._desk.tell(tr("Votre profil n’ouvre pas ce document."))
            return
        self._busy = self._wait(tr(document.title))
        make_pdf(self._desk, key, period, partial(self._present, document, period), self._fail)

    def _wait(self, title: str) -> QProgressDialog:
        dialog = QProgressDialog(
            tr("Préparation : {title}").format(title=title), tr("Annuler"), 0, 0, self._window
        )
        dialog.setWindowTitle(title)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.setMinimumDuration(400)
        dialog.setValue(0)
        return dialog

    def _present(self, document: Document, period: Period, pdf: bytes) -> None:
        if self._stop_waiting():
            return
        show_pdf(self._window, self._desk, pdf, tr(document.title), file_name(document, period))

    def _fail(self, error: BaseException) -> None:
        cancelled = self._stop_waiting()
        if cancelled:
            return
        if not isinstance(error, UserError):
            raise error
        self._desk.tell(
            tr("La feuille n’a pas pu être préparée ; rien n’a changé. {why}").format(why=error)
        )

    def _stop_waiting(self) -> bool:
        """Put the waiting away; tell whether the person had cancelled."""
        assert self._busy is not None
        cancelled = self._busy.wasCanceled()
        self._busy.reset()
        self._busy.deleteLater()
        self._busy = None
        return cancelled


def show_pdf(window: Window, desk: Desk, pdf: bytes, title: str, name: str) -> None:
    """Show a document made, ready to print, save or open."""
    chosen, _kind = QFileDialog.getSaveFileName(window, title, str(home() / name), "PDF (*.pdf)")
    if chosen:
        Path(chosen).write_bytes(pdf)
        QDesktopServices.openUrl(QUrl.fromLocalFile(chosen))
        desk.tell(tr("Document enregistré : {name}").format(name=Path(chosen).name))
