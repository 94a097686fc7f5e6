"""Every gate is passed even after a failure, and the table tells which one failed."""

import re
import subprocess
import sys
from pathlib import Path

import gates
import lock
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ROOT / "installer" / "requirements"


def test_all_gates_run_after_a_failure_and_the_code_is_1(monkeypatch, capfd):
    monkeypatch.setattr(
        gates,
        "GATES",
        {
            "first": gates.Gate("never holds", ("-c", "raise SystemExit(3)")),
            "second": gates.Gate("holds", ("-c", "print('seen')")),
        },
    )
    assert gates.pass_all(Path(sys.executable), None, quick=False) == 1
    out = capfd.readouterr().out
    assert "seen" in out
    assert "FAILED: first (2 gates" in out


def test_a_gate_that_does_not_end_has_failed(monkeypatch):
    slow = gates.Gate("never ends", ("-c", "import time; time.sleep(60)"))
    monkeypatch.setattr(gates, "GATES", {"slow": slow})
    monkeypatch.setattr(gates, "LIMIT", 0.2)
    assert gates.pass_all(Path(sys.executable), None, quick=False) == 1


def test_gates_do_not_touch_the_settings_of_the_person(monkeypatch, capfd):
    ask = gates.Gate("tells", ("-c", "import os; print('home', os.environ['CANTINE_HOME'])"))
    monkeypatch.setattr(gates, "GATES", {"ask": ask})
    monkeypatch.setenv("CANTINE_HOME", "elsewhere")
    assert gates.pass_all(Path(sys.executable), ["ask"], quick=True) == 0
    out = capfd.readouterr().out
    assert "home " in out
    assert "elsewhere" not in out


@pytest.mark.parametrize("kind", ["app", "test"])
def test_the_lock_was_made_from_the_present_pyproject(kind):
    first = (LOCKS / f"{kind}.txt").read_text("utf-8").splitlines()[0]
    wanted = lock.inputs((ROOT / "pyproject.toml").read_text("utf-8"))
    assert first == f"{lock.FIRST_LINE}{wanted}", "run: python3 installer/lock.py"


def locked(kind):
    lines = (LOCKS / f"{kind}.txt").read_text("utf-8").splitlines()
    return [Requirement(line.rstrip(" \\")) for line in lines if line and line[0].isalnum()]


@pytest.mark.parametrize("kind", ["app", "test"])
def test_every_requirement_is_locked_in_a_version_that_satisfies_it(kind):
    asked = lock.tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = asked["project"]["dependencies"] + (
        asked["dependency-groups"]["test"] if kind == "test" else []
    )
    versions = {}
    for requirement in locked(kind):
        (pin,) = requirement.specifier
        versions.setdefault(canonicalize_name(requirement.name), []).append(pin.version)
    for requirement in map(Requirement, wanted):
        chosen = versions[canonicalize_name(requirement.name)]
        assert all(requirement.specifier.contains(version) for version in chosen), requirement


def test_the_lock_of_the_tests_holds_the_lock_of_the_app():
    tests = {str(line) for line in locked("test")}
    # What one system needs for the application, another package may ask for on all of them.
    lacking = [
        line
        for line in locked("app")
        if str(line) not in tests and f"{line.name}{line.specifier}" not in tests
    ]
    assert lacking == []


@pytest.mark.parametrize("kind", ["app", "test"])
def test_a_lock_names_no_address_and_hashes_everything(kind):
    text = (LOCKS / f"{kind}.txt").read_text("utf-8")
    assert "://" not in text
    assert not any(line.startswith("-") for line in text.splitlines())
    packages = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]
    assert len(packages) == len(locked(kind))
    assert all("--hash=sha256:" in package for package in packages)


def test_the_gates_are_listed_without_setting_anything_up():
    command = [sys.executable, str(ROOT / "installer" / "test.py"), "--list"]
    listed = subprocess.check_output(command, text=True, encoding="utf-8")
    assert [line.split()[0] for line in listed.splitlines()] == list(gates.GATES)
