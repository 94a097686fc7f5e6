"""Everything the canteen cooks, keeps and measures with: four tabs."""

from typing import ClassVar

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.i18n import mark, tr
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.hygiene.equipment_documents import DocumentsScreen
from ui.hygiene.equipment_list import DevicesScreen
from ui.hygiene.equipment_place import kind_and_key
from ui.hygiene.equipment_upkeep import UpkeepScreen
from ui.hygiene.units import UnitsScreen
from ui.kit.theme import scaled
from ui.screen import Screen

_PARTS: tuple[tuple[str, str, type[Screen]], ...] = (
    ("units", mark("Enceintes froides"), UnitsScreen),
    ("devices", mark("Appareils et sondes"), DevicesScreen),
    ("upkeep", mark("Maintenance"), UpkeepScreen),
    ("documents", mark("Documents"), DocumentsScreen),
)

_PART_OF = {
    "cold_unit": "units",
    "equipment": "devices",
    "calibration": "devices",
    "suspects": "devices",
    "check": "devices",
    "maintenance_visit": "upkeep",
    "visit": "upkeep",
    "maintenance_ticket": "upkeep",
    "ticket": "upkeep",
    "certificate": "documents",
    "document": "documents",
}
"""The tab where a record of each table is shown, and each thing that is due."""


class _Pages(QStackedWidget):
    """Tabs that scroll inside: sentences that wrap must not make the whole page scroll too."""

    @override
    def hasHeightForWidth(self) -> bool:
        return False

    @override
    def minimumSizeHint(self) -> QSize:
        # Tabs that are hidden, and lists that are not empty, must not make the page taller.
        return QSize(super().minimumSizeHint().width(), scaled(190))


class EquipmentScreen(Screen):
    """Cold units, appliances and probes, upkeep, documents: one tab each."""

    key: ClassVar[str] = "equipment"
    help_text: ClassVar[str] = mark(
        "Ce que la cantine a, ce qui le contrôle et l’entretient, et les papiers à montrer. "
        "Une sonde trouvée fausse dit quelles températures revoir."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._parts: dict[str, Screen] = {}
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(tr("Parties des équipements"))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for _key, title, _maker in _PARTS:
            self.tabs.addTab(tr(title))
        self.pages = _Pages()
        for _ in _PARTS:
            self.pages.addWidget(QWidget())
        self._add = QAction(self)
        self._add.triggered.connect(self._run_primary)
        self.addAction(self._add)
        layout = QVBoxLayout(self)
        layout.setSpacing(scaled(10))
        layout.addWidget(self.tabs)
        layout.addWidget(self.pages, 1)
        self.tabs.currentChanged.connect(self._show_part)
        self._show_part(0)

    @property
    def part(self) -> Screen:
        """The screen of the current tab."""
        return self._parts[_PARTS[self.tabs.currentIndex()][0]]

    @override
    def primary(self) -> QAction:
        return self._add

    @override
    def document(self) -> tuple[str, Period] | None:
        return self.part.document()

    @override
    def place(self) -> object:
        return _PARTS[self.tabs.currentIndex()][0], self.part.place()

    @override
    def open_at(self, target: object) -> None:
        """Show a tab, and a place of it: ``("certificate", 3)``; a number is a cold unit."""
        name, place = kind_and_key(target, "cold_unit")
        key = _PART_OF.get(name, name)
        keys = [each[0] for each in _PARTS]
        if key not in keys:
            return
        self.tabs.setCurrentIndex(keys.index(key))
        if place is not None:
            self.part.open_at(place if name == key else (name, place))

    @Slot(int)
    def _show_part(self, index: int) -> None:
        key, _title, maker = _PARTS[index]
        if key not in self._parts:
            part = maker(self.desk)
            if (layout := part.layout()) is not None:
                layout.setContentsMargins(0, 0, 0, 0)
            part.renamed.connect(self._follow_part)
            self._parts[key] = part
            if (waiting := self.pages.widget(index)) is not None:
                self.pages.removeWidget(waiting)
                waiting.deleteLater()
            self.pages.insertWidget(index, part)
            action = part.primary()
            if action is not None:
                action.changed.connect(self._follow_part)
        self.pages.setCurrentIndex(index)
        self._follow_part()

    @Slot()
    def _follow_part(self) -> None:
        """Take the main action and the small words of the tab, and print what it prints."""
        action = self.part.primary()
        if action is not None:
            self._add.setText(action.text())
            self._add.setEnabled(action.isEnabled())
        self.subtitle = self.part.subtitle
        self.renamed.emit()

    @Slot()
    def _run_primary(self) -> None:
        action = self.part.primary()
        if action is not None:
            action.trigger()
