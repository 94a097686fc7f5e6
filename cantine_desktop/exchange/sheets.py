"""Reading sheets (CSV, XLSX, ODS): headings matched to fields, every problem located."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Any, NamedTuple

from cantine_desktop.exchange.cells import Cell, CellError, Convert
from cantine_desktop.exchange.decoding import LARGEST_FILE
from cantine_desktop.exchange.formulas import unshield
from cantine_desktop.exchange.problems import Problem, UnreadableError, whole_file
from cantine_desktop.exchange.workbooks import read_text
from cantine_desktop.i18n import tr
from cantine_desktop.values.text import fold

DELIMITERS = ";,\t|"
MOST_ROWS = 100_000
MOST_PROBLEMS = 500
HEADING_SEARCH = 30
"""Lines looked at for the headings: banks write a letterhead above them."""

_SHEET_ERROR = re.compile(
    r"#(?:REF|NAME|NOM|VALUE|VALEUR|DIV/0|N/A|N/D|NUM|NOMBRE|NULL|NUL)[!?]?", re.IGNORECASE
)


@dataclass(frozen=True)
class Field:
    """One value expected on each line of a sheet.

    Attributes:
        key: Name of the value for the program.
        heading: Heading of its column, matched without accents or case.
        convert: Makes the value of a cell, or raises ``CellError``.
        required: The column must be there and its cells filled; an empty
            optional cell gives ``None``.
        others: Other headings taken for this one.
    """

    key: str
    heading: str
    convert: Convert[Any]
    required: bool = True
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One line of a sheet whose cells all make sense.

    Attributes:
        line: Line of the file it starts on, from 1.
        values: By key of field.
        headings: As the file writes them, by key of field.
    """

    line: int
    values: dict[str, Any]
    headings: dict[str, str]

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    def problem(self, key: str, text: str) -> Problem:
        """Return a problem located in the cell of a field; ``""`` is the whole line."""
        return Problem(self.line, self.headings.get(key, ""), text)


@dataclass
class Sheet:
    """What a sheet holds.

    Attributes:
        rows: The lines that make sense, in order.
        problems: What is wrong on the others.
        ignored: Headings that no field asks for.
    """

    rows: list[Row] = field(default_factory=list[Row])
    problems: list[Problem] = field(default_factory=list[Problem])
    ignored: list[str] = field(default_factory=list[str])


class _Line(NamedTuple):
    number: int
    cells: list[str]


class _Layout(NamedTuple):
    """How a sheet is laid out: place and heading of each field, and the lines below."""

    delimiter: str
    headings: list[str]
    places: dict[str, int]
    names: dict[str, str]
    lines: Iterator[_Line]


def read_sheet(source: IO[bytes], fields: Sequence[Field], limit: int = LARGEST_FILE) -> Sheet:
    """Read a sheet whose columns may stand in any order.

    The delimiter (``;``, ``,``, tab or ``|``) and the encoding are found out; of a workbook the
    first sheet that holds anything is read.
    A line with a problem gives no row, and all its problems.

    Args:
        source: The file.
        fields: What is expected of each line.
        limit: Most bytes it may hold.

    Raises:
        UnreadableError: The file is no sheet, is too large, or lacks a required column.
    """
    text = read_text(source, limit)
    layout = _find_layout(text, fields)
    used = set(layout.places.values())
    sheet = Sheet(ignored=[h for n, h in enumerate(layout.headings) if h and n not in used])
    try:
        _read_lines(layout, fields, sheet)
    except UnreadableError as error:
        sheet.problems.extend(error.problems)
    return sheet


def _read_lines(layout: _Layout, fields: Sequence[Field], sheet: Sheet) -> None:
    for count, line in enumerate(layout.lines):
        if count >= MOST_ROWS:
            raise UnreadableError(
                whole_file(
                    tr("Ce fichier a plus de {count} lignes : coupez-le en plusieurs.").format(
                        count=MOST_ROWS
                    )
                )
            )
        if len(sheet.problems) >= MOST_PROBLEMS:
            raise UnreadableError(
                whole_file(
                    tr("Lecture arrêtée après {count} problèmes.").format(count=MOST_PROBLEMS)
                )
            )
        if any(cell.strip() for cell in line.cells):
            _read_line(line, layout, fields, sheet)


def _read_line(line: _Line, layout: _Layout, fields: Sequence[Field], sheet: Sheet) -> None:
    problems = _ragged(line, layout, fields)
    values: dict[str, Any] = {}
    for wanted in () if problems else fields:
        place = layout.places.get(wanted.key, len(line.cells))
        text = line.cells[place] if place < len(line.cells) else ""
        try:
            values[wanted.key] = _value(wanted, text, is_plain=layout.delimiter != ";")
        except CellError as error:
            heading = layout.names.get(wanted.key, wanted.heading)
            problems.append(Problem(line.number, heading, str(error)))
    if problems:
        sheet.problems.extend(problems)
    else:
        sheet.rows.append(Row(line.number, values, layout.names))


def _ragged(line: _Line, layout: _Layout, fields: Sequence[Field]) -> list[Problem]:
    """Return the problem of a line that does not have as many cells as there are headings."""
    last_needed = max((layout.places[f.key] for f in fields if f.required), default=-1)
    spilled = any(cell.strip() for cell in line.cells[len(layout.headings) :])
    if not spilled and len(line.cells) > last_needed:
        return []
    text = tr("cette ligne a {cells} cellules, l’en-tête en a {headings}").format(
        cells=len(line.cells), headings=len(layout.headings)
    )
    return [Problem(line.number, "", text)]


def _value(wanted: Field, written: str, *, is_plain: bool) -> Any:
    text = written.strip()
    if text.startswith('="') and text.endswith('"') and len(text) > 2:
        text = text[2:-1]
    if text.startswith("="):
        raise CellError(tr("une formule ne peut pas être lue ; remplacez-la par sa valeur"))
    if _SHEET_ERROR.fullmatch(text):
        raise CellError(tr("le tableur signale une erreur dans cette cellule"))
    text = unshield(text)
    if text:
        return wanted.convert(Cell(text, is_plain))
    if wanted.required:
        raise CellError(tr("cette cellule doit être remplie"))
    return None


def _find_layout(text: str, fields: Sequence[Field]) -> _Layout:
    """Find the delimiter and the headings that answer the most fields.

    Raises:
        UnreadableError: No line looks like the headings.
    """
    best: tuple[int, int, str, _Line] | None = None
    for delimiter in DELIMITERS:
        for line in _head(text, delimiter):
            score = len(_match(line.cells, fields))
            if score and (best is None or (score, len(line.cells)) > best[:2]):
                best = (score, len(line.cells), delimiter, line)
    wanted = ", ".join(f"« {f.heading} »" for f in fields if f.required)
    if best is None:
        raise UnreadableError(
            whole_file(
                tr("Aucune colonne attendue dans ce fichier ; il faut {wanted}.").format(
                    wanted=wanted
                )
            )
        )
    _score, _width, delimiter, head = best
    headings = [cell.strip() for cell in head.cells]
    places = _match(headings, fields)
    _refuse_missing(head.number, places, fields)
    _refuse_doubles(head.number, headings, fields)
    after = (line for line in _lines(text, delimiter) if line.number > head.number)
    names = {key: headings[place] for key, place in places.items()}
    return _Layout(delimiter, headings, places, names, after)


def _head(text: str, delimiter: str) -> list[_Line]:
    """Return the first lines, as far as they can be read with a delimiter."""
    found: list[_Line] = []
    try:
        for line in _lines(text, delimiter):
            found.append(line)
            if len(found) == HEADING_SEARCH:
                break
    except UnreadableError:
        pass
    return found


def _lines(text: str, delimiter: str) -> Iterator[_Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            if "limit" in str(error):
                long = tr("une cellule y est trop longue")
                raise UnreadableError(Problem(start, "", long)) from None
            broken = tr("un guillemet est mal fermé ; la suite du fichier n’a pas été lue")
            raise UnreadableError(Problem(start, "", broken)) from None
        if cells is None:
            return
        yield _Line(start, cells)


def _match(headings: Sequence[str], fields: Sequence[Field]) -> dict[str, int]:
    """Return the column of each field that a line of headings answers."""
    folded = [_plain(heading) for heading in headings]
    places: dict[str, int] = {}
    for wanted in fields:
        for name in (wanted.heading, *wanted.others):
            if _plain(name) in folded:
                places.setdefault(wanted.key, folded.index(_plain(name)))
    return places


def _plain(heading: str) -> str:
    return " ".join(fold(heading).replace("_", " ").split())


def _refuse_missing(line: int, places: dict[str, int], fields: Sequence[Field]) -> None:
    missing = [f for f in fields if f.required and f.key not in places]
    if missing:
        text = tr("cette colonne manque")
        raise UnreadableError(*(Problem(line, f.heading, text) for f in missing))


def _refuse_doubles(line: int, headings: Sequence[str], fields: Sequence[Field]) -> None:
    folded = [_plain(heading) for heading in headings]
    names = {_plain(name): f.heading for f in fields for name in (f.heading, *f.others)}
    doubles = sorted({h for plain, h in names.items() if folded.count(plain) > 1})
    if doubles:
        text = tr("deux colonnes portent ce titre ; gardez-en une")
        raise UnreadableError(*(Problem(line, heading, text) for heading in doubles))
