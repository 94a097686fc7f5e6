"""Which week the board shows, and what is done with the whole of it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from cantine_desktop.documents.periods import in_words
from cantine_desktop.i18n import tr
from cantine_desktop.values.period import Period
from ui.kit.buttons import arrow
from ui.kit.flow import FlowLayout
from ui.kit.theme import scaled, set_role


class BoardBar(QWidget):
    """The week before, the one after, this one; then buttons of actions.

    Signals:
        stepped: The next week (1) or the one before (−1) is asked for.
        home: This week is asked for.
    """

    stepped = Signal(int)
    home = Signal()

    def __init__(self, screen: QWidget, actions: Sequence[QAction]) -> None:
        super().__init__()
        self.name = QLabel()
        set_role(self.name, "strong")
        self.previous = arrow("caret-left", tr("Semaine précédente (Alt+Page haut)"))
        self.next = arrow("caret-right", tr("Semaine suivante (Alt+Page bas)"))
        self.now = QPushButton(tr("Cette semaine"))
        self.previous.clicked.connect(self._back)
        self.next.clicked.connect(self._on)
        self.now.clicked.connect(self.home)
        for keys, deed in (("Alt+PgUp", self._back), ("Alt+PgDown", self._on)):
            QShortcut(QKeySequence(keys), screen).activated.connect(deed)
        flow = FlowLayout(scaled(8), self)
        for widget in (self.previous, self.name, self.next, self.now):
            flow.addWidget(widget)
        for action in actions:
            button = QPushButton(action.text())
            button.setEnabled(action.isEnabled())
            button.clicked.connect(action.trigger)
            flow.addWidget(button)

    def say(self, week: Period) -> None:
        """Say which week is shown."""
        words = in_words(week)
        self.name.setText(words[:1].upper() + words[1:])

    @Slot()
    def _back(self) -> None:
        self.stepped.emit(-1)

    @Slot()
    def _on(self) -> None:
        self.stepped.emit(1)
