"""Small fields of a closing: a count, a block, a name before a field."""

from PySide6.QtCore import QRegularExpression, Qt, Slot
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.kit.theme import scaled, set_role

_DIGITS = QRegularExpression("[0-9]{0,4}")


class CountEdit(QLineEdit):
    """A number of people, of coins; empty is a number nobody gave.

    Args:
        name: What is counted, for screen readers.
        width: Of the field, before scaling.
    """

    def __init__(self, name: str, width: int = 52) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setValidator(QRegularExpressionValidator(_DIGITS, self))
        self.setFixedWidth(scaled(width))
        self.returnPressed.connect(self._go_on)

    @Slot()
    def _go_on(self) -> None:
        self.focusNextChild()  # Enter goes on like Tab

    @property
    def value(self) -> int | None:
        """What was typed; ``None`` for nothing."""
        text = self.text().strip()
        return int(text) if text.isdecimal() else None

    def set_value(self, value: int | None) -> None:
        """Show a number, without telling anybody."""
        self.setText("" if value is None else str(value))


class Block(QFrame):
    """A card of the screen: its title, then whatever is added to its column.

    Attributes:
        head: The line of the title.
        column: Below it.
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        set_role(self, "card")
        heading = QLabel(title)
        set_role(heading, "strong")
        self.head = QHBoxLayout()
        self.head.setSpacing(scaled(8))
        self.head.addWidget(heading)
        self.head.addStretch(1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(scaled(12), scaled(6), scaled(12), scaled(6))
        self.column.setSpacing(scaled(4))
        self.column.addLayout(self.head)


def beside(words: str, field: QWidget) -> QWidget:
    """Return a field with its name before it."""
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(scaled(4))
    label = QLabel(words)
    label.setBuddy(field)
    row.addWidget(label)
    row.addWidget(field)
    pair.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return pair


def muted(words: str = "") -> QLabel:
    """Return a quiet line that may take several."""
    label = QLabel(words)
    label.setWordWrap(True)
    set_role(label, "muted")
    return label
