"""A few lines about somebody, coloured and drawn by their state, and the buttons under them."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListWidget, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.i18n import tr
from cantine_desktop.staff.contracts.queries import Line
from ui.kit.flow import FlowLayout
from ui.kit.labels import heading, wrapped
from ui.kit.theme import scaled
from ui.kit.way_list import WayList

_DRAWINGS = {
    "": ("check", "muted"),
    "warn": ("clock", "warn"),
    "bad": ("warning-octagon-fill", "bad"),
}
_TALLEST = 5
"""Lines seen at once before the list scrolls."""

_EDGE = 5
"""Pixels around the rows, at 100 %."""


class ShortList(QWidget):
    """A heading, its lines, what is said while there is none, and buttons.

    Args:
        title: What the lines are.
        empty: One sentence while there is none.
    """

    def __init__(self, parent: QWidget, title: str, empty: str = "") -> None:
        super().__init__(parent)
        self.title = title
        self.list = WayList(title)
        self.list.setTabKeyNavigation(False)
        self.empty = wrapped(empty, "muted")
        self.lines: tuple[Line, ...] = ()
        self._buttons: list[tuple[QPushButton, bool, bool]] = []
        self._bar = QWidget(self)
        self._flow = FlowLayout(scaled(8), self._bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(6))
        for part in (heading(title), self.empty, self.list, self._bar):
            column.addWidget(part)

    def button(
        self,
        words: str,
        do: Callable[[], object],
        *,
        about_line: bool = False,
        changes: bool = True,
    ) -> QPushButton:
        """Add a button.

        Args:
            words: What it does.
            do: Does it.
            about_line: It is off while there is no line.
            changes: It is off for those who may only read.
        """
        made = QPushButton(words, self._bar)
        if about_line:
            made.setAccessibleName(tr("{deed} : {what}").format(deed=words, what=self.title))
        made.clicked.connect(do)
        self._buttons.append((made, about_line, changes))
        self._flow.addWidget(made)
        return made

    @property
    def current(self) -> Line | None:
        """The current line."""
        row = self.list.currentRow()
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def show_lines(self, lines: Sequence[Line], *, may: bool) -> None:
        """Show other lines; the place of the current one is kept."""
        # Whoever follows the current line reads it again afterwards, once.
        self.list.blockSignals(True)
        place = self.list.empty()
        self.lines = tuple(lines)
        for line in lines:
            drawing = ("paperclip", "muted") if line.attachment_id else _DRAWINGS[""]
            drawing = _DRAWINGS[line.tone] if line.tone else drawing
            self.list.add(drawing, line.words, line.key)
        self.list.go_back(place)
        self.list.blockSignals(False)
        self.list.setVisible(bool(lines))
        self.empty.setVisible(not lines and bool(self.empty.text()))
        fit_rows(self.list, _TALLEST)
        for button, about_line, changes in self._buttons:
            button.setEnabled((may or not changes) and (bool(lines) or not about_line))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fit_rows(self.list, _TALLEST)


def fit_rows(rows: QListWidget, tallest: int) -> None:
    """Make a list as high as its rows, as far as some of them: more of them scroll."""
    shown = min(rows.count(), tallest)
    if not shown:
        return
    rows.doItemsLayout()
    first, last = rows.visualItemRect(rows.item(0)), rows.visualItemRect(rows.item(shown - 1))
    rows.setFixedHeight(last.bottom() - first.top() + 2 * scaled(_EDGE))
