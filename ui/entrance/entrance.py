"""Which book is open: the last one, the demonstration, a new one; and the way between them."""

from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QFileDialog

from cantine_desktop import settings as settings_file
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.logs import Log
from cantine_desktop.settings import Settings
from ui import requests
from ui.entrance.looks import Looks
from ui.entrance.single import Claim, is_same
from ui.entrance.welcome import WelcomePage
from ui.errors import Reporter
from ui.kit.jobs import Jobs
from ui.kit.wheel import WheelGuard
from ui.places import SUFFIX, backup_folders, books_folder, demo_file
from ui.requests import Opening, Request
from ui.window import Window


class Open(Protocol):
    """What the entrance knows of an open book at work."""

    def close(self, *, back_up: bool) -> None:
        """Back up if asked, and let the book go."""


class Entrance(QObject):
    """Opens and leaves books; between two of them, the welcome.

    Attributes:
        reporter: Catches unexpected errors.
        looks: Applies the settings of appearance.
        workplace: The book at work; none during the welcome.

    Signals:
        ready: A screen, or the welcome, is there to work with.
        refused: A book could not be opened: why, and what to do.
        leaving: Another window has the book: this one may go.
    """

    ready = Signal()
    refused = Signal(str)
    leaving = Signal()

    def __init__(self, window: Window, settings: Settings) -> None:
        super().__init__(window)
        window.settle()
        self._window = window
        self._settings = settings
        self._log = Log()
        self._jobs = Jobs(self)
        self._claim = Claim(self)
        self.workplace: Open | None = None
        self._request: Opening = requests.OpenDemo()
        self.looks = Looks(window, settings)
        self.reporter = Reporter(self._log, window)
        self.reporter.install()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        if application.findChild(WheelGuard) is None:
            WheelGuard(application)
        self._connect()

    def begin(self, location: str, *, demo: bool) -> None:
        """Open what was asked, or the last book, or welcome the person."""
        if demo:
            self.bring(requests.OpenDemo())
        elif wanted := location or self._settings.last_book:
            self.bring(requests.OpenBook(wanted))
        else:
            self.welcome()

    def bring(self, request: Request) -> None:
        """Leave the present book and have another one."""
        if isinstance(request, requests.Leave):
            self.welcome()
            return
        location = _location(request)
        if self._claim.call_other(location) and not self._holds(location):
            if self.workplace is None:
                self.leaving.emit()
            return
        # The copy made before restoring serves as backup; one more could push out the very
        # backup that was chosen.
        self._leave(back_up=not isinstance(request, requests.RestoreBook))
        self._request = request
        self._window.show_waiting(tr("Ouverture de « {name} »…").format(name=Path(location).name))
        folders = backup_folders(self._settings, location)
        self._jobs.run(partial(_fulfil, request, folders), self._enter, self._fail)

    def welcome(self, problem: UserError | None = None) -> None:
        """Leave the present book and show the ways to have one.

        Args:
            problem: Why a book could not be opened.
        """
        self._leave()
        self._window.set_canteen("")
        page = WelcomePage(self._settings, self.looks)
        page.asked.connect(self.bring)
        page.opening.connect(self.choose_file)
        if problem is not None:
            page.explain(problem, self._request)
        self._window.show_full(page, page.first)
        self.ready.emit()

    def choose_file(self) -> None:
        """Ask for a book's file, and open it."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self._window, tr("Ouvrir un fichier"), str(books_folder()), f"Cantine (*{SUFFIX})"
        )
        if chosen:
            self.bring(requests.OpenBook(chosen))

    def _enter(self, opened: object) -> None:
        from ui.workplace import Workplace  # noqa: PLC0415  -- the core is now loaded

        self._window.show_frame()
        workplace = Workplace(self._window, self._settings, opened, self.reporter)
        workplace.desk.asked.connect(self.bring)
        workplace.desk.restyled.connect(self.looks.apply)
        self.looks.language_changed.connect(workplace.rebuild)
        self.workplace = workplace
        self._claim.hold(_location(self._request))
        self._save_settings()
        self.ready.emit()

    def _fail(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            self.reporter.show_error(error)
            error = UserError(tr("Ce fichier n’a pas pu être ouvert. Rien n’y a été changé."))
        self.welcome(error)
        self.refused.emit(str(error))

    def _leave(self, *, back_up: bool = True) -> None:
        if self.workplace is not None:
            self.workplace.close(back_up=back_up)
            self.workplace = None
            self._claim.release()

    def _close(self) -> None:
        self._leave()
        self._jobs.close()
        self._save_settings()
        self.reporter.uninstall()
        self._log.close()

    def _save_settings(self) -> None:
        try:
            settings_file.save(self._settings)
        except OSError as error:
            self._log.error(error)

    def _holds(self, location: str) -> bool:
        """Tell whether the window asking and the window answering are the same."""
        return self.workplace is not None and is_same(_location(self._request), location)

    def _raise(self) -> None:
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.raise_()
        self._window.activateWindow()

    def _open_recent(self, location: str) -> None:
        self.bring(requests.OpenBook(location))

    def _start_over(self) -> None:
        self.welcome()

    def _connect(self) -> None:
        window = self._window
        window.closing.connect(self._close)
        window.banner.clicked.connect(self._start_over)
        window.menus.opening.connect(self._open_recent)
        window.commands["open"].triggered.connect(self.choose_file)
        window.commands["create"].triggered.connect(self._start_over)
        window.commands["demo"].triggered.connect(partial(self.bring, requests.OpenDemo()))
        self._claim.called.connect(self._raise)


def _fulfil(request: Opening, folders: list[Path]) -> object:
    from ui.entrance.opening import fulfil  # noqa: PLC0415  -- loads the core, on this thread

    return fulfil(request, folders)


def _location(request: Opening) -> str:
    """Return the file or the address that will be open once a request is done."""
    match request:
        case requests.OpenBook(location):
            return location
        case requests.CreateBook():
            return request.location
        case requests.RestoreBook(target=target) | requests.MoveBook(target=target):
            return str(target)
        case requests.OpenDemo():
            return str(demo_file())
