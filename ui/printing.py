"""Making a document in the background and handing it to the person."""

import io
from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.kit.files import Folders
from ui.kit.jobs import Job
from ui.kit.preview import PdfPreview
from ui.kit.theme import scaled
from ui.window import Window

_PERIODS: dict[Cadence, Callable[[date], Period]] = {
    Cadence.DAY: lambda day: Period.through(day, day),
    Cadence.WEEK: Period.week,
    Cadence.MONTH: Period.month,
    Cadence.YEAR: Period.year,
}


def catalogue() -> dict[str, Document]:
    """Return everything that can be printed, by key."""
    from cantine_desktop.office.catalogue import documents  # noqa: PLC0415  -- brings ReportLab

    return documents()


def usual_period(document: Document, day: date) -> Period:
    """Return the period a document is made for on a day, unless another is asked."""
    return _PERIODS[document.cadence](day)


def make_pdf(
    desk: Desk,
    key: str,
    period: Period,
    done: Callable[[bytes], object],
    failed: Callable[[BaseException], object],
) -> Job:
    """Write a document of the catalogue in the background."""
    document = catalogue()[key]

    def work() -> bytes:
        if document.prepare is not None:
            document.prepare(desk.book)
        target = io.BytesIO()
        with desk.book.read() as session:
            document.write(session, period, desk.book.clock(), target)
        return target.getvalue()

    title = tr("Préparation : {title}").format(title=document.name)
    return desk.jobs.run(work, done, failed, title)


class Printing(QObject):
    """Shows the documents that screens and the palette ask for, ready to print."""

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._desk = desk
        self._window = window
        self._job: Job | None = None

    def show(self, key: str, period: Period) -> None:
        """Make a document in the background and show it; a newer wish replaces an older one."""
        document = catalogue()[key]
        if not self._desk.may_read(document.area):
            self._desk.tell(tr("Votre profil n’ouvre pas ce document."))
            return
        if self._job is not None:
            self._job.stop()
        show = partial(self._present, document.name, period)
        self._job = make_pdf(self._desk, key, period, show, self._fail)

    def _present(self, title: str, period: Period, pdf: bytes) -> None:
        self._job = None
        name = tr("{title}, {period}").format(title=title, period=in_words(period))
        dialog = PreviewDialog(self._desk, pdf, name, self._window)
        dialog.open()

    def _fail(self, error: BaseException) -> None:
        self._job = None
        if not isinstance(error, UserError):
            raise error
        self._desk.tell(
            tr("La feuille n’a pas pu être préparée ; rien n’a changé. {why}").format(why=error)
        )


class PreviewDialog(QDialog):
    """A document as it will be on paper, with what can be done with it."""

    def __init__(self, desk: Desk, pdf: bytes, title: str, window: QWidget) -> None:
        super().__init__(window)
        self._settings = desk.settings
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.preview = PdfPreview(Folders(desk.settings.folders))
        self.preview.printer = desk.settings.printer
        self.preview.printed.connect(self._remember_printer)
        self.preview.show_pdf(pdf, title)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(16), scaled(12), scaled(16), scaled(16))
        column.addWidget(self.preview)
        self.resize(window.size() * 0.85)
        self.finished.connect(self.preview.close_document)

    @Slot()
    def _remember_printer(self) -> None:
        self._settings.printer = self.preview.printer
