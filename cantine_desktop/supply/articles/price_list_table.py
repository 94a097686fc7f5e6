"""The cells of a price list: pasted, CSV, XLSX or ODS, whatever strangers put in them."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import IO, Any, NoReturn
from xml.etree.ElementTree import Element  # noqa: S405  -- holds the tree only

from cantine_desktop.exchange.archives import read_zip
from cantine_desktop.exchange.cells import Cell
from cantine_desktop.exchange.decoding import decode_text, read_limited
from cantine_desktop.exchange.problems import Problem, UnreadableError, whole_file
from cantine_desktop.exchange.xml import read_xml
from cantine_desktop.i18n import tr

MOST_ROWS = 20_000
MOST_COLUMNS = 200
LONGEST_CELL = 2000

_ZIP = b"PK\x03\x04"
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_REFERENCE = re.compile(
    rb"<(?:\w+:)?c\b[^>]*?\sr\s*=\s*[\"']([A-Za-z]{1,7})([0-9]{1,12})[\"'][^>]*?(/?)>(\s*<(?:\w+:)?f\b)?"
)
_FAR_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\sr\s*=\s*[\"']([0-9]{1,12})[\"']")
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


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
    if content.startswith(_OLD_WORKBOOK):
        raise UnreadableError(
            whole_file(
                tr(
                    "Ceci est un classeur d’un ancien format (.xls) ou protégé."
                    " Ouvrez-le dans votre tableur et enregistrez-le au format XLSX ou ODS."
                )
            )
        )
    if not content.startswith(_ZIP):
        return read_pasted(decode_text(content))
    inside = read_zip(io.BytesIO(content))
    if "content.xml" in inside:
        return _measured(_open_document(inside["content.xml"]))
    if "xl/workbook.xml" in inside:
        return _measured(_workbook(content, inside))
    raise UnreadableError(whole_file(tr("Ce fichier ZIP n’est pas un classeur.")))


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


def _measured(rows: Iterator[ListRow]) -> list[ListRow]:
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


def _workbook(content: bytes, inside: dict[str, bytes]) -> Iterator[ListRow]:
    """Read an XLSX: its cells are counted first, for the reader lays out a whole rectangle.

    Raises:
        UnreadableError: It is damaged, ciphered or measureless.
    """
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415  -- start-up

    formulas: set[tuple[int, int]] = set()
    for part in inside.values():
        formulas |= _formulas(part)
    damaged = whole_file(tr("ce classeur est abîmé ou protégé"))
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = (book.get_sheet_by_index(place) for place in range(len(book.sheet_names)))
        rows = next(
            (found for sheet in sheets if (found := sheet.to_python(False))), list[list[Any]]()
        )
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableError(damaged) from error
    for line, row in enumerate(rows, 1):
        yield ListRow(
            line,
            tuple(
                Cell("=", is_plain=True) if (line, place) in formulas else _cell(value)
                for place, value in enumerate(row)
            ),
        )


def _formulas(sheet: bytes) -> set[tuple[int, int]]:
    """Return where a sheet holds formulas: line from 1, column from 0.

    Raises:
        UnreadableError: A cell stands too far for a price list.
    """
    for row in _FAR_ROW.finditer(sheet):
        if int(row[1]) > MOST_ROWS:
            _refuse_size(int(row[1]))
    found: set[tuple[int, int]] = set()
    for match in _REFERENCE.finditer(sheet):
        letters, digits, empty, formula = match.groups()
        column = 0
        for letter in letters.upper():
            column = column * 26 + letter - 64
        if column > MOST_COLUMNS or int(digits) > MOST_ROWS:
            _refuse_size(int(digits))
        if formula and not empty:
            found.add((int(digits), column - 1))
    return found


def _cell(value: Any) -> Cell:
    """Return a cell of a workbook as text; a number is a plain one."""
    if isinstance(value, float):
        return Cell(format(value, ".15g"), is_plain=True)
    if isinstance(value, int) and not isinstance(value, bool):
        return Cell(str(value), is_plain=True)
    if isinstance(value, date):
        return Cell(value.isoformat(), is_plain=True)
    return Cell(" ".join(str(value).split()), is_plain=False)


def _open_document(content: bytes) -> Iterator[ListRow]:
    root = read_xml(io.BytesIO(content))
    for table in root.iter(f"{_TABLE}table"):
        rows = list(_open_rows(table))
        if any(cell.text for row in rows for cell in row.cells):
            yield from rows
            return


def _open_rows(table: Element) -> Iterator[ListRow]:
    """Read the rows of a table; what repeats is written out only where it holds something.

    Raises:
        UnreadableError: It repeats without measure.
    """
    line = 1
    for row in table.iter(f"{_TABLE}table-row"):
        cells: list[Cell] = []
        for each in row:
            if each.tag not in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
                continue
            cell = _open_cell(each)
            times = _repeats(each, "number-columns-repeated")
            if cell.text and len(cells) + times > MOST_COLUMNS:
                _refuse_size(line)
            cells.extend([cell] * min(times, max(0, MOST_COLUMNS - len(cells))))
        times = _repeats(row, "number-rows-repeated")
        if any(cell.text for cell in cells):
            if times > MOST_ROWS:
                _refuse_size(line)
            yield from (ListRow(line + more, tuple(cells)) for more in range(times))
        line += times


def _repeats(element: Element, name: str) -> int:
    told = element.get(f"{_TABLE}{name}", "1")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 9 else 1


def _open_cell(element: Element) -> Cell:
    if element.get(f"{_TABLE}formula"):
        return Cell("=", is_plain=True)
    value = element.get(f"{_OFFICE}value")
    if value is not None and element.get(f"{_OFFICE}value-type") != "string":
        return Cell(value.strip(), is_plain=True)
    parts = ["".join(each.itertext()) for each in element.iter(f"{_TEXT}p")]
    return Cell(" ".join(" ".join(parts).split()), is_plain=False)
