"""What to look at before an inspection, by kind; Enter goes where it is mended."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtCore import Slot as QtSlot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem
from typing_extensions import override

from cantine_desktop.hygiene.inspection.gaps import Gap, Kind
from cantine_desktop.i18n import tr
from ui.kit.icons import icon

ROLE = Qt.ItemDataRole.UserRole

_ICONS = {
    Kind.BREACH: ("warning-octagon-fill", "bad"),
    Kind.MISSING: ("warning-fill", "warn"),
    Kind.UNSIGNED: ("info-fill", "info"),
    Kind.PAPER: ("info-fill", "info"),
}


class GapList(QListWidget):
    """One line for each thing missing.

    Signals:
        chosen: Enter or a double click on a line (its ``Gap``).
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("À regarder avant l’inspection"))
        self.setWordWrap(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemActivated.connect(self._on_activated)

    def show_gaps(self, gaps: Sequence[Gap]) -> None:
        """Show other lines; the current one stays current by its place."""
        place = max(self.currentRow(), 0)
        self.clear()
        for gap in gaps:
            item = QListWidgetItem(icon(*_ICONS[gap.kind]), gap.words)
            item.setData(ROLE, gap)
            self.addItem(item)
        if not gaps:
            item = QListWidgetItem(
                icon("check-circle-fill", "ok"), tr("Rien ne manque sur cette période.")
            )
            self.addItem(item)
        self.setCurrentRow(min(place, self.count() - 1))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_activated(self.currentItem())
            return
        super().keyPressEvent(event)

    @QtSlot(QListWidgetItem)
    def _on_activated(self, item: QListWidgetItem | None) -> None:
        gap = item.data(ROLE) if item is not None else None
        if isinstance(gap, Gap):
            self.chosen.emit(gap)
