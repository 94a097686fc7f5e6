"""The other sheets of the week, one click away from the readings."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QMenu, QToolButton

from cantine_desktop.hygiene.catalogue import REGISTERS
from cantine_desktop.i18n import tr
from ui.kit.icons import icon


class SheetMenu(QToolButton):
    """A button that lists the sheets of records.

    Signals:
        chosen: A sheet was chosen (its letter, ``str``).
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        name = tr("Autre feuille de la semaine")
        self.setIcon(icon("clipboard-text"))
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)

    @Slot()
    def _fill(self) -> None:
        self._menu.clear()
        for register in REGISTERS:
            action = self._menu.addAction(tr(register.title))
            action.triggered.connect(partial(self._choose, register.letter))

    def _choose(self, letter: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002
        self.chosen.emit(letter)
