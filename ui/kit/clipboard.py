"""Blocks of cells as spreadsheets copy and paste them: tab-separated text."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

_NUMBER = re.compile(r"[−-]?\d[\d\s]*([.,]\d+)?(\s?(€|°C|%))?")
_SPACE = re.compile(r"\s")


def read_block(text: str) -> list[list[str]]:
    """Read what a spreadsheet put on the clipboard, one list per line, all of one length.

    Quoted cells may hold tabs and line ends; lines end with CR, LF or both; empty
    lines at the end are dropped; short lines are filled up with empty cells.
    """
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
    while lines and not any(cell.strip() for cell in lines[-1]):
        lines.pop()
    width = max(map(len, lines), default=0)
    return [[cell.strip() for cell in line] + [""] * (width - len(line)) for line in lines]


def write_block(lines: Iterable[Sequence[str]]) -> str:
    """Write cells as a spreadsheet reads them; numbers lose their typographic dress."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter="\t", lineterminator="\r\n")
    writer.writerows([plain(cell) for cell in line] for line in lines)
    return target.getvalue()


def plain(text: str) -> str:
    """Return a number as a spreadsheet takes it: ``−1 234,5`` becomes ``-1234,5``."""
    if not _NUMBER.fullmatch(text):
        return text
    return _SPACE.sub("", text).replace("−", "-").removesuffix("€").removesuffix("°C")
