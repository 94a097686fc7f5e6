"""The cells of a price list: pasted, CSV, XLSX or ODS, whatever strangers put in them."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import starmap
from typing import IO, Any, NoReturn

from cantine_desktop.exchange.cells import Cell
from cantine_desktop.exchange.decoding import decode_text, read_limited
from cantine_desktop.exchange.problems import Problem, UnreadableError, whole_file
from cantine_desktop.exchange.workbooks import is_workbook, workbook_rows
from cantine_desktop.i18n import tr

MOST_ROWS = 20_000
MOST_COLUMNS = 200
LONGEST_CELL = 2000


@dataclass(frozen=True)
class ListRow:
    """A row of a price list that holds something.

    Attributes:
        line: Its number as the file or its program shows it, from 1.
    """

    line: int
    cells: tuple[Cell, ...]


def read_table(source: IO[bytes]) -> list[ListRow]:
    """Return the rows of a file, told by what it holds, not by its name.

    Of a workbook the first sheet that holds anything is read; a formula is kept as a
    formula, so that a reader refuses it where it counts.

    Raises:
        UnreadableError: It is no sheet, is damaged, or swells out of measure.
    """
    content = read_limited(source)
    if not is_workbook(content):
        return read_pasted(decode_text(content))
    return _measured(starmap(ListRow, workbook_rows(content)))


def read_pasted(text: str) -> list[ListRow]:
    """Return the rows of a text: tabs from a spreadsheet, or a CSV.

    Raises:
        UnreadableError: A quote is badly closed, or there is too much.
    """
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    return _measured(_split(reader, is_plain=delimiter == ","))


def _delimiter(text: str) -> str:
    """Return what stands between cells: what most of the first lines hold, tabs before all."""
    lines = [line for line in text.splitlines()[:50] if line.strip()]
    shares = {sign: sum(sign in line for line in lines) for sign in "\t;|,"}
    return max(shares, key=lambda sign: shares[sign])


def _split(reader: Any, *, is_plain: bool) -> Iterator[ListRow]:
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            broken = tr("un guillemet est mal fermé ou une cellule est trop longue")
            raise UnreadableError(Problem(line, "", broken)) from None
        if cells is None:
            return
        yield ListRow(line, tuple(Cell(" ".join(cell.split()), is_plain) for cell in cells))


def _measured(rows: Iterable[ListRow]) -> list[ListRow]:
    """Return the rows that hold something.

    Raises:
        UnreadableError: There are too many, too wide, or none.
    """
    kept: list[ListRow] = []
    for row in rows:
        if not any(cell.text for cell in row.cells):
            continue
        kept.append(row)
        if (
            len(kept) > MOST_ROWS
            or len(row.cells) > MOST_COLUMNS
            or any(len(cell.text) > LONGEST_CELL for cell in row.cells)
        ):
            _refuse_size(row.line)
    if not kept:
        raise UnreadableError(whole_file(tr("Ce tarif ne contient aucune ligne.")))
    return kept


def _refuse_size(line: int) -> NoReturn:
    text = tr("ce tarif est démesuré : gardez {rows} lignes et {columns} colonnes au plus")
    raise UnreadableError(Problem(line, "", text.format(rows=MOST_ROWS, columns=MOST_COLUMNS)))
