"""Settings of printing on this workstation."""

from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QCheckBox, QComboBox
from typing_extensions import override

from cantine_desktop.i18n import tr
from cantine_desktop.settings import Settings
from ui.desk import Desk
from ui.preferences.page import Card, PreferencePage, note


class PrintingPage(PreferencePage):
    """The printer proposed first, and the tone of posters."""

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__(desk, title, resettable=True)
        self.printer = QComboBox()
        self._names = ["", *QPrinterInfo.availablePrinterNames()]
        self.printer.addItems([tr("Celle du système"), *self._names[1:]])
        self.informal = QCheckBox(tr("Les affiches disent « tu »"))
        self.printer.activated.connect(self._choose_printer)
        self.informal.clicked.connect(self._choose_tone)
        card = Card()
        card.add(tr("Imprimante proposée"), self.printer)
        card.add_wide(self.informal)
        self.body.addWidget(card)
        self.body.addWidget(
            note(tr("Toutes les feuilles sont en A4 et se lisent en noir et blanc."))
        )
        self._show()

    @override
    def reset(self) -> None:
        usual = Settings()
        self.desk.settings.printer = usual.printer
        self.desk.settings.posters_informal = usual.posters_informal
        self._show()

    def _show(self) -> None:
        known = self.desk.settings.printer in self._names
        self.printer.setCurrentIndex(self._names.index(self.desk.settings.printer) if known else 0)
        self.informal.setChecked(self.desk.settings.posters_informal)

    def _choose_printer(self, index: int) -> None:
        self.desk.settings.printer = self._names[index]

    def _choose_tone(self, checked: bool) -> None:  # noqa: FBT001  -- a signal's argument
        self.desk.settings.posters_informal = checked
