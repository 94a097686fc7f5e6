"""Undo and redo across every screen, one step or several at once."""

from datetime import datetime
from typing import cast

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid
from typing_extensions import override

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import hour, tr, trn
from ui.desk import Desk
from ui.window import Window


class Undoing(QObject):
    """Joins the book's history to the window's menus, and tells what is kept."""

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._desk = desk
        self._window = window
        self._saved_at: datetime | None = None
        window.menus.stepping.connect(self.step)
        window.commands["undo"].triggered.connect(self.undo)
        window.commands["redo"].triggered.connect(self.redo)
        desk.changed.connect(self._on_changed)
        desk.reached.connect(self._on_reached)
        self._away = False
        self._watched: QWidget | None = None
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)
        self.show()

    def undo(self) -> None:
        """Take back the last action."""
        self.step(-1)

    def redo(self) -> None:
        """Do again what was last taken back."""
        self.step(1)

    def step(self, steps: int) -> None:
        """Undo (negative) or redo (positive) several actions, and say so."""
        book = self._desk.book
        labels = book.undo_labels if steps < 0 else book.redo_labels
        done = 0
        try:
            for _ in range(min(abs(steps), len(labels))):
                if steps < 0:
                    book.undo()
                else:
                    book.redo()
                done += 1
        except UserError as error:
            self._desk.tell(str(error))
        else:
            if done:
                self._desk.tell(_told(steps, labels[done - 1], done))
        self.show()

    def show(self) -> None:
        """Name in the menus what can be undone and redone now."""
        book = self._desk.book
        self._window.menus.set_history(book.undo_labels, book.redo_labels)
        if self._away:
            text = tr("Le serveur ne répond plus. Nouvel essai dans un instant.")
            self._window.sidebar.set_saved(text, "error")
        elif self._saved_at is not None:
            saved = tr("Enregistré · {hour}").format(hour=hour(self._saved_at))
            self._window.sidebar.set_saved(saved)
        else:
            self._window.sidebar.set_saved(tr("Tout est enregistré"))

    def _on_reached(self, answers: bool) -> None:  # noqa: FBT001  -- a signal's argument
        self._away = not answers
        self.show()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Ctrl+Z through a field where there is nothing typed to take back."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(watched, QLineEdit):
            keys = cast("QKeyEvent", event)
            undo = keys.matches(QKeySequence.StandardKey.Undo) and not watched.isUndoAvailable()
            redo = keys.matches(QKeySequence.StandardKey.Redo) and not watched.isRedoAvailable()
            if undo or redo:
                event.ignore()
                return True
        return False

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = new if isinstance(new, QLineEdit) else None
        if self._watched is not None:
            self._watched.installEventFilter(self)

    def _on_changed(self, _tables: object) -> None:
        self._saved_at = self._desk.book.clock()
        self.show()


def _told(steps: int, label: str, done: int) -> str:
    if done == 1:
        if steps < 0:
            return tr("Annulé : {label}").format(label=label)
        return tr("Rétabli : {label}").format(label=label)
    if steps < 0:
        return trn("{n} action annulée", "{n} actions annulées", done)
    return trn("{n} action rétablie", "{n} actions rétablies", done)
