"""The rows of a CSV file, whatever separates its cells and wherever its quotes stand."""

import csv
import html
import re
from collections import Counter
from typing import NamedTuple

from cantine_desktop.exchange.problems import UnreadableError, whole_file
from cantine_desktop.finance.bank.csv_words import known_meaning
from cantine_desktop.finance.bank.texts import decode
from cantine_desktop.i18n import tr

DELIMITERS = ";,\t|"
MOST_ROWS = 150_000
MOST_CELLS = 200
LONGEST_QUOTE = 12
"""Lines a quoted cell may run over: beyond, its quote is taken for a sign among others."""

_LOOKED_AT = 60


class Row(NamedTuple):
    """A row and the line of the file where it begins."""

    place: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        """Return a cell, empty when the row is too short."""
        return self.cells[column] if 0 <= column < len(self.cells) else ""

    @property
    def is_blank(self) -> bool:
        """Whether no cell holds anything."""
        return not any(self.cells)


class Table(NamedTuple):
    """The rows of a file.

    Attributes:
        rows: Those that hold something.
        delimiter: What separates its cells.
        is_ended: The last row ends as the others do; else the file may have been cut.
    """

    rows: tuple[Row, ...]
    delimiter: str
    is_ended: bool = True


def read_table(content: bytes) -> Table:
    """Return the rows of a file.

    Raises:
        UnreadableError: It is no text, or has far too many rows.
    """
    text = decode(content).replace("\r\n", "\n").replace("\r", "\n")
    lines = _ENTITY.sub(_letter, text).split("\n")
    if len(lines) > MOST_ROWS:
        raise UnreadableError(
            whole_file(
                tr("ce fichier a trop de lignes : demandez à la banque une période plus courte")
            )
        )
    delimiter = _delimiter([line for line in lines[:400] if line.strip()][:_LOOKED_AT])
    rows: list[Row] = []
    place = 0
    while place < len(lines):
        used, cells = _record(lines, place, delimiter)
        row = Row(place + 1, cells)
        place += used
        if not row.is_blank:
            rows.append(row)
    return Table(tuple(rows), delimiter, not lines[-1].strip())


_SIGNS = "&'’€°«»\xa0"
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}\d{0,2}|#\d{2,5}|#x[0-9A-Fa-f]{2,5});")


def _letter(found: re.Match[str]) -> str:
    """Return the letter an HTML entity stands for, whose ``;`` would cut a cell in two."""
    letter = html.unescape(found[0])
    return letter if len(letter) == 1 and (letter.isalpha() or letter in _SIGNS) else found[0]


def _record(lines: list[str], place: int, delimiter: str) -> tuple[int, tuple[str, ...]]:
    """Return how many lines a record takes, and its cells."""
    record = lines[place]
    used = 1
    while record.count('"') % 2 and used < LONGEST_QUOTE and place + used < len(lines):
        record += "\n" + lines[place + used]
        used += 1
    if record.count('"') % 2:
        return 1, _cells(lines[place].replace('"', ""), delimiter)
    return used, _cells(record, delimiter)


def _cells(record: str, delimiter: str) -> tuple[str, ...]:
    if '"' not in record:
        found = record.split(delimiter, MOST_CELLS)
    else:
        try:
            rows = csv.reader([record], delimiter=delimiter, skipinitialspace=True)
            found = next(rows, [""])
        except csv.Error:
            found = record.replace('"', "").split(delimiter, MOST_CELLS)
    return tuple(cell.strip() for cell in found[:MOST_CELLS])


def _delimiter(lines: list[str]) -> str:
    """Return what separates the cells: what makes headings, or else columns, of most lines."""

    def score(delimiter: str) -> tuple[int, int]:
        rows = [_cells(line, delimiter) for line in lines]
        headings = max((sum(map(_is_heading, row)) for row in rows), default=0)
        counts = Counter(map(len, rows))
        columns = max((times * (width - 1) for width, times in counts.items()), default=0)
        return headings if headings >= 3 else 0, columns

    return max(DELIMITERS, key=score)


def _is_heading(cell: str) -> bool:
    return known_meaning(cell) is not None
