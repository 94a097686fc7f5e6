"""Tables for the accountant: each is a tab of the workbook and a CSV file of the archive.

Their titles and headings stay French whatever the language of the window: they go to a French
accountant, and are the same every month.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from cantine_desktop.exchange.writers import Table
from cantine_desktop.values.money import Money

Cell = str | date | Money | Decimal | int | None


class Form(StrEnum):
    """What a column holds."""

    TEXT = "text"
    DAY = "day"
    AMOUNT = "amount"
    QUANTITY = "quantity"
    COUNT = "count"


@dataclass(frozen=True)
class Heading:
    """A column.

    Attributes:
        width: Characters it takes on screen.
        total: Summed at the foot, filtered rows left out.
        formula: How a workbook computes it from other columns of the row, by their titles:
            ``"{Débit}-{Crédit}"``; empty for what is written as it is.
    """

    title: str
    form: Form = Form.TEXT
    width: int = 14
    total: bool = False
    formula: str = ""


@dataclass(frozen=True)
class Tab:
    """A table.

    Attributes:
        key: Its name for programs.
        title: At most 31 letters, as workbooks want.
        empty: What is said when it has no row: it never disappears.
        about: A sentence above the rows: the day, the account…
    """

    key: str
    title: str
    headings: Sequence[Heading]
    rows: Sequence[Sequence[Cell]]
    empty: str
    about: str = ""
    notes: Sequence[str] = field(default=())

    def total(self, column: int) -> Money:
        """Return the sum of a column of amounts."""
        cells = (row[column] for row in self.rows)
        return Money(sum(cell.cents for cell in cells if isinstance(cell, Money)))

    def as_table(self) -> Table:
        """Return it for a CSV file; an empty one says so on its only line."""
        rows: Sequence[Sequence[Cell]] = self.rows
        if not rows:
            rows = [[self.empty, *[None] * (len(self.headings) - 1)]]
        return Table([heading.title for heading in self.headings], rows)


def text(title: str, width: int = 14) -> Heading:
    """Return a column of texts."""
    return Heading(title, Form.TEXT, width)


def day(title: str) -> Heading:
    """Return a column of days."""
    return Heading(title, Form.DAY, 12)


def amount(title: str, *, total: bool = True, formula: str = "") -> Heading:
    """Return a column of euros."""
    return Heading(title, Form.AMOUNT, 14, total, formula)


CLOSING = amount("Solde à la clôture", formula="{Solde à l’ouverture}+{Débit}-{Crédit}")
"""What an account or a party holds in the end."""
