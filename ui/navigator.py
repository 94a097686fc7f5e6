"""Going from screen to screen, and back."""

from functools import partial
from importlib import import_module
from typing import NamedTuple, cast

from PySide6.QtCore import QObject, Signal

from cantine_desktop.i18n import tr
from ui.desk import Desk
from ui.promises import PromiseScreen
from ui.screen import Screen
from ui.sections import PREFERENCES, SECTIONS, ScreenEntry, section_of
from ui.window import Page, Window

_LONGEST_TRAIL = 100
GUIDES = frozenset({"month-end"})
"""Screens that send to others of their section, step by step, and wait for the return."""


class Stop(NamedTuple):
    """Where the person was: a screen and the place of it."""

    key: str
    place: object


class Navigator(QObject):
    """Builds screens when they are first shown, and remembers the way.

    Signals:
        arrived: A screen is shown: its key.
    """

    arrived = Signal(str)

    def __init__(self, desk: Desk, window: Window, makers: dict[str, str]) -> None:
        super().__init__(desk)
        self._desk = desk
        self._window = window
        desk.room = window.room
        self._makers = makers
        self._screens: dict[str, Screen] = {}
        self._trail: list[Stop] = []
        self._here = -1
        self.current: Screen | None = None
        self._key = ""

    @property
    def key(self) -> str:
        """The key of the screen shown."""
        return self._key

    def go(self, key: str, target: object = None) -> None:
        """Show a screen, at a place of it, and remember where the person was."""
        if not self._window.is_framed:
            return
        if key in self.closed_screens():
            self._desk.tell(tr("Votre profil n’ouvre pas cet écran."))
            return
        self._note_place()
        if key != self._key:
            del self._trail[self._here + 1 :]
            self._trail = [*self._trail, Stop(key, target)][-_LONGEST_TRAIL:]
            self._here = len(self._trail) - 1
        self._show(Stop(key, target))

    def travel(self, steps: int) -> None:
        """Go back (negative) or forward along the way already made."""
        there = self._here + steps
        if 0 <= there < len(self._trail):
            self._note_place()
            self._here = there
            self._show(self._trail[there])

    def rebuild(self) -> None:
        """Build every screen again, in the language in use, and stay at the same place."""
        self._note_place()
        self.close()
        if self._trail:
            stop = self._trail[self._here]
            if stop.key in self.closed_screens():
                stop = Stop("today", None)
            self._show(stop)

    def close(self) -> None:
        """Destroy every screen."""
        self.current = None
        for screen in self._screens.values():
            self._window.forget_page(screen)
        self._screens.clear()

    def closed_sections(self) -> frozenset[str]:
        """Return the sections that the person at work may not read."""
        every = (*SECTIONS, PREFERENCES)
        return frozenset(each.key for each in every if not self._desk.may_read(each.area))

    def closed_screens(self) -> frozenset[str]:
        """Return the screens of those sections."""
        closed = self.closed_sections()
        return frozenset(
            entry.key for each in SECTIONS if each.key in closed for entry in each.screens
        )

    def _show(self, stop: Stop) -> None:
        screen = self._screen(stop.key)
        if stop.place is not None:
            screen.open_at(stop.place)
        self.current, self._key = screen, stop.key
        self._desk.settings.last_screen = stop.key
        self._window.show_page(
            Page(
                stop.key,
                screen,
                screen.title,
                screen.subtitle,
                screen.filters(),
                screen.primary(),
                screen.document() is not None,
            )
        )
        self._window.header.set_back(self._sent_from(stop.key))
        self.arrived.emit(section_of(stop.key).key)

    def _sent_from(self, key: str) -> ScreenEntry | None:
        """Return the guide that led here without leaving its section, if one did."""
        section = section_of(key)
        if key in GUIDES:
            return None
        for stop in reversed(self._trail[: self._here]):
            if section_of(stop.key) is not section:
                return None
            if stop.key in GUIDES:
                return next(entry for entry in section.screens if entry.key == stop.key)
        return None

    def _screen(self, key: str) -> Screen:
        if key not in self._screens:
            screen = self._make(key)
            if (layout := screen.layout()) is not None:
                layout.setContentsMargins(0, 0, 0, 0)  # the frame gives every page its margins
            screen.renamed.connect(partial(self._rename, key))
            self._screens[key] = screen
        return self._screens[key]

    def _make(self, key: str) -> Screen:
        if key not in self._makers:
            return PromiseScreen(self._desk, key)
        module, name = self._makers[key].split(":")
        maker = cast("type[Screen]", getattr(import_module(module), name))
        return maker(self._desk)

    def _note_place(self) -> None:
        if self.current is not None and self._here >= 0:
            self._trail[self._here] = Stop(self._key, self.current.place())

    def _rename(self, key: str) -> None:
        if self.current is not None and self._screens.get(key) is self.current:
            self._window.header.set_titles(self.current.title, self.current.subtitle)
            self._window.header.set_printable(self.current.document() is not None)
