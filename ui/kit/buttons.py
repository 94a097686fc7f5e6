"""Small buttons that several bars share."""

from PySide6.QtWidgets import QToolButton, QWidget

from ui.kit.icons import icon


def arrow(drawing: str, name: str, parent: QWidget | None = None) -> QToolButton:
    """Return a button that shows an icon alone; its name is its tooltip, and is read out."""
    button = QToolButton(parent) if parent is not None else QToolButton()
    button.setIcon(icon(drawing))
    button.setAccessibleName(name)
    button.setToolTip(name)
    return button
