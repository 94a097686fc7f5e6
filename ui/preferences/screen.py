"""The settings: a list of pages that can be searched, and the page."""

from importlib import import_module
from typing import ClassVar, cast

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
)
from typing_extensions import override

from cantine_desktop.i18n import tr
from cantine_desktop.values.text import fold
from ui.desk import Desk
from ui.kit.icons import icon
from ui.kit.theme import looks_changed, scaled
from ui.preferences.page import PreferencePage, note
from ui.preferences.pages import PAGES, PageEntry
from ui.screen import Screen

_KEY = Qt.ItemDataRole.UserRole


class PreferencesScreen(Screen):
    """Nine pages; what is changed takes effect at once."""

    key: ClassVar[str] = "preferences"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._page: PreferencePage | None = None
        self.search = QLineEdit()
        self.list = QListWidget()
        self._room = QScrollArea()
        self._lay_out()
        self._fill()
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self._enter_page)
        self.list.currentItemChanged.connect(self._open)
        desk.changed.connect(self._pass_on)
        self.list.setCurrentRow(0)

    @override
    def open_at(self, target: object) -> None:
        for row, page in enumerate(PAGES):
            if page.key == target:
                self.search.clear()
                self.list.setCurrentRow(row)

    @override
    def place(self) -> object:
        item = self.list.currentItem()
        return item.data(_KEY)

    @property
    def page(self) -> PreferencePage | None:
        """The page shown."""
        return self._page

    def _lay_out(self) -> None:
        self.search.setPlaceholderText(tr("Chercher un réglage"))
        self.search.setAccessibleName(tr("Chercher un réglage"))
        self.search.setClearButtonEnabled(True)
        self.list.setAccessibleName(tr("Pages des réglages"))
        self._room.setWidgetResizable(True)
        self._room.setFrameShape(QFrame.Shape.NoFrame)
        self._room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        left = QVBoxLayout()
        left.setSpacing(scaled(8))
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(20))
        row.addLayout(left)
        row.addWidget(self._room, 1)

    def _fill(self) -> None:
        for page in PAGES:
            item = QListWidgetItem(icon(page.icon), tr(page.title))
            item.setData(_KEY, page.key)
            self.list.addItem(item)
        self._fit()

    def _fit(self) -> None:
        """Give the list the measures of the present size of text."""
        self.search.setFixedWidth(scaled(260))
        self.list.setFixedWidth(scaled(260))
        self.list.setIconSize(QSize(scaled(20), scaled(20)))
        for row in range(self.list.count()):
            self.list.item(row).setSizeHint(QSize(0, scaled(36)))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if looks_changed(event):
            self._fit()

    def _filter(self, text: str) -> None:
        words = fold(text).split()
        for row, page in enumerate(PAGES):
            known = fold(f"{tr(page.title)} {tr(page.words)}")
            self.list.item(row).setHidden(not all(word in known for word in words))
        shown = [row for row in range(len(PAGES)) if not self.list.item(row).isHidden()]
        if shown and self.list.currentRow() not in shown:
            self.list.setCurrentRow(shown[0])

    def _open(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            entry = next(page for page in PAGES if page.key == item.data(_KEY))
            self._page = self._make(entry)
            self._room.setWidget(self._page)

    def _enter_page(self) -> None:
        if self._page is not None:
            self._page.enter()

    def _make(self, entry: PageEntry) -> PreferencePage:
        if not entry.maker:
            page = PreferencePage(self.desk, entry.title)
            page.body.addWidget(note(tr(entry.promise)))
            return page
        module, name = entry.maker.split(":")
        maker = cast("type[PreferencePage]", getattr(import_module(module), name))
        return maker(self.desk, entry.title)

    def _pass_on(self, tables: frozenset[str]) -> None:
        if self._page is not None and tables & self._page.shows:
            self._page.refresh()
