"""A choice of fiscal year that stays chosen when years are read again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy
from sqlalchemy.orm import Session

from cantine_desktop.documents.periods import in_words
from cantine_desktop.finance.ledger.years import years
from cantine_desktop.i18n import tr
from cantine_desktop.values.period import Period


class YearBox(QComboBox):
    """Fiscal years, latest first.

    Args:
        every: What stands first for all years together; empty offers no such choice.

    Signals:
        chosen: The person chose another year.
    """

    chosen = Signal()

    def __init__(self, every: str = "") -> None:
        super().__init__()
        self._every = every
        self._periods: list[Period | None] = []
        self.setAccessibleName(tr("Exercice"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.currentIndexChanged.connect(self.chosen)

    def present(self, session: Session) -> None:
        """List the years; the one chosen stays, and nobody is told."""
        kept = self.period
        self._periods = [None] if self._every else []
        self._periods += [year.period for year in years(session)]
        self.blockSignals(True)
        self.clear()
        for period in self._periods:
            self.addItem(self._every if period is None else in_words(period))
        if kept in self._periods:
            self.setCurrentIndex(self._periods.index(kept))
        self.blockSignals(False)

    @property
    def period(self) -> Period | None:
        """The days of the year chosen; ``None`` for all of them, or when there is none."""
        place = self.currentIndex()
        return self._periods[place] if 0 <= place < len(self._periods) else None
