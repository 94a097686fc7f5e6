"""The headless door as a real process, as scripts and schedulers start it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

needs_unix = pytest.mark.skipif(os.name == "nt", reason="needs bash, or a device that is a file")


def start(*arguments, **options):
    command = [sys.executable, "-m", "cantine_desktop", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, timeout=100, **options)


def test_help_lists_every_command_in_french():
    done = start("--help")
    assert done.returncode == 0
    text = "\n".join(done.stdout.decode().splitlines())
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


@needs_unix
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


@needs_unix
def test_a_device_is_written_into_and_stays_one(demo, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) as reader:
        done = start("export", "history", "--book", demo, "--out", pipe)
        received, _ = reader.communicate(timeout=100)
    assert done.returncode == 0
    assert received.count(b"\n") > 1
    assert pipe.is_fifo()


def test_nothing_is_written_over_what_sqlite_keeps_beside_a_book(demo):
    for companion in ("-wal", "-shm", "-journal"):
        done = start("export", "history", "--book", demo, "--out", f"{demo}{companion}")
        assert done.returncode == 1
        assert not demo.with_name(demo.name + companion).exists()


@needs_unix
@pytest.mark.parametrize("closing", ["0<&-", ">&-", "2>&-", ">&- 2>&-"])
def test_closed_outputs_are_no_crash(closing):
    command = f"'{sys.executable}' -m cantine_desktop exports {closing}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False, timeout=100)
    assert (done.returncode, done.stderr) == (0, b"")


@needs_unix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
def test_a_full_output_is_a_failure_said_in_a_sentence(demo):
    for command in ("exports", f"export history --book '{demo}' --out -"):
        done = subprocess.run(
            ["bash", "-c", f"'{sys.executable}' -m cantine_desktop {command} >/dev/full"],
            capture_output=True,
            check=False,
            timeout=100,
        )
        assert done.returncode == 1
        assert done.stderr.strip()
        assert b"Traceback" not in done.stderr
        assert b"Exception ignored" not in done.stderr


def test_a_name_too_long_for_the_disk_is_said_so(demo):
    done = start("export", "history", "--book", demo, "--out", "a" * 300)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
