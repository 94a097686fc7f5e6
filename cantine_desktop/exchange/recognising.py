"""Which kind of import a file most likely is, told by the headings of its columns."""

import csv
import io
from collections.abc import Sequence
from itertools import islice

from cantine_desktop.exchange.decoding import decode_text
from cantine_desktop.exchange.problems import UnreadableError
from cantine_desktop.exchange.registry import Import
from cantine_desktop.exchange.sheets import DELIMITERS, HEADING_SEARCH
from cantine_desktop.exchange.workbooks import is_workbook, workbook_text
from cantine_desktop.values.text import fold


def likeliest(kinds: Sequence[Import], content: bytes) -> int:
    """Return the place of the kind whose headings a file holds most of.

    Args:
        kinds: Those whose suffix fits the file; at least one.
        content: The file.

    Returns:
        A place in ``kinds``: the first one when no heading tells.
    """
    lines = _lines(content)

    def score(place: int) -> tuple[int, float]:
        known = {fold(heading) for heading in kinds[place].headings}
        found = max((len(line & known) for line in lines), default=0)
        return found, found / len(known) if known else 0.0

    return max(range(len(kinds)), key=score)


def knows(kinds: Sequence[Import], content: bytes) -> float:
    """Return how many of its headings the likeliest kind finds in a file, from 0 to 1."""
    lines = _lines(content)
    shares = [
        max((len(line & known) for line in lines), default=0) / len(known)
        for each in kinds
        if (known := {fold(heading) for heading in each.headings})
    ]
    return max(shares, default=0.0)


def _lines(content: bytes) -> list[set[str]]:
    """Return the cells of the first lines, folded; none of what is no text."""
    try:
        text = workbook_text(content) if is_workbook(content) else decode_text(content)
    except UnreadableError:
        return []
    lines = list(islice(io.StringIO(text), HEADING_SEARCH))
    return [
        {fold(cell) for cell in row if cell.strip()}
        for delimiter in DELIMITERS
        for row in _rows(lines, delimiter)
    ]


def _rows(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return []
