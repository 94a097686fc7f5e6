"""The project's own files, read once for every rule."""

import ast
import os
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("cantine_desktop", "ui", "resources", "installer")
GENERATED = ROOT / "cantine_desktop" / "schema" / "migrations" / "versions"
SKIPPED = {".git", ".venv", "build", "dist", "__pycache__", "node_modules"}
TEXT = {".py", ".md", ".toml", ".txt", ".cfg", ".ini", ".yaml", ".yml", ".qss", ".svg", ".po"}


class Module(NamedTuple):
    """A Python file: its name relative to the checkout, its text, its tree."""

    name: str
    text: str
    tree: ast.Module

    @property
    def functions(self):
        return [
            node
            for node in ast.walk(self.tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        ]

    @property
    def classes(self):
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.ClassDef)]


@lru_cache
def modules(*folders):
    """Return the modules of some folders of the checkout, generated ones left out."""
    files = [
        file
        for folder in folders
        for file in sorted((ROOT / folder).rglob("*.py"))
        if GENERATED not in file.parents and not SKIPPED & set(file.parts)
    ]
    return [_module(file) for file in files]


@cache
def _module(file):
    text = file.read_text("utf-8")
    return Module(file.relative_to(ROOT).as_posix(), text, ast.parse(text))


@lru_cache
def texts():
    """Return every text file of the checkout: name and contents."""
    found = []
    for folder, inside, names in os.walk(ROOT):
        inside[:] = sorted(name for name in inside if name not in SKIPPED and _is_ours(name))
        for file in (Path(folder, name) for name in sorted(names)):
            if file.suffix in TEXT or (not file.suffix and file.name not in SKIPPED):
                text = file.read_text("utf-8", errors="replace")
                found.append((file.relative_to(ROOT).as_posix(), text))
    return found


def _is_ours(folder):
    return folder == ".ci" or not folder.startswith(".")
