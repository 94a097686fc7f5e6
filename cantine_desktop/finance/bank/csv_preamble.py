"""What stands above the headings of a bank’s CSV file: its account, its balance."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from cantine_desktop.finance.bank.amounts import AmountError, to_decimal
from cantine_desktop.finance.bank.csv_table import Row
from cantine_desktop.finance.bank.ibans import is_iban, plain_account
from cantine_desktop.values.text import fold

_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{2,4}){3,8}\b")
_ACCOUNT = re.compile(
    r"(?:livret|carte|ldds?|pel|cel)[a-z ]{0,30} n[°o ]|"
    r"(?:num.{0,2}ro|n°|no|num\.?)\s*(?:de )?compte|compte[a-z ]{0,30} n[°o ]|account|kontonummer"
    r"|konto|rekening|cuenta"
)
_NUMBER = re.compile(r"\d[\dA-Z ]{6,}\w")
_BALANCE = re.compile(
    r"(?:nouveau |ancien )?solde|saldo|(?:ledger|closing|opening) balance|kontostand"
)


_MASKED = re.compile(r"[*xX]{2,}\d{3,5}")
_OPENING = re.compile(r"ancien|precedent|initial|debut|opening|anterior|anfang|iniziale|begin")
_DATE = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}")


@dataclass
class Said:
    """What the lines above the headings, and below the rows, say of the account.

    Attributes:
        account: Its number, or empty.
        opening: Its balance before the rows, when they give it.
        closing: Its balance after them.
    """

    account: str = ""
    opening: Decimal | None = None
    closing: Decimal | None = None

    def take_balance(self, cells: Sequence[str]) -> bool:
        """Take the balance that cells give after a word for it; tell whether they do."""
        words = fold(cells[0][:80]) if cells else ""
        if not _BALANCE.match(words):
            return False
        found = _amount(cells[0], cells[1:])
        if found is None:
            return False
        if _OPENING.search(words):
            self.opening = found if self.opening is None else self.opening
        else:
            self.closing = found if self.closing is None else self.closing
        return True


def read_preamble(rows: Sequence[Row]) -> Said:
    """Return what rows above the headings say of the account."""
    iban = account = ""
    said = Said()
    for row in rows[-30:]:
        cells = [cell for cell in row.cells if cell]
        for rank, cell in enumerate(cells):
            iban = iban or _iban(cell)
            if not account and _ACCOUNT.search(fold(cell[:80])):
                account = _account(cell, cells[rank + 1 : rank + 2])
            said.take_balance(cells[rank:])
        if said.closing is None and len(cells) > 3 and _tells_account(row, cells):
            said.closing = _last_amount(cells[-1])
    if not iban and not account and rows:
        account = _first_number(rows[0])
    said.account = iban or account
    return said


def _tells_account(row: Row, cells: Sequence[str]) -> bool:
    """Tell whether a row is the one some banks begin with: account, period, balance."""
    return bool(_first_number(row) or any(_MASKED.fullmatch(cell) for cell in cells))


def _last_amount(cell: str) -> Decimal | None:
    try:
        return to_decimal(cell, ",") if re.search(r"[.,]\d\d\D*$", cell) else None
    except AmountError:
        return None


def _iban(cell: str) -> str:
    for found in _IBAN.finditer(cell[:200]):
        number = plain_account(found[0])
        if is_iban(number):
            return number
    return ""


def _account(cell: str, following: Sequence[str]) -> str:
    for text in (*following, cell):
        found = _NUMBER.search(text[:60])
        if found:
            return plain_account(found[0])
    return ""


def _first_number(row: Row) -> str:
    """Return the account that stands alone on the first row, as several banks write it."""
    for cell in row.cells[:3]:
        found = re.fullmatch(r'=?"?(\d{8,30})"?', cell.replace(" ", ""))
        if found:
            return found[1]
    return ""


def _amount(cell: str, following: Sequence[str]) -> Decimal | None:
    """Return the amount after a word for balance, in the same cell or in those that follow."""
    plain = _DATE.sub(" ; ", cell[:200])
    tails = [re.sub(r"^[^\d+-]*", "", part) for part in re.split(r"[;:=]", plain)]
    for text in (*reversed(following), *reversed(tails)):
        try:
            return to_decimal(text, ",")
        except AmountError:
            continue
    return None
