"""Lock every package by hash: ``python3 installer/lock.py`` writes ``requirements/*.txt`` again.

Needs ``uv`` on the path, and a connection. Packages keep their version when it still satisfies
``pyproject.toml``; ``--upgrade`` takes the newest ones.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "installer" / "requirements"
FIRST_LINE = "# Written by installer/lock.py from pyproject.toml "


def inputs(project: str) -> str:
    """Return the fingerprint of what pyproject asks for; the locks carry it on their first line."""
    asked = tomllib.loads(project)
    wanted = [asked["project"]["dependencies"], asked["dependency-groups"]]
    return hashlib.sha256(json.dumps(wanted).encode()).hexdigest()


def lock(kind: str, groups: list[str], uv: str, upgrade: list[str]) -> None:
    """Write one lock: hashes and markers for every platform, and no address."""
    target = FOLDER / f"{kind}.txt"
    shape = ("--universal", "--python-version", "3.11", "--generate-hashes", "--no-header")
    output = ("--quiet", "--output-file", str(target))
    subprocess.run(
        [uv, "pip", "compile", "pyproject.toml", *groups, *upgrade, *shape, *output],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    text = target.read_text("utf-8")
    if "://" in text or text.startswith("-"):
        sys.exit(f"{target} names an address: unset the index in uv's settings")
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    target.write_text(f"{FIRST_LINE}{inputs(project)}\n{text}", encoding="utf-8", newline="\n")


def main() -> None:
    """Write both locks, the tests' one first so that they agree on every version."""
    uv = shutil.which("uv") or sys.exit("uv is needed: pip install uv")
    upgrade = ["--upgrade"] if "--upgrade" in sys.argv else []
    lock("test", ["--group", "test"], uv, upgrade)
    lock("app", ["--constraints", str(FOLDER / "test.txt")], uv, upgrade)


if __name__ == "__main__":
    main()
