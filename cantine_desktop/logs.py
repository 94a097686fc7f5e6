"""The technical log: what happened to the program, nothing about anybody.

Messages of exceptions may quote what was typed, so quoted texts and numbers are
blotted out before anything is written.
"""

import logging
import re
import traceback
from collections import deque
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from typing_extensions import override

from cantine_desktop.settings import home

FILE = "cantine.log"
_BYTES = 512 * 1024
_KEPT = 3
_RECENT = 50

_QUOTED = re.compile(r"""(?P<open>['"«“])(?:(?!['"»”]).)+(?P<close>['"»”])""")
_DIGITS = re.compile(r"\d{3,}")


class _Recent(logging.Handler):
    """Keeps the last lines for the error report."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: deque[str] = deque(maxlen=_RECENT)

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


class _Formatter(logging.Formatter):
    """Writes UTC times and blots out what exceptions quote."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    @override
    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        return "" if ei[1] is None else describe(ei[1])


class Log:
    """The rotating log of this run.

    Attributes:
        path: The file being written.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.path = (folder or home()) / FILE
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._recent = _Recent()
        self._file = RotatingFileHandler(
            self.path, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True
        )
        self._logger = logging.getLogger("cantine")
        self._logger.setLevel(logging.INFO)
        self._logger.propagate = False
        for handler in (self._recent, self._file):
            handler.setFormatter(_Formatter())
            self._logger.addHandler(handler)

    def note(self, text: str) -> None:
        """Write a line that names nobody."""
        self._logger.info(text)

    def error(self, error: BaseException) -> None:
        """Write an unexpected error with its traceback."""
        self._logger.error("unexpected error", exc_info=error)

    def recent(self) -> list[str]:
        """Return the last lines, oldest first."""
        return list(self._recent.lines)

    def close(self) -> None:
        """Let the file go."""
        for handler in (self._recent, self._file):
            self._logger.removeHandler(handler)
            handler.close()


def describe(error: BaseException) -> str:
    """Return the traceback of an error without what it quotes of the data."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    cause = error.__cause__ or error.__context__
    before = f"{describe(cause)}\n\n" if cause is not None else ""
    return f"{before}{frames}{type(error).__name__}: {blot(str(error))}"


def blot(text: str) -> str:
    """Hide the quoted texts and the long numbers of a message."""
    return _DIGITS.sub("###", _QUOTED.sub(r"\g<open>…\g<close>", text))
