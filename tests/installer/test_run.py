"""The first command of the README really opens the window."""

import sys
from pathlib import Path

import run


def test_the_first_command_paints_the_window(tmp_path, monkeypatch, capfd):
    monkeypatch.setenv("CANTINE_HOME", str(tmp_path))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert run.open_window(Path(sys.executable), ["--bench-exit"]) == 0
    assert "first-paint" in capfd.readouterr().out
