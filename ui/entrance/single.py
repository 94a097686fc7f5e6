"""One window per book: a second start raises the first."""

import os
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE_MS = 300


class Claim(QObject):
    """This process's word that a book is open in its window.

    Signals:
        called: Another start asked for the book: show the window.
    """

    called = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._server: QLocalServer | None = None

    def call_other(self, location: str) -> bool:
        """Ask the window that has the book to come forward; tell whether there is one."""
        socket = QLocalSocket(self)
        socket.connectToServer(_name(location))
        found = socket.waitForConnected(_PATIENCE_MS)
        socket.disconnectFromServer()
        socket.deleteLater()
        return found

    def hold(self, location: str) -> None:
        """Answer from now on for a book, and no longer for the one before."""
        self.release()
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._answer)
        name = _name(location)
        if not server.listen(name):
            # A process that died leaves its name behind on Unix.
            QLocalServer.removeServer(name)
            server.listen(name)
        self._server = server

    def release(self) -> None:
        """Answer for no book."""
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None

    def _answer(self) -> None:
        if self._server is not None:
            while self._server.hasPendingConnections():
                self._server.nextPendingConnection().deleteLater()
            self.called.emit()


def is_same(location: str, other: str) -> bool:
    r"""Tell whether two ways to write a place, ``C:\x`` and ``c:/x``, lead to the same book."""
    return _name(location) == _name(other)


def _name(location: str) -> str:
    whole = location if "://" in location else os.path.normcase(Path(location).resolve())
    return f"cantine-{sha256(whole.encode()).hexdigest()[:24]}"
