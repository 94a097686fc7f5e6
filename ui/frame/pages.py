"""The room of the screens: one is shown, and what is higher or wider than the room scrolls."""

from PySide6 import QtCore
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget
from typing_extensions import override

from ui.kit.theme import scaled, set_role


class Stack(QStackedWidget):
    """Screens of which one is shown; it alone says how much room is needed."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self._measure)

    def _measure(self) -> None:
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        shown = self.currentWidget()
        return QSize() if shown is None else shown.sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        if shown is None:
            return QSize()
        return shown.minimumSizeHint().expandedTo(shown.minimumSize())

    @override
    def heightForWidth(self, arg__1: int) -> int:
        """Return the least height: what has more room is given it, nothing scrolls for it."""
        shown = self.currentWidget()
        layout = None if shown is None else shown.layout()
        if layout is not None and layout.hasHeightForWidth():
            return layout.minimumHeightForWidth(arg__1)
        return self.minimumSizeHint().height()


class Pages(QScrollArea):
    """A stack of screens that the window may always be smaller than.

    Attributes:
        stack: The screens.
    """

    def __init__(self) -> None:
        super().__init__()
        self.stack = Stack()
        set_role(self.stack, "page")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(self.stack)

    def settle(self) -> None:
        """Do what the first paint does not show."""
        self.setFocusPolicy(QtCore.Qt.FocusPolicy.NoFocus)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(240), scaled(72))  # the header above it is never cut, at 200 % either
