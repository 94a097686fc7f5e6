"""What a page of the settings is: a title, settings that take effect at once, a way back."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cantine_desktop.i18n import tr
from ui.desk import Desk
from ui.kit.flow import FlowLayout
from ui.kit.theme import scaled, set_role


class PreferencePage(QWidget):
    """A page of the settings; there is no OK button.

    Attributes:
        desk: What it works with.
        body: Where a page puts its cards.
        shows: Tables whose changes make it read again.
    """

    shows: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, desk: Desk, title: str, *, resettable: bool = False) -> None:
        super().__init__()
        self.desk = desk
        self.body = QVBoxLayout()
        self.body.setSpacing(scaled(16))
        heading = QLabel(tr(title))
        set_role(heading, "h2")
        top = QHBoxLayout()
        top.addWidget(heading)
        top.addStretch()
        self._reset = QPushButton(tr("Rétablir les réglages habituels"), self)
        self._reset.setHidden(not resettable)
        set_role(self._reset, "link")
        self._reset.clicked.connect(self.reset)
        top.addWidget(self._reset)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, scaled(12), 0)
        column.setSpacing(scaled(12))
        column.addLayout(top)
        column.addLayout(self.body)
        column.addStretch()

    def enter(self) -> None:
        """Put the keyboard on the first setting, never on the button that resets them all."""
        for widget in self.findChildren(QWidget):
            stops = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
            if stops and widget is not self._reset and widget.isVisibleTo(self):
                widget.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def reset(self) -> None:
        """Bring every setting of the page back to the usual one."""

    def refresh(self) -> None:
        """Read the book again."""


class Card(QFrame):
    """A card of settings, one a line: its name, its field, a word of help."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        set_role(self, "card")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(scaled(16), scaled(12), scaled(16), scaled(12))
        self._grid.setHorizontalSpacing(scaled(16))
        self._grid.setVerticalSpacing(scaled(12))
        self._grid.setColumnStretch(1, 1)
        if title:
            heading = QLabel(title)
            set_role(heading, "strong")
            self._grid.addWidget(heading, 0, 0, 1, 2)

    def add(self, text: str, *fields: QWidget, wide: bool = False) -> QLabel:
        """Add a named line of fields.

        Args:
            text: Name of the line; the accessible name of a lone field.
            fields: What stands on the line.
            wide: Let the fields take the whole width.
        """
        line = self._grid.rowCount()
        label = QLabel(text)
        label.setWordWrap(True)
        label.setBuddy(fields[0])
        if len(fields) == 1 and not fields[0].accessibleName():
            fields[0].setAccessibleName(text)
        ticks = all(isinstance(field, QCheckBox) for field in fields)
        self._grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addLayout(_flow(fields) if ticks else _row(fields, wide=wide), line, 1)
        return label

    def add_wide(self, widget: QWidget) -> None:
        """Add something that takes both columns."""
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 2)


def note(text: str) -> QLabel:
    """Return a sentence of help."""
    label = QLabel(text)
    label.setWordWrap(True)
    set_role(label, "muted")
    return label


def _flow(fields: Sequence[QWidget]) -> FlowLayout:
    """Return boxes to tick, which go to the next line when room is short."""
    flow = FlowLayout(scaled(8))
    for field in fields:
        flow.addWidget(field)
    return flow


def _row(fields: Sequence[QWidget], *, wide: bool) -> QHBoxLayout:
    """Return fields beside one another, the first one taking what is left if wide."""
    row = QHBoxLayout()
    row.setSpacing(scaled(8))
    for index, field in enumerate(fields):
        row.addWidget(field, 1 if wide and index == 0 else 0)
    if not wide:
        row.addStretch()
    return row
