"""Judges the hours of a week beside the window, and hands over what the rules say of them."""

from datetime import date

from PySide6.QtCore import QObject, Signal

from cantine_desktop.staff.hours.judging import Sayings, said_of_week
from ui.desk import Desk
from ui.kit.jobs import Job


class HoursWatch(QObject):
    """Keeps what the rules say of the week shown.

    Attributes:
        said: By member and day; empty until it was judged.

    Signals:
        changed: They say something else.
    """

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._job: Job | None = None
        self.said: Sayings = {}

    def judge(self, monday: date) -> None:
        """Judge a week; what was asked before is given up."""
        self.stop()
        book = self._desk.book

        def read() -> Sayings:
            with book.read() as session:
                return said_of_week(session, monday)

        self._job = self._desk.jobs.run(read, self._take, self._on_failed)

    def stop(self) -> None:
        """Give up what is being judged."""
        if self._job is not None:
            self._job.stop()
            self._job = None

    def _take(self, said: Sayings) -> None:
        self._job = None
        if said != self.said:
            self.said = said
            self.changed.emit()

    def _on_failed(self, error: BaseException) -> None:
        self._job = None
        raise error
