"""A demonstration book made once, and a way to run commands on copies of it."""

import shutil
from datetime import UTC, datetime
from typing import NamedTuple

import pytest

from cantine_desktop.cli import main
from cantine_desktop.i18n import use_language

NOW = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)


class Result(NamedTuple):
    code: int
    out: str
    err: str


def pytest_runtest_teardown():
    use_language("fr")


@pytest.fixture
def run(capsys, monkeypatch):
    """Return a function that runs a command as somebody at a pipe, not at a terminal."""
    monkeypatch.delenv("CANTINE_PASSWORD", raising=False)

    def run(*arguments):
        capsys.readouterr()
        code = main(list(map(str, arguments)), clock=lambda: NOW)
        captured = capsys.readouterr()
        return Result(code, _plain(captured.out), _plain(captured.err))

    return run


def _plain(text):
    """Make the spaces of French typography easy to type in tests."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture(scope="session")
def demo_made_once(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "Tablée.cantine"
    assert main(["demo", str(path)], clock=lambda: NOW) == 0
    return path


@pytest.fixture
def demo(demo_made_once, tmp_path):
    """Return the path of a demonstration book of one's own."""
    return shutil.copy(demo_made_once, tmp_path / "Tablée.cantine")
