"""Which month or week the calendar shows, and how."""

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from cantine_desktop.documents.periods import in_words
from cantine_desktop.i18n import month, tr
from cantine_desktop.values.period import Period
from ui.kit.buttons import arrow
from ui.kit.theme import scaled, set_role


class CalendarBar(QWidget):
    """Month or week; the one before, the one after, today.

    Signals:
        turned: The month is to be shown rather than the week, or the other way.
        stepped: The next one (1) or the one before (−1) is asked for.
        home: Today is asked for.
    """

    turned = Signal()
    stepped = Signal(int)
    home = Signal()

    def __init__(self, screen: QWidget) -> None:
        super().__init__()
        self.views = QComboBox()
        self.views.setAccessibleName(tr("Vue"))
        self.views.addItem(tr("Mois"), "month")
        self.views.addItem(tr("Semaine"), "week")
        self.views.currentIndexChanged.connect(self.turned)
        self.previous = arrow("caret-left", tr("Avant (Alt+Page haut)"))
        self.next = arrow("caret-right", tr("Après (Alt+Page bas)"))
        self.now = QPushButton(tr("Aujourd’hui"))
        self.name = QLabel()
        set_role(self.name, "strong")
        self.name.setMinimumWidth(scaled(130))
        self.previous.clicked.connect(self._back)
        self.next.clicked.connect(self._on)
        self.now.clicked.connect(self.home)
        for keys, deed in (("Alt+PgUp", self._back), ("Alt+PgDown", self._on)):
            shortcut = QShortcut(QKeySequence(keys), screen)
            shortcut.activated.connect(deed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(8))
        for widget in (self.previous, self.name, self.next, self.now, self.views):
            layout.addWidget(widget)

    @property
    def is_week(self) -> bool:
        """Whether a week is shown rather than a month."""
        return bool(self.views.currentData() == "week")

    def show_week(self, *, is_week: bool) -> None:
        """Choose the week or the month."""
        self.views.setCurrentIndex(int(is_week))

    def say(self, day: date, period: Period) -> None:
        """Say what is shown."""
        words = in_words(period) if self.is_week else month(day)
        self.name.setText(words[:1].upper() + words[1:])

    @Slot()
    def _back(self) -> None:
        self.stepped.emit(-1)

    @Slot()
    def _on(self) -> None:
        self.stepped.emit(1)
