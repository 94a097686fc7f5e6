"""Who is at work in the window: signing in at the start, locking, changing profile."""

from PySide6.QtCore import QObject, Signal
from sqlalchemy import select

from cantine_desktop.people import profiles
from cantine_desktop.people.model import Profile, ProfileKey
from ui.desk import Desk
from ui.lock import IdleWatch, LockScreen
from ui.requests import Leave
from ui.window import Window


class Access(QObject):
    """Keeps the book locked until somebody may work on it.

    Signals:
        entered: Somebody signed in: their rights may differ.
    """

    entered = Signal()

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._desk = desk
        self._window = window
        self._idle = IdleWatch(self)
        self._idle.idle.connect(self.lock)
        window.commands["lock"].triggered.connect(self.lock)

    def begin(self) -> None:
        """Sign in the profile last at work if it has no password, or ask."""
        with self._desk.book.read() as session:
            free = [
                profile.key
                for profile in profiles.active_profiles(session)
                if not profiles.has_password(session, profile.key)
            ]
            known = bool(profiles.active_profiles(session))
            guarded = profiles.has_password(session, ProfileKey.DIRECTION)
        last = self._desk.settings.last_profile
        if not known:
            self._enter()
        elif last in free:
            self._sign_in(ProfileKey(last))
        elif not guarded:
            self._sign_in(ProfileKey.DIRECTION)
        else:
            self.lock()

    def lock(self) -> None:
        """Take every right from the window until somebody signs in."""
        self._idle.wait(0)
        profiles.lock(self._desk.book)
        screen = LockScreen(self._desk)
        screen.entered.connect(self._enter)
        screen.left.connect(self._leave)
        self._window.show_full(screen)

    def pause(self) -> None:
        """Lock nothing more by itself: the counter has the window."""
        self._idle.wait(0)

    def resume(self) -> None:
        """Show the frame again, for whoever holds the book now."""
        self._enter()

    def _sign_in(self, key: ProfileKey) -> None:
        profiles.sign_in(self._desk.book, key)
        self._enter()

    def _enter(self) -> None:
        with self._desk.book.read() as session:
            minutes = session.scalar(
                select(Profile.idle_minutes).where(Profile.key == self._desk.settings.last_profile)
            )
            guarded = profiles.has_password(session, ProfileKey.DIRECTION)
        self._idle.wait(minutes if minutes and guarded else 0)
        self._window.show_frame()
        self.entered.emit()

    def _leave(self) -> None:
        self._desk.ask(Leave())
