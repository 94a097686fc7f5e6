"""Labels and fields under one another, in sections; what is wrong is summed up at the top."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cantine_desktop.i18n import tr, trn
from ui.kit import icons
from ui.kit.field import Field, take_typed
from ui.kit.notice import Notice
from ui.kit.theme import scaled, set_role

_NARROW = 440
"""Width, in pixels at 100 %, under which labels stand above their fields."""


@dataclass(frozen=True)
class _Row:
    """A row of a form: where it stands, its label, its widget, its help."""

    grid: QGridLayout
    place: int
    title: QLabel
    widget: QWidget
    note: QLabel | None

    def arrange(self, *, narrow: bool) -> None:
        """Put the label beside the widget, or above it."""
        top = Qt.AlignmentFlag.AlignTop
        place, across = 3 * self.place, 0 if narrow else 1
        self.title.setMinimumHeight(0 if narrow else scaled(32))
        self.grid.addWidget(self.title, place, 0, 1, 2 if narrow else 1, top)
        self.grid.addWidget(self.widget, place + narrow, across, 1, 2 - across)
        if self.note is not None:
            self.grid.addWidget(self.note, place + 2, across, 1, 2 - across)


class Form(QWidget):
    """Rows of a label and what is filled in beside it, or below it where room is short.

    Nothing waits for an OK button: each field is committed when it is left.

    Signals:
        committed: A field was left with a new, good value (its key, the value).
    """

    committed = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[str, QWidget] = {}
        self._rows: list[_Row] = []
        self._is_narrow = False
        self._summary = Notice()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(scaled(12))
        self._column.addWidget(self._summary)
        self._grid = self._new_grid(self._column)
        self._column.addStretch(1)

    def section(self, title: str) -> None:
        """Start a group of fields under a title."""
        heading = QLabel(title)
        set_role(heading, "h2")
        self._column.insertSpacing(self._column.count() - 1, scaled(4))
        self._column.insertWidget(self._column.count() - 1, heading)
        self._grid = self._new_grid()

    def more(self, *, is_open: bool = False) -> "More":
        """Start a group of fields that are shown on request: « Plus d’options »."""
        more = More(is_open=is_open)
        self._column.insertWidget(self._column.count() - 1, more)
        self._grid = self._new_grid(more.body)
        return more

    def add(self, key: str, label: str, widget: QWidget, help_text: str = "") -> None:
        """Add a row.

        Args:
            key: Name of the field for programs; told when it is committed.
            label: What stands at its left; screen readers say it with the field.
            widget: A field of ``ui.kit.fields``, a check box, a combo or a text area.
            help_text: A muted line below it.
        """
        self._fields[key] = widget
        title = QLabel(label)
        title.setBuddy(widget)
        title.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        title.setWordWrap(True)
        _name(widget, label)
        note = None
        if help_text:
            note = QLabel(help_text)
            note.setWordWrap(True)
            set_role(note, "small")
        row = _Row(self._grid, len(self._rows), title, widget, note)
        row.arrange(narrow=self._is_narrow)
        self._rows.append(row)
        _watch(widget, partial(self._tell, key))

    def field(self, key: str) -> QWidget:
        """Return the widget of a row."""
        return self._fields[key]

    @property
    def errors(self) -> dict[str, str]:
        """What is wrong now: sentences by key."""
        return {
            key: field.error
            for key, field in self._fields.items()
            if isinstance(field, Field) and field.error
        }

    def check(self) -> bool:
        """Judge every field, sum up what is wrong at the top, and go to the first one."""
        take_typed()
        for field in self._fields.values():
            if isinstance(field, Field):
                field.commit()
        errors = self.errors
        if not errors:
            self._summary.clear()
            return True
        first = self._fields[next(iter(errors))]
        said = trn("{n} champ à corriger", "{n} champs à corriger", len(errors))
        names = [self._name(key) for key in errors]
        self._summary.tell("bad", f"{said}{_COLON}{', '.join(names)}.")
        first.setFocus()
        return False

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < scaled(_NARROW)
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            for row in self._rows:
                row.arrange(narrow=narrow)

    def _name(self, key: str) -> str:
        field = self._fields[key]
        return field.name if isinstance(field, Field) else key

    def _tell(self, key: str, value: object) -> None:
        if self._summary.text and not self.errors:
            self._summary.clear()
        self.committed.emit(key, value)

    def _new_grid(self, column: QVBoxLayout | None = None) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(scaled(16))
        grid.setVerticalSpacing(scaled(8))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 2)
        if column is None:
            self._column.insertLayout(self._column.count() - 1, grid)
        else:
            column.addLayout(grid)
        return grid


_COLON = "\u00a0: "


class More(QWidget):
    """Fields that few people need, folded away.

    Signals:
        toggled: It was opened or folded (``bool``), for the settings to remember.
    """

    toggled = Signal(bool)

    def __init__(self, *, is_open: bool = False) -> None:
        super().__init__()
        self._button = QToolButton()
        self._button.setText(tr("Plus d’options"))
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._button.setCheckable(True)
        set_role(self._button, "fold")
        self._button.toggled.connect(self._fold)
        self._inner = QWidget()
        self.body = QVBoxLayout(self._inner)
        self.body.setContentsMargins(0, 0, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.addWidget(self._button)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addWidget(self._inner)
        self._button.setChecked(is_open)
        self._fold(is_open)

    @property
    def is_open(self) -> bool:
        """Whether its fields are shown."""
        return self._button.isChecked()

    @Slot(bool)
    def _fold(self, is_open: bool) -> None:  # noqa: FBT001  -- Qt's signal
        self._button.setIcon(icons.icon("caret-down" if is_open else "caret-right", "primary"))
        self._inner.setVisible(is_open)
        self.toggled.emit(is_open)


class _AreaWatch(QObject):
    """Tells the text of an area when it is left with another one."""

    def __init__(self, area: QPlainTextEdit, tell: Callable[[str], object]) -> None:
        super().__init__(area)
        self._area, self._tell, self._told = area, tell, area.toPlainText()
        area.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.lostFocus():
            text = self._area.toPlainText()
            if text != self._told:
                self._told = text
                self._tell(text)
        return False


def watch_text(area: QPlainTextEdit, tell: Callable[[str], object]) -> None:
    """Tell the text of an area each time it is left with another one; Tab leaves it."""
    area.setTabChangesFocus(True)
    _AreaWatch(area, tell)


def _name(widget: QWidget, label: str) -> None:
    """Name a widget for screen readers; a field of the kit has its own name."""
    if not isinstance(widget, Field):
        widget.setAccessibleName(label)


def _watch(widget: QWidget, tell: Callable[[Any], object]) -> None:
    match widget:
        case Field():
            widget.committed.connect(tell)
        case QCheckBox():
            widget.toggled.connect(tell)
        case QComboBox():
            widget.activated.connect(tell)
        case QPlainTextEdit():
            watch_text(widget, tell)
        case _:
            pass
