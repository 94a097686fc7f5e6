"""Labels of the kitchen, and finding a lot again."""

from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QTabWidget, QVBoxLayout
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.hygiene.catalogue import REGISTERS
from cantine_desktop.i18n import mark, tr, trn
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.hygiene.find_pane import FindPane
from ui.hygiene.label_pane import LabelPane
from ui.printing import PreviewDialog
from ui.screen import Screen


class TracingScreen(Screen):
    """Two pages: labels to make and to finish, and the search of a lot."""

    key: ClassVar[str] = "tracing"
    shows: ClassVar[frozenset[str]] = frozenset({
        "labelled_food",
        *(register.model.__tablename__ for register in REGISTERS),
    })
    help_text: ClassVar[str] = mark(
        "Étiquetez ce que vous préparez, entamez ou décongelez ; ce qui reste est à gauche de sa "
        "date. L’autre page retrouve un lot, d’où il vient et dans quels plats il est entré."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        layout.addWidget(self.pages)
        self.labels = LabelPane(desk)
        self.finder = FindPane(desk)
        self.pages.addTab(self.labels, tr("&Étiquettes"))
        self.pages.addTab(self.finder, tr("&Retrouver un lot"))
        self.first_stop = self.labels.form.name
        self._primary = self._action(tr("Étiqueter et imprimer"), "Ctrl+Return", self._make)
        self._action(tr("Retrouver un lot"), "Ctrl+F", self._search)
        self.labels.printed.connect(self._preview)
        self.finder.printed.connect(self._preview)
        self.finder.labelled.connect(self._show_label)

    @override
    def primary(self) -> QAction:
        return self._primary

    @override
    def document(self) -> tuple[str, Period]:
        today = civil_date(self.desk.book.clock())
        return "labels-a4", Period.through(today, today)

    @override
    def place(self) -> object:
        return self.finder.search.text() if self.pages.currentIndex() else None

    @override
    def open_at(self, target: object) -> None:
        """Show a label by its key, or search for words."""
        self.refresh()
        if isinstance(target, int):
            self._show_label(target)
        elif isinstance(target, str):
            self.pages.setCurrentWidget(self.finder)
            self.finder.look_for(target)

    @override
    def refresh(self) -> None:
        """Read the labels again, and search again."""
        self.labels.refresh()
        self.finder.refresh()
        late = self.labels.late
        self.subtitle = (
            trn("{n} préparation dépassée", "{n} préparations dépassées", late) if late else ""
        )

    @Slot()
    def _make(self) -> None:
        if self.pages.currentWidget() is self.labels:
            self.labels.print_label()
        else:
            self.pages.setCurrentWidget(self.labels)
            self.labels.form.name.setFocus()

    @Slot()
    def _search(self) -> None:
        self.pages.setCurrentWidget(self.finder)
        self.finder.search.setFocus()
        self.finder.search.selectAll()

    @Slot(int)
    def _show_label(self, food_id: int) -> None:
        self.pages.setCurrentWidget(self.labels)
        self.labels.choose(food_id)

    @Slot(bytes, str)
    def _preview(self, pdf: bytes, title: str) -> None:
        PreviewDialog(self.desk, pdf, title, self.window()).open()
