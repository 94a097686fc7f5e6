"""A page that scrolls inside its screen or dialog where room is short."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.kit.theme import scaled, set_role


def scroll_area(parent: QWidget | None = None) -> QScrollArea:
    """Return an area without a frame, that takes no focus of its own."""
    area = QScrollArea(parent)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def show_scrolling(screen: QWidget, page: QWidget) -> QScrollArea:
    """Lay a page out in a screen; it scrolls when it needs more than there is.

    Args:
        screen: What has no layout yet.
        page: Everything it shows.
    """
    set_role(page, "page")
    area = scroll_area(screen)
    whole = QVBoxLayout(screen)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(area)
    area.setWidget(page)  # last: it measures the page, which is then dressed in its place
    return area


def scrolling(inside: QWidget, *, sideways: bool = True) -> QScrollArea:
    """Return what shows a page, or a part of one, and scrolls it where room is short.

    Args:
        inside: Everything it shows; it takes the keyboard, the area does not.
        sideways: Whether it may be wider than its room; else it is squeezed into it.
    """
    set_role(inside, "page")
    area = scroll_area()
    if not sideways:
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    return area


def fit_dialog(dialog: QDialog, area: QScrollArea, inside: QWidget, width: int) -> None:
    """Give a dialog the height that what scrolls in it needs, within the screen.

    Args:
        dialog: Laid out already, its answers below the area.
        area: What scrolls.
        inside: What it shows.
        width: Pixels wanted, at 100 %.
    """
    # Never ``dialog.screen()``: the screen would be freed with the dialog, and Qt crashes.
    before = dialog.parentWidget()
    there = QGuiApplication.screenAt(before.window().geometry().center()) if before else None
    room = (there or QGuiApplication.primaryScreen()).availableGeometry()
    wide = min(scaled(width), room.width() - scaled(40))
    inside.resize(wide - scaled(64), inside.height())  # a form narrow or wide, before it is asked
    around = dialog.sizeHint().height() - area.sizeHint().height()
    high = around + inside.sizeHint().height() + scaled(16)
    dialog.resize(wide, min(high, room.height() - scaled(60)))
