"""Enter presses the button that has the keyboard; Qt does so in dialogs only."""

from typing import cast

from PySide6 import QtCore
from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget


class EnterKey:
    """Reads the events of a window for Enter on its buttons."""

    def __init__(self) -> None:
        self._key_is_for: QWidget | None = None

    def takes(self, event: QEvent) -> bool:
        """Press the button if a key left unused by everything in the window is Enter on it.

        A field that hands the keyboard on at Enter does not press where it goes.
        """
        if event.type() == QEvent.Type.ShortcutOverride:  # comes before each key
            self._key_is_for = QApplication.focusWidget()
            return False
        if event.type() != QEvent.Type.KeyPress:
            return False
        keys = cast("QKeyEvent", event)
        button = QApplication.focusWidget()
        meant = button is self._key_is_for and isinstance(button, QPushButton | QToolButton)
        if not (meant and _is_enter(keys)):
            return False
        if not keys.isAutoRepeat():
            cast("QPushButton | QToolButton", button).click()
        return True


def _is_enter(event: QKeyEvent) -> bool:
    held, keys = QtCore.Qt.KeyboardModifier, QtCore.Qt.Key
    plain = event.modifiers() in {held.NoModifier, held.KeypadModifier}
    return plain and event.key() in {keys.Key_Return, keys.Key_Enter}
