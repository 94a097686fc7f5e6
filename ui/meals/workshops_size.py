"""The size of the windows of events, within the screen."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog

from ui.kit.theme import scaled


def fit(dialog: QDialog, width: int, height: int) -> None:
    """Give a window its usual size, in pixels at 100 %, within the screen."""
    # Never ``dialog.screen()``: the screen would be freed with the dialog, and Qt crashes.
    before = dialog.parentWidget()
    there = QGuiApplication.screenAt(before.window().geometry().center()) if before else None
    room = (there or QGuiApplication.primaryScreen()).availableGeometry()
    dialog.resize(
        min(scaled(width), room.width() - scaled(40)),
        min(scaled(height), room.height() - scaled(60)),
    )
