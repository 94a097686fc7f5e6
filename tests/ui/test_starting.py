"""The program started for real, in a process of its own."""

import os
import subprocess
import sys
import time

import pytest

from ui.app import lacks_screen, main
from ui.starting import HEAVY


@pytest.fixture
def start(home):
    """Return a function that starts the program with arguments."""
    running = []

    def begin(*arguments, **more):
        environment = (
            os.environ | {"CANTINE_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"} | more
        )
        process = subprocess.Popen(
            [sys.executable, "-m", "ui", *arguments],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        return process

    yield begin
    for process in running:
        if process.poll() is None:
            process.kill()
        process.communicate()


def marks(text):
    lines = [line.split(" ") for line in text.splitlines()]
    return {words[0]: words[2].split(",") if words[2] else [] for words in lines}


def test_nothing_heavy_is_imported_before_the_first_paint(start, canteen_file):
    out, errors = start(str(canteen_file), "--bench-exit").communicate(timeout=60)
    found = marks(out)
    assert found["first-paint"] == []
    assert "sqlalchemy" in found["ready"]
    assert not {"reportlab", "matplotlib", "numpy", "alembic"} & set(found["ready"])
    assert not errors


def test_the_welcome_needs_no_database_at_all(start):
    out, errors = start("--bench-exit").communicate(timeout=60)
    assert marks(out) == {"first-paint": [], "ready": []}
    assert not errors
    assert "sqlalchemy" in HEAVY


def test_the_smoke_start_opens_the_demonstration_and_leaves_nothing(start, home):
    process = start("--smoke")
    _out, errors = process.communicate(timeout=90)
    assert process.returncode == 0
    assert not errors
    assert not home.exists()


def test_python_imports_at_its_own_speed_again(home):
    code = (
        "import builtins; plain = builtins.__import__; import ui.app; ui.app.lacks_screen(); "
        "from ui.app import main; import sys; sys.argv = ['x', '--bench-exit']; main(); "
        "assert builtins.__import__ is plain"
    )
    environment = os.environ | {"CANTINE_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True, timeout=60)


def test_a_second_start_on_the_same_book_raises_the_first_and_ends_well(start, canteen_file):
    first = start(str(canteen_file))
    holder = canteen_file.with_name(f"{canteen_file.name}.ouvert.json")
    limit = time.monotonic() + 30
    while not holder.exists() and time.monotonic() < limit:
        time.sleep(0.05)
    time.sleep(1)
    second = start(str(canteen_file))
    assert second.wait(timeout=30) == 0
    assert first.poll() is None


def test_a_book_open_in_another_home_is_refused_by_name_of_machine(start, canteen_file):
    opened = subprocess.Popen(
        [
            sys.executable,
            "-c",
            (
                "import time; from cantine_desktop.schema.upgrade import open_book; "
                f"opened = open_book({str(canteen_file)!r}); print('open', flush=True); "
                "time.sleep(60)"
            ),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert opened.stdout.readline() == "open\n"
    process = start(str(canteen_file), "--bench-exit")
    out, _errors = process.communicate(timeout=60)
    opened.kill()
    opened.communicate()
    assert "ready" in marks(out)
    assert process.returncode == 0


def test_a_machine_without_a_screen_is_told_so(monkeypatch, capsys):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert lacks_screen()
    assert main([]) == 1
    assert "aucun écran" in capsys.readouterr().err


def test_an_unknown_argument_is_explained(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--nonsense"])
    assert ended.value.code == 2
    assert "--demo" in capsys.readouterr().err
