"""A person at the window who has only a keyboard and eyes.

The story runs on a thread of its own and asks the thread of the window for every key and every
look, so that a question that waits for its answer (``exec``) does not stop the story. Keys go
to the window that has the keyboard, as those of a real one do: shortcuts, lists that drop and
dialogues receive them by the same way.
"""

import sys
import traceback
from collections.abc import Callable
from threading import Event, Thread
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QTreeView,
    QWidget,
)

from ui.kit.jobs import Jobs

PATIENCE = 60
"""Seconds a person waits for the window before calling somebody."""
_GLANCE = 5
"""Milliseconds between two looks at a window that is still busy."""
_SHORT = 400
"""Timers of up to so many milliseconds are work under way; longer ones wait for a person."""


class StuckError(AssertionError):
    """The window does not answer, or not what the story expects."""


class _Asked(NamedTuple):
    do: Callable[[], object]
    answers: list[object]
    done: Event


class _Desk(QObject):
    """Does on the thread of the window what the story asks for."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.asked.connect(self._do, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _do(self, asked: _Asked) -> None:
        try:
            asked.answers.append(asked.do())
        except BaseException as error:  # noqa: BLE001  -- raised again where it was asked
            asked.answers.append(error)
        asked.done.set()


class Person:
    """Types, and reads what the window shows.

    Attributes:
        keys: Keys pressed since the start, a chord counted once; not the letters of a text.
        letters: Letters of texts typed since the start.
        screens: Titles of the screens and dialogues gone through, in order.
    """

    def __init__(self, window: QWidget) -> None:
        self._window = window
        window.activateWindow()
        self._desk = _Desk()
        self._pressed: list[_Asked] = []
        self.keys = 0
        self.letters = 0
        self.screens: list[str] = []

    def live(self, qtbot, story: Callable[["Person"], None]) -> None:
        """Go through a story to its end; what it raises is raised here."""
        raised: list[BaseException] = []
        over = Event()

        def run() -> None:
            try:
                story(self)
            except BaseException as error:  # noqa: BLE001  -- raised again below
                raised.append(error)
            self._give_up()
            over.set()

        Thread(target=run, name="story", daemon=True).start()
        qtbot.waitUntil(over.is_set, timeout=3_600_000)
        if raised:
            raise raised[0]

    # -- keys

    def press(self, *sequences: str) -> None:
        """Press keys, each named as Qt does: ``"Y"``, ``"Return"``, ``"Ctrl+Return"``."""
        for sequence in sequences:
            chord = QKeySequence(sequence)[0]
            self.keys += 1
            self._key(chord.key(), chord.keyboardModifiers(), sequence)

    def type(self, text: str) -> None:
        """Type a text, one key for each character."""
        for character in text:
            self.letters += 1
            self._key(character, Qt.KeyboardModifier.NoModifier, text)

    def _key(self, key, held, told: str) -> None:

        def do() -> None:
            QTest.keyClick(QGuiApplication.focusWindow(), key, held)

        asked = self._ask(do)
        self._settle(asked, told)

    # -- eyes

    def look(self, see: Callable[[], object]):
        """Return what a look at the window finds.

        Raises:
            StuckError: The window does not answer.
        """
        asked = self._ask(see)
        if not asked.done.wait(PATIENCE):
            raise StuckError(_where("the window does not answer a look"))
        answer = asked.answers[0]
        if isinstance(answer, BaseException):
            raise answer
        return answer

    @property
    def text(self) -> str:
        """Every word in sight in the window that has the keyboard."""
        return _plain(self.look(_words))

    @property
    def focus(self) -> str:
        """What has the keyboard, as a screen reader would say it."""
        return _plain(self.look(_focus))

    @property
    def title(self) -> str:
        """The title of the dialogue or of the screen."""
        return self.look(lambda: _title(self._window))

    def expect(self, *words: str) -> None:
        """Stop the story unless these words are in sight.

        Raises:
            StuckError: They are not.
        """
        shown = self.text
        for each in words:
            if _plain(each) not in shown:
                raise StuckError(f"« {each} » is not in sight; focus {self.focus}:\n{shown}")

    def until(self, is_so: Callable[[], bool], told: str) -> None:
        """Wait until a look finds something.

        Raises:
            StuckError: It never does.
        """
        seen = Event()
        failed: list[BaseException] = []

        def watch() -> None:
            timer = QTimer(self._desk, interval=_GLANCE)

            def glance() -> None:
                try:
                    so = is_so()
                except BaseException as error:  # noqa: BLE001  -- raised again below
                    failed.append(error)
                    so = True
                if so:
                    timer.stop()
                    timer.deleteLater()
                    seen.set()

            timer.timeout.connect(glance)
            timer.start()

        self.look(watch)
        if not seen.wait(PATIENCE):
            raise StuckError(_where(f"waited in vain for {told}"))
        if failed:
            raise failed[0]

    # -- the two threads

    def _ask(self, do: Callable[[], object]) -> _Asked:
        asked = _Asked(do, [], Event())
        self._desk.asked.emit(asked)
        return asked

    def _settle(self, pressed: _Asked, told: str) -> None:
        """Wait until the key was taken and the work it began is over."""
        self._pressed = [*(each for each in self._pressed if not each.done.is_set()), pressed]
        self.until(self._is_quiet, f"the end of the work that {told} began")
        if pressed.answers and isinstance(pressed.answers[0], BaseException):
            raise pressed.answers[0]
        self.look(self._manage_windows)
        title = self.title
        if title and (not self.screens or self.screens[-1] != title):
            self.screens.append(title)

    def _is_quiet(self) -> bool:
        """Tell whether nothing is under way: a key that opened a question waits for its answer."""
        asking = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        open_keys = any(not each.done.is_set() for each in self._pressed)
        return not _busy() and (asking is not None or not open_keys)

    def _manage_windows(self) -> None:
        """Give the keyboard back to the window when a dialogue closed, as any desktop does."""
        if QApplication.activeWindow() is None and QApplication.activePopupWidget() is None:
            (QApplication.activeModalWidget() or self._window).activateWindow()

    def _give_up(self) -> None:
        """Close every dialogue, so that what waits for an answer has one."""

        def close() -> None:
            for widget in QApplication.topLevelWidgets():
                if isinstance(widget, QDialog) and widget.isVisible():
                    widget.reject()

        self._ask(close)


def _busy() -> bool:
    for top in QApplication.topLevelWidgets():
        for jobs in top.findChildren(Jobs):
            if jobs.running:
                return True
        for timer in top.findChildren(QTimer):
            if timer.isActive() and timer.isSingleShot() and timer.interval() <= _SHORT:
                return True
    return False


def _top() -> QWidget:
    return QApplication.activePopupWidget() or QApplication.activeWindow()


def _title(window) -> str:
    top = _top()
    if top is None or top is window:
        return window.header._title.text() if hasattr(window.header, "_title") else ""
    return top.windowTitle()


def _focus() -> str:
    widget = QApplication.focusWidget()
    if widget is None:
        return "nothing"
    name = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
    return f"{type(widget).__name__} « {name} »"


def _words() -> str:
    top = _top()
    if top is None:
        return ""
    told: list[str] = []
    for widget in top.findChildren(QWidget):
        if not widget.isVisible() or widget.visibleRegion().isEmpty():
            continue
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            told.append(widget.text())
        elif isinstance(widget, QPlainTextEdit):
            told.append(widget.toPlainText())
        elif isinstance(widget, QComboBox):
            told.append(widget.currentText())
        elif isinstance(widget, QAbstractItemView):
            told.append(_rows(widget))
    return "\n".join(text for text in told if text)


def _plain(text: str) -> str:
    """Return a text with plain spaces."""
    return text.replace("\u202f", " ").replace("\xa0", " ")


def _rows(view: QAbstractItemView) -> str:
    """Return the rows of a list that are in sight."""
    model = view.model()
    if model is None:
        return ""
    told: list[str] = []
    height = view.viewport().height()
    columns = range(_columns(view))
    for row in range(model.rowCount()):
        box = view.visualRect(model.index(row, 0))
        if box.bottom() < 0:
            continue
        if box.top() > height:
            break
        cells = [model.index(row, column).data() for column in columns]
        mark = "> " if view.currentIndex().row() == row else "  "
        told.append(mark + " | ".join(str(cell) for cell in cells if cell))
    return "\n".join(told)


def _columns(view: QAbstractItemView) -> int:
    if isinstance(view, QTreeView):
        return view.header().count()
    return view.horizontalHeader().count() if isinstance(view, QTableView) else 1


def _where(told: str) -> str:
    """Return the words with where every thread stands."""
    stacks = [
        "".join(traceback.format_stack(frame)[-6:]) for frame in sys._current_frames().values()
    ]
    return told + "\n" + "\n---\n".join(stacks)
