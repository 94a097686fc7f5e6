"""The headless door as a real process, as scripts and schedulers start it."""

import os
import subprocess
import sys

import pytest


def start(*arguments, **options):
    command = [sys.executable, "-m", "cantine_desktop", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, timeout=100, **options)


def test_help_lists_every_command_in_french():
    done = start("--help")
    assert done.returncode == 0
    text = done.stdout.decode()
    assert text.startswith("Emploi\u00a0: cantine")
    for command in (
        "demo", "documents", "print", "exports", "export", "imports", "import", "check",
        "backup", "restore", "migrate", "figures", "check-catalogue",
    ):  # fmt: skip
        assert f"\n    {command} " in text or f"\n    {command}\n" in text
    assert "usage" not in text
    assert done.stderr == b""


@pytest.mark.parametrize("arguments", [[], ["imprime"], ["print"], ["--nothing"]])
def test_misuse_ends_with_2_and_explains(arguments):
    done = start(*arguments)
    assert done.returncode == 2
    assert done.stdout == b""
    assert "Traceback" not in done.stderr.decode()
    assert done.stderr.decode().startswith("Emploi")


def test_accents_survive_a_machine_that_speaks_ascii():
    environment = {**os.environ, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    done = start("documents", env=environment)
    assert done.returncode == 0
    assert "relevées".encode() in done.stdout


def test_a_reader_that_goes_away_is_no_crash(demo):
    command = (
        f"'{sys.executable}' -m cantine_desktop print temperatures-month --book '{demo}' --out -"
    )
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command} | head -c 10"],
        capture_output=True,
        check=False,
        timeout=100,
    )
    assert done.stdout.startswith(b"%PDF-")
    assert b"Traceback" not in done.stderr


def test_no_screen_and_no_window_is_needed():
    probe = "import sys; from cantine_desktop import cli; print('PySide6' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, check=True)
    assert done.stdout.strip() == b"False"
