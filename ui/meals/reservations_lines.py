"""The reservations of a service: the quick line, the counters, the diets, the list."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cantine_desktop.i18n import tr
from cantine_desktop.meals.reservations.week import Line, ServiceLines
from ui.kit.theme import scaled, set_role
from ui.meals.reservations_words import counts_words, line_words

_KEY = Qt.ItemDataRole.UserRole


class ReservationLines(QWidget):
    """What is typed and read while the phone rings.

    Attributes:
        line: The quick line.
        counts: How full the service is.
        asked: Its diets, in numbers.
        nobody: Said while nobody is noted.
        list: Its reservations in order of arrival.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown: ServiceLines | None = None
        self.line = QLineEdit(self)
        self.line.setAccessibleName(tr("Réserver : un nom, c ou r, Entrée"))
        self.line.setPlaceholderText(tr("odile c · karim +2 r · +1"))
        self.counts = QLabel(self)
        self.counts.setWordWrap(True)
        self.asked = QLineEdit(self)
        self.asked.setAccessibleName(tr("Régimes du jour, en nombre, sans nom"))
        self.asked.setPlaceholderText(tr("2 sans gluten, 1 sans porc"))
        self.asked.setToolTip(tr("Des nombres seulement, oubliés après le repas."))
        label = QLabel(tr("Régimes"), self)
        label.setBuddy(self.asked)
        self.nobody = QLabel(tr("Personne encore : tapez un nom au-dessus, puis Entrée."), self)
        self.nobody.setWordWrap(True)
        set_role(self.nobody, "muted")
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("Réservations"))
        self.list.setMinimumHeight(scaled(140))
        row = QHBoxLayout()
        row.setSpacing(scaled(8))
        row.addWidget(label)
        row.addWidget(self.asked, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.line)
        column.addWidget(self.counts)
        column.addLayout(row)
        column.addWidget(self.nobody)
        column.addWidget(self.list, 1)

    @property
    def current(self) -> Line | None:
        """The reservation of the current row, as it was last read."""
        if self.list.currentRow() < 0 or self._shown is None:
            return None
        key = self.list.currentItem().data(_KEY)
        return next((line for line in self._shown.lines if line.key == key), None)

    def show_service(self, shown: ServiceLines | None) -> None:
        """Show another service, or the same one as it is now; the current line stays current."""
        chosen, line = self.list.currentRow(), self.current
        self._shown = shown
        self.list.blockSignals(True)
        self.list.clear()
        for each in shown.lines if shown else ():
            item = QListWidgetItem(line_words(each), self.list)
            item.setData(_KEY, each.key)
        keys = [each.key for each in shown.lines] if shown else []
        if line is not None and line.key in keys:
            chosen = keys.index(line.key)
        self.list.setCurrentRow(min(max(chosen, 0), len(keys) - 1))
        self.list.blockSignals(False)
        self.nobody.setVisible(not keys)
        self.counts.setText(counts_words(shown.counts) if shown else "")
        if not self.asked.isModified():
            self.asked.setText(shown.diets if shown else "")
            self.asked.setCursorPosition(0)
