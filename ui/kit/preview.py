"""Seeing a document before it is printed: the very PDF, page by page."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.i18n import tr, trn
from cantine_desktop.replacing import write_whole
from ui.kit import icons
from ui.kit.field import UnitLine
from ui.kit.files import Folders, ask_save
from ui.kit.flow import FlowLayout
from ui.kit.notice import Notice
from ui.kit.page_view import PageView
from ui.kit.pdf_pages import PdfError, PdfPages
from ui.kit.theme import scaled, set_role

_STEP = 1.2


class PdfPreview(QWidget):
    """Shows a PDF with its pages, zoom and search; prints it, saves it, copies a page.

    Without a printer, printing offers to save the PDF instead.

    Attributes:
        view: The pages.
        notice: Where it says what went wrong.
        printer: Name of the printer proposed, then of the one last used.

    Signals:
        printed: The document went to a printer.
        saved: The document was saved (``Path``).
    """

    printed = Signal()
    saved = Signal(object)

    def __init__(self, folders: Folders, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folders = folders
        self.printer = ""
        self._pages: PdfPages | None = None
        self._title = ""
        self._found: list[int] = []
        self.view = PageView()
        self.notice = Notice()
        self._page = QLabel()
        self._percent = QLabel()
        self._words = UnitLine()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(8))
        layout.addWidget(self._bar())
        layout.addWidget(self.notice)
        layout.addWidget(self.view, 1)
        self._add_keys()
        self.view.moved.connect(self._show_place)
        self.view.zoomed.connect(self._show_place)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        # A focus proxy would have Tab pass over what stands before it.
        super().focusInEvent(event)
        self.view.setFocus(event.reason())

    def show_pdf(self, content: bytes, title: str) -> None:
        """Show a document; ``title`` names its file and its print job."""
        self.close_document()
        self._title = title
        try:
            self._pages = PdfPages(content)
        except PdfError:
            self._pages = None
            self.notice.tell("bad", tr("Ce document ne peut pas être affiché."))
        self.view.show_pages(self._pages)
        self._show_place()

    def close_document(self) -> None:
        """Let the document go."""
        self.notice.clear()
        self.view.show_pages(None)
        if self._pages is not None:
            self._pages.close()
            self._pages = None

    @property
    def count(self) -> int:
        """How many pages the document has."""
        return len(self._pages) if self._pages else 0

    @Slot()
    def print_(self) -> None:
        """Print through the system's dialogue, or offer to save the PDF."""
        from ui.kit.pdf_print import has_printer, print_with_dialog  # noqa: PLC0415  -- first print only

        if self._pages is None:
            return
        if not has_printer():
            self.notice.tell(
                "warn",
                tr("Aucune imprimante n’est installée. Le PDF est prêt."),
                tr("Enregistrer le PDF…"),
                self.save,
            )
            return
        place = self.view.current + 1
        used = print_with_dialog(self, self._pages, self._title, place, self.printer)
        if used is not None:
            self.printer = used or self.printer
            self.printed.emit()

    @Slot()
    def save(self) -> None:
        """Ask where, and save the PDF."""
        if self._pages is None:
            return
        file = ask_save(self, self._folders, "pdf", self._title, (("PDF", "*.pdf"),))
        if file is not None:
            self.save_as(file)

    def save_as(self, file: Path) -> None:
        """Save the PDF in a file."""
        assert self._pages is not None
        try:
            write_whole(file, self._pages.content)
        except OSError as error:
            reason = error.strerror or str(error)
            self.notice.tell(
                "bad",
                tr("Le PDF n’a pas pu être enregistré ici : {reason}.").format(reason=reason),
                tr("Choisir un autre dossier…"),
                self.save,
            )
            return
        self.notice.tell("ok", tr("PDF enregistré : {file}").format(file=file))
        self.saved.emit(file)

    @Slot()
    def copy_page(self) -> None:
        """Put the page in sight on the clipboard, as a picture."""
        if self._pages is not None:
            QGuiApplication.clipboard().setImage(self._pages.draw(self.view.current, 150 / 72))
            self.notice.tell("ok", tr("La page est copiée comme image."))

    @Slot()
    def search(self) -> None:
        """Mark the searched words, and go to the next place where they stand."""
        words = self._words.text().strip()
        if self._pages is None or not words:
            self.view.show_marks([])
            self._words.show_unit("")
            return
        marks = self._pages.find(words)
        self.view.show_marks(marks)
        self._words.show_unit(trn("{n} fois", "{n} fois", len(marks)))
        if marks:
            later = [mark for mark in marks if mark[0] > self.view.current]
            self.view.bring(*(later or marks)[0])

    @Slot()
    def _show_place(self) -> None:
        count = self.count
        place = self.view.current + 1 if count else 0
        self._page.setText(tr("Page {page} sur {count}").format(page=place, count=count))
        self._percent.setText(tr("{n} %").format(n=self.view.percent))

    def _bar(self) -> QWidget:
        holder = QWidget()
        bar = FlowLayout(scaled(8), holder)
        bar.addWidget(self._tool("caret-left", tr("Page précédente"), self._previous))
        bar.addWidget(self._page)
        bar.addWidget(self._tool("caret-right", tr("Page suivante"), self._next))
        bar.addWidget(self._tool("minus", tr("Réduire (Ctrl+−)"), self._smaller))
        bar.addWidget(self._percent)
        bar.addWidget(self._tool("plus", tr("Agrandir (Ctrl++)"), self._larger))
        bar.addWidget(
            self._tool("arrows-out-line-horizontal", tr("Toute la largeur"), self._fit_width)
        )
        bar.addWidget(self._tool("arrows-out", tr("Page entière (Ctrl+0)"), self._fit_page))
        self._words.setPlaceholderText(tr("Chercher dans le document"))
        self._words.setAccessibleName(tr("Chercher dans le document"))
        self._words.setFixedWidth(scaled(240))
        self._words.returnPressed.connect(self.search)
        bar.addWidget(self._words)
        bar.addWidget(self._tool("copy", tr("Copier la page comme image"), self.copy_page))
        save = QPushButton(tr("Enregistrer le PDF…"))
        save.clicked.connect(self.save)
        bar.addWidget(save)
        print_button = QPushButton(tr("Imprimer…"))
        print_button.setIcon(icons.icon("printer", "on_primary"))
        set_role(print_button, "primary")
        print_button.clicked.connect(self.print_)
        bar.addWidget(print_button)
        return holder

    def _tool(self, drawing: str, name: str, slot: object) -> QToolButton:
        button = QToolButton()
        button.setIcon(icons.icon(drawing))
        button.setAccessibleName(name)
        button.setToolTip(name)
        set_role(button, "quiet")
        button.clicked.connect(slot)
        return button

    def _add_keys(self) -> None:
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, slot in (
            (QKeySequence(QKeySequence.StandardKey.ZoomIn), self._larger),
            (QKeySequence("Ctrl+="), self._larger),
            (QKeySequence(QKeySequence.StandardKey.ZoomOut), self._smaller),
            (QKeySequence("Ctrl+0"), self._fit_page),
            (QKeySequence(QKeySequence.StandardKey.Find), self._words.setFocus),
            (QKeySequence(QKeySequence.StandardKey.Save), self.save),
        ):
            QShortcut(keys, self, slot, context=inside)

    @Slot()
    def _previous(self) -> None:
        self.view.go_to(self.view.current - 1)

    @Slot()
    def _next(self) -> None:
        self.view.go_to(self.view.current + 1)

    @Slot()
    def _larger(self) -> None:
        self.view.zoom_by(_STEP)

    @Slot()
    def _smaller(self) -> None:
        self.view.zoom_by(1 / _STEP)

    @Slot()
    def _fit_width(self) -> None:
        self.view.set_zoom("width")

    @Slot()
    def _fit_page(self) -> None:
        self.view.set_zoom("page")
