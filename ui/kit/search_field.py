"""A choice in a long list: type a few letters, accents or not, and take what remains."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Slot,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QToolButton
from typing_extensions import override

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.values.text import fold
from ui.kit import icons
from ui.kit.field import Field

Index = QModelIndex | QPersistentModelIndex
_FOLDED = Qt.ItemDataRole.UserRole


class Item(NamedTuple):
    """Something to choose: what the program knows it by, its name, what tells it apart."""

    key: object
    label: str
    note: str = ""


class SearchCombo(Field[Item]):
    """One of many, found by typing any part of its name; Alt+Down shows them all.

    Args:
        name: What the field is called, for screen readers.
        items: What there is to choose.
        required: Whether an empty field is refused.
    """

    def __init__(self, name: str, items: Sequence[Item] = (), *, required: bool = False) -> None:
        super().__init__(name, required=required)
        self._items: list[Item] = []
        self._model = _Items(self)
        self._completer = _Completer(self)
        self._completer.setModel(self._model)
        self._completer.activated.connect(self._commit_later)
        self.line.setCompleter(self._completer)
        self.line.dropped = self._completer.popup()
        self._button = QToolButton()
        self._button.setIcon(icons.icon("caret-down", "muted"))
        self._button.setAccessibleName(tr("{name} : tout montrer").format(name=name))
        self._button.setToolTip(tr("Tout montrer (Alt+↓)"))
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Alt+Down does the same
        self._button.clicked.connect(self.show_all)
        self._beside.addWidget(self._button)
        self.line.installEventFilter(self)
        self.set_items(items)

    def set_items(self, items: Sequence[Item]) -> None:
        """Change what there is to choose; a chosen one that is still there stays."""
        self._items = list(items)
        self._model.show(self._items)

    @property
    def key(self) -> object | None:
        """What the program knows the chosen one by."""
        return self.value.key if self.value else None

    @override
    def read(self, text: str) -> Item:
        wanted = fold(text)
        named = [item for item in self._items if fold(item.label) == wanted]
        found = named or [item for item in self._items if wanted in fold(_shown(item))]
        if len(found) == 1 or named:
            return found[0]
        if found:
            raise UserError(
                tr("{n} possibilités pour « {text} » : précisez.").format(n=len(found), text=text)
            )
        raise UserError(tr("« {text} » n’est pas dans la liste.").format(text=text))

    @override
    def write(self, value: Item) -> str:
        return value.label

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.line or event.type() != QEvent.Type.KeyPress:
            return False
        assert isinstance(event, QKeyEvent)
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and event.key() == Qt.Key.Key_Down:
            self.show_all()
            return True
        return False

    @Slot()
    def show_all(self) -> None:
        """Drop the whole list."""
        self.line.setFocus()
        self._completer.setCompletionPrefix("")
        self._completer.complete()

    @Slot()
    def _commit_later(self) -> None:
        # The completer writes the chosen text only after it said so.
        QTimer.singleShot(0, self, self.commit)


class _Items(QAbstractListModel):
    """The items, each with its text folded for the search."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, str, str]] = []

    def show(self, items: Sequence[Item]) -> None:
        self.beginResetModel()
        self._rows = [(item.label, _shown(item), fold(_shown(item))) for item in items]
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        label, shown, folded = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return shown
            case Qt.ItemDataRole.EditRole:
                return label
            case Qt.ItemDataRole.UserRole:
                return folded
            case _:
                return None


class _Completer(QCompleter):
    """Matches anywhere in the folded text, and writes the plain one."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setCompletionRole(_FOLDED)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setMaxVisibleItems(10)

    @override
    def splitPath(self, path: str) -> list[str]:
        return [fold(path)]

    @override
    def pathFromIndex(self, index: Index) -> str:
        return str(index.data(Qt.ItemDataRole.EditRole))


def _shown(item: Item) -> str:
    return f"{item.label} · {item.note}" if item.note else item.label
