"""A page that scrolls inside its screen where room is short."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.kit.theme import set_role


def show_scrolling(screen: QWidget, page: QWidget) -> QScrollArea:
    """Lay a page out in a screen; it scrolls when it needs more than there is.

    Args:
        screen: What has no layout yet.
        page: Everything it shows.
    """
    set_role(page, "page")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    whole = QVBoxLayout(screen)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(area)
    area.setWidget(page)  # last: it measures the page, which is then dressed in its place
    return area
