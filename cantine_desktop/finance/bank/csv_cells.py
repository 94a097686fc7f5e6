"""What the cells of a column look like: days, amounts, currencies, words."""

import re
from collections.abc import Sequence

from cantine_desktop.finance.bank.amounts import AmountError, decimal_mark, to_decimal
from cantine_desktop.finance.bank.csv_table import Row
from cantine_desktop.finance.bank.days import named_day, parts_of


def cells_of(body: Sequence[Row], column: int) -> list[str]:
    """Return the cells of a column; none when there is no such column."""
    return [row.cell(column) for row in body] if column >= 0 else []


def are_days(cells: Sequence[str]) -> bool:
    """Tell whether most cells are days."""
    return sum((parts_of(c) or named_day(c)) is not None for c in cells) >= 0.6 * len(cells)


def are_currencies(cells: Sequence[str]) -> bool:
    """Tell whether cells are names of currencies."""
    return all(re.fullmatch(r"[A-Za-z]{3}|[€$£]|Euros?", cell) for cell in cells)


def are_amounts(cells: Sequence[str], share: float = 0.8) -> bool:
    """Tell whether cells are amounts, a share of them at least."""
    mark = decimal_mark(cells) or "."
    return sum(is_amount(cell, mark) for cell in cells) >= share * len(cells)


def is_amount(cell: str, mark: str) -> bool:
    """Tell whether a cell is an amount, and no long number of an account."""
    if re.fullmatch(r"[A-Za-z]{2,3}\d{6,}|\d{9,}", cell.replace(" ", "")):
        return False
    try:
        to_decimal(cell, mark)
    except AmountError:
        return False
    return True
