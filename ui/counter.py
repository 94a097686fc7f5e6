"""The counter takes the window: what begins it, and what ends it."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.meals.services.queries import ServiceRow, current_service, service_row
from cantine_desktop.people.way_out import has_code, hold_counter, ways_out
from cantine_desktop.storage.rights import Actor
from ui.desk import Desk
from ui.window import Window


class Counter(QObject):
    """Puts the counter alone in the window, and asks who leaves it.

    Signals:
        began: The counter has the window.
        ended: The rest of the application is back: somebody may have signed in.
    """

    began = Signal()
    ended = Signal()

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._desk, self._window = desk, window
        self._before: Actor | None = None
        desk.counter_wanted.connect(self.begin)

    @Slot(object)
    def begin(self, key: object = None) -> None:
        """Open the counter of a service by its key, or of the one at hand.

        Where nothing would guard it, a code to leave it is chosen first.
        """
        from ui.meals.counter import CounterPage  # noqa: PLC0415  -- opened once a day at most

        service = self._service(key)
        if service is None:
            self._desk.tell(tr("Aucun service à tenir : posez-en un dans le calendrier."))
            return
        if not self._is_guarded():
            return
        try:
            self._before = hold_counter(self._desk.book)
        except UserError as error:
            self._desk.tell(str(error))
            return
        page = CounterPage(self._desk, service)
        page.left.connect(self.leave)
        self._window.may_close = self.leave
        self.began.emit()
        self._window.show_full(page, alone=True)

    @Slot()
    def leave(self) -> bool:
        """Ask for the secret; return whether somebody was let through."""
        from ui.meals.counter_code import LeaveDialog  # noqa: PLC0415

        if self._before is None or _is_shutting_down():
            return True  # a computer that shuts down asks nothing
        dialog = LeaveDialog(self._desk, self._window, self._before)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return False
        self._before = None
        self._window.may_close = _always
        if dialog.profile is not None:
            self._desk.settings.last_profile = str(dialog.profile)
        self.ended.emit()
        return True

    def _service(self, key: object) -> ServiceRow | None:
        with self._desk.book.read() as session:
            if isinstance(key, int):
                return service_row(session, key)
            return current_service(session, self._desk.book.clock())

    def _is_guarded(self) -> bool:
        from ui.meals.counter_code import CodeDialog  # noqa: PLC0415

        with self._desk.book.read() as session:
            guarded, coded = bool(ways_out(session)), has_code(session)
        if guarded:
            return True
        dialog = CodeDialog(self._desk, self._window, has_code=coded)
        return dialog.exec() == QDialog.DialogCode.Accepted


def _is_shutting_down() -> bool:
    application = QGuiApplication.instance()
    return isinstance(application, QGuiApplication) and application.isSavingSession()


def _always() -> bool:
    return True
