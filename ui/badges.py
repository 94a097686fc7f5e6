"""The numbers of the sidebar: how many things wait in each section."""

from PySide6.QtCore import QObject, QTimer

from cantine_desktop.office.today import Today, read_today
from ui.desk import Desk
from ui.window import Window

_SHOWS = frozenset({"cold_unit", "reading", "breach", "week_signature", "canteen"})
_SETTLE_MS = 150


class Badges(QObject):
    """Counts what is to be done, after each change and on the hour of a round."""

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._desk = desk
        self._window = window
        self._soon = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._soon.timeout.connect(self.show)
        desk.changed.connect(self._on_changed)

    def show(self) -> None:
        """Count again; a profile that may not look sees no number."""
        if not self._window.is_framed or not self._desk.may_read("hygiene"):
            self._window.sidebar.set_to_do({})
            return
        with self._desk.book.read() as session:
            today = read_today(session, self._desk.book.clock())
        self._window.sidebar.set_to_do(to_do(today))

    def _on_changed(self, tables: frozenset[str]) -> None:
        if tables & _SHOWS:
            self._soon.start()


def to_do(today: Today) -> dict[str, int]:
    """Return how many things wait in each section."""
    rounds = sum(state.done < state.due for state in today.rounds)
    hygiene = len(today.breaches) + len(today.unsigned)
    return {"today": rounds, "hygiene": hygiene}
