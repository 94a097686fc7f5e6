"""What narrows the list of breaches: how far, how serious, how old, by words."""

from datetime import timedelta

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cantine_desktop.hygiene.breach_list import Wanted
from cantine_desktop.hygiene.breach_words import severity_name
from cantine_desktop.hygiene.faults import Severity
from cantine_desktop.i18n import tr
from ui.kit.theme import scaled

_SHORT = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon

ZONE = "zone"
"""Asks for what is above the limit without being a breach."""

_PATIENCE = 150
"""Milliseconds after the last letter before the list is read again."""


def severity_box(*, every: str = "") -> QComboBox:
    """Return a choice of severities, major first chosen; ``every`` names none of them."""
    box = QComboBox()
    if every:
        box.addItem(every, None)
    for severity in (Severity.CRITICAL, Severity.MAJOR, Severity.MINOR):
        box.addItem(severity_name(severity), severity)
    box.setCurrentIndex(0 if every else 1)
    return box


class BreachFilters(QWidget):
    """The filters, to stand above the list.

    Signals:
        changed: Another list is wanted.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.which = QComboBox()
        self.which.setAccessibleName(tr("Quelles non-conformités"))
        self.which.addItem(tr("À régler"), True)
        self.which.addItem(tr("Réglées et annulées"), False)
        self.which.addItem(tr("Toutes"), None)
        self.which.addItem(tr("Zone de tolérance"), ZONE)
        self.severity = severity_box(every=tr("Gravité"))
        self.severity.setAccessibleName(tr("Gravité"))
        self.age = QComboBox()
        self.age.setAccessibleName(tr("Ancienneté"))
        for words, hours in (
            (tr("Âge"), 0),
            (tr("Plus de 48 h"), 48),
            (tr("Plus d’une semaine"), 168),
            (tr("Plus d’un mois"), 720),
        ):
            self.age.addItem(words, hours)
        self.words = QLineEdit()
        self.words.setPlaceholderText(tr("Chercher : n°, produit, lot…"))
        self.words.setAccessibleName(tr("Chercher dans les non-conformités"))
        self.words.setClearButtonEnabled(True)
        self._timer = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._timer.timeout.connect(self.changed)
        self.words.textChanged.connect(self._timer.start)
        row = QHBoxLayout()
        row.setSpacing(scaled(8))
        for box in (self.severity, self.age):
            box.setSizeAdjustPolicy(_SHORT)
            box.setMinimumContentsLength(6)
            row.addWidget(box, 1)
        for box in (self.which, self.severity, self.age):
            box.currentIndexChanged.connect(self.changed)
        self.which.currentIndexChanged.connect(self._show_filters)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.words)
        column.addWidget(self.which)
        column.addLayout(row)

    @Slot()
    def _show_filters(self) -> None:
        """Keep in view the filters that answer: the zone of tolerance has none."""
        for field in (self.severity, self.age, self.words):
            field.setVisible(not self.asks_zone)

    @property
    def asks_zone(self) -> bool:
        """Whether the zone of tolerance is wanted, instead of breaches."""
        return bool(self.which.currentData() == ZONE)

    def wanted(self) -> Wanted:
        """Return what is asked for."""
        severity = self.severity.currentData()
        return Wanted(
            is_open=self.which.currentData(),
            severity=None if severity is None else Severity(severity),
            older_than=timedelta(hours=self.age.currentData()),
            words=self.words.text(),
        )

    @Slot()
    def show_everything(self) -> None:
        """Let every breach through."""
        for box in (self.severity, self.age):
            box.setCurrentIndex(0)
        self.words.clear()
        self._timer.stop()
        self.which.setCurrentIndex(self.which.findData(None))
