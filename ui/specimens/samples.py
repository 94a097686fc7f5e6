"""What the pages of the gallery share: sample texts, and the stacking of parts."""

from datetime import date

from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from ui.kit.theme import scaled, set_role

LONG = (
    "Un texte très long, comme il en vient des fichiers des autres, qui doit se plier ou "
    "s’abréger sans jamais pousser ce qui l’entoure hors de la fenêtre"
)
TODAY = date(2026, 11, 22)


def stacked(*widgets: QWidget, stretch: bool = True) -> QWidget:
    """Put widgets under one another."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(scaled(12))
    for widget in widgets:
        column.addWidget(widget)
    if stretch:
        column.addStretch(1)
    return holder


def beside(*widgets: QWidget) -> QWidget:
    """Put widgets beside one another."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(scaled(8))
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return holder


def worded(text: str, role: str = "") -> QLabel:
    """Return a text in a part of the design."""
    label = QLabel(text)
    label.setWordWrap(len(text) > 60)
    set_role(label, role)
    return label
