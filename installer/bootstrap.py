"""The set-up that ``run.py`` and ``test.py`` share; it needs nothing but Python's standard library.

It makes a virtual environment ``.venv`` in the checkout, fills it with the packages that
``requirements/*.txt`` lock by hash, and links the app itself. A stamp tells that all this is
done, so that the next start does not wait; a stamp that does not match, or an environment
from which something is gone, starts again from nothing.
"""

import contextlib
import hashlib
import io
import json
import os
import platform
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Generator
from pathlib import Path
from typing import Literal

import system
from system import SetupError

ROOT = Path(__file__).resolve().parent.parent

Kind = Literal["app", "test"]
"""What to be ready for: opening the app, or testing it, which takes the app's packages and more."""


def main(kind: Kind, *, window: bool) -> Path:
    """Set everything up and return the Python of the environment; leave with 1 when it cannot be.

    Args:
        kind: What to be ready for.
        window: Whether a window will be opened.

    Raises:
        SystemExit: It could not be done; the way out is printed.
    """
    speak_utf8()
    started = time.monotonic()
    try:
        system.prepare(window=window)
        python, fresh = ready(ROOT, kind)
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr, flush=True)
        raise SystemExit(1) from None
    if fresh:
        say(f"Tout est prêt ({time.monotonic() - started:.0f} s).")
    return python


def speak_utf8() -> None:
    """Let French be printed on a console that knows fewer letters."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def say(message: str) -> None:
    """Print a line at once, even into a pipe."""
    print(message, flush=True)


def ready(root: Path, kind: Kind) -> tuple[Path, bool]:
    """Make the environment of a checkout ready.

    Args:
        root: The checkout.
        kind: What to be ready for.

    Returns:
        The Python of the environment, and whether anything had to be installed.

    Raises:
        SetupError: The environment could not be made.
    """
    venv = root / ".venv"
    python = python_of(venv, sys.platform)
    fresh = False
    if not _is_stamped(root, kind):
        with _alone(root):
            # Another start may have done the work while this one waited for its turn.
            if not _is_stamped(root, kind):
                _fill(root, kind)
                fresh = True
    link_app(root, _site_packages(venv))
    return python, fresh


def python_of(venv: Path, on: str) -> Path:
    """Return where the Python of an environment stands on a platform (``sys.platform``)."""
    return venv / ("Scripts/python.exe" if on == "win32" else "bin/python")


def _fill(root: Path, kind: Kind) -> None:
    """Install what is missing: into a new environment, unless the app's own is sound."""
    venv = root / ".venv"
    python = python_of(venv, sys.platform)
    if not _is_stamped(root, "app"):
        say("Création de l’environnement Python (.venv)…")
        shutil.rmtree(venv, ignore_errors=True)
        # Asked for from inside the environment that is being replaced, its own Python is gone.
        base = getattr(sys, "_base_executable", sys.executable)
        _step([base, "-m", "venv", str(venv)], "Python n’a pas pu créer « .venv ».")
    lock = _lock(root, kind)
    packages = sum("==" in line for line in lock.read_text("utf-8").splitlines())
    say(f"Installation de {packages} bibliothèques, vérifiées une à une : une minute environ…")
    install = ("install", "--quiet", "--no-compile", "--only-binary=:all:", "--require-hashes")
    _step(
        [str(python), "-m", "pip", "--disable-pip-version-check", *install, "-r", str(lock)],
        "Les bibliothèques n’ont pas pu être installées : vérifiez la connexion à internet.",
    )
    # The test lock holds every package of the app's lock, in the same version.
    for done in ("app", kind):
        _stamp_file(venv, done).write_text(_stamp(root, done), encoding="utf-8")


def _step(command: list[str], failure: str) -> None:
    """Run one command of the set-up.

    Raises:
        SetupError: It failed; what it printed stands above.
    """
    if subprocess.run(command, check=False).returncode:
        raise SetupError(f"{failure} Puis relancez la même commande.")


def _lock(root: Path, kind: str) -> Path:
    return root / "installer" / "requirements" / f"{kind}.txt"


def _stamp_file(venv: Path, kind: str) -> Path:
    return venv / f"ready-{kind}.json"


def _stamp(root: Path, kind: str) -> str:
    """Return what is written when an environment is ready: what it was made from, what it holds."""
    lock = hashlib.sha256(_lock(root, kind).read_bytes()).hexdigest()
    # A security update of Python or of the kernel changes nothing for the packages.
    made_from = [lock, sys.implementation.cache_tag, sys.platform, platform.machine(), str(root)]
    return json.dumps({"made from": made_from, "packages": _packages(root / ".venv")})


def _is_stamped(root: Path, kind: str) -> bool:
    """Tell whether an environment is whole and made from today's lock, Python and machine."""
    venv = root / ".venv"
    try:
        stamp = json.loads(_stamp_file(venv, kind).read_text("utf-8"))
        now = json.loads(_stamp(root, kind))
        return (
            stamp["made from"] == now["made from"]
            and set(stamp["packages"]) <= set(now["packages"])
            and python_of(venv, sys.platform).exists()
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _packages(venv: Path) -> list[str]:
    """Return the names of what stands in the environment's library folder."""
    return sorted(entry.name for entry in _site_packages(venv).iterdir())


def _site_packages(venv: Path) -> Path:
    if sys.platform == "win32":
        return venv / "Lib" / "site-packages"
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    return venv / "lib" / version / "site-packages"


def link_app(root: Path, site: Path) -> None:
    """Make the checkout importable, with the metadata that plug-ins and versions are found by.

    The path is written relative to the library folder: before Python 3.13 an accent in a
    path file is not read back on every Windows.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    name = project["name"].replace("-", "_")
    folder = f"{name}-{project['version']}.dist-info"
    for other in site.glob(f"{name}-*.dist-info"):
        if other.name != folder:
            shutil.rmtree(other)
    requires = "".join(f"Requires-Dist: {line}\n" for line in project["dependencies"])
    files = {
        "cantine-desktop.pth": os.path.relpath(root, site) + "\n",
        f"{folder}/METADATA": (
            f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
            f"Requires-Python: {project['requires-python']}\n{requires}"
        ),
        f"{folder}/INSTALLER": "cantine\n",
        f"{folder}/entry_points.txt": _entry_points(project),
    }
    files[f"{folder}/RECORD"] = "".join(f"{place},,\n" for place in (*files, f"{folder}/RECORD"))
    for place, text in files.items():
        _write_if_new(site / place, text)


def _entry_points(project: dict[str, dict[str, str]]) -> str:
    groups = {
        "console_scripts": project.get("scripts", {}),
        "gui_scripts": project.get("gui-scripts", {}),
    }
    return "".join(
        f"[{group}]\n" + "".join(f"{name} = {place}\n" for name, place in points.items())
        for group, points in groups.items()
    )


def _write_if_new(file: Path, text: str) -> None:
    """Write a file unless it already says so: a second start touches nothing."""
    if file.exists() and file.read_text("utf-8") == text:
        return
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


@contextlib.contextmanager
def _alone(root: Path) -> Generator[None]:
    """Let one set-up at a time work on a checkout; the system frees the place of a dead one."""
    with (root / ".venv.lock").open("a", encoding="utf-8") as file:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415  -- Windows alone has it

            while True:  # it gives up after ten seconds, and a set-up takes longer
                with contextlib.suppress(OSError):
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                    break
        else:
            import fcntl  # noqa: PLC0415  -- Windows does not have it

            fcntl.flock(file, fcntl.LOCK_EX)
        yield
