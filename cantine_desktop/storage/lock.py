"""One writer at a time on a book's file, and the name of the one who has it.

Two witnesses stand beside the file:

* ``.~lock.<name>#``, locked by the operating system: it falls by itself when the
  process dies, however it dies. It alone decides on this machine.
* ``<name>.ouvert.json``, readable by anyone: which machine, which process, since
  when. In a synced or shared folder, where the first is not reliable, this one
  travels to the other machines and warns them.
"""

import os
import platform
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import msgspec
from filelock import FileLock, Timeout

from cantine_desktop.errors import LockedError, UserError
from cantine_desktop.i18n import hour, short_day, tr
from cantine_desktop.replacing import put_in_place


class Holder(msgspec.Struct, frozen=True):
    """Who has a book open.

    Attributes:
        machine: Network name of the machine.
        process: Number of the process on that machine.
        since: When it opened the book, an aware instant.
    """

    machine: str
    process: int
    since: datetime


def this_machine() -> str:
    """Return the network name of this machine."""
    return platform.node() or tr("ce poste")


def holder_file(path: Path) -> Path:
    """Return the place of the readable witness of a book."""
    return path.with_name(f"{path.name}.ouvert.json")


def holder_of(path: Path) -> Holder | None:
    """Return who says to have a book open; a crash leaves its name behind."""
    try:
        return msgspec.json.decode(holder_file(path).read_bytes(), type=Holder)
    except (OSError, msgspec.MsgspecError):
        return None


class BookLock:
    """The right to write in one book's file.

    Attributes:
        left_open: The last holder never closed the book: it crashed.
    """

    def __init__(self, path: Path) -> None:
        self.left_open = False
        self._path = path
        guard = path.with_name(f".~lock.{path.name}#")
        # A book may be opened in one thread and closed in another.
        self._lock = FileLock(guard, timeout=0, thread_local=False)

    @property
    def is_held(self) -> bool:
        """Tell whether this process holds the lock."""
        return self._lock.is_locked

    def acquire(self, now: datetime, *, take_over: bool = False) -> None:
        """Take the lock, also from a process of this machine that died with it.

        Args:
            now: The present instant, written in the witness.
            take_over: Do not heed the witness of another machine.

        Raises:
            LockedError: Another process, or another machine, has the book open.
            UserError: The folder cannot be written to.
        """
        try:
            self._lock.acquire()
        except Timeout:
            _refuse(self._path, holder_of(self._path), elsewhere=False)
        except OSError:
            _refuse_folder(self._path.parent)
        holder = holder_of(self._path)
        if holder and holder.machine != this_machine() and not take_over:
            self._lock.release()
            _refuse(self._path, holder, elsewhere=True)
        self.left_open = holder_file(self._path).exists()
        self._sign(now)

    def release(self) -> None:
        """Give the lock back; harmless when it is not held."""
        if self._lock.is_locked:
            with suppress(OSError):
                holder_file(self._path).unlink()
            self._lock.release()

    def _sign(self, now: datetime) -> None:
        witness = holder_file(self._path)
        written = witness.with_name(f".{witness.name}")
        try:
            written.write_bytes(msgspec.json.encode(Holder(this_machine(), os.getpid(), now)))
            put_in_place(written, witness)
        except OSError:
            with suppress(OSError):
                written.unlink()
            self._lock.release()
            _refuse_folder(self._path.parent)


def _refuse(path: Path, holder: Holder | None, *, elsewhere: bool) -> NoReturn:
    if holder is None:
        text = tr("Le fichier « {name} » est déjà ouvert par un autre programme. Fermez-le là-bas.")
        raise LockedError(text.format(name=path.name), "", None, may_take_over=False)
    if elsewhere:
        text = tr(
            "Le fichier « {name} » est ouvert sur le poste {machine} depuis le {day} à {time}. "
            "Fermez-le sur ce poste. S’il est éteint ou ne l’utilise plus, vous pouvez l’ouvrir "
            "quand même."
        )
    else:
        text = tr(
            "Le fichier « {name} » est déjà ouvert sur le poste {machine} depuis le {day} à "
            "{time} : une seule fenêtre à la fois peut y écrire. Fermez l’autre d’abord."
        )
    message = text.format(
        name=path.name,
        machine=holder.machine,
        day=short_day(holder.since),
        time=hour(holder.since),
    )
    raise LockedError(message, holder.machine, holder.since, may_take_over=elsewhere)


def _refuse_folder(folder: Path) -> NoReturn:
    raise UserError(
        tr(
            "Le dossier « {folder} » ne peut pas être écrit : le fichier de la cantine ne peut pas "
            "y être ouvert. Copiez-le dans un dossier à vous, par exemple Documents."
        ).format(folder=folder)
    )
