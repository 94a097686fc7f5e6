"""Which days figures are shown for: a length, the one before, the one after."""

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from cantine_desktop.i18n import tr
from cantine_desktop.network.spans import SPANS, Span, beside, period_around
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.kit.buttons import arrow
from ui.kit.theme import scaled


class SpanBar(QWidget):
    """A list of lengths between two arrows.

    Attributes:
        period: Days shown.

    Signals:
        moved: Other days were chosen.
    """

    moved = Signal()

    def __init__(self, desk: Desk, screen: QWidget, today: date) -> None:
        super().__init__()
        self._desk, self._today = desk, today
        self.period = Period.month(today)
        self.previous = arrow("caret-left", tr("Avant (Alt+Page haut)"))
        self.next = arrow("caret-right", tr("Après (Alt+Page bas)"))
        self.now = QPushButton(tr("Aujourd’hui"))
        self.span = QComboBox()
        self.span.setAccessibleName(tr("Durée"))
        for span, words in SPANS.items():
            self.span.addItem(tr(words), span)
        self.span.setCurrentIndex(list(SPANS).index(Span.MONTH))
        self.previous.clicked.connect(self._go_back)
        self.next.clicked.connect(self._go_on)
        self.now.clicked.connect(self._go_now)
        self.span.currentIndexChanged.connect(self._go_now)
        for keys, deed in (("Alt+PgUp", self._go_back), ("Alt+PgDown", self._go_on)):
            shortcut = QShortcut(QKeySequence(keys), screen)
            shortcut.activated.connect(deed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(8))
        for widget in (self.previous, self.span, self.next, self.now):
            layout.addWidget(widget)
        self._say()

    @property
    def chosen(self) -> Span:
        """Length chosen."""
        return Span(self.span.currentData())

    def show_period(self, period: Period) -> None:
        """Show other days."""
        self.period = period
        self._say()
        self.moved.emit()

    def _say(self) -> None:
        moves = self.chosen is not Span.ALL
        self.previous.setEnabled(moves)
        self.next.setEnabled(moves and self.period.end <= self._today)
        self.now.setEnabled(self._today not in self.period)

    @Slot()
    def _go_now(self) -> None:
        with self._desk.book.read() as session:
            period = period_around(session, self.chosen, self._today)
        self.show_period(period)

    @Slot()
    def _go_back(self) -> None:
        self._step(later=False)

    @Slot()
    def _go_on(self) -> None:
        if self.next.isEnabled():
            self._step(later=True)

    def _step(self, *, later: bool) -> None:
        with self._desk.book.read() as session:
            period = beside(session, self.chosen, self.period, later=later)
        if period is not None:
            self.show_period(period)
