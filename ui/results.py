"""The list of results that hangs under the search field."""

from collections.abc import Callable
from typing import Any

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
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cantine_desktop.i18n import tr
from ui.finding import Offer
from ui.kit import icons
from ui.kit.colours import colours
from ui.kit.theme import font, scaled, set_role

ROW = 36
"""Height of a line, in pixels at 100 %."""


class Results(QFrame):
    """The list under the field; it never takes the focus from it.

    Args:
        field: The search field.
        pick: Called with the line that is clicked.
    """

    def __init__(self, field: QLineEdit, pick: Callable[[Offer | None], None]) -> None:
        super().__init__(field.window())
        self._on_pick = pick
        self._field = field
        set_role(self, "overlay")
        self.setAccessibleName(tr("Résultats"))
        self._model = _Model(self)
        self._view = QListView()
        self._view.setModel(self._model)
        self._view.setItemDelegate(_Delegate(self._view))
        self._view.setUniformItemSizes(True)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setFrameShape(QFrame.Shape.NoFrame)
        self._view.setAccessibleName(tr("Résultats"))
        self._view.clicked.connect(self._pick)
        self._nothing = QLabel()
        self._nothing.setWordWrap(True)
        self._nothing.setTextFormat(Qt.TextFormat.PlainText)
        self._hint = QLabel(tr("↑ ↓ choisir   Entrée ouvrir   Échap fermer"))
        set_role(self._hint, "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(8), scaled(8), scaled(8), scaled(8))
        for widget in (self._nothing, self._view, self._hint):
            column.addWidget(widget)
        field.window().installEventFilter(self)

    def list(self, found: list[Offer], query: str) -> None:
        """Show what was found, the first line chosen."""
        self._model.show(found)
        self._view.setVisible(bool(found))
        self._nothing.setVisible(not found)
        self._nothing.setText(
            tr("Rien ne s’appelle « {query} ». Essayez un autre mot, ou moins de lettres.").format(
                query=query
            )
        )
        self._view.setFixedHeight(scaled(ROW) * len(found))
        self._select(0)
        self._resize()

    def current(self) -> Offer | None:
        """Return the chosen line."""
        return self._model.at(self._view.currentIndex())

    def step(self, lines: int) -> None:
        """Move the choice; one line past an end goes to the other end."""
        count = self._model.rowCount()
        if count:
            row = self._view.currentIndex().row() + lines
            wrapped = row % count if abs(lines) == 1 else min(max(row, 0), count - 1)
            self._select(wrapped)

    def hang(self) -> None:
        """Show the list under the field, inside the window."""
        self._resize()
        self.show()
        self.raise_()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._resize()
        return super().eventFilter(watched, event)

    def _resize(self) -> None:
        window = self._field.window()
        width = min(scaled(600), window.width() - 2 * scaled(8))
        below = self._field.mapTo(window, QPoint(self._field.width(), self._field.height()))
        self.setFixedWidth(width)
        self.adjustSize()
        left = max(below.x() - width, scaled(8))
        self.setGeometry(QRect(left, below.y() + scaled(4), width, self.sizeHint().height()))

    def _select(self, row: int) -> None:
        index = self._model.index(row, 0)
        self._view.setCurrentIndex(index)
        if self._model.at(index) is not None:
            _announce(self._field, str(index.data(Qt.ItemDataRole.AccessibleTextRole)))

    def _pick(self, index: QModelIndex) -> None:
        self._on_pick(self._model.at(index))


class _Model(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._found: list[Offer] = []

    def show(self, found: list[Offer]) -> None:
        self.beginResetModel()
        self._found = found
        self.endResetModel()

    def at(self, index: QModelIndex) -> Offer | None:
        return self._found[index.row()] if index.isValid() else None

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._found)

    @override
    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        found = self._found[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return found.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (found.title, found.detail, found.shortcut) if part)
        return found if role == Qt.ItemDataRole.UserRole else None


class _Delegate(QStyledItemDelegate):
    """Draws a line: icon, title, where it belongs, keys on the right."""

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(scaled(100), scaled(ROW))

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        found: Offer = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours().selection))
            painter.drawRoundedRect(option.rect, scaled(6), scaled(6))
        _draw_line(painter, option.rect, found)
        painter.restore()


def _draw_line(painter: QPainter, box: QRect, found: Offer) -> None:
    side, gap = scaled(18), scaled(10)
    left, right = box.left() + gap, box.right() - gap
    if found.icon:
        mark = QRectF(left, box.center().y() - side / 2 + 0.5, side, side)
        icons.draw(painter, mark, found.icon, "muted")
    left += side + gap
    small = font(10)
    if found.shortcut:
        right -= (
            _draw_text(
                painter,
                QRect(left, box.top(), right - left, box.height()),
                found.shortcut,
                muted=True,
                right=True,
            )
            + gap
        )
    painter.setFont(font())
    room = QRect(left, box.top(), right - left, box.height())
    left += _draw_text(painter, room, found.title) + scaled(16)
    painter.setFont(small)
    if right - left > scaled(40):
        room = QRect(left, box.top(), right - left, box.height())
        _draw_text(painter, room, found.detail, muted=True)


def _draw_text(
    painter: QPainter, room: QRect, text: str, *, muted: bool = False, right: bool = False
) -> int:
    """Draw on one line, cut with an ellipsis; return the width taken."""
    metrics = QFontMetrics(painter.font())
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.setPen(QColor(colours().muted if muted else colours().text))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, shown)
    return metrics.horizontalAdvance(shown)


def _announce(widget: QWidget, text: str) -> None:
    """Have screen readers say the chosen line, as the focus stays in the field."""
    from PySide6.QtGui import (  # noqa: PLC0415  -- 13 ms that the first paint does not need
        QAccessible,
        QAccessibleAnnouncementEvent,
    )

    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
