"""Reading back a file of another program, by the profile that wrote it."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import IO, Any

from cantine_desktop.exchange.decoding import LARGEST_FILE, read_limited
from cantine_desktop.exchange.problems import Problem, UnreadableError, whole_file
from cantine_desktop.finance.transfer.cells import COMPUTED, Value, read_cell
from cantine_desktop.finance.transfer.lines import FlatLine
from cantine_desktop.finance.transfer.profiles import Column, Profile, Record
from cantine_desktop.i18n import tr

MOST_PROBLEMS = 500


@dataclass
class ReadBack:
    """What a file holds.

    Attributes:
        lines: In order; what the layout does not carry is empty in them.
        problems: What could not be read, each with its place.
    """

    lines: list[FlatLine] = field(default_factory=list[FlatLine])
    problems: list[Problem] = field(default_factory=list[Problem])


def read_transfer(source: IO[bytes], profile: Profile) -> ReadBack:
    """Read a file in a layout.

    Raises:
        UnreadableError: It is empty, too large, or not in the encoding of the layout.
    """
    content = read_limited(source, LARGEST_FILE)
    try:
        text = content.decode("utf-8-sig" if profile.bom else profile.encoding)
    except UnicodeDecodeError:
        raise UnreadableError(
            whole_file(
                tr("Ce fichier n’est pas au format {title}.").format(title=tr(profile.title))
            )
        ) from None
    found, names = ReadBack(), _Names()
    for number, row in _rows(text, profile):
        if len(found.problems) >= MOST_PROBLEMS:
            break
        _read_row(row, number, profile, found, names)
    found.lines = [names.complete(line) for line in _in_entries(found.lines, profile)]
    return found


@dataclass
class _Names:
    """Titles and accounts that other records gave, by code."""

    journals: dict[str, str] = field(default_factory=dict[str, str])
    accounts: dict[str, str] = field(default_factory=dict[str, str])
    parties: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])

    def complete(self, line: FlatLine) -> FlatLine:
        """Return a line with the names the file gave elsewhere."""
        changed: dict[str, Any] = {}
        if line.journal in self.journals:
            changed["journal_title"] = self.journals[line.journal]
        party = line.party or line.account
        if party in self.parties:
            name, collective = self.parties[party]
            changed |= {"party": party, "party_name": name}
            changed["account"] = collective or line.account
        if line.account in self.accounts:
            changed["account_title"] = self.accounts[line.account]
        return replace(line, **changed) if changed else line


def _rows(text: str, profile: Profile) -> Iterator[tuple[int, list[str] | str]]:
    """Yield the number and the cells, or the whole line, of what is neither head nor foot."""
    skipped = len(profile.before) + (1 if profile.headings else 0)
    ends = {line.strip() for line in profile.after}
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.removesuffix("\r")
        if number <= skipped or not bare.strip() or bare.strip() in ends:
            continue
        if not profile.separator:
            yield number, bare
        elif profile.quote:
            yield number, _cut_at(profile.separator, bare)
        else:
            yield number, bare.split(profile.separator)


def _cut_at(separator: str, line: str) -> list[str]:
    """Return the cells of a line; none when its quotes are broken."""
    try:
        for cells in csv.reader(io.StringIO(line), delimiter=separator):
            return cells
    except csv.Error:
        pass
    return []


def _read_row(
    row: Sequence[str] | str, number: int, profile: Profile, found: ReadBack, names: _Names
) -> None:
    for record in profile.records:
        cells = _cells(row, record, profile)
        if cells is None:
            continue
        values: dict[str, Value] = {}
        for column, cell in zip(record.columns, cells, strict=True):
            if not column.source:
                continue
            try:
                value = read_cell(cell, column, profile)
            except ValueError:
                text = tr("« {text} » n’est pas ce qui est attendu ici").format(text=cell.strip())
                found.problems.append(Problem(number, column.title or column.source, text))
                return
            if value not in {None, "", 0} or column.source not in values:
                values[column.source] = _longer(values.get(column.source), value)
        _take(record, values, found, names)
        return
    found.problems.append(Problem(number, "", tr("cette ligne n’est pas de ce format")))


def _longer(known: Value, value: Value) -> Value:
    """Return the fuller of two texts that say the same, one cut shorter."""
    if isinstance(known, str) and isinstance(value, str) and len(known) > len(value):
        return known
    return value


def _cells(row: Sequence[str] | str, record: Record, profile: Profile) -> list[str] | None:
    """Return the cells of a row if it is a record of that kind."""
    if isinstance(row, str):
        cells = _sliced(row, record.columns, profile.encoding)
    elif len(row) == len(record.columns):
        cells = list(row)
    else:
        return None
    for column, cell in zip(record.columns, cells, strict=True):
        if column.is_marker and cell.strip() != column.text.strip():
            return None
    return cells


def _sliced(row: str, columns: Sequence[Column], encoding: str) -> list[str]:
    """Return the cells of a line of fixed widths, counted in bytes."""
    encoded, place = row.encode(encoding), 0
    cells: list[str] = []
    for column in columns:
        cells.append(encoded[place : place + column.width].decode(encoding, errors="replace"))
        place += column.width
    return cells


def _take(record: Record, values: dict[str, Value], found: ReadBack, names: _Names) -> None:
    if record.per == "journal":
        names.journals[str(values["journal"])] = str(values.get("journal_title", ""))
    elif record.per == "account":
        code = str(values.get("holder") or values.get("account"))
        names.accounts[code] = str(values.get("holder_title") or values.get("account_title", ""))
    elif record.per == "party":
        code = str(values.get("holder") or values.get("party"))
        title = str(values.get("holder_title") or values.get("party_name", ""))
        names.parties[code] = (title, str(values.get("collective") or values.get("account") or ""))
    elif record.per == "line":
        found.lines.append(_line(values))
    elif found.lines:
        section = {record.per: str(values.get(record.per, ""))}
        found.lines[-1] = replace(found.lines[-1], **section)  # type: ignore[arg-type]


_KEPT = frozenset(FlatLine.__slots__) - set(COMPUTED)


def _line(values: dict[str, Value]) -> FlatLine:
    known: dict[str, Any] = {k: v for k, v in values.items() if k in _KEPT}
    if "amount" in values:
        known["debit" if values.get("side") == "D" else "credit"] = values["amount"]
    if "holder" in values:
        known["account"] = values["holder"]
        if "holder_title" in values:
            known["account_title"] = values["holder_title"]
    if values.get("index"):
        known["entry"] = int(str(values["index"]))
    return FlatLine(**known)


def _in_entries(lines: Sequence[FlatLine], profile: Profile) -> list[FlatLine]:
    """Return lines with the rank of their entry: as the file numbers them, else by balance."""
    numbered = "index" in profile.sources
    grouped: list[FlatLine] = []
    rank, gap, last = 0, 0, None
    for line in lines:
        key = line.entry if numbered else (line.journal, line.day, line.piece)
        if key != last or (not numbered and gap == 0):
            rank, gap, last = rank + 1, 0, key
        gap += line.net
        grouped.append(replace(line, entry=rank))
    return grouped
