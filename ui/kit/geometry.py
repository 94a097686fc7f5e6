"""Windows that come back where they were, and never off the screen."""

from base64 import b64decode, b64encode
from binascii import Error

from PySide6.QtCore import QByteArray, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

_VISIBLE = 80
"""Pixels of the title bar that must be on a screen for a window to be caught hold of."""


def save_geometry(window: QWidget) -> str:
    """Return where a window is, as text for the settings."""
    return b64encode(window.saveGeometry().data()).decode("ascii")


def restore_geometry(window: QWidget, saved: str, width: int, height: int) -> None:
    """Put a window back where it was, else in the middle at a first size.

    A window that would be out of reach, because a screen is gone or is smaller now, is
    brought back on the main one.
    """
    try:
        known = bool(saved) and window.restoreGeometry(QByteArray(b64decode(saved, validate=True)))
    except Error:
        known = False
    if known and _in_reach(window.frameGeometry()):
        return
    room = QGuiApplication.primaryScreen().availableGeometry()
    window.resize(min(width, room.width()), min(height, room.height()))
    box = window.frameGeometry()
    box.moveCenter(room.center())
    window.move(max(box.left(), room.left()), max(box.top(), room.top()))


def _in_reach(box: QRect) -> bool:
    bar = QRect(box.left(), box.top(), box.width(), 1)
    for screen in QGuiApplication.screens():
        seen = screen.availableGeometry().intersected(bar)
        if seen.width() >= min(_VISIBLE, box.width()) and seen.height() > 0:
            return True
    return False
