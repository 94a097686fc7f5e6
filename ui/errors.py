"""What happens when something unexpected goes wrong: the person is told, and goes on.

The one place, with ``ui.kit.jobs``, that catches every exception.
"""

import platform
import sys
import threading
from collections import deque
from collections.abc import Callable
from time import monotonic
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QUrl, Signal, Slot, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.logs import Log, describe
from ui.kit.theme import scaled, set_role

_MANY = 3
_WITHIN_SECONDS = 10.0


class Reporter(QObject):
    """Catches what nobody caught, in every thread, and tells the person once.

    Attributes:
        facts: Gives lines for the report: version, schema of the book.
        tell: Shows the sentence of a ``UserError`` that no screen showed.
    """

    _raised = Signal(object)

    def __init__(self, log: Log, parent: QWidget) -> None:
        super().__init__(parent)
        self.facts: Callable[[], list[str]] = list
        self.tell: Callable[[str], object] | None = None
        self._log = log
        self._window = parent
        self._times: deque[float] = deque(maxlen=_MANY)
        self._dialog: ErrorDialog | None = None
        self._raised.connect(self.show_error, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over the hooks of the interpreter."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def uninstall(self) -> None:
        """Give the hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def report(self, error: BaseException | None = None) -> str:
        """Return the technical report, ready to copy; it names nobody."""
        lines = [
            *self.facts(),
            f"Python {platform.python_version()} · Qt {qVersion()} · {platform.platform()}",
            "",
            *self._log.recent(),
        ]
        if error is not None:
            lines += ["", describe(error)]
        return "\n".join(lines)

    @Slot(object)
    def show_error(self, error: BaseException) -> None:
        """Log an error and tell the person, unless errors rain."""
        if isinstance(error, UserError) and self.tell is not None:
            self.tell(str(error))
            return
        self._log.error(error)
        self._times.append(monotonic())
        raining = len(self._times) == _MANY and self._times[-1] - self._times[0] < _WITHIN_SECONDS
        if raining or (self._dialog is not None and self._dialog.isVisible()):
            return
        self._dialog = ErrorDialog(self.report(error), self._log, self._window)
        self._dialog.open()

    def open_folder(self) -> None:
        """Show the log in the system's file window."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log.path.parent)))

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._raised.emit(error)

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._raised.emit(args.exc_value)


class ErrorDialog(QDialog):
    """Says what is safe, and offers the report to copy."""

    def __init__(self, report: str, log: Log, parent: QWidget) -> None:
        super().__init__(parent)
        self._log = log
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Une erreur imprévue"))
        self.setMinimumWidth(scaled(560))
        title = QLabel(tr("L’application a rencontré une erreur imprévue."))
        set_role(title, "h2")
        safe = QLabel(
            tr(
                "Vos données sont intactes : la dernière action a été annulée en entier, tout ce "
                "qui précède est enregistré. Vous pouvez continuer à travailler ; si l’erreur "
                "revient, copiez ce rapport et envoyez-le à la personne qui vous aide. Il ne "
                "contient aucune donnée personnelle."
            )
        )
        safe.setWordWrap(True)
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setAccessibleName(tr("Rapport technique"))
        self.report.setTabChangesFocus(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(20), scaled(20), scaled(20), scaled(16))
        column.setSpacing(scaled(12))
        for widget in (title, safe, self.report, self._buttons()):
            column.addWidget(widget)

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        go_on = QPushButton(tr("Continuer"))
        set_role(go_on, "primary")
        copy = QPushButton(tr("Copier le rapport"))
        folder = QPushButton(tr("Ouvrir le dossier du journal"))
        box.addButton(go_on, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        box.addButton(folder, QDialogButtonBox.ButtonRole.ActionRole)
        go_on.clicked.connect(self.accept)
        copy.clicked.connect(self.copy_report)
        folder.clicked.connect(self.open_folder)
        go_on.setDefault(True)
        return box

    def copy_report(self) -> None:
        """Put the report in the clipboard."""
        QGuiApplication.clipboard().setText(self.report.toPlainText())

    def open_folder(self) -> None:
        """Show the log in the system's file window."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log.path.parent)))
