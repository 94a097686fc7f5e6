"""Choosing a month of the accounts."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox

from cantine_desktop.documents.periods import in_words
from cantine_desktop.i18n import tr
from cantine_desktop.values.period import DAY, Period

MONTHS = 36
"""Months back that are offered."""


class MonthBox(QComboBox):
    """The last months, the latest first; the one that just ended is chosen.

    Signals:
        chosen: Another month was chosen (its ``Period``).
    """

    chosen = Signal(object)

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self.setAccessibleName(tr("Mois"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        month = Period.month(today())
        for _place in range(MONTHS):
            self.addItem(in_words(month), month)
            month = Period.month(month.first - DAY)
        self.setCurrentIndex(1)
        self.currentIndexChanged.connect(self._tell)

    @property
    def month(self) -> Period:
        """The month chosen."""
        found = self.currentData()
        assert isinstance(found, Period)
        return found

    def choose(self, month: Period) -> None:
        """Choose the month a period begins in, older ones too."""
        wanted = Period.month(month.first)
        place = next((n for n in range(self.count()) if self.itemData(n) == wanted), None)
        if place is None:
            self.addItem(in_words(wanted), wanted)
            place = self.count() - 1
        self.setCurrentIndex(place)

    @Slot()
    def _tell(self) -> None:
        self.chosen.emit(self.month)
