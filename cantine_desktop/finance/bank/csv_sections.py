"""Files that hold several accounts one after the other, each under headings of its own.

Crédit Agricole writes the current account, then the savings ones, in a single file.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cantine_desktop.finance.bank.csv_mapping import CsvMapping
from cantine_desktop.finance.bank.csv_preamble import read_preamble
from cantine_desktop.finance.bank.csv_table import Row
from cantine_desktop.finance.bank.csv_words import Role, plain_heading
from cantine_desktop.finance.bank.days import named_day
from cantine_desktop.finance.bank.days import parts_of as day_parts

_DAYS = (Role.DAY, Role.OPERATION_DAY, Role.VALUE_DAY)


class Part(NamedTuple):
    """The rows about one account.

    Attributes:
        above: What stands above its headings.
        rows: What stands below.
        is_last: Nothing of the file follows.
    """

    above: Sequence[Row]
    rows: Sequence[Row]
    is_last: bool = True


def parts_of(whole: Part, mapping: CsvMapping) -> list[Part]:
    """Return the parts of a file: one when its headings are repeated for the same account."""
    places = [rank for rank, row in enumerate(whole.rows) if is_headings(row, mapping.headings)]
    if not places:
        return [whole]
    parts = list(_cut(whole, mapping, places))
    accounts = [read_preamble(part.above).account for part in parts]
    if not all(accounts) or len(set(accounts)) < 2:
        return [whole]
    return parts


def _cut(whole: Part, mapping: CsvMapping, places: Sequence[int]) -> Iterator[Part]:
    above, start = whole.above, 0
    for place in places:
        end = place
        while end > start and not _has_day(whole.rows[end - 1], mapping):
            end -= 1
        yield Part(above, whole.rows[start:end], is_last=False)
        above, start = whole.rows[end:place], place + 1
    yield Part(above, whole.rows[start:])


def is_headings(row: Row, headings: Sequence[str]) -> bool:
    """Tell whether a row repeats headings made plain."""
    if (
        not headings
        or len(row.cells) != len(headings)
        or plain_heading(row.cells[0]) != headings[0]
    ):
        return False
    return all(plain_heading(cell) == held for cell, held in zip(row.cells, headings, strict=True))


def _has_day(row: Row, mapping: CsvMapping) -> bool:
    cells = [row.cell(column) for role in _DAYS for column in mapping.columns.get(role, ())]
    return any(day_parts(cell) or named_day(cell) for cell in cells)
