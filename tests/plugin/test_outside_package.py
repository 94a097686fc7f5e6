"""A package from outside, installed for real, adds a document, an export and an import."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.documents.reading import pages

ROOT = Path(__file__).parents[2]
OUTSIDE = Path(__file__).parent / "outside"


class Refused(NamedTuple):
    out: str
    err: str


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Return a folder where pip has put the outside package, and only it."""
    target = tmp_path_factory.mktemp("site")
    copy = tmp_path_factory.mktemp("source") / "outside"
    _copy(OUTSIDE, copy)
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--no-deps", "--no-build-isolation", "--no-index",
         "--quiet", "--no-compile", "--target", str(target), str(copy)],
        check=True, capture_output=True,
    )  # fmt: skip
    return target


def _copy(source, target):
    """Copy the package as it is in the repository: builds leave nothing behind there."""
    for file in (*source.glob("*.toml"), *source.glob("*/*.py")):
        place = target / file.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.read_bytes())


@pytest.fixture
def run(installed, tmp_path):
    """Return a function that runs a command in a process of its own, beside the package."""

    def run(*arguments, code=0):
        done = subprocess.run(
            [sys.executable, "-m", "cantine_desktop", *map(str, arguments)],
            capture_output=True, check=False, text=True, encoding="utf-8", cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{installed}",
                              "CANTINE_HOME": str(tmp_path / "home"), "PYTHONUTF8": "1"},
        )  # fmt: skip
        assert done.returncode == code, done.stderr
        return done.stdout if code == 0 else Refused(done.stdout, done.stderr)

    return run


def test_the_catalogues_list_what_the_package_adds_and_nothing_it_broke(run):
    papers = [paper["key"] for paper in json.loads(run("documents", "--json"))]
    assert "cold-cards" in papers
    assert "temperatures-week" in papers
    assert "cold-units" in run("exports")


def test_its_document_prints(run, demo, tmp_path):
    target = tmp_path / "cards.pdf"
    run("print", "cold-cards", "--book", demo, "--out", target)
    text = pages(target.read_bytes())[0]
    assert "Fiches des enceintes" in text
    assert "Le jardin" in text
    assert "page 1/1" in text
    assert "°C" in text


def test_its_fault_while_printing_is_told_in_a_sentence_that_names_it(run, demo, tmp_path):
    target = tmp_path / "x.pdf"
    told = run("print", "cold-faulty", "--book", demo, "--out", target, code=1)
    assert not told.out
    assert "« cold-faulty »" in told.err.replace("\u00a0", " ")
    assert "la moyenne de rien" in told.err
    assert len(told.err.splitlines()) == 1
    assert not target.exists()


def test_its_export_is_read_again_by_its_import_which_then_adds_one(run, demo, tmp_path):
    sheet = tmp_path / "units.csv"
    run("export", "cold-units", "--book", demo, "--out", sheet)
    lines = sheet.read_text("utf-8-sig").splitlines()
    assert lines[0].replace(";", ",") == "enceinte,limite,tolerance"
    sheet.write_text("\n".join([*lines, "Frigo du jardin,4,1"]) + "\n", "utf-8")
    run("import", "cold-units", sheet, "--book", demo)
    run("export", "cold-units", "--book", demo, "--out", tmp_path / "again.csv")
    assert "Frigo du jardin" in (tmp_path / "again.csv").read_text("utf-8-sig")
    assert len((tmp_path / "again.csv").read_text("utf-8-sig").splitlines()) == len(lines) + 1


def test_what_it_broke_is_named_with_the_reason(installed):
    program = (
        "from cantine_desktop.office.catalogue import missing_plugins\n"
        "import json; print(json.dumps(missing_plugins()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True, cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{installed}"},
    )  # fmt: skip
    told = json.loads(done.stdout)
    assert list(told) == ["cold-broken"]
    assert "NOWHERE" in told["cold-broken"]
