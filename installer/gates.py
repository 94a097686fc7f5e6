"""The gates every change passes, one after the other, and the table that sums them up."""

import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 30 * 60
"""Seconds after which a gate that does not end has failed."""


class Gate(NamedTuple):
    """One verification.

    Attributes:
        promise: What holds when it passes.
        command: Arguments of the environment's Python.
        slow: Whether it takes more than a few seconds.
    """

    promise: str
    command: Sequence[str]
    slow: bool = False


GATES = {
    "format": Gate("every file is laid out by ruff", ("-m", "ruff", "format", "--check", ".")),
    "lint": Gate("ruff finds nothing to say", ("-m", "ruff", "check", ".")),
    "imports": Gate(
        "every module only looks down",
        ("-c", "from importlinter.cli import lint_imports_command as go; go()"),
    ),
    "mypy": Gate("types hold, says mypy", ("-m", "mypy")),
    "basedpyright": Gate("types hold, says basedpyright", ("-m", "basedpyright")),
    "house": Gate(
        "sizes, names, traps, locks and links of the documentation are in order",
        ("-m", "pytest", "-q", "tests/architecture"),
    ),
    "tests": Gate(
        "every test passes, without a warning",
        ("-m", "pytest", "-q", "-n", "2", "--ignore=tests/architecture", "tests"),
        slow=True,
    ),
    "catalogue": Gate(
        "no text lacks its translation", ("-m", "cantine_desktop", "check-catalogue")
    ),
    "sweep": Gate(
        "every screen is whole in two themes, two languages and two sizes",
        ("-m", "tests.sweep", "build/sweep"),
        slow=True,
    ),
    "wheel": Gate("the wheel builds, installs and starts", ("installer/wheel.py",), slow=True),
}


class Outcome(NamedTuple):
    """How a gate ended.

    Attributes:
        name: The gate.
        passed: Whether its promise holds.
        seconds: What it took.
    """

    name: str
    passed: bool
    seconds: float


def pass_all(python: Path, only: Sequence[str] | None, *, quick: bool) -> int:
    """Pass the gates, all of them even after a failure, and print the table.

    Args:
        python: The Python of the environment.
        only: Names of the gates to pass; all when None.
        quick: Whether to leave out the slow ones.

    Returns:
        0 when every gate passed, 1 otherwise.
    """
    chosen = [
        name
        for name, gate in GATES.items()
        if (name in only if only else not (quick and gate.slow))
    ]
    with tempfile.TemporaryDirectory(prefix="cantine-") as home:
        outcomes = [pass_gate(name, python, home) for name in chosen]
    print(f"\n{table(outcomes)}", flush=True)
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def pass_gate(name: str, python: Path, home: str) -> Outcome:
    """Run one gate, its words going straight to the console.

    Args:
        name: Key of ``GATES``.
        python: The Python of the environment.
        home: Folder that stands for the person's settings, so that theirs stay untouched.
    """
    print(f"\n=== {name}: {GATES[name].promise}", flush=True)
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "CANTINE_HOME": home,
        "PATH": os.pathsep.join((str(python.parent), os.environ.get("PATH", ""))),
    }
    started = time.monotonic()
    try:
        command = [str(python), *GATES[name].command]
        done = subprocess.run(command, cwd=ROOT, env=environment, timeout=LIMIT, check=False)
        passed = done.returncode == 0
    except subprocess.TimeoutExpired:
        print(f"{name} did not end within {LIMIT} s", flush=True)
        passed = False
    return Outcome(name, passed, time.monotonic() - started)


def table(outcomes: Sequence[Outcome]) -> str:
    """Return one line per gate, then the verdict on all of them."""
    lines = [
        f"{outcome.name:14} {'passed' if outcome.passed else 'FAILED':8}{outcome.seconds:7.1f} s"
        for outcome in outcomes
    ]
    failed = [outcome.name for outcome in outcomes if not outcome.passed]
    total = sum(outcome.seconds for outcome in outcomes)
    verdict = f"FAILED: {', '.join(failed)}" if failed else "All gates passed"
    return "\n".join([*lines, f"{verdict} ({len(outcomes)} gates, {total:.0f} s)"])
