"""The catalogue of what can be printed: choose a sheet, its period, and print."""

from typing import ClassVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
)
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.registry import Document
from cantine_desktop.documents.sheet_ids import sheet_id
from cantine_desktop.i18n import mark, tr
from cantine_desktop.values.period import DAY, Period
from ui.desk import Desk
from ui.kit.icons import icon
from ui.kit.theme import font, scaled, set_role
from ui.printing import catalogue, usual_period
from ui.screen import Screen
from ui.sections import SECTIONS

_KEY = Qt.ItemDataRole.UserRole


class CatalogueScreen(Screen):
    """Every printable document, with the period it is printed for."""

    key: ClassVar[str] = "papers"
    help_text: ClassVar[str] = mark(
        "Choisissez une feuille, puis sa période avec les flèches ; Ctrl+P la montre avant de "
        "l’imprimer."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._documents = {
            key: document for key, document in catalogue().items() if desk.may_read(document.area)
        }
        self._chosen: Document | None = None
        self._period = Period.week(civil_date(desk.book.clock()))
        self._print = QAction(tr("Imprimer…"), self)
        self._print.triggered.connect(self._show)
        self.list = QListWidget()
        self._name, self._about, self._days = QLabel(), QLabel(), QLabel()
        self._before, self._now, self._after = QPushButton(), QPushButton(), QPushButton()
        self._lay_out()
        self._fill()
        self.list.currentItemChanged.connect(self._choose)
        self.list.itemActivated.connect(self._show)
        self.list.setCurrentRow(1)

    @override
    def primary(self) -> QAction:
        return self._print

    @override
    def document(self) -> tuple[str, Period] | None:
        return (self._chosen.key, self._period) if self._chosen is not None else None

    @override
    def place(self) -> object:
        return self.document()

    @override
    def open_at(self, target: object) -> None:
        match target:
            case (str(key), Period() as period):
                self._select(key)
                self._period = period
                self._write()
            case str(key):
                self._select(key)
            case _:
                pass

    def _select(self, key: str) -> None:
        for row in range(self.list.count()):
            if self.list.item(row).data(_KEY) == key:
                self.list.setCurrentRow(row)

    def _choose(self, item: QListWidgetItem | None) -> None:
        key = item.data(_KEY) if item is not None else None
        self._chosen = self._documents.get(key) if isinstance(key, str) else None
        self._print.setEnabled(self._chosen is not None)
        self._this_period()

    def _this_period(self) -> None:
        if self._chosen is not None:
            today = civil_date(self.desk.book.clock())
            self._period = usual_period(self._chosen, today)
        self._write()

    def _step_back(self) -> None:
        if self._chosen is not None:
            self._period = usual_period(self._chosen, self._period.first - DAY)
            self._write()

    def _step_on(self) -> None:
        if self._chosen is not None:
            self._period = usual_period(self._chosen, self._period.end)
            self._write()

    def _write(self) -> None:
        chosen = self._chosen
        if chosen is None:
            return
        self._name.setText(tr(chosen.title))
        parts = [tr("Document {code}").format(code=chosen.code)] if chosen.code else []
        if chosen.sheet:
            code = sheet_id(chosen.sheet, self._period, chosen.cadence)
            parts.append(tr("feuille {id}").format(id=code))
        self._about.setText(" · ".join(parts))
        self._about.setVisible(bool(parts))
        self._days.setText(in_words(self._period))
        self.renamed.emit()

    def _show(self) -> None:
        if self._chosen is not None:
            self.desk.print_out(self._chosen.key, self._period)

    def _fill(self) -> None:
        titles = {section.area: tr(section.title) for section in reversed(SECTIONS)}
        titles["system"] = tr("Autres")
        for area in dict.fromkeys(document.area for document in self._documents.values()):
            heading = QListWidgetItem(titles.get(area, tr("Autres")))
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            heading.setSizeHint(QSize(0, scaled(36)))
            heading.setFont(font(10, semibold=True))
            self.list.addItem(heading)
            for document in self._documents.values():
                if document.area == area:
                    item = QListWidgetItem(icon("file-pdf", "muted"), document.name)
                    item.setData(_KEY, document.key)
                    item.setSizeHint(QSize(0, scaled(36)))
                    self.list.addItem(item)

    def _lay_out(self) -> None:
        self.list.setAccessibleName(tr("Documents à imprimer"))
        self.list.setIconSize(QSize(scaled(20), scaled(20)))
        self.list.setMaximumWidth(scaled(420))
        set_role(self._name, "h2")
        set_role(self._about, "muted")
        set_role(self._days, "strong")
        self._name.setWordWrap(True)
        card = QFrame()
        set_role(card, "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(scaled(20), scaled(16), scaled(20), scaled(16))
        inside.setSpacing(scaled(12))
        for widget in (self._name, self._about, self._days):
            inside.addWidget(widget)
        inside.addLayout(self._period_row())
        right = QVBoxLayout()
        right.addWidget(card)
        right.addStretch()
        row = QHBoxLayout(self)
        row.setSpacing(scaled(16))
        row.addWidget(self.list, 2)
        row.addLayout(right, 3)

    def _period_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(scaled(8))
        for button, name, drawing, slot in (
            (self._before, tr("Période précédente"), "caret-left", self._step_back),
            (self._now, tr("Période en cours"), "", self._this_period),
            (self._after, tr("Période suivante"), "caret-right", self._step_on),
        ):
            if drawing:
                button.setIcon(icon(drawing))
                button.setAccessibleName(name)
                button.setToolTip(name)
            else:
                button.setText(name)
            button.clicked.connect(slot)
            row.addWidget(button)
        row.addStretch()
        return row
