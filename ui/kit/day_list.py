"""The tasks of a day in their order, done in place."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)
from typing_extensions import override

from cantine_desktop.i18n import tr
from ui.kit import icons
from ui.kit.colours import Colours, colours
from ui.kit.theme import font, looks_changed, scaled

Index = QModelIndex | QPersistentModelIndex

Tone = Literal["ok", "warn", "bad", "info"]


class Task(NamedTuple):
    """Something to do, or done.

    Attributes:
        key: What the program knows it by.
        text: What is to be done.
        time: Hour it is due at: ``08:45``; may be empty.
        is_done: Whether it is.
        note: Short word at the right: « 2 livraisons », « à faire ».
        tone: Colour of that word.
        can_toggle: Whether Space does it in place; otherwise Enter opens it.
    """

    key: str
    text: str
    time: str = ""
    is_done: bool = False
    note: str = ""
    tone: Tone = "info"
    can_toggle: bool = True


class DayList(QListView):
    """Tasks in order: Space does or undoes one in place, Enter opens it.

    Signals:
        toggled: A task was done or undone in place (its key, whether it is done now).
        opened: Enter or a double click on a task (its key).
    """

    toggled = Signal(str, bool)
    opened = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._tasks = _Tasks(self)
        self.setModel(self._tasks)
        self.setItemDelegate(_TaskDelegate(self))
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setProperty("role", "plain")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.doubleClicked.connect(self._open)

    def show_tasks(self, tasks: Sequence[Task]) -> None:
        """Show other tasks; the current one stays current if it is still there."""
        current = self.current
        self._tasks.show(tasks)
        keys = [task.key for task in tasks]
        if current is not None and current.key in keys:
            self.setCurrentIndex(self._tasks.index(keys.index(current.key)))

    @property
    def tasks(self) -> Sequence[Task]:
        """The tasks shown."""
        return self._tasks.tasks

    @property
    def current(self) -> Task | None:
        """The task that has the keyboard."""
        place = self.currentIndex().row()
        return self._tasks.tasks[place] if 0 <= place < len(self._tasks.tasks) else None

    def _toggle(self, task: Task | None) -> None:
        if task is not None and task.can_toggle:
            self.toggled.emit(task.key, not task.is_done)

    def _open(self) -> None:
        if self.current is not None:
            self.opened.emit(self.current.key)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self._toggle(self.current)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self._open()
        else:
            super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, e: QMouseEvent) -> None:
        super().mouseReleaseEvent(e)
        index = self.indexAt(e.position().toPoint())
        if index.isValid() and _mark_box(self.visualRect(index)).contains(e.position()):
            self._toggle(self._tasks.tasks[index.row()])

    @override
    def sizeHint(self) -> QSize:
        rows = max(self._tasks.rowCount(), 1)
        return QSize(scaled(480), rows * scaled(_HEIGHT) + 2 * self.frameWidth())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if looks_changed(event):
            self.scheduleDelayedItemsLayout()


_HEIGHT = 40


class _Tasks(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.tasks: list[Task] = []

    def show(self, tasks: Sequence[Task]) -> None:
        self.beginResetModel()
        self.tasks = list(tasks)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.tasks)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        task = self.tasks[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return task.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            done = tr("fait") if task.is_done else tr("à faire")
            return ", ".join(part for part in (task.time, task.text, done, task.note) if part)
        return None


class _TaskDelegate(QStyledItemDelegate):
    """Draws a mark, the hour, the words, and the note on its ground."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(scaled(240), scaled(_HEIGHT))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, _Tasks)
        task, chosen = model.tasks[index.row()], colours()
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, option, chosen)
        mark = ("check-circle-fill", "ok") if task.is_done else ("circle", "muted")
        icons.draw(painter, _mark_box(box), *mark)
        left = box.left() + scaled(44)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setFont(font())
        if any(each.time for each in model.tasks):
            painter.setPen(QColor(chosen.muted))
            painter.drawText(QRect(left, box.top(), scaled(48), box.height()), middle, task.time)
            left += scaled(52)
        right = _paint_note(painter, box, task, chosen)
        painter.setFont(font())
        painter.setPen(QColor(chosen.muted if task.is_done else chosen.text))
        room = QRect(QPoint(left, box.top()), QPoint(right - scaled(12), box.bottom()))
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(
            room, middle, painter.fontMetrics().elidedText(task.text, elide, room.width())
        )
        painter.restore()


def _mark_box(box: QRect) -> QRectF:
    side = scaled(20)
    return QRectF(box.left() + scaled(12), box.center().y() - side / 2 + 0.5, side, side)


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem, chosen: Colours) -> None:
    box = QRectF(option.rect).adjusted(1, 1, -1, -1)
    has_keyboard = bool(option.state & QStyle.StateFlag.State_HasFocus)
    painter.setPen(Qt.PenStyle.NoPen)
    if option.state & QStyle.StateFlag.State_Selected:
        painter.setBrush(QColor(chosen.selection))
        painter.drawRoundedRect(box, scaled(6), scaled(6))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.setBrush(QColor(chosen.hover))
        painter.drawRoundedRect(box, scaled(6), scaled(6))
    if has_keyboard:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(chosen.focus), 2))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), scaled(6), scaled(6))


def _paint_note(painter: QPainter, box: QRect, task: Task, chosen: Colours) -> int:
    """Draw the note at the right; return where it starts."""
    right = box.right() - scaled(12)
    if not task.note:
        return right
    painter.setFont(font(10, semibold=True))
    width = painter.fontMetrics().horizontalAdvance(task.note) + scaled(16)
    height = painter.fontMetrics().height() + scaled(4)
    chip = QRectF(right - width, box.center().y() - height / 2 + 0.5, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(getattr(chosen, f"{task.tone}_bg")))
    painter.drawRoundedRect(chip, height / 2, height / 2)
    painter.setPen(QColor(getattr(chosen, task.tone)))
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, task.note)
    return right - width
