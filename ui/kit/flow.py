"""Widgets beside one another that go to the next line when room is short."""

from typing import NamedTuple

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget
from typing_extensions import override


class _Word(NamedTuple):
    """A widget as it is laid out, asked once for each laying."""

    item: QLayoutItem
    hint: QSize
    grows: bool


class FlowLayout(QLayout):
    """Lays widgets out like words of a text; each line is as high as its highest one.

    Widgets that expand sideways share what is left of their line.

    Args:
        spacing: Pixels between widgets and between lines.
    """

    def __init__(self, spacing: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        self.setContentsMargins(QMargins())
        self.setSpacing(spacing)

    @override
    def addItem(self, arg__1: QLayoutItem) -> None:
        self._items.append(arg__1)
        self._heights.clear()

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        self._heights.clear()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def invalidate(self) -> None:
        # A scroll area asks for the same heights a dozen times while it lays its page out.
        self._heights.clear()
        super().invalidate()

    @override
    def heightForWidth(self, arg__1: int) -> int:
        if arg__1 not in self._heights:
            self._heights[arg__1] = self._place(QRect(0, 0, arg__1, 0), move=False)
        return self._heights[arg__1]

    @override
    def setGeometry(self, arg__1: QRect) -> None:
        super().setGeometry(arg__1)
        self._place(arg__1, move=True)

    @override
    def sizeHint(self) -> QSize:
        hints = [item.sizeHint() for item in self._shown()]
        width = sum(hint.width() + self.spacing() for hint in hints)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    @override
    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._shown()]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, room: QRect, *, move: bool) -> int:
        """Lay the widgets in a room, or only measure; return the height they take."""
        lines: list[list[_Word]] = []
        used = room.width() + 1
        for item in self._shown():
            word = _Word(item, item.sizeHint(), _expands(item))
            if used + word.hint.width() > room.width():
                lines.append([])
                used = 0
            lines[-1].append(word)
            used += word.hint.width() + self.spacing()
        top = room.top()
        for line in lines:
            height = max(word.hint.height() for word in line)
            if move:
                self._move(line, QRect(room.left(), top, room.width(), height))
            top += height + self.spacing()
        return max(top - room.top() - self.spacing(), 0)

    def _move(self, line: list[_Word], room: QRect) -> None:
        left = room.left()
        share = self._share(line, room.width())
        for item, hint, grows in line:
            wide = hint.width() + (share if grows else 0)
            size = QSize(min(wide, room.width()), hint.height())
            drop = (room.height() - size.height()) // 2
            item.setGeometry(QRect(QPoint(left, room.top() + drop), size))
            left += size.width() + self.spacing()

    def _share(self, line: list[_Word], width: int) -> int:
        """Return the pixels that each expanding widget of a line gets on top of its own."""
        growing = sum(word.grows for word in line)
        used = sum(word.hint.width() + self.spacing() for word in line) - self.spacing()
        return max(width - used, 0) // growing if growing else 0


def _expands(item: QLayoutItem) -> bool:
    return bool(item.expandingDirections() & Qt.Orientation.Horizontal)
