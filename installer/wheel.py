"""Gate: build the wheel, install it apart from the checkout, start both of its commands there."""

import os
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WHERE = "import ui.app, cantine_desktop, resources; print(ui.app.__file__, resources.__file__)"


def main() -> None:
    """Build, install, start; leave with an error at the first thing that does not hold."""
    with tempfile.TemporaryDirectory(prefix="cantine-wheel-") as folder:
        wheel = build(Path(folder))
        scripts = install(wheel, Path(folder) / "away")
        start(scripts, Path(folder))


def build(folder: Path) -> Path:
    """Build the wheel without the network, from the locked build tools."""
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder))
    (wheel,) = folder.glob("*.whl")
    return wheel


def install(wheel: Path, venv: Path) -> Path:
    """Install the wheel into a new environment and return the folder of its commands.

    The libraries are borrowed from the environment that runs this: a plain path line reads
    its packages but not its own path files, so the checkout stays out of sight.
    """
    run(sys.executable, "-m", "venv", "--without-pip", str(venv))
    scripts = venv / ("Scripts" if sys.platform == "win32" else "bin")
    python = scripts / ("python.exe" if sys.platform == "win32" else "python")
    run(
        *(sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"),
        *("--disable-pip-version-check", "--no-deps", "--no-index", str(wheel)),
    )
    site = said(str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))")
    libraries = Path(site) / "libraries.pth"
    libraries.write_text(sysconfig.get_path("purelib") + "\n", encoding="locale")
    return scripts


def start(scripts: Path, folder: Path) -> None:
    """Start the window for an instant and list the documents, from the installed wheel."""
    places = said(str(scripts / "python"), "-c", WHERE, folder=folder)
    if str(ROOT / "ui") in places or places.count(str(scripts.parent)) != 2:
        sys.exit(f"The checkout was started instead of the wheel: {places}")
    run(str(scripts / "cantine-desktop"), "--smoke", folder=folder)
    documents = said(str(scripts / "cantine"), "documents", folder=folder)
    if not documents:
        sys.exit("The installed app lists no document")
    print(f"The wheel starts, and prints {len(documents.splitlines())} documents")


def run(*command: str, folder: Path = ROOT) -> None:
    """Run a command; leave with its code when it fails."""
    code = subprocess.run(command, cwd=folder, env=_environment(folder), check=False).returncode
    if code:
        sys.exit(f"{' '.join(command)} ended with {code}")


def said(*command: str, folder: Path = ROOT) -> str:
    """Run a command and return what it printed."""
    environment = _environment(folder)
    done = subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}")
    return done.stdout.strip()


def _environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "CANTINE_HOME": str(folder / "home")}


if __name__ == "__main__":
    main()
