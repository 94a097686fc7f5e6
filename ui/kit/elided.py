"""A line of text that gives way: cut with an ellipsis, and said in full by its tooltip."""

from PySide6 import QtCore, QtGui
from PySide6.QtCore import QSize
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy
from typing_extensions import override

from ui.kit.theme import scaled

_LEAST = 40
"""Pixels at 100 % that a text keeps, whatever happens."""


class ElidedLabel(QLabel):
    """A label of one line of plain text; its tooltip says what does not fit.

    Whoever shows a text of the canteen in it sets the format to plain text.
    """

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @override
    def setText(self, arg__1: str) -> None:
        super().setText(arg__1)
        self._say_the_rest()

    @override
    def minimumSizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(min(scaled(_LEAST), hint.width()), hint.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_the_rest()

    @override
    def paintEvent(self, arg__1: QPaintEvent) -> None:
        if not self._is_cut:
            super().paintEvent(arg__1)
            return
        # The classes that only a cut text needs are not loaded before the first paint.
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(
            self.text(), QtCore.Qt.TextElideMode.ElideRight, room.width()
        )
        painter = QtGui.QPainter(self)
        self.style().drawItemText(
            painter,
            room,
            self.alignment(),
            self.palette(),
            self.isEnabled(),
            shown,
            self.foregroundRole(),
        )
        painter.end()

    @property
    def _is_cut(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()

    def _say_the_rest(self) -> None:
        self.setToolTip(self.text() if self._is_cut else "")
