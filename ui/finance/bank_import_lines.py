"""The lines of a bank file before they are taken in: ticked when new, not when suspicious."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView
from typing_extensions import override

from cantine_desktop.finance.bank.inbox import IncomingLine, State
from cantine_desktop.i18n import money, short_day, tr
from ui.kit.colours import colours
from ui.kit.theme import looks_changed, scaled

Index = QModelIndex | QPersistentModelIndex

_TICKED = {State.NEW}
_TICKABLE = {State.NEW, State.TWIN}
_AMOUNT = 2
_CHECK = int(Qt.ItemDataRole.CheckStateRole)
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_FOREGROUND = int(Qt.ItemDataRole.ForegroundRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)


class IncomingModel(QAbstractTableModel):
    """Lines of a file with their ticks.

    Signals:
        ticked: The ticks changed.
    """

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[IncomingLine] = ()
        self._shown: list[IncomingLine] = []
        self._ticks: set[int] = set()
        self._with_known = False

    def show_lines(self, lines: Sequence[IncomingLine]) -> None:
        """Show other lines; the new ones are ticked."""
        self._all = lines
        self._ticks = {line.key for line in lines if line.state in _TICKED}
        self._lay_out()

    def show_known(self, with_known: bool) -> None:  # noqa: FBT001  -- connected to a check box
        """Show the lines imported already too, or not."""
        self._with_known = with_known
        self._lay_out()

    def _lay_out(self) -> None:
        self.beginResetModel()
        self._shown = [
            line for line in self._all if self._with_known or line.state is not State.KNOWN
        ]
        self.endResetModel()
        self.ticked.emit()

    @property
    def count(self) -> int:
        """How many lines are ticked."""
        return len(self._ticks)

    @property
    def skipped(self) -> frozenset[int]:
        """Keys of the lines that could be taken and are not ticked."""
        return frozenset(
            line.key
            for line in self._all
            if line.state in _TICKABLE and line.key not in self._ticks
        )

    def turn(self, rows: Sequence[int]) -> None:
        """Tick rows, or untick them when all of them are ticked."""
        keys = {self._shown[row].key for row in rows if self._shown[row].state in _TICKABLE}
        if keys <= self._ticks:
            self._ticks -= keys
        else:
            self._ticks |= keys
        if rows:
            self.dataChanged.emit(self.index(min(rows), 0), self.index(max(rows), 3))
        self.ticked.emit()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._shown)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else 4

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and not index.column():
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    @override
    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        line = self._shown[index.row()]
        if role == _DISPLAY:
            return _texts(line)[index.column()]
        if role == _CHECK and not index.column() and line.state in _TICKABLE:
            is_ticked = line.key in self._ticks
            return Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked
        if role == _ALIGNMENT and index.column() == _AMOUNT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return self._around(line, index.column(), role)

    def _around(self, line: IncomingLine, column: int, role: int) -> Any:
        """Return what goes with the text of a cell."""
        if role == _FOREGROUND:
            return self._colour(line)
        if role == _ACCESSIBLE:
            return self._said(line, column)
        if role == _TIP:
            return " · ".join(each for each in (line.line.details, line.reason) if each) or None
        return None

    def _colour(self, line: IncomingLine) -> QColor | None:
        if line.state is State.TWIN:
            return QColor(colours().warn)
        if line.state is State.NEW and line.key in self._ticks:
            return None
        return QColor(colours().muted)

    def _said(self, line: IncomingLine, column: int) -> str:
        text = _texts(line)[column] or tr("vide")
        if column:
            return text
        return f"{text}, {tr('cochée') if line.key in self._ticks else tr('non cochée')}"

    @override
    def setData(self, index: Index, _value: Any, role: int = _CHECK) -> bool:
        if role != _CHECK or self._shown[index.row()].state not in _TICKABLE:
            return False
        self.turn([index.row()])
        return True

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == _DISPLAY:
            return (tr("Date"), tr("Libellé"), tr("Montant"), tr("Remarque"))[section]
        if role == _ALIGNMENT and section == _AMOUNT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


def _texts(line: IncomingLine) -> tuple[str, str, str, str]:
    return short_day(line.line.day), line.line.label, money(line.line.amount), line.reason


class IncomingView(QTableView):
    """The table of the lines; Space ticks the selected ones."""

    def __init__(self, model: IncomingModel) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setAccessibleName(tr("Lignes du fichier"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        self._lay_out()

    def _lay_out(self) -> None:
        self.verticalHeader().setDefaultSectionSize(scaled(30))
        for column, width in enumerate((120, 280, 110, 380)):
            self.setColumnWidth(column, scaled(width))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            rows = sorted(index.row() for index in self.selectionModel().selectedRows())
            if rows:
                self._model.turn(rows)
            return
        super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if looks_changed(event):
            self._lay_out()
