"""What the documentation names exists, and the changelog can be trusted."""

import re
import tomllib
from datetime import date
from importlib.util import find_spec

import pytest

from tests.architecture.source import ROOT

PAGES = sorted(
    page
    for page in [*ROOT.glob("*.md"), *ROOT.glob("*/**/*.md")]
    if not {".venv", "build", "node_modules"} & set(page.relative_to(ROOT).parts)
)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
KNOWN_FOLDERS = ("cantine_desktop/", "ui/", "resources/", "tests/", "installer/", ".ci/")
SECTIONS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def name(page):
    return page.relative_to(ROOT).as_posix()


def anchors(text):
    """Return the anchors of a page's headings, as forges make them."""
    headings = re.findall(r"^#+\s+(.+?)\s*$", FENCE.sub("", text), flags=re.MULTILINE)
    plain = (re.sub(r"[^\w\s-]", "", heading.lower()) for heading in headings)
    return {re.sub(r"\s", "-", heading) for heading in plain}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_somewhere(page):
    text = FENCE.sub("", page.read_text("utf-8"))
    lost = []
    for found in LINK.finditer(text):
        target = found[1] or found[2]
        if target.startswith(("https://", "mailto:")):
            continue
        path, _, anchor = target.partition("#")
        aimed = (page.parent / path).resolve() if path else page
        exists = aimed.exists()
        if exists and anchor:
            exists = anchor in anchors(aimed.read_text("utf-8"))
        if not exists:
            lost.append(target)
    assert not lost


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_file_named_in_code_exists(page):
    lost = [
        path
        for path in CODE.findall(FENCE.sub("", page.read_text("utf-8")))
        if path.startswith(KNOWN_FOLDERS) and not set("<>*{ (…") & set(path)
        if not (ROOT / path.partition("::")[0]).exists()
    ]
    assert not lost


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_command_named_can_be_run(page):
    text = page.read_text("utf-8")
    for module in re.findall(r"python3? -m ([a-z_.]+)", text):
        assert find_spec(module.rstrip(".")), module
    for script in re.findall(r"python3? ([\w/]+\.py)", text):
        assert (ROOT / script).exists(), script


def test_the_tree_of_architecture_names_every_folder():
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    folders = [
        folder.name
        for package in ("cantine_desktop", "ui")
        for folder in sorted((ROOT / package).iterdir())
        if (folder / "__init__.py").exists()
    ]
    assert not [folder for folder in folders if not re.search(rf"\b{folder}/", text)]


def test_readme_begins_with_the_two_commands():
    top = "\n".join((ROOT / "README.md").read_text("utf-8").splitlines()[:30])
    assert "python3 installer/run.py" in top
    assert "python3 installer/test.py" in top


def test_the_changelog_dates_every_version_newest_first():
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    heads = re.findall(r"^## \[(.+?)\](?: - (\S+))?$", text, flags=re.MULTILINE)
    assert len(heads) == len(re.findall(r"^## ", text, flags=re.MULTILINE))
    assert heads[0] == ("Unreleased", "")
    days = [date.fromisoformat(day) for _, day in heads[1:]]
    assert days == sorted(days, reverse=True)


def test_the_changelog_sorts_changes_under_known_headings():
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert set(re.findall(r"^### (.+)$", text, flags=re.MULTILINE)) <= SECTIONS
    unreleased = text.split("## [Unreleased]")[1].split("\n## ")[0]
    assert re.search(r"^- \S", unreleased, flags=re.MULTILINE), "nothing is said of what changed"


def test_a_released_version_is_in_the_changelog():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    released = re.findall(
        r"^## \[([\d.]+)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), flags=re.MULTILINE
    )
    assert not released or released[0] == project["version"]
