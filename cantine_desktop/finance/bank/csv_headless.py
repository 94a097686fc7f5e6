"""Files of banks without headings: what their cells look like, and two shapes that are known.

BNP Paribas and Hello bank! write a row about the account, then ``day;kind;category;words;amount``.
LCL writes ``day;amount;kind;cheque;words`` and ends with its balance and the account.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from cantine_desktop.finance.bank.amounts import AmountError, to_decimal
from cantine_desktop.finance.bank.csv_cells import (
    are_amounts,
    are_currencies,
    are_days,
    cells_of,
    is_amount,
)
from cantine_desktop.finance.bank.csv_table import Row
from cantine_desktop.finance.bank.csv_words import Role
from cantine_desktop.finance.bank.days import parts_of
from cantine_desktop.finance.bank.ibans import french_iban

_MASKED = re.compile(r"[*xX]{2,}\d{3,5}")
_ACCOUNT = re.compile(r"(\d{5})\s?(\d{5,10}[A-Z])")
_LCL = "30002"
"""Code of LCL among French banks."""

Columns = dict[Role, tuple[int, ...]]


class Headless(NamedTuple):
    """A file without headings.

    Attributes:
        start: Rank of its first movement; what stands above speaks of the account.
        profile: ``"bnp"``, ``"lcl"`` or empty.
        columns: Columns of each role, from 0.
    """

    start: int
    profile: str
    columns: Columns


def read_headless(rows: Sequence[Row]) -> Headless:
    """Return what the columns of rows without headings most likely hold."""
    if len(rows) > 1 and any(_MASKED.fullmatch(cell) for cell in rows[0].cells):
        columns = by_cells(rows[1:])
        shape = (columns.get(Role.DAY), columns.get(Role.AMOUNT))
        if shape == ((0,), (4,)):
            return Headless(1, "bnp", {**columns, Role.LABEL: (3,), Role.DETAILS: (1, 2)})
        return Headless(1, "", columns)
    start = _start(rows)
    columns = by_cells(rows[start:])
    if any(account_told(row, columns) for row in (rows[-1:] if rows else ())):
        words = {Role.LABEL: (4, 5), Role.CODE: (2,), Role.REFERENCE: (3,)}
        return Headless(start, "lcl", {**columns, **words})
    return Headless(start, "", columns)


def _start(rows: Sequence[Row]) -> int:
    """Return the rank of the first row that has a day and an amount."""
    for rank, row in enumerate(rows[:30]):
        if any(map(parts_of, row.cells)) and any(is_amount(cell, ",") for cell in row.cells):
            return rank
    return 0


class Told(NamedTuple):
    """A row that tells the balance of an account and no movement."""

    account: str
    balance: Decimal


def account_told(row: Row, columns: Columns) -> Told | None:
    """Return the account and the balance a row tells; ``None`` for a movement."""
    amount = columns.get(Role.AMOUNT, (-1,))[0]
    day = columns.get(Role.DAY, (-1,))[0]
    words = [cell for rank, cell in enumerate(row.cells) if cell and rank not in {amount, day}]
    found = _ACCOUNT.fullmatch(words[0]) if len(words) == 1 else None
    if found is None or not is_amount(row.cell(amount), ","):
        return None
    iban = french_iban(_LCL, found[1], found[2].zfill(11))
    try:
        return Told(iban or found[1] + found[2], to_decimal(row.cell(amount), ","))
    except AmountError:
        return None


def by_cells(body: Sequence[Row]) -> dict[Role, tuple[int, ...]]:
    """Return the columns of a file without headings, by what their cells look like."""
    width = max((len(row.cells) for row in body), default=0)
    days: list[int] = []
    amounts: list[int] = []
    texts: list[tuple[float, int]] = []
    found: dict[Role, tuple[int, ...]] = {}
    for column in range(width):
        cells = [cell for cell in cells_of(body, column) if cell]
        if not cells:
            continue
        if are_days(cells):
            days.append(column)
        elif are_amounts(cells) and any(re.search(r"[.,]\d{1,2}\D*$", cell) for cell in cells):
            amounts.append(column)
        elif are_currencies(cells):
            found.setdefault(Role.CURRENCY, (column,))
        else:
            texts.append((sum(map(len, cells)) / len(cells), column))
    if days:
        found[Role.DAY] = (days[0],)
        found.update({Role.VALUE_DAY: (days[1],)} if len(days) > 1 else {})
    if texts:
        ranked = [column for _length, column in sorted(texts, reverse=True)]
        found[Role.LABEL] = (ranked[0],)
        found.update({Role.DETAILS: tuple(ranked[1:])} if ranked[1:] else {})
    return found | _amount_roles(body, amounts)


def _amount_roles(body: Sequence[Row], amounts: list[int]) -> dict[Role, tuple[int, ...]]:
    """Return the part each column of amounts plays: one of two filled in turn is a debit."""
    signed = [each for each in amounts if _is_signed(cells_of(body, each))]
    if signed:
        rest = [each for each in amounts if each > signed[0]]
        alone: Columns = {Role.AMOUNT: (signed[0],)}
        return {**alone, Role.BALANCE: (rest[-1],)} if rest else alone
    if len(amounts) >= 2:
        first, second = amounts[:2]
        both = sum(bool(row.cell(first)) and bool(row.cell(second)) for row in body)
        if not both:
            filled = [sum(bool(row.cell(each)) for row in body) for each in (first, second)]
            debit, credit = (first, second) if filled[0] >= filled[1] else (second, first)
            roles: dict[Role, tuple[int, ...]] = {Role.DEBIT: (debit,), Role.CREDIT: (credit,)}
            return roles | ({Role.BALANCE: (amounts[2],)} if amounts[2:] else {})
        return {Role.AMOUNT: (first,), Role.BALANCE: (amounts[-1],)}
    return {Role.AMOUNT: (amounts[0],)} if amounts else {}


def _is_signed(cells: Sequence[str]) -> bool:
    """Tell whether a column has amounts of both signs: no column of debits has."""
    negative = sum(cell.startswith(("-", "−")) or cell.endswith("-") for cell in cells if cell)
    return 0 < negative < sum(map(bool, cells))
