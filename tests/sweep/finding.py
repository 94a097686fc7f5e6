"""What the sweep finds wrong on a screen."""

from typing import NamedTuple

from PySide6.QtWidgets import QLabel, QWidget


class Finding(NamedTuple):
    """Something a person would stumble over.

    Attributes:
        kind: ``"clipped"``, ``"nameless"``, ``"unreachable"``, ``"untranslated"``, ``"too big"``
            or ``"failed"``.
        what: The widget and the text at fault, or the error.
    """

    kind: str
    what: str


def visible(root, kind=QWidget):
    """Return the widgets of a kind that a person can see under a widget, itself included."""
    found = [root] if isinstance(root, kind) else []
    found += root.findChildren(kind)
    return [widget for widget in found if widget.isVisible()]


def describe(widget):
    """Name a widget so that its line of code is found: its class, its parents, its words."""
    names, node = [], widget
    while node is not None and len(names) < 3:
        name = node.objectName()
        names.append(type(node).__name__ + (f"#{name}" if name else ""))
        node = node.parentWidget()
    words = widget.accessibleName() or (widget.text() if isinstance(widget, QLabel) else "")
    return " < ".join(names) + (f" «{words[:40]}»" if words else "")
