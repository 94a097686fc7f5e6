"""How an entry grid is drawn: states of cells, headers on two levels."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QCompleter,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from ui.kit import icons
from ui.kit.cells import LOOKS, Cell, Head
from ui.kit.colours import Colours, colours
from ui.kit.grid_model import GridModel
from ui.kit.theme import font, scaled

Index = QModelIndex | QPersistentModelIndex

_LEFT = Qt.AlignmentFlag.AlignLeft
_PAD, _MARK = 8, 18
"""Pixels at 100 % at both sides of a cell, and of its mark."""
_DONE = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
_LEAVING = _DONE | {Qt.Key.Key_Up, Qt.Key.Key_Down}


class CellDelegate(QStyledItemDelegate):
    """Draws cells and edits them in place.

    Signals:
        left: The editor was left by a key that moves on (``QKeyEvent``); its text is written.
    """

    left = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._editor: QLineEdit | None = None
        self._is_typed = False

    def finish(self) -> None:
        """Write what is being typed, if anything is."""
        if self._editor is not None:
            editor = self._editor
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)

    @override
    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        self._editor = None
        super().destroyEditor(editor, index)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, GridModel)
        cell = model.cell(index.row(), index.column())
        look = LOOKS[cell.state]
        chosen = colours()
        view = option.widget
        assert isinstance(view, QAbstractItemView)
        state = option.state
        box: QRect = option.rect
        is_current = index == view.currentIndex()
        is_selected = bool(state & QStyle.StateFlag.State_Selected) and not is_current
        ground = chosen.selection if is_selected else getattr(chosen, look.ground)
        painter.save()
        painter.fillRect(box, QColor(ground))
        pad = scaled(_PAD)
        inner = box.adjusted(pad, 0, -pad, 0)
        if look.mark:
            self._mark(painter, inner, look.mark, look.mark_colour)
        painter.setFont(font(semibold=look.text == "bad"))
        painter.setPen(QColor(getattr(chosen, look.text)))
        align = model.data(index, Qt.ItemDataRole.TextAlignmentRole)
        if look.mark and (_is_crowded(painter, inner, cell.text) or align & _LEFT):
            inner.setLeft(inner.left() + scaled(_MARK))
        if cell.note:
            inner = _noted(painter, inner, cell.note, align)
        if cell.wraps:
            _lines(painter, inner, cell.text, align)
        else:
            _line(painter, inner, cell.text, align)
        if is_current and view.hasFocus():
            _ring(painter, box, chosen)
        painter.restore()

    def _mark(self, painter: QPainter, inner: QRect, mark: str, colour: str) -> None:
        side = scaled(14)
        top = inner.center().y() - side / 2 + 1
        icons.draw(painter, QRectF(inner.left() - scaled(2), top, side, side), mark, colour)

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        self._editor = editor
        self._is_typed = False
        editor.textEdited.connect(self._on_typed)
        editor.setProperty("role", "cell")
        editor.setFrame(False)
        editor.setAlignment(index.data(Qt.ItemDataRole.TextAlignmentRole))
        model = index.model()
        assert isinstance(model, GridModel)
        titles = (model.rows[index.row()], model.columns[index.column()])
        editor.setAccessibleName(", ".join(title.spoken for title in titles))
        words = titles[1].words
        if words is not None:
            Proposals(words(), editor)
        return editor

    @Slot()
    def _on_typed(self) -> None:
        self._is_typed = True

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        # What is being typed outlives a refresh; a proposal taken makes Qt forget that it was.
        if not (self._is_typed or editor.isModified()):
            editor.setText(index.data(Qt.ItemDataRole.EditRole))

    @override
    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _LEAVING
        ):
            assert isinstance(editor, QLineEdit)
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)
            self.left.emit(event)
            return True
        return super().eventFilter(editor, event)


def lines_of(text: str, width: int) -> list[str]:
    """Return the lines a text takes in some pixels: its parts, then their words, if need be."""
    metrics = QFontMetrics(font())
    if metrics.horizontalAdvance(text) <= width:
        return [text]
    lines: list[str] = []
    for part in text.split(", "):
        line = ""
        for word in part.split(" "):
            longer = f"{line} {word}" if line else word
            if line and metrics.horizontalAdvance(longer) > width:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return lines


def lines_height(cell: Cell, width: int) -> int:
    """Return the pixels that a cell needs in a column, its mark and the room around counted."""
    room = width - 2 * scaled(_PAD) - (scaled(_MARK) if LOOKS[cell.state].mark else 0)
    return len(lines_of(cell.text, room)) * QFontMetrics(font()).height() + scaled(6)


def _line(painter: QPainter, inner: QRect, text: str, align: Qt.AlignmentFlag) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
    painter.drawText(inner, align, shown)


def _lines(painter: QPainter, inner: QRect, text: str, align: Qt.AlignmentFlag) -> None:
    """Write a text in as many lines as it takes, in the middle of its cell."""
    lines = lines_of(text, inner.width())
    height = painter.fontMetrics().height()
    top = inner.center().y() - len(lines) * height // 2
    for rank, line in enumerate(lines):
        place = QRect(inner.left(), top + rank * height, inner.width(), height)
        _line(painter, place, line, align)


def _noted(painter: QPainter, inner: QRect, note: str, align: Qt.AlignmentFlag) -> QRect:
    """Write the second line of a cell; return what is left above it."""
    lower, upper = QRect(inner), QRect(inner)
    middle = inner.center().y()
    upper.setBottom(middle + scaled(2))
    lower.setTop(middle + scaled(2))
    painter.save()
    painter.setFont(font(10))
    painter.setPen(QColor(colours().muted))
    words = painter.fontMetrics().elidedText(note, Qt.TextElideMode.ElideRight, lower.width())
    painter.drawText(lower, align, words)
    painter.restore()
    return upper


def _is_crowded(painter: QPainter, inner: QRect, text: str) -> bool:
    """Tell whether a centred text would run over the mark before it."""
    return painter.fontMetrics().horizontalAdvance(text) > inner.width() - 2 * scaled(14)


class Proposals(QCompleter):
    """Words under a cell being typed in; a key that leaves the cell leaves the list too.

    Only a word that was chosen with the arrows or the mouse is taken: Enter on what was
    typed writes what was typed.
    """

    def __init__(self, words: Sequence[str], editor: QLineEdit) -> None:
        super().__init__([*words], editor)
        self._line = editor
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        editor.setCompleter(self)

    @override
    def eventFilter(self, o: QObject, e: QEvent) -> bool:
        if isinstance(e, QKeyEvent) and e.type() == QEvent.Type.KeyPress and e.key() in _DONE:
            words = self.popup()
            assert words is not None
            if words.currentIndex().isValid():
                self._line.setText(str(words.currentIndex().data()))
            words.hide()
            QApplication.sendEvent(self._line, e)
            return True
        return super().eventFilter(o, e)


class ColumnHeader(QHeaderView):
    """Titles of columns; neighbours of one group share a title above."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    @override
    def sizeHint(self) -> QSize:
        heads = self._heads()
        two = any(head.group for head in heads) or any(map(self._wraps, range(len(heads))))
        levels = 2 if two else 1
        line = QFontMetrics(font(10, semibold=True)).height() + scaled(8)
        return QSize(super().sizeHint().width(), levels * line)

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        heads = self._heads()
        if not rect.isValid() or logicalIndex >= len(heads):
            return
        chosen, head = colours(), heads[logicalIndex]
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, QColor(chosen.sunk))
        painter.setFont(font(10, semibold=True))
        lower = QRect(rect)
        if head.group:
            half = rect.height() // 2
            lower.setTop(rect.top() + half)
            upper = self._span(heads, logicalIndex)
            upper.setBottom(rect.top() + half - 1)
            _title(painter, upper, head.group, chosen.text)
        has_neighbour = bool(head.group) and _same_group(heads, logicalIndex + 1, head.group)
        painter.setPen(QColor(chosen.border))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine((lower if has_neighbour else rect).topRight(), rect.bottomRight())
        if not head.group and self._wraps(logicalIndex):
            _two_lines(painter, lower, head.text, chosen.muted)
        else:
            _title(painter, lower, head.text, chosen.muted)
        painter.restore()

    def _wraps(self, logical: int) -> bool:
        """Tell whether the title of a column needs a second line."""
        words = self._heads()[logical].text
        room = self.sectionSize(logical) - scaled(14) if logical < self.count() else 0
        wide = QFontMetrics(font(10, semibold=True)).horizontalAdvance(words)
        return " " in words and 0 < room < wide

    def _span(self, heads: list[Head], logical: int) -> QRect:
        """Return where the group of a column stands, whole, also beyond the visible part."""
        first = last = logical
        group = heads[logical].group
        while _same_group(heads, first - 1, group):
            first -= 1
        while _same_group(heads, last + 1, group):
            last += 1
        left = self.sectionViewportPosition(first)
        right = self.sectionViewportPosition(last) + self.sectionSize(last)
        return QRect(left, 0, right - left, self.height())

    def _heads(self) -> list[Head]:
        model = self.model()
        return list(model.columns) if isinstance(model, GridModel) else []


class RowHeader(QHeaderView):
    """Titles of rows with a muted note at their right; always in sight."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    @override
    def sizeHint(self) -> QSize:
        text, note = QFontMetrics(font(semibold=True)), QFontMetrics(font(10))
        widths = [
            text.horizontalAdvance(head.text) + note.horizontalAdvance(head.note)
            for head in self._heads()[:200]
        ]
        return QSize(max(widths, default=scaled(40)) + scaled(40), super().sizeHint().height())

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        heads = self._heads()
        if not rect.isValid() or logicalIndex >= len(heads):
            return
        chosen, head = colours(), heads[logicalIndex]
        inner = rect.adjusted(scaled(12), 0, -scaled(12), 0)
        painter.save()
        painter.fillRect(rect, QColor(chosen.sunk))
        painter.setPen(QColor(chosen.border))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font(semibold=True))
        painter.setPen(QColor(chosen.text))
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | middle, head.text)
        painter.setFont(font(10))
        painter.setPen(QColor(chosen.muted))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | middle, head.note)
        painter.restore()

    def _heads(self) -> list[Head]:
        model = self.model()
        return list(model.rows) if isinstance(model, GridModel) else []


def _same_group(heads: list[Head], place: int, group: str) -> bool:
    return 0 <= place < len(heads) and heads[place].group == group


def _title(painter: QPainter, box: QRect, text: str, colour: str) -> None:
    inner = box.adjusted(scaled(4), 0, -scaled(4), 0)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
    painter.setPen(QColor(colour))
    painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, shown)


def _two_lines(painter: QPainter, box: QRect, text: str, colour: str) -> None:
    inner = box.adjusted(scaled(4), 0, -scaled(4), 0)
    painter.setPen(QColor(colour))
    wrapped = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(inner, int(wrapped), text)


def _ring(painter: QPainter, box: QRect, chosen: Colours) -> None:
    painter.setPen(QPen(QColor(chosen.focus), 2))
    painter.drawRect(box.adjusted(1, 1, -2, -2))
