"""Where the window stands on the screens there are now."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

USUAL = QSize(1366, 768)
SMALLEST = QSize(960, 600)


def put_back(window: QMainWindow, remembered: list[int]) -> None:
    """Place a window where it was, or usefully if that place is gone.

    Args:
        window: Not shown yet, or shown.
        remembered: Left, top, width and height in pixels; anything else is ignored.
    """
    rooms = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    main = QGuiApplication.primaryScreen().availableGeometry()
    box = QRect(*remembered) if len(remembered) == 4 else QRect()
    window.setMinimumSize(SMALLEST.boundedTo(main.size()))
    window.setGeometry(fit(box, rooms, main))


def fit(box: QRect, rooms: list[QRect], main: QRect) -> QRect:
    """Return a place wholly on one screen, as near as can be to the wanted one.

    Args:
        box: The wanted place; empty for none.
        rooms: Free room of each screen.
        main: Free room of the main screen, used when no other is touched.
    """
    room = next((each for each in rooms if each.intersects(box)), None)
    if room is None:
        box = QRect(main.topLeft(), USUAL.boundedTo(main.size()))
        box.moveCenter(main.center())
        return box
    fitted = QRect(box)
    fitted.setSize(box.size().expandedTo(SMALLEST).boundedTo(room.size()))
    fitted.moveLeft(max(room.left(), min(fitted.left(), room.right() + 1 - fitted.width())))
    fitted.moveTop(max(room.top(), min(fitted.top(), room.bottom() + 1 - fitted.height())))
    return fitted
