"""Which month a screen of money shows: the one before, this one, the one after."""

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from cantine_desktop.i18n import month, tr
from cantine_desktop.values.period import DAY, Period
from ui.kit.buttons import arrow
from ui.kit.theme import scaled, set_role


class MonthBar(QWidget):
    """Two arrows around the name of a month, and the way back to this one.

    Attributes:
        period: The month shown.

    Signals:
        moved: Another month was chosen.
    """

    moved = Signal()

    def __init__(self, screen: QWidget, today: date) -> None:
        super().__init__()
        self._today = today
        self.period = Period.month(today)
        self.previous = arrow("caret-left", tr("Mois précédent (Alt+Page haut)"))
        self.next = arrow("caret-right", tr("Mois suivant (Alt+Page bas)"))
        self.now = QPushButton(tr("Ce mois"))
        self.name = QLabel()
        set_role(self.name, "strong")
        self.name.setMinimumWidth(scaled(120))
        self.previous.clicked.connect(self._go_back)
        self.next.clicked.connect(self._go_on)
        self.now.clicked.connect(self._go_now)
        for keys, deed in (("Alt+PgUp", self._go_back), ("Alt+PgDown", self._go_on)):
            shortcut = QShortcut(QKeySequence(keys), screen)
            shortcut.activated.connect(deed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(8))
        for widget in (self.previous, self.name, self.next, self.now):
            layout.addWidget(widget)
        self._say()

    def show_month(self, day: date) -> None:
        """Show the month of a day."""
        self.period = Period.month(day)
        self._say()
        self.moved.emit()

    def _say(self) -> None:
        self.name.setText(month(self.period.first).capitalize())
        self.now.setEnabled(self._today not in self.period)
        self.next.setEnabled(self.period.end <= self._today)

    @Slot()
    def _go_back(self) -> None:
        self.show_month(self.period.first - DAY)

    @Slot()
    def _go_on(self) -> None:
        if self.next.isEnabled():
            self.show_month(self.period.end)

    @Slot()
    def _go_now(self) -> None:
        self.show_month(self._today)
