"""A page to read, comment and print: sentences, figures, tables, words of the association."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.kit.form import watch_text
from ui.kit.theme import scaled, set_role

_READABLE = 760
"""Widest column of text, in pixels at 100 %: some 90 characters."""


class ReportPage(QScrollArea):
    """One column of readable width.

    Signals:
        commented: A comment was left with another text (its key, the text).
    """

    commented = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        page = QWidget()
        set_role(page, "page")
        self._outer = QVBoxLayout(page)
        self._outer.setContentsMargins(scaled(28), scaled(16), scaled(28), scaled(28))
        self._outer.setSpacing(scaled(12))
        self._outer.addStretch(1)
        self.setWidget(page)

    def heading(self, text: str) -> None:
        """Add a title."""
        label = _words(text)
        set_role(label, "h2")
        self._add(label)

    def sentence(self, text: str) -> None:
        """Add a sentence or a paragraph."""
        self._add(_words(text))

    def figure(self, widget: QWidget, caption: str = "") -> None:
        """Add a figure, with what it shows below it."""
        card = QFrame()
        set_role(card, "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(scaled(16), scaled(12), scaled(16), scaled(12))
        inside.addWidget(widget)
        if caption:
            label = _words(caption)
            set_role(label, "small")
            inside.addWidget(label)
        self._add(card)

    def table(
        self, titles: Sequence[str], rows: Sequence[Sequence[str]], total: Sequence[str] = ()
    ) -> None:
        """Add a short table: words in the first column, numbers at the right of the others."""
        card = QFrame()
        set_role(card, "card")
        grid = QGridLayout(card)
        grid.setContentsMargins(scaled(16), scaled(12), scaled(16), scaled(12))
        grid.setHorizontalSpacing(scaled(24))
        grid.setVerticalSpacing(scaled(8))
        grid.setColumnStretch(0, 1)
        lines = [(titles, "small"), *((row, "") for row in rows)]
        if total:
            lines.append((total, "strong"))
        for down, (texts, role) in enumerate(lines):
            for across, text in enumerate(texts):
                label = QLabel(text)
                set_role(label, role)
                side = Qt.AlignmentFlag.AlignLeft if across == 0 else Qt.AlignmentFlag.AlignRight
                grid.addWidget(label, down, across, side)
        self._add(card)

    def comment(self, key: str, name: str, text: str = "", hint: str = "") -> QPlainTextEdit:
        """Add a box to write in; it is committed when it is left."""
        area = QPlainTextEdit(text)
        area.setAccessibleName(name)
        area.setPlaceholderText(hint)
        area.setMinimumHeight(scaled(88))
        watch_text(area, partial(self.commented.emit, key))
        label = QLabel(name)
        set_role(label, "strong")
        label.setBuddy(area)
        self._add(label)
        self._add(area)
        return area

    def _add(self, widget: QWidget) -> None:
        widget.setMaximumWidth(scaled(_READABLE))
        self._outer.insertWidget(self._outer.count() - 1, widget)


def _words(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
