"""From nothing to the first paint, and from the last window to the exit code."""

import os
import sys
import tempfile
from pathlib import Path
from time import process_time

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from cantine_desktop import settings as settings_file
from cantine_desktop.i18n import use_language
from cantine_desktop.settings import FOLDER_VARIABLE, Settings
from ui.kit import theme
from ui.kit.icons import icon
from ui.options import Options
from ui.window import NAME, Window

HEAVY = ("sqlalchemy", "alembic", "reportlab", "matplotlib", "numpy", "babel", "msgspec", "pikepdf")
"""Libraries that must not be imported before the first paint."""


class Start(QObject):
    """Waits for the first paint, then brings the rest.

    Attributes:
        code: What the program returns.
    """

    def __init__(
        self, options: Options, settings: Settings, window: Window, look: theme.Theme
    ) -> None:
        super().__init__(window)
        self._look = look
        self._options = options
        self._settings = settings
        self._window = window
        self.code = 0
        window.painted.connect(self._go_on)

    def _go_on(self) -> None:
        self._say("first-paint")
        self._look.settle()
        from ui.entrance.entrance import Entrance  # noqa: PLC0415  -- the window is on the screen

        entrance = Entrance(self._window, self._settings)
        entrance.ready.connect(self._on_ready)
        entrance.leaving.connect(self._window.close)
        if self._options.smoke:
            entrance.refused.connect(self._on_refusal)
        entrance.begin(self._options.book, demo=self._options.demo or self._options.smoke)

    def _on_ready(self) -> None:
        self._say("ready")
        if self._options.bench or self._options.smoke:
            QTimer.singleShot(0, self._window.close)

    def _on_refusal(self, text: str) -> None:
        sys.stderr.write(f"{text}\n")
        self.code = 1
        QTimer.singleShot(0, self._window.close)

    def _say(self, mark: str) -> None:
        """Print a mark with the processor time since the program began, in seconds."""
        if self._options.bench:
            heavy = [name for name in HEAVY if name in sys.modules]
            sys.stdout.write(f"{mark} {process_time():.4f} {','.join(heavy)}\n")
            sys.stdout.flush()


def run(options: Options) -> int:
    """Show the window and stay until it closes."""
    if not options.smoke:
        return _run(options)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.environ[FOLDER_VARIABLE] = str(Path(folder))
        return _run(options)


def _leave_pythons_button() -> None:
    """Have a button of our own in the taskbar of Windows, not one shared with other Pythons."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  -- Windows alone needs it

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(NAME)


def _run(options: Options) -> int:
    settings = settings_file.load()
    use_language(settings.language)
    application = QApplication(sys.argv[:1])
    application.setApplicationName(NAME)
    _leave_pythons_button()
    application.setApplicationDisplayName("")
    look = theme.Theme(application)
    look.begin(settings.theme, settings.text_scale)
    application.setWindowIcon(icon("bowl-food", "primary"))
    window = Window(settings)
    start = Start(options, settings, window, look)
    if settings.maximized:
        window.showMaximized()
    else:
        window.show()
    code = application.exec() or start.code
    # Qt aborts when windows outlive the application.
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return code
