"""The environment is made once, told sound by a stamp, and made again when it is not."""

import shutil
import subprocess
import sys
from importlib.metadata import Distribution
from pathlib import Path

import bootstrap
import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def checkout(tmp_path):
    """Return a checkout with nothing to install, in a folder with a space and accents."""
    root = tmp_path / "Cantine d’été"
    (root / "installer" / "requirements").mkdir(parents=True)
    for kind in ("app", "test"):
        (root / "installer" / "requirements" / f"{kind}.txt").write_text("# nothing\n")
    shutil.copy(CHECKOUT / "pyproject.toml", root)
    (root / "witness.py").write_text("")
    return root


@pytest.fixture
def steps(monkeypatch):
    """Make environments by hand instead of with ``venv`` and ``pip``, and record it."""
    made = []

    def step(command, _):
        made.append("venv" if "venv" in command else Path(command[-1]).stem)
        if "venv" in command:
            venv = Path(command[-1])
            python = bootstrap.python_of(venv, sys.platform)
            python.parent.mkdir(parents=True)
            python.touch()
            bootstrap._site_packages(venv).mkdir(parents=True)
        else:
            (bootstrap._site_packages(Path(command[0]).parents[1]) / "library").mkdir(exist_ok=True)

    monkeypatch.setattr(bootstrap, "_step", step)
    return made


def test_a_real_environment_imports_the_app_from_a_folder_with_accents(checkout):
    python, fresh = bootstrap.ready(checkout, "app")
    assert fresh
    assert bootstrap.ready(checkout, "app") == (python, False)
    question = (
        "import witness, importlib.metadata as m; print(m.version('cantine-desktop'));"
        "print([p.value for p in m.entry_points(name='cantine-desktop')])"
    )
    said = subprocess.check_output([python, "-c", question], cwd="/", text=True)
    assert said.splitlines()[1] == "['ui.app:main']"


def test_a_second_start_runs_nothing(checkout, steps):
    bootstrap.ready(checkout, "app")
    assert steps == ["venv", "app"]
    assert bootstrap.ready(checkout, "app")[1] is False
    assert steps == ["venv", "app"]


def test_testing_adds_to_the_environment_of_the_app(checkout, steps):
    bootstrap.ready(checkout, "app")
    bootstrap.ready(checkout, "test")
    assert steps == ["venv", "app", "test"]


def test_the_environment_of_the_tests_opens_the_app(checkout, steps):
    bootstrap.ready(checkout, "test")
    assert bootstrap.ready(checkout, "app")[1] is False
    assert steps == ["venv", "test"]


def break_python(venv):
    bootstrap.python_of(venv, sys.platform).unlink()


def lose_a_library(venv):
    (bootstrap._site_packages(venv) / "library").rmdir()


def lose_everything(venv):
    shutil.rmtree(bootstrap._site_packages(venv))


def spoil_the_stamp(venv):
    (venv / "ready-app.json").write_text("[")


def change_the_lock(venv):
    (venv.parent / "installer" / "requirements" / "app.txt").write_text("# something\n")


@pytest.mark.parametrize(
    "damage", [break_python, lose_a_library, lose_everything, spoil_the_stamp, change_the_lock]
)
def test_a_damaged_environment_is_made_again(checkout, steps, damage):
    bootstrap.ready(checkout, "app")
    damage(checkout / ".venv")
    assert bootstrap.ready(checkout, "app")[1] is True
    assert steps == ["venv", "app", "venv", "app"]


@pytest.mark.usefixtures("steps")
def test_an_interrupted_set_up_is_not_taken_for_done(checkout, monkeypatch):
    whole = bootstrap._step

    def cut(command, failure):
        whole(command, failure)
        if "pip" in command:
            raise bootstrap.SetupError(failure)

    monkeypatch.setattr(bootstrap, "_step", cut)
    with pytest.raises(bootstrap.SetupError, match="connexion"):
        bootstrap.ready(checkout, "app")
    monkeypatch.setattr(bootstrap, "_step", whole)
    assert bootstrap.ready(checkout, "app")[1] is True


def test_a_failure_is_said_in_french_and_leaves_with_1(monkeypatch, capsys):
    def refuse(**_):
        raise bootstrap.SetupError("Copiez cette ligne")

    monkeypatch.setattr(bootstrap.system, "prepare", refuse)
    with pytest.raises(SystemExit) as left:
        bootstrap.main("app", window=False)
    assert left.value.code == 1
    assert "Copiez cette ligne" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("platform", "python"),
    [("linux", "bin/python"), ("darwin", "bin/python"), ("win32", "Scripts/python.exe")],
)
def test_the_python_of_an_environment_stands_where_its_platform_puts_it(platform, python):
    assert bootstrap.python_of(Path(".venv"), platform) == Path(".venv") / python


def test_a_new_version_replaces_the_old_metadata(tmp_path, checkout):
    site = tmp_path / "site"
    site.mkdir()
    bootstrap.link_app(checkout, site)
    project = checkout / "pyproject.toml"
    old = 'version = "0.'
    project.write_text(project.read_text("utf-8").replace(old, 'version = "9.0.', 1), "utf-8")
    bootstrap.link_app(checkout, site)
    (found,) = Distribution.discover(path=[str(site)])
    assert found.version.startswith("9.0.")
    assert found.requires


def test_a_second_link_touches_no_file(tmp_path, checkout):
    site = tmp_path / "site"
    site.mkdir()
    bootstrap.link_app(checkout, site)
    before = {file: file.stat().st_mtime_ns for file in site.rglob("*")}
    bootstrap.link_app(checkout, site)
    assert {file: file.stat().st_mtime_ns for file in site.rglob("*")} == before


@pytest.mark.parametrize("script", ["run.py", "test.py"])
def test_an_older_python_is_told_so(script):
    source = (CHECKOUT / "installer" / script).read_text("utf-8")
    before_imports = source.split("import argparse")[0]
    pretend = before_imports.replace("import sys\n", "import sys\nsys.version_info = (3, 9)\n")
    done = subprocess.run(
        [sys.executable, "-c", pretend], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Python 3.11" in done.stderr
