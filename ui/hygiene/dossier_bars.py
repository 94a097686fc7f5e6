"""The bars of the dossier on screen: done, explained, missing, told apart without colour."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.hygiene.inspection.controls import Control
from cantine_desktop.hygiene.inspection.words import counts_words
from cantine_desktop.i18n import tr
from cantine_desktop.values.text import NBSP
from ui.kit.colours import colours
from ui.kit.empty import EmptyState
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled

BAR = 1
"""Column of the bars."""


class BarDelegate(QStyledItemDelegate):
    """Paints how much of a control was done."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.shares: list[tuple[float, float]] = []

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        # The words of the column are for who cannot see the bar.
        super().paint(painter, option, QModelIndex())
        if not 0 <= index.row() < len(self.shares):
            return
        done, explained = self.shares[index.row()]
        chosen = colours()
        rect = QRectF(option.rect)
        tall = float(scaled(12))
        box = QRectF(rect.left() + 6, rect.center().y() - tall / 2, rect.width() - 12, tall)
        if done + explained < 0:
            painter.setPen(QPen(QColor(chosen.muted), 1, Qt.PenStyle.DotLine))
            middle = box.center().y()
            painter.drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle))
            return
        painter.save()
        first = QRectF(box.left(), box.top(), box.width() * done, tall)
        painter.fillRect(first, QColor(chosen.primary))
        second = QRectF(first.right(), box.top(), box.width() * explained, tall)
        painter.fillRect(second, QBrush(QColor(chosen.text), Qt.BrushStyle.BDiagPattern))
        painter.setPen(QPen(QColor(chosen.control_border), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        painter.restore()


class Bars(QWidget):
    """The controls of a period, each with its bar; Enter goes to its sheet."""

    def __init__(self) -> None:
        super().__init__()
        self._controls: dict[str, Control] = {}
        self.table: LazyTable[str] = LazyTable(
            tr("Contrôles de la période"),
            [
                Column(tr("Contrôle"), 312),
                Column(tr("Avancement"), 104),
                Column(tr("Faits"), 104, "right"),
                Column(tr("Manque"), 72, "right"),
            ],
            self._rows,
            self._keys,
            empty=EmptyState(
                tr("Rien n’est encore suivi : commencez par dire quelles enceintes vous relevez.")
            ),
        )
        self._delegate = BarDelegate(self)
        self.table.view.setItemDelegateForColumn(BAR, self._delegate)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table)

    def show_controls(self, controls: Sequence[Control]) -> None:
        """Show other figures."""
        self._controls = {control.key: control for control in controls}
        self._delegate.shares = [_share(control) for control in controls]
        self.table.refresh()

    def control(self, key: str) -> Control | None:
        """Return the control of a key."""
        return self._controls.get(key)

    def _keys(self, _column: str, _down: bool) -> list[str]:  # noqa: FBT001  -- the table's call
        return list(self._controls)

    def _rows(self, keys: Sequence[str]) -> list[Row]:
        return [_row(self._controls[key]) for key in keys]


def _share(control: Control) -> tuple[float, float]:
    counts = control.counts
    if counts.due <= 0:
        return -1.0, -1.0
    return min(counts.done / counts.due, 1.0), min(counts.explained / counts.due, 1.0)


def _row(control: Control) -> Row:
    counts = control.counts
    done = f"{counts.done}{NBSP}/{NBSP}{counts.due}" if counts.due > 0 else "–"
    missing = str(counts.missing) if counts.missing else ""
    return Row((control.title, counts_words(control), done, missing))
