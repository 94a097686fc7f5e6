"""Buttons of panes and strips of finance."""

from PySide6.QtWidgets import QPushButton

from ui.kit.theme import set_role


def button(text: str, role: str = "") -> QPushButton:
    """Return a button that Enter presses when it has the keyboard."""
    made = QPushButton(text)
    made.setAutoDefault(True)
    if role:
        set_role(made, role)
    return made
