"""Short questions; the safe answer is the one that Enter gives."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cantine_desktop.i18n import trc
from ui.kit.enter import EnterKey
from ui.kit.fields import TextEdit
from ui.kit.theme import scaled, set_role

TALLEST = 690
"""Pixels: what a laptop of 768 leaves to a dialog."""


class Dialog(QDialog):
    """A window with a question, what is asked for, and its answers at the bottom right.

    The answer that acts stands before « Annuler »; Escape always gives up.
    """

    def __init__(self, parent: QWidget | None, title: str, text: str = "") -> None:
        super().__init__(parent)
        self._enter = EnterKey()
        self.setWindowTitle(title)
        self.setMinimumWidth(scaled(400))
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(scaled(24), scaled(20), scaled(24), scaled(16))
        self.body.setSpacing(scaled(12))
        heading = QLabel(title)
        heading.setWordWrap(True)
        set_role(heading, "h2")
        self.body.addWidget(heading)
        if text:
            label = QLabel(text)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.body.addWidget(label)

    def fit(self) -> None:
        """Grow to what is asked, as far as a small laptop lets it.

        A flow of fields or a wrapped sentence says its height by its width: Qt’s own hint would
        cut the table under it.
        """
        width = max(self.minimumWidth(), self.width())
        self.resize(width, min(max(self.height(), self.body.heightForWidth(width)), TALLEST))

    @override
    def event(self, arg__1: QEvent) -> bool:
        # Where no button is the default one, Qt leaves Enter on a button without effect.
        return self._enter.takes(arg__1) or super().event(arg__1)

    def add_answers(
        self, action: str, *, cancel: str = "", destructive: bool = False
    ) -> tuple[QPushButton, QPushButton]:
        """Add the two buttons: the one that acts, and the one that gives up.

        A destructive action is red, and Enter gives up instead.
        """
        act, give_up = QPushButton(action), QPushButton(cancel or trc("give up", "Annuler"))
        set_role(act, "danger" if destructive else "primary")
        act.clicked.connect(self.accept)
        give_up.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(scaled(8))
        row.addStretch(1)
        row.addWidget(act)
        row.addWidget(give_up)
        self.body.addSpacing(scaled(4))
        self.body.addLayout(row)
        safe = give_up if destructive else act
        safe.setDefault(True)
        if destructive:
            safe.setFocus()
        return act, give_up


def ask(
    parent: QWidget | None, title: str, text: str, action: str, *, destructive: bool = False
) -> bool:
    """Ask whether to go on; ``action`` names the deed: « Supprimer », never « OK ».

    Closing the window, Escape and, for a destructive deed, Enter mean no.
    """
    dialog = Dialog(parent, title, text)
    dialog.add_answers(action, destructive=destructive)
    return dialog.exec() == QDialog.DialogCode.Accepted


def ask_text(
    parent: QWidget | None,
    title: str,
    text: str,
    action: str,
    *,
    value: str = "",
    many_lines: bool = False,
) -> str | None:
    """Ask for some words that may not be empty; ``None`` when the person gives up."""
    dialog = Dialog(parent, title, text)
    if many_lines:
        area = QPlainTextEdit(value)
        area.setAccessibleName(title)
        area.setTabChangesFocus(True)
        dialog.body.addWidget(area)
        dialog.add_answers(action)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), dialog).activated.connect(dialog.accept)
        area.setFocus()
        found = area.toPlainText if dialog.exec() else None
        return (found().strip() or None) if found else None
    field = TextEdit(title)
    field.set_value(value or None)
    dialog.body.addWidget(field)
    act, _ = dialog.add_answers(action)
    _OpenWhenFilled(field, act)
    field.setFocus()
    return field.line.text().strip() or None if dialog.exec() else None


def choose(
    parent: QWidget | None,
    title: str,
    text: str,
    choices: Sequence[str],
    action: str,
    *,
    chosen: int = 0,
) -> int | None:
    """Ask to choose one of a few; its place, or ``None`` when the person gives up."""
    dialog = Dialog(parent, title, text)
    group = QButtonGroup(dialog)
    for place, label in enumerate(choices):
        button = QRadioButton(label)
        button.setChecked(place == chosen)
        group.addButton(button, place)
        dialog.body.addWidget(button)
    dialog.add_answers(action)
    group.button(chosen).setFocus()
    return group.checkedId() if dialog.exec() else None


class _OpenWhenFilled(QWidget):
    """Opens a button while a field holds something."""

    def __init__(self, field: TextEdit, button: QPushButton) -> None:
        super().__init__(field)
        self.hide()
        self._button = button
        field.line.textChanged.connect(self._on_text)
        self._on_text(field.line.text())

    @Slot(str)
    def _on_text(self, text: str) -> None:
        self._button.setEnabled(bool(text.strip()))
