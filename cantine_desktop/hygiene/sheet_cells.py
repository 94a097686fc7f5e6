"""Readings as cells of a printed grid: the mark that a photocopy keeps."""

from collections.abc import Iterable
from datetime import date

from cantine_desktop.documents.grid_cells import Cell, Mark
from cantine_desktop.hygiene import queries
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.model import Gap, Slot
from cantine_desktop.hygiene.queries import UnitRow
from cantine_desktop.hygiene.words import BREACH_SIGN, TOLERATED_SIGN, value_text
from cantine_desktop.values.text import NBSP

BLANK = Cell()


HOLE = "—"
"""Printed where a reading was due and nothing at all was written."""


def to_fill(unit: UnitRow, day: date, slot: Slot) -> Cell:
    """Return a cell for a hand: blank, or grey where nothing is due."""
    return BLANK if unit.is_due(day, slot) else Cell("", Mark.CLOSED)


def filled(unit: UnitRow, day: date, slot: Slot, today: date) -> Cell:
    """Return a cell as printed: a value, a hole, a blank still to come, or a grey one.

    A breach has a sign and a frame, a tolerated reading a sign. What a signed
    correction replaced stays, struck through.
    """
    cell = unit.cells.get((day, slot))
    if cell is not None:
        return _written(cell)
    if day < today and unit.is_due(day, slot):
        return Cell(HOLE, Mark.GAP)
    return to_fill(unit, day, slot)


def _written(cell: queries.Cell) -> Cell:
    struck = " ".join(value_text(value) for value in cell.former)
    text = value_text(cell.value)
    if cell.value.gap is Gap.CLOSED:
        return Cell(text, Mark.CLOSED, struck)
    if cell.value.gap is not None:
        return Cell(text, Mark.GAP, struck)
    if cell.verdict is Verdict.BREACH:
        return Cell(f"{BREACH_SIGN}{NBSP}{text}", Mark.BREACH, struck)
    if cell.verdict is Verdict.TOLERATED:
        return Cell(f"{TOLERATED_SIGN}{NBSP}{text}", Mark.PLAIN, struck)
    return Cell(text, Mark.PLAIN, struck)


def initials_of(units: Iterable[UnitRow], day: date, slot: Slot) -> str:
    """Return who did a round: the initials of its readings, each once."""
    cells = (unit.cells.get((day, slot)) for unit in units)
    return " ".join(dict.fromkeys(cell.initials for cell in cells if cell and cell.initials))
