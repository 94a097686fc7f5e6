"""Starting imports little; the headless door needs no window."""

import subprocess
import sys

import pytest

from tests.architecture.source import ROOT

HEAVY = ("alembic", "matplotlib", "numpy", "pikepdf", "pypdfium2", "reportlab")


def loaded_after(statement):
    """Return the top-level modules that a statement has imported, in a process of its own."""
    code = f"{statement}\nimport sys\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_the_window_is_painted_without_database_or_paper():
    assert not {*HEAVY, "argon2", "sqlalchemy"} & loaded_after("import ui.app")


def test_the_kit_and_the_window_know_no_database():
    statement = "import ui.window, ui.palette, ui.sections, ui.kit"
    assert not {*HEAVY, "argon2", "sqlalchemy"} & loaded_after(statement)


def test_the_headless_door_opens_without_qt():
    assert "PySide6" not in loaded_after("import cantine_desktop.cli")


@pytest.mark.parametrize("module", ["cantine_desktop.storage.book", "cantine_desktop.schema"])
def test_opening_a_book_brings_neither_paper_nor_migrations(module):
    assert not set(HEAVY) & loaded_after(f"import {module}")


def test_importing_qt_leaves_the_import_of_python_alone():
    code = "import builtins\nbefore = builtins.__import__\nimport ui.app\n"
    code += "assert builtins.__import__ is before"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
