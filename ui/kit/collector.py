"""Cycles of Python objects are freed on the window's thread, whatever runs beside it."""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY = 500
"""Milliseconds between two looks at what can be freed."""
_YOUNG = 700
"""Objects made since the last look under which there is nothing worth freeing."""
_DEEP = 20
"""Looks after which the older objects are looked at too."""


class Collector(QObject):
    """Frees cycles from the window's thread while other threads work.

    Python frees cycles on whichever thread happens to make one object too many. When that is
    a worker, and a closed dialog is among what is freed, its widgets are destroyed outside the
    window's thread, and Qt crashes. So the automatic way rests while a worker runs.
    """

    _working = 0

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._looks = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self._look)

    @property
    def is_on(self) -> bool:
        """Whether cycles are freed here and nowhere else."""
        return self._timer.isActive()

    def start(self) -> None:
        """Free cycles here from now on. Does nothing when it is on."""
        if not self.is_on:
            Collector._working += 1
            gc.disable()
            self._timer.start()

    def stop(self) -> None:
        """Let Python free cycles again, when no other collector is on."""
        if self.is_on:
            self._timer.stop()
            Collector._working -= 1
            if not Collector._working:
                gc.enable()

    @Slot()
    def _look(self) -> None:
        self._looks += 1
        if self._looks % _DEEP == 0:
            gc.collect()
        elif gc.get_count()[0] > _YOUNG:
            gc.collect(1)
