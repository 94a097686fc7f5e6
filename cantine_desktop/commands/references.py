"""References that must lead somewhere: legal sources and links between pages.

For those who work on the source. A docstring names its sources by their ids in
``resources/sources.toml``: ``Source: AM09-I, BP (tolerance).`` Data in TOML
name one by ``source = "AM09-I"``, code by an argument of that name.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from cantine_desktop.commands.translations import Gap

SOURCES = "resources/sources.toml"
_ID = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*")
_CITED = re.compile(r"\bSource: ((?:[^.\n]|\.(?=\S)|\n(?!\s*\n))*)")
_ASIDE = re.compile(r"\([^()]*\)")
_PAGES = ("*.md", "resources/help/**/*.md")
_LINK = re.compile(r"(?<!\\)\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$", re.MULTILINE)
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)


def check_sources(root: Path) -> list[Gap]:
    """Return the legal sources that are cited and not described."""
    path = root / SOURCES
    known = set(tomllib.loads(path.read_text("utf-8"))) if path.exists() else set[str]()
    cited = [*_cited_in_code(root), *_cited_in_data(root)]
    return [
        Gap(place, f"no source {name!r} in {SOURCES}") for place, name in cited if name not in known
    ]


def check_links(root: Path) -> list[Gap]:
    """Return the links of the pages that lead to no file or no heading."""
    pages = sorted({page for pattern in _PAGES for page in root.glob(pattern)})
    return [
        Gap(page.relative_to(root).as_posix(), f"dead link: {link}")
        for page in pages
        for link in _LINK.findall(_FENCE.sub("", page.read_text("utf-8")))
        if not _leads_somewhere(page, link)
    ]


def _cited_in_code(root: Path) -> Iterator[tuple[str, str]]:
    for path in sorted((root / "cantine_desktop").rglob("*.py")):
        text = path.read_text("utf-8")
        if "ource" not in text or path.name == "references.py":
            continue
        place = path.relative_to(root).as_posix()
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield from ((f"{place}:{node.lineno}", name) for name in _names(node.value))
            if isinstance(node, ast.keyword) and node.arg in {"source", "sources"}:
                yield from ((f"{place}:{node.lineno}", name) for name in _given(node.value))


def _names(docstring: str) -> Iterator[str]:
    """Return what a docstring cites; every item must be an id."""
    for cited in _CITED.findall(docstring):
        items = re.split(r"[,;]", _ASIDE.sub("", cited))
        yield from (" ".join(item.split()) for item in items if item.strip())


def _given(value: ast.expr) -> Iterator[str]:
    """Return the ids among the texts given as an argument."""
    for node in ast.walk(value):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from (name for name in [node.value] if _ID.fullmatch(name))


def _cited_in_data(root: Path) -> Iterator[tuple[str, str]]:
    for path in sorted((root / "resources").rglob("*.toml")):
        if path == root / SOURCES:
            continue
        place = path.relative_to(root).as_posix()
        for name in _sources_of(tomllib.loads(path.read_text("utf-8"))):
            yield place, name


def _sources_of(data: object) -> Iterator[str]:
    if isinstance(data, list):
        for item in cast("list[object]", data):
            yield from _sources_of(item)
    if isinstance(data, dict):
        for key, value in cast("dict[str, object]", data).items():
            if key in {"source", "sources"}:
                named = cast("list[object]", value) if isinstance(value, list) else [value]
                yield from map(str, named)
            else:
                yield from _sources_of(value)


def _leads_somewhere(page: Path, link: str) -> bool:
    if re.match(r"[a-z]+:", link):
        return True
    file, _hash, anchor = link.partition("#")
    target = (page.parent / file) if file else page
    if not target.exists():
        return False
    if not anchor or target.suffix != ".md":
        return True
    text = _FENCE.sub("", target.read_text("utf-8"))
    return anchor in {_anchor(heading) for heading in _HEADING.findall(text)}


def _anchor(heading: str) -> str:
    """Return the name a heading gets in a link, as the forges make it."""
    words = re.sub(r"[^\w\s-]", "", heading.lower())
    return re.sub(r"\s", "-", words.strip())
