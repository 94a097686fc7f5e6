"""A real PostgreSQL server for the tests, thrown away at the end.

It belongs to an unprivileged user (PostgreSQL refuses root), listens on a Unix
socket in its own temporary folder, so that it clashes with nothing, and does
not wait for the disk: what it holds is worth nothing.
"""

import itertools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

if sys.platform != "win32":  # it has no such module, and no server here
    import pwd

OPTIONS = (
    "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    " -c max_connections=40 -c shared_buffers=16MB -c autovacuum=off"
)
"""``-k`` is added with the folder."""


_ROOT = Path("/tmp")
"""Short enough for the path of a socket, which may have 107 bytes."""

_PREFIX = "cantine-pg-"


class UnavailableError(Exception):
    """There is no server to be had here; the message says why."""


def find_binaries() -> Path:
    """Return the folder of ``initdb`` and ``pg_ctl``, the newest version first.

    Raises:
        UnavailableError: PostgreSQL is not installed.
    """
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: [int(n) for n in folder.parent.name.split(".") if n.isdigit()],
        reverse=True,
    )
    on_path = [Path(found).parent for found in [shutil.which("pg_ctl")] if found]
    for folder in [*installed, *on_path]:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise UnavailableError("PostgreSQL is not installed (apt-get install postgresql)")


def _owner():
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise UnavailableError("PostgreSQL refuses root and there is no other user to run it")


def _sweep() -> None:
    """Stop the servers whose tests were killed: their folder bears the dead process's number."""
    for folder in _ROOT.glob(f"{_PREFIX}*-*"):
        owner = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if not owner.isdigit() or _is_alive(int(owner)):
            continue
        with suppress(OSError, ValueError):
            server = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])
            # Its number may be another process's by now.
            if str(folder) in Path(f"/proc/{server}/cmdline").read_text("utf-8"):
                os.kill(server, signal.SIGQUIT)
        shutil.rmtree(folder, ignore_errors=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


class Server:
    """A running server; ``stop`` it when done.

    Attributes:
        folder: Data, log and socket.
    """

    def __init__(self) -> None:
        if sys.platform == "win32":
            raise UnavailableError("the throw-away server needs Unix sockets")
        self._binaries = find_binaries()
        self._owner = _owner()
        self._numbers = itertools.count(1)
        _sweep()
        self.folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=_ROOT))
        try:
            os.chown(self.folder, self._owner.pw_uid, self._owner.pw_gid)
            self._run("initdb", "-A", "trust", "-U", "postgres", "-N", "-E", "UTF8",
                      "--locale=C.UTF-8" if sys.platform == "linux" else "--locale=C")  # fmt: skip
            self.start()
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        self._engine = create_engine(
            self.url("postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool
        )

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._binaries / program), "-D", str(self.folder / "data"), *arguments]
        as_owner = {"user": self._owner.pw_uid, "group": self._owner.pw_gid, "extra_groups": []}
        errors = self.folder / "errors"
        with errors.open("wb") as stream:
            done = subprocess.run(
                command,
                cwd=self.folder,
                # A pipe inherited by the server would never close: a file instead.
                stdout=subprocess.DEVNULL,
                stderr=stream,
                stdin=subprocess.DEVNULL,
                env={**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(self.folder)},
                check=False,
                **(as_owner if os.geteuid() == 0 else {}),
            )
        if done.returncode:
            said = errors.read_text(errors="replace").strip()
            raise UnavailableError(f"{program} failed: {said or done.returncode}")

    def url(self, database: str) -> str:
        """Return the address of a database of this server."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def create_database(self, template: str = "template1") -> str:
        """Make a database, empty or copied from another, and return its name."""
        name = f"test_{next(self._numbers)}"
        self._say(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    def drop_database(self, name: str) -> None:
        """Remove a database, whoever still looks at it."""
        self._say(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _say(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.execute(text(statement))

    def start(self) -> None:
        """Start the server, or start it again after ``halt``."""
        self._run("pg_ctl", "-w", "-l", str(self.folder / "log"),
                  "-o", f"{OPTIONS} -k {self.folder}", "start")  # fmt: skip

    def halt(self) -> None:
        """Stop the server as a person would who switches it off; ``start`` brings it back."""
        self._run("pg_ctl", "-m", "fast", "stop")

    def stop(self) -> None:
        """Stop the server at once and remove its folder."""
        self._run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)
