"""What chooses the week, and how Enter moves, above the grid of readings."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPushButton, QToolButton, QWidget

from cantine_desktop.i18n import tr
from ui.hygiene.sheet_menu import SheetMenu
from ui.kit.grid import Direction
from ui.kit.icons import icon


class WeekBar(QWidget):
    """Other sheets; previous, this week, next; typing by column or by row; every day or open days.

    Signals:
        turned: Enter is to move the other way.
    """

    turned = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.previous = arrow("caret-left", tr("Semaine précédente (Alt+Page haut)"))
        self.next = arrow("caret-right", tr("Semaine suivante (Alt+Page bas)"))
        self.now = QPushButton(tr("Cette semaine"))
        self.every_day = QCheckBox(tr("Tous les jours"))
        self.every_day.setToolTip(tr("Montrer aussi les jours où la cantine n’ouvre pas"))
        self.sheets = SheetMenu()
        self._ways = QComboBox()
        self._ways.setAccessibleName(tr("Sens de la saisie"))
        self._ways.addItem(tr("Saisie par colonne"), "down")
        self._ways.addItem(tr("Saisie par ligne"), "across")
        self._ways.currentIndexChanged.connect(self.turned)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self.sheets, self.previous, self.now, self.next, self.every_day, self._ways):
            layout.addWidget(widget)

    @property
    def direction(self) -> Direction:
        """Where Enter goes: down the column, or across the row."""
        return "across" if self._ways.currentData() == "across" else "down"


def arrow(drawing: str, name: str) -> QToolButton:
    """Return a button with an arrow, its name spoken and shown on hover."""
    button = QToolButton()
    button.setIcon(icon(drawing))
    button.setAccessibleName(name)
    button.setToolTip(name)
    return button
