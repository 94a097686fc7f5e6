"""What the operating system must bring: the libraries Qt loads, and Python's own ``venv``."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

QT_LIBRARIES: Mapping[str, str] = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
}
"""What Qt loads even without a screen: library, Debian package."""

WINDOW_LIBRARIES: Mapping[str, str] = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
"""What Qt loads besides to open a window: library, Debian package."""


class SetupError(Exception):
    """The set-up cannot go on; the message tells the person what to do, in French."""


class Machine(NamedTuple):
    """What this computer offers to install packages with.

    Attributes:
        platform: ``sys.platform``.
        root: Whether the process may install packages itself.
        programs: Names among apt-get, dnf, zypper and sudo that are there.
    """

    platform: str
    root: bool
    programs: frozenset[str]


def this_machine() -> Machine:
    """Look at the computer this runs on."""
    names = ("apt-get", "dnf", "zypper", "sudo")
    return Machine(
        platform=sys.platform,
        root=sys.platform != "win32" and os.geteuid() == 0,
        programs=frozenset(name for name in names if shutil.which(name)),
    )


def has_screen(platform: str, environment: Mapping[str, str]) -> bool:
    """Tell whether windows can be expected to open; only Linux is ever without a screen."""
    if not platform.startswith("linux"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def missing_libraries(
    wanted: Mapping[str, str], load: Callable[[str], object] = ctypes.CDLL
) -> dict[str, str]:
    """Return the libraries that cannot be loaded, with their Debian packages."""
    missing: dict[str, str] = {}
    for library, package in wanted.items():
        try:
            load(library)
        except OSError:
            missing[library] = package
    return missing


def prepare(*, window: bool, machine: Machine | None = None) -> None:
    """Make sure that Qt's libraries and ``ensurepip`` are there, installing them if allowed.

    Args:
        window: Whether a window will be opened, which takes more libraries.
        machine: The computer, for tests.

    Raises:
        SetupError: Something is missing that cannot be installed from here.
    """
    machine = machine or this_machine()
    if not machine.platform.startswith("linux"):
        return
    missing = missing_libraries({**QT_LIBRARIES, **WINDOW_LIBRARIES} if window else QT_LIBRARIES)
    packages = list(missing.values())
    if find_spec("ensurepip") is None:
        packages.append(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    if packages:
        install(packages, missing, machine)


def install(packages: Iterable[str], libraries: Iterable[str], machine: Machine) -> None:
    """Install Debian packages, or say in one line how to.

    Args:
        packages: Debian names of what is missing.
        libraries: The missing libraries, for systems that are not Debian's children.
        machine: What can be installed with.

    Raises:
        SetupError: Packages cannot be installed from here, or the installation failed.
    """
    packages = list(packages)
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if "apt-get" not in machine.programs:
        raise SetupError(_by_hand(libraries, machine))
    prefix = [] if machine.root else ["sudo", "-n"]
    if prefix and not _sudo_without_password(machine):
        raise SetupError(_copy_this("sudo " + " ".join(command)))
    print(f"Paquets du système : {' '.join(packages)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update", "-qq"], [*command, "-qq"]):
        done = subprocess.run(
            [*prefix, *step], env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode and step[1] == "install":
            raise SetupError(f"{done.stderr}\n{_copy_this('sudo ' + ' '.join(command))}")


def _sudo_without_password(machine: Machine) -> bool:
    if "sudo" not in machine.programs:
        return False
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return asked.returncode == 0


def _copy_this(line: str) -> str:
    return (
        "Il manque des paquets du système, et ils n’ont pas pu être installés d’ici.\n"
        "Copiez cette ligne dans un terminal, puis relancez la même commande :\n\n"
        f"    {line}\n"
    )


def _by_hand(libraries: Iterable[str], machine: Machine) -> str:
    libraries = list(libraries)
    for program in ("dnf", "zypper"):
        if program in machine.programs:
            # RPM packages say by themselves which libraries they bring.
            names = " ".join(f"'{library}()(64bit)'" for library in libraries)
            return _copy_this(f"sudo {program} install {names}")
    return (
        "Il manque des bibliothèques du système. Installez-les avec l’outil de votre "
        f"distribution, puis relancez la même commande : {' '.join(libraries) or 'ensurepip'}"
    )


def offer_postgresql(machine: Machine | None = None) -> None:
    """Install PostgreSQL for the storage tests where that asks nobody; elsewhere they skip.

    A developer with ``sudo`` is not made to run a database server without having wished for one.
    """
    machine = machine or this_machine()
    there = shutil.which("initdb") or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if there or not machine.root or "apt-get" not in machine.programs:
        return
    try:
        install(["postgresql"], [], machine)
    except SetupError:
        print("PostgreSQL n’a pas pu être installé : ses tests seront passés.", flush=True)
