"""A page that scrolls inside its screen or dialog where room is short."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.kit.theme import set_role


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
