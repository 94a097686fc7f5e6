r"""Open Cantine Desktop on the demonstration canteen, setting up whatever is missing first.

``python3 installer/run.py``            opens the window (``py -3 installer\run.py`` on Windows)
``python3 installer/run.py --demo-kit semaine.pdf``   writes the demonstration's weekly hygiene kit

Without a screen the second is done instead, into the current folder. Other arguments go to the app.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  -- this very line must speak to an older Python
    sys.exit("Cantine Desktop demande Python 3.11 ou plus récent ; voici Python " + sys.version)

import argparse
import os
import subprocess
import tempfile
from pathlib import Path

import bootstrap
import system

KIT = "kit-hygiene-semaine.pdf"
"""Where the kit goes when nobody says: a file of the current folder."""


def main() -> int:
    """Set up, then open the window or write the kit; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="run.py", description="Prépare tout, puis ouvre Cantine Desktop sur la démonstration."
    )
    parser.add_argument(
        "--demo-kit", metavar="FICHIER", type=Path, help="écrire le kit d’hygiène de la semaine"
    )
    arguments, others = parser.parse_known_args()
    screen = system.has_screen(sys.platform, os.environ)
    window = screen and arguments.demo_kit is None
    python = bootstrap.main("app", window=window)
    if window:
        code = open_window(python, others)
        if not code or can_show(python):
            return code
    if arguments.demo_kit is None:
        bootstrap.say(
            "Aucun écran ici : le kit d’hygiène de la semaine est écrit en PDF à la place."
        )
    return write_kit(python, (arguments.demo_kit or Path(KIT)).resolve())


def open_window(python: Path, arguments: list[str]) -> int:
    """Open the app on the demonstration canteen, until its window is closed."""
    command = [str(python), "-m", "ui", *(arguments or ["--demo"])]
    return subprocess.run(command, check=False).returncode


def can_show(python: Path) -> bool:
    """Tell whether Qt can open a window at all; it ends the process when it cannot."""
    probe = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"
    done = subprocess.run([str(python), "-c", probe], capture_output=True, check=False)
    return done.returncode == 0


def write_kit(python: Path, target: Path) -> int:
    """Write the demonstration's sheets of the week as one PDF."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "demonstration.cantine"
        steps = (
            ["demo", str(book)],
            ["print", "weekly-kit", "--book", str(book), "--out", str(target)],
        )
        for step in steps:
            command = [str(python), "-m", "cantine_desktop", *step]
            done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
            if done.returncode:
                return done.returncode
    bootstrap.say(f"Kit de la semaine écrit : {target}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
