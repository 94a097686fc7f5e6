"""A wheel that scrolls pages and never changes a value by accident."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QWidget,
)
from typing_extensions import override

_CHANGED_BY_WHEEL = (QComboBox, QAbstractSpinBox, QAbstractSlider, QTabBar)
_WATCHED = frozenset({QEvent.Type.Wheel, QEvent.Type.Polish})


class WheelGuard(QObject):
    """Keeps the wheel from fields that have no keyboard focus or lie in a scrolled page.

    The page below scrolls instead. One guard serves the whole application.
    """

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        application.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in _WATCHED or not isinstance(watched, _CHANGED_BY_WHEEL):
            return False
        if kind == QEvent.Type.Polish:
            _refuse_focus_by_wheel(watched)
            return False
        if isinstance(watched, QScrollBar) or (watched.hasFocus() and not _is_scrolled(watched)):
            return False
        event.ignore()
        return True


def _refuse_focus_by_wheel(widget: QWidget) -> None:
    """Keep the wheel from giving the focus that would then let it change the value."""
    if widget.focusPolicy() == Qt.FocusPolicy.WheelFocus:
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


def _is_scrolled(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            return True
        parent = parent.parentWidget()
    return False
