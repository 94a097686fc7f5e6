"""Lines of words: a heading, a sentence that goes on over several lines."""

from PySide6.QtWidgets import QLabel

from ui.kit.theme import set_role


def heading(words: str, role: str = "h2") -> QLabel:
    """Return words that stay on one line."""
    label = QLabel(words)
    set_role(label, role)
    return label


def wrapped(words: str = "", role: str = "") -> QLabel:
    """Return words that go on over several lines; without a role they are plain."""
    label = QLabel(words)
    label.setWordWrap(True)
    if role:
        set_role(label, role)
    return label
