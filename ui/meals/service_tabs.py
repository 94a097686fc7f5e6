"""The tabs of a service’s page: what matters in a few lines, and the way to the right screen."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cantine_desktop.i18n import tr
from ui.kit.flow import FlowLayout
from ui.kit.form import watch_text
from ui.kit.labels import wrapped
from ui.kit.notice import Notice
from ui.kit.theme import scaled, set_role
from ui.meals.service_reading import TabWords


class WordsTab(QScrollArea):
    """A sentence, names and values, then buttons.

    Args:
        name: The tab, for screen readers.
        ways: What can be done; each is a button, shown while it can be.
        parent: What holds it.
    """

    def __init__(self, name: str, ways: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget(self)
        set_role(page, "page")
        card = QFrame(page)
        set_role(card, "card")
        self.notice = Notice()
        self.sentence = wrapped(role="h2")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(scaled(24))
        self._grid.setVerticalSpacing(scaled(10))
        self._grid.setColumnStretch(1, 1)
        self.buttons: dict[QAction, QPushButton] = {}
        flow = FlowLayout(scaled(8))
        for action in ways:
            button = QPushButton(action.text(), card)
            button.clicked.connect(action.trigger)
            self.buttons[action] = button
            flow.addWidget(button)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(scaled(20), scaled(16), scaled(20), scaled(16))
        inner.setSpacing(scaled(14))
        inner.addWidget(self.notice)
        inner.addWidget(self.sentence)
        inner.addLayout(self._grid)
        inner.addLayout(flow)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        self.setWidget(page)
        self._labels: list[QLabel] = []

    def show_words(self, words: TabWords) -> None:
        """Show other words."""
        if words.kind == "warn":
            self.notice.tell("warn", words.sentence)
        elif words.kind == "bad":
            self.notice.tell("bad", words.sentence)
        else:
            self.notice.clear()
        self.sentence.setText(words.sentence)
        self.sentence.setVisible(bool(words.sentence) and words.kind not in {"warn", "bad"})
        for label in self._labels:
            self._grid.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._labels = []
        for place, (name, value) in enumerate(words.lines):
            head, told = QLabel(name, self), wrapped(value)
            set_role(head, "muted")
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(head, place, 0, top)
            self._grid.addWidget(told, place, 1)
            self._labels += [head, told]

    def show_ways(self) -> None:
        """Show the buttons of what can be done now."""
        for action, button in self.buttons.items():
            button.setText(action.text())
            button.setVisible(action.isEnabled())


class NotesTab(QWidget):
    """Free words for the team, kept when they are left; what happened that day.

    Signals:
        kept: The note was changed (its words).
        marked: Something about that day is to be noted, for the charts (its words).
    """

    kept = Signal(str)
    marked = Signal(str)

    def __init__(self, parent: QWidget, *, may_write: bool) -> None:
        super().__init__(parent)
        self.note = QPlainTextEdit(self)
        self.note.setAccessibleName(tr("Note pour l’équipe"))
        self.note.setPlaceholderText(
            tr("Ce que l’équipe doit savoir de ce service. La note est gardée quand on la quitte.")
        )
        self.note.setReadOnly(not may_write)
        watch_text(self.note, self.kept.emit)
        self.day = wrapped(role="muted")
        self.mark = QLineEdit(self)
        self.mark.setAccessibleName(tr("Repère de ce jour, puis Entrée"))
        self.mark.setPlaceholderText(
            tr("Repère de ce jour, pour les courbes : nouvelle affiche, travaux… puis Entrée")
        )
        self.mark.setMaxLength(80)
        self.mark.setEnabled(may_write)
        self.mark.returnPressed.connect(self._mark)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(10))
        column.addWidget(self.note, 1)
        column.addWidget(self.mark)
        column.addWidget(self.day)

    @Slot()
    def _mark(self) -> None:
        words = self.mark.text().strip()
        if words:
            self.mark.clear()
            self.marked.emit(words)

    def show_note(self, words: str, day_notes: Sequence[str]) -> None:
        """Show another note, unless it is being written."""
        if not self.note.hasFocus() and self.note.toPlainText() != words:
            self.note.setPlainText(words)
        told = tr("Repères de ce jour : {words}").format(words=" ; ".join(day_notes))
        self.day.setText(told if day_notes else "")
        self.day.setVisible(bool(day_notes))
