"""What typed fields share: the text stays until it is right, the reason stands below it."""

from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cantine_desktop.i18n import tr
from ui.kit.colours import colours
from ui.kit.notice import announce
from ui.kit.sentences import REFUSALS, Choice, Refusal, refusal
from ui.kit.theme import looks_changed, repolish, scaled, set_role

Value = TypeVar("Value")


class UnitLine(QLineEdit):
    """A line of text with a muted unit at its right: ``€``, ``°C``, ``jeu.``.

    Attributes:
        dropped: The list that hangs below the line, if any.

    Signals:
        left: Enter was pressed or the keyboard went elsewhere, its own list excepted.
    """

    left = Signal()

    def __init__(self, unit: str = "") -> None:
        super().__init__()
        self.dropped: QWidget | None = None
        self._unit = unit
        self.returnPressed.connect(self.left)
        self._make_room()

    @property
    def unit(self) -> str:
        """What stands at the right."""
        return self._unit

    def show_unit(self, unit: str) -> None:
        """Change what stands at the right."""
        self._unit = unit
        self._make_room()
        self.update()

    def _make_room(self) -> None:
        width = self.fontMetrics().horizontalAdvance(self._unit)
        self.setTextMargins(0, 0, width + scaled(4) if width else 0, 0)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        # A completer swallows the loss of the keyboard while its list is open.
        if self.dropped is not None:
            self.dropped.hide()
        return super().focusNextPrevChild(next)

    @override
    def focusOutEvent(self, arg__1: QFocusEvent) -> None:
        super().focusOutEvent(arg__1)
        if arg__1.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    @override
    def paintEvent(self, arg__1: QPaintEvent) -> None:
        super().paintEvent(arg__1)
        if self._unit:
            painter = QPainter(self)
            chosen = colours()
            painter.setPen(QColor(chosen.muted if self.isEnabled() else chosen.disabled))
            box = self.rect().adjusted(0, 0, -scaled(10), 0)
            painter.drawText(
                box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._unit
            )

    @override
    def changeEvent(self, arg__1: QEvent) -> None:
        super().changeEvent(arg__1)
        if looks_changed(arg__1) and hasattr(self, "_unit") and self._unit:
            self._make_room()


def take_typed() -> None:
    """Take what is being typed as if the person had left the field, its list closed.

    Call it first in what a chord such as Ctrl+Enter does: a chord leaves the keyboard where
    it is, and an open list below the field would outlive its window.
    """
    line = QApplication.focusWidget()
    if isinstance(line, UnitLine):
        if line.dropped is not None:
            line.dropped.hide()
        line.left.emit()


class Field(QWidget, Generic[Value]):
    """A typed value; its kinds say how it is read and written.

    Attributes:
        line: The line typed in.

    Signals:
        committed: The person left the field with a new, good value (it, or ``None`` when
            emptied).
        checked: The text was judged again, good or not.
    """

    committed = Signal(object)
    checked = Signal()

    def __init__(self, name: str, *, unit: str = "", required: bool = False) -> None:
        super().__init__()
        self.required = required
        self.line = UnitLine(unit)
        self.line.setAccessibleName(name)
        self.line.left.connect(self.commit)
        self.line.textEdited.connect(self._on_typing)
        self._value: Value | None = None
        self._reason: Refusal | None = None
        self._written = ""
        self._offered: tuple[Choice, ...] = ()
        self._label = QLabel()
        self._label.setWordWrap(True)
        set_role(self._label, "error")
        self._answers = QWidget()
        self._row = QHBoxLayout(self._answers)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._beside = QHBoxLayout()
        self._beside.setSpacing(4)
        self._beside.addWidget(self.line, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._beside)
        layout.addWidget(self._label)
        layout.addWidget(self._answers)
        self.setFocusProxy(self.line)
        self._show_reason()

    def read(self, text: str) -> Value:
        """Return the value of a text that is not empty.

        Raises:
            UserError: It has none; the message says why. ``NotANumber`` and ``Ambiguous``
                are taken too.
        """
        raise NotImplementedError

    def write(self, value: Value) -> str:
        """Return the text of a value."""
        raise NotImplementedError

    @property
    def name(self) -> str:
        """What the field is called."""
        return self.line.accessibleName()

    @property
    def value(self) -> Value | None:
        """The value; ``None`` when the field is empty or its text is not taken."""
        return None if self._reason else self._value

    def set_value(self, value: Value | None) -> None:
        """Show a value, without telling anybody."""
        self._value = value
        self._reason = None
        self._written = "" if value is None else self.write(value)
        self.line.setText(self._written)
        self._show_reason()

    @property
    def error(self) -> str:
        """Why the text is not taken; empty when all is well."""
        return self._reason.sentence if self._reason else ""

    @property
    def is_valid(self) -> bool:
        """Whether the text is good as it stands."""
        return self._reason is None

    def refuse(self, sentence: str) -> None:
        """Say that the value cannot be used, for a reason the field itself does not know."""
        self._reason = Refusal(sentence)
        self._show_reason()

    @Slot()
    def commit(self) -> bool:
        """Judge the text as if the person left the field; tell whether it is good."""
        text = self.line.text().strip()
        if text == self._written and not (self._reason or self.required):
            return True
        before = self._value
        self._judge(text)
        self._show_reason()
        self.checked.emit()
        if self._reason is None and self._value != before:
            self.committed.emit(self._value)
        return self._reason is None

    def _judge(self, text: str) -> None:
        self._reason = None
        try:
            value = self.read(text) if text else None
        except REFUSALS as error:
            self._reason = refusal(error)
            return
        if value is None and self.required:
            self._reason = Refusal(tr("À remplir."))
            return
        self._value = value
        self._written = "" if value is None else self.write(value)
        self.line.setText(self._written)

    @Slot()
    def _on_typing(self) -> None:
        """Stop showing the mark of an error while it is being put right."""
        self.line.setProperty("invalid", False)
        repolish(self.line)

    def _show_reason(self) -> None:
        sentence = self.error
        self._label.setText(sentence)
        self._label.setVisible(bool(sentence))
        self.line.setProperty("invalid", bool(sentence))
        repolish(self.line)
        self.line.setAccessibleDescription(sentence)
        if sentence:
            announce(self.line, sentence)
        self._offer(self._reason)

    def _offer(self, reason: Refusal | None) -> None:
        choices = reason.choices if reason else ()
        if choices == self._offered:
            return  # the keyboard may be on its way to one of the buttons
        self._offered = choices
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for choice in choices:
            button = QPushButton(choice.label)
            button.clicked.connect(partial(self._choose, choice.text))
            self._row.addWidget(button)
        self._row.addStretch(1)
        self._answers.setVisible(bool(choices))

    def _choose(self, text: str) -> None:
        self.line.setText(text)
        self.line.setFocus()
        self.commit()
