"""What a grid to fill by hand is made of: cells and their marks, columns, rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """What a cell of a grid is, told by more than colour."""

    PLAIN = "plain"
    BREACH = "breach"
    CLOSED = "closed"
    GAP = "gap"
    IDLE = "idle"


@dataclass(frozen=True)
class Cell:
    """A cell of a grid: blank to fill by hand, or already filled.

    Attributes:
        text: What is printed; empty for a blank.
        mark: ``BREACH`` prints bold in a thick frame, ``CLOSED`` grey, ``GAP`` in small
            italics (why nothing was measured), ``IDLE`` hatched (nothing is due).
        struck: What the text replaced after it was signed, printed small above it and
            struck through.
    """

    text: str = ""
    mark: Mark = Mark.PLAIN
    struck: str = ""


@dataclass(frozen=True)
class Group:
    """Columns under one title, such as the morning and the evening of a day.

    Attributes:
        title: Upper line of the head.
        columns: Lower line of the head; one empty title for a column alone.
        note: Small line under the title, such as a limit.
        share: Width of each of its columns beside the others.
    """

    title: str
    columns: Sequence[str] = ("",)
    note: str = ""
    share: float = 1


@dataclass(frozen=True)
class HandRow:
    """A row: who or what, its limit, and one cell per column.

    Attributes:
        title: Head of the row.
        cells: As many as columns; none at all for a row of blanks.
        note: Small line under the title, such as a limit.
        is_framed: A thick frame goes around the whole row, as for a breach.
        is_band: It only names the rows below it, over the whole width, and is low.
    """

    title: str
    cells: Sequence[Cell | str] = ()
    note: str = ""
    is_framed: bool = False
    is_band: bool = False
