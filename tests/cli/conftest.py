"""A way to run commands as somebody at a pipe."""

from typing import NamedTuple

import pytest

from cantine_desktop.cli import main
from cantine_desktop.i18n import use_language
from tests.conftest import NOW


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
