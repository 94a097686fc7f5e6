"""The Qt that loses references is refused, and would be noticed."""

import sys
import tomllib

import PySide6
import pytest
from packaging.requirements import Requirement
from packaging.version import Version
from PySide6.QtCore import QObject, Signal

from cantine_desktop import __version__
from tests.architecture.source import ROOT

BROKEN = "6.12.0"


class Bell(QObject):
    rung = Signal(bool)


def test_pyproject_refuses_the_qt_that_aborts_python_3_11():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    (qt,) = [
        requirement
        for requirement in map(Requirement, project["dependencies"])
        if requirement.name == "PySide6-Essentials"
    ]
    assert not qt.specifier.contains(BROKEN)


def test_the_program_says_the_version_it_is_packaged_as():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert __version__ == project["version"]


def test_the_qt_in_use_is_not_the_broken_one():
    assert sys.version_info >= (3, 12) or Version(PySide6.__version__) < Version(BROKEN)


@pytest.mark.usefixtures("qapp")
def test_signals_leave_the_references_of_true_alone():
    bell = Bell()
    heard = []
    bell.rung.connect(heard.append)
    before = sys.getrefcount(True)
    for _ in range(100):
        bell.rung.emit(True)
    heard.clear()
    assert abs(sys.getrefcount(True) - before) < 50
