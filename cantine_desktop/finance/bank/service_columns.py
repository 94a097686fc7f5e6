"""Columns of files of payment services, found by their names in any language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cantine_desktop.exchange.problems import Problem
from cantine_desktop.finance.bank.amounts import AmountError, decimal_mark, to_decimal
from cantine_desktop.finance.bank.csv_table import Row
from cantine_desktop.finance.bank.csv_words import plain_heading
from cantine_desktop.finance.bank.days import orders_of, to_day
from cantine_desktop.finance.bank.texts import plain
from cantine_desktop.i18n import tr


@dataclass(frozen=True)
class Wanted:
    """The columns a file of a service has.

    Attributes:
        names: What each column is called, the names separated by ``;``.
        required: Without these, the file is of another service.
    """

    names: Mapping[str, str]
    required: tuple[str, ...]

    def found_in(self, headings: Sequence[str]) -> "Columns | None":
        """Return where the columns stand; ``None`` when a required one is missing."""
        places: dict[str, int] = {}
        held = [plain_heading(heading) for heading in headings]
        for key, words in self.names.items():
            for word in words.split(";"):
                name = plain_heading(word)
                if name in held:
                    places[key] = held.index(name)
                    break
        if any(key not in places for key in self.required):
            return None
        return Columns(places)


class Columns:
    """Reads the cells of a row by the names of their columns."""

    def __init__(self, places: Mapping[str, int]) -> None:
        self._places = places
        self._order = "dmy"
        self._mark = ""

    def look_at(self, rows: Sequence[Row], days: str, amounts: Sequence[str]) -> None:
        """Learn from rows in which order days are written, and which mark is decimal."""
        orders = orders_of(self.text(row, days) for row in rows[:2000])
        self._order = orders[0] if orders else "dmy"
        self._mark = decimal_mark(self.text(row, key) for row in rows[:2000] for key in amounts)

    def has(self, key: str) -> bool:
        """Tell whether the file has a column."""
        return key in self._places

    def text(self, row: Row, *keys: str) -> str:
        """Return the first text that columns hold; empty when none does."""
        for key in keys:
            if key in self._places and (found := row.cell(self._places[key])):
                return plain(found)
        return ""

    def day(self, row: Row, *keys: str) -> date:
        """Return a day.

        Raises:
            AmountError: There is none.
        """
        text = self.text(row, *keys)
        day = to_day(text, self._order)
        if day is None:
            raise AmountError(tr("« {text} » n’est pas une date").format(text=text[:40]))
        return day

    def number(self, row: Row, *keys: str) -> Decimal | None:
        """Return a number; ``None`` when the columns are empty.

        Raises:
            AmountError: It is none.
        """
        text = self.text(row, *keys)
        return to_decimal(text, self._mark) if text else None

    def amount(self, row: Row, *keys: str) -> Decimal:
        """Return a number that must be there.

        Raises:
            AmountError: It is none.
        """
        return to_decimal(self.text(row, *keys), self._mark)


def left_out(row: Row, why: str) -> Problem:
    """Return the remark of a row that is not taken."""
    return Problem(row.place, "", tr("ligne non reprise : {why}").format(why=why))
