"""The real window on the demonstration, in one look at a time, and the ways to each screen."""

import sys
import time
import traceback
from collections.abc import Callable
from threading import Barrier
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cantine_desktop.i18n import tr, use_language
from cantine_desktop.people.way_out import set_code
from cantine_desktop.settings import Settings
from ui.entrance.entrance import Entrance
from ui.gallery import Gallery
from ui.kit import theme
from ui.preferences.pages import PAGES
from ui.sections import PREFERENCES, SECTIONS
from ui.window import Window

WIDTH, HEIGHT = 1366, 768
"""The smallest laptop that canteens have."""

GALLERY = "gallery"
"""Its sample texts are for developers, and French alone."""

PATIENCE = 20
"""Seconds a book may take to open."""


class Look(NamedTuple):
    """One way the window can look."""

    scheme: str
    language: str
    scale: int

    @property
    def name(self):
        return f"{self.scheme}-{self.language}-{self.scale}"


LOOKS = [
    Look(scheme, language, scale)
    for scale in (100, 150)
    for scheme in ("light", "dark")
    for language in ("fr", "en")
]
LARGEST = 200
"""The text scale at which screens may scroll, in percent."""
LOOKS.append(Look("light", "fr", LARGEST))


def quiet(_kind, _context, message):
    """Write what Qt says, except that an offscreen window has no frame to size."""
    if "propagateSizeHints" not in message:
        sys.stderr.write(f"{message}\n")


class Station(NamedTuple):
    """A place to picture: its name for the file, and the way there."""

    name: str
    reach: Callable[[], QWidget]


class Stage:
    """The window in one look, with a book open."""

    def __init__(self, application, look, book):
        self._application = application
        use_language(look.language)
        theme.apply(application, look.scheme, look.scale)
        self._settings = Settings(
            language=look.language, theme=look.scheme, text_scale=look.scale, last_book=str(book)
        )
        self.window = Window(self._settings)
        self.window.resize(WIDTH, HEIGHT)
        self.window.show()
        self._entrance = Entrance(self.window, self._settings)
        self._ready = []
        self._entrance.ready.connect(self._note)
        self._entrance.begin(str(book), demo=False)
        self.errors = []
        sys.excepthook = self._note_error
        self._gallery = None
        self._wait_for(lambda: bool(self._ready))

    def _note(self):
        self._ready.append(True)

    def _note_error(self, _kind, error, trace):
        """Keep what the window would have shown in its report."""
        last = traceback.extract_tb(trace)[-1]
        self.errors.append(f"{type(error).__name__}: {error} ({last.name}, line {last.lineno})")

    def close(self):
        """Leave the book and destroy every window."""
        for widget in (self._gallery, self.window):
            if widget is not None:
                widget.close()
                widget.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self._application.processEvents()
        sys.excepthook = sys.__excepthook__

    def settle(self):
        """Wait until jobs have delivered and layouts stand still."""
        if self._workplace is not None:
            self._wait_for_jobs(self._workplace.desk.jobs._pool)
        for _ in range(3):
            QApplication.sendPostedEvents()
            self._application.processEvents()

    @property
    def _workplace(self):
        return self._entrance.workplace

    def _wait_for_jobs(self, pool):
        """Wait until every thread of a pool meets at a barrier: earlier work is then done."""
        meeting = Barrier(pool._max_workers)
        waiting = [pool.submit(meeting.wait, PATIENCE) for _ in range(pool._max_workers)]
        self._wait_for(lambda: all(future.done() for future in waiting))

    def _wait_for(self, condition):
        limit = time.monotonic() + PATIENCE
        while not condition():
            QTest.qWait(5)
            if time.monotonic() > limit:
                sys.excepthook = sys.__excepthook__
                raise AssertionError("the window does not come to rest", self.errors)

    def stations(self):
        """Return every place of the application, in the order one would visit them."""
        places = [
            Station(entry.key, lambda key=entry.key: self._go(key))
            for section in SECTIONS
            for entry in section.screens
        ]
        places += [
            Station(f"preferences-{page.key}", lambda key=page.key: self._go("preferences", key))
            for page in PAGES
        ]
        places += [Station("palette", self._palette)]
        places += [
            Station(f"{GALLERY}-{n + 1:02}", lambda n=n: self._show_case(n))
            for n in range(self._cases.pages.count())
        ]
        places += [Station("counter", self._counter)]
        return [*places, Station("locked", self._lock), Station("welcome", self._welcome)]

    def _go(self, key, target=None):
        self._workplace.navigator.go(key, target)
        return self.window

    def _palette(self):
        self._go(SECTIONS[0].screens[0].key)
        self.window.activateWindow()
        QApplication.processEvents()
        search = self.window.header.search
        search.open_palette()
        QTest.keyClicks(search, tr("Relevés")[:4].lower())
        return self.window

    @property
    def _cases(self):
        if self._gallery is None:
            self._gallery = Gallery(self._application)
            self._gallery.resize(WIDTH, HEIGHT)
        return self._gallery

    def _show_case(self, number):
        self._cases.show()
        self._cases.pages.setCurrentRow(number)
        return self._cases

    def _counter(self):
        self._cases.hide()
        desk = self._workplace.desk
        set_code(desk.book, "2580")
        QTimer.singleShot(0, self._answer)
        desk.keep_counter()
        self.window.may_close = lambda: True  # the sweep leaves without the code
        return self.window

    @staticmethod
    def _answer():
        QApplication.activeModalWidget().accept()

    def _lock(self):
        self._cases.hide()
        self._workplace.access.lock()
        return self.window

    def _welcome(self):
        self._entrance.welcome()
        return self.window


def every_key():
    """Return the keys of all screens, to check what was asked for."""
    return [entry.key for section in (*SECTIONS, PREFERENCES) for entry in section.screens]
