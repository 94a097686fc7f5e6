"""Sheets of a workbook (XLSX, ODS): rows of cells, or the text that a CSV would hold.

A row keeps its number, so that a problem names the line that the spreadsheet shows. A formula is
handed over as one, for its value may be stale: who reads it says where it stands.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import IO, Any, NamedTuple, NoReturn
from xml.etree.ElementTree import Element  # noqa: S405  -- holds the tree only
from zipfile import is_zipfile

from cantine_desktop.exchange.archives import read_zip
from cantine_desktop.exchange.cells import Cell
from cantine_desktop.exchange.decoding import LARGEST_FILE, decode_text, read_limited
from cantine_desktop.exchange.problems import Problem, UnreadableError, whole_file
from cantine_desktop.exchange.xml import read_xml
from cantine_desktop.i18n import mark, tr

MOST_ROWS = 20_000
MOST_COLUMNS = 200

_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_FORMULA = Cell("=…")
_DAMAGED = mark("ce classeur est abîmé ou protégé")
_CELL = re.compile(
    rb"<(?:\w+:)?c\b[^>]*?\sr\s*=\s*[\"']([A-Za-z]{1,7})([0-9]{1,12})[\"'][^>]*?(/?)>"
    rb"(\s*<(?:\w+:)?f\b)?"
)
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\sr\s*=\s*[\"']([0-9]{1,12})[\"']")
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_WORDS = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


class SheetRow(NamedTuple):
    """A row of a sheet that holds something.

    Attributes:
        line: Its number as a spreadsheet shows it, from 1.
    """

    line: int
    cells: tuple[Cell, ...]


def is_workbook(content: bytes) -> bool:
    """Tell whether a file is a workbook, a new one or an old one."""
    return content.startswith((_ZIP, _OLD))


def read_text(source: IO[bytes], limit: int = LARGEST_FILE) -> str:
    """Return the text of a file: as it is, or that of the first sheet of a workbook that has any.

    Raises:
        UnreadableError: It is too large, damaged, ciphered, of an old format, or no workbook.
    """
    content = read_limited(source, limit)
    return workbook_text(content) if is_workbook(content) else decode_text(content)


def workbook_text(content: bytes) -> str:
    """Return the first sheet that holds anything as lines of cells with tabs between.

    Raises:
        UnreadableError: It is damaged, ciphered, of an old format, measureless or no workbook.
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter="\t", lineterminator="\n")
    written = 0
    for line, cells in workbook_rows(content):
        writer.writerows([] for _rank in range(written + 1, line))
        writer.writerow(cell.text for cell in cells)
        written = line
    return target.getvalue()


def workbook_rows(content: bytes) -> Iterator[SheetRow]:
    """Return the rows of the first sheet that holds anything; empty ones are left out.

    Raises:
        UnreadableError: It is damaged, ciphered, of an old format, measureless or no workbook.
    """
    if content.startswith(_OLD):
        raise UnreadableError(
            whole_file(
                tr(
                    "Ceci est un classeur d’un ancien format (.xls) ou protégé."
                    " Ouvrez-le dans votre tableur et enregistrez-le au format XLSX ou ODS."
                )
            )
        )
    if not is_zipfile(io.BytesIO(content)):
        raise UnreadableError(whole_file(tr(_DAMAGED)))
    inside = read_zip(io.BytesIO(content))
    if "content.xml" in inside:
        return _filled(_open_document(inside["content.xml"]))
    if "xl/workbook.xml" in inside:
        return _filled(_office_open(content, inside))
    raise UnreadableError(whole_file(tr("Ce fichier ZIP n’est pas un classeur.")))


def _filled(rows: Iterable[SheetRow]) -> Iterator[SheetRow]:
    return (row for row in rows if any(cell.text for cell in row.cells))


def _refuse_size(line: int) -> NoReturn:
    text = tr("cette feuille est démesurée : gardez {rows} lignes et {columns} colonnes au plus")
    raise UnreadableError(Problem(line, "", text.format(rows=MOST_ROWS, columns=MOST_COLUMNS)))


def _office_open(content: bytes, inside: dict[str, bytes]) -> list[SheetRow]:
    """Read an XLSX; its cells are looked at first, for the reader lays out a whole rectangle.

    Raises:
        UnreadableError: It is damaged or measureless.
    """
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415  -- start-up

    for part in inside.values():
        _refuse_far(part)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = book.sheet_names
        sheets = (book.get_sheet_by_index(rank) for rank in range(len(names)))
        found = next(
            ((rank, rows) for rank, sheet in enumerate(sheets) if (rows := sheet.to_python(False))),
            None,
        )
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableError(whole_file(tr(_DAMAGED))) from error
    if found is None:
        return []
    rank, rows = found
    formulas = _formulas(inside.get(_part(inside, rank), b""))
    return [
        SheetRow(
            line,
            tuple(
                _FORMULA if (line, place) in formulas else _cell(value)
                for place, value in enumerate(row)
            ),
        )
        for line, row in enumerate(rows, 1)
    ]


def _part(inside: dict[str, bytes], rank: int) -> str:
    """Return the path of a sheet, by its rank in the workbook; empty when it is not told."""
    links = {
        each.get("Id", ""): each.get("Target", "")
        for each in read_xml(io.BytesIO(inside.get("xl/_rels/workbook.xml.rels", b"<none/>")))
    }
    sheets = [
        each
        for each in read_xml(io.BytesIO(inside["xl/workbook.xml"])).iter()
        if each.tag.endswith("}sheet")
    ]
    named = next((key for key in sheets[rank].attrib if key.endswith("}id")), "")
    target = links.get(sheets[rank].get(named, ""), "")
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _refuse_far(part: bytes) -> None:
    for row in _ROW.finditer(part):
        if int(row[1]) > MOST_ROWS:
            _refuse_size(int(row[1]))
    for match in _CELL.finditer(part):
        if int(match[2]) > MOST_ROWS or _column(match[1]) >= MOST_COLUMNS:
            _refuse_size(int(match[2]))


def _formulas(sheet: bytes) -> set[tuple[int, int]]:
    return {
        (int(match[2]), _column(match[1]))
        for match in _CELL.finditer(sheet)
        if match[4] and not match[3]
    }


def _column(letters: bytes) -> int:
    """Return the place of a column from 0."""
    place = 0
    for letter in letters.upper():
        place = place * 26 + letter - 64
    return place - 1


def _cell(value: Any) -> Cell:
    """Return a cell as text; numbers and days are plain ones."""
    if isinstance(value, float):
        return Cell(format(value, ".15g"))
    if isinstance(value, int) and not isinstance(value, bool):
        return Cell(str(value))
    if isinstance(value, datetime) and (value.hour or value.minute):
        return Cell(value.isoformat(" ", "minutes"))
    if isinstance(value, datetime):
        return Cell(value.date().isoformat())
    if isinstance(value, date):
        return Cell(value.isoformat())
    return Cell(" ".join(str(value).split()), is_plain=False)


def _open_document(content: bytes) -> Iterator[SheetRow]:
    root = read_xml(io.BytesIO(content))
    for table in root.iter(f"{_TABLE}table"):
        rows = list(_open_rows(table))
        if rows:
            yield from rows
            return


def _open_rows(table: Element) -> Iterator[SheetRow]:
    """Yield the rows of a table; what repeats is written out only where it holds something.

    Raises:
        UnreadableError: It repeats without measure.
    """
    line = 1
    for row in table.iter(f"{_TABLE}table-row"):
        cells = _open_cells(row, line)
        times = _repeats(row, "number-rows-repeated")
        if any(cell.text for cell in cells):
            if line + times > MOST_ROWS:
                _refuse_size(line)
            yield from (SheetRow(line + more, tuple(cells)) for more in range(times))
        line += times


def _open_cells(row: Element, line: int) -> list[Cell]:
    cells: list[Cell] = []
    for each in row:
        if each.tag not in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
            continue
        cell = _open_cell(each)
        times = _repeats(each, "number-columns-repeated")
        if cell.text and len(cells) + times > MOST_COLUMNS:
            _refuse_size(line)
        cells.extend([cell] * min(times, max(0, MOST_COLUMNS - len(cells))))
    return cells


def _repeats(element: Element, name: str) -> int:
    told = element.get(f"{_TABLE}{name}", "1")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 9 else 1


def _open_cell(element: Element) -> Cell:
    if element.get(f"{_TABLE}formula"):
        return _FORMULA
    kind = element.get(f"{_OFFICE}value-type")
    value = element.get(f"{_OFFICE}{'date-value' if kind == 'date' else 'value'}")
    if value is not None and kind != "string":
        return Cell(value.strip())
    parts = ["".join(each.itertext()) for each in element.iter(f"{_WORDS}p")]
    return Cell(" ".join(" ".join(parts).split()), is_plain=False)
