"""A week of readings as the grid sees it: rows, columns, what is missing."""

from collections import Counter
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import open_days
from cantine_desktop.hygiene.breach_rows import BreachRow, open_breaches
from cantine_desktop.hygiene.honesty import identical_series
from cantine_desktop.hygiene.model import READINGS, Gap, Slot
from cantine_desktop.hygiene.queries import (
    Round,
    UnitRow,
    is_shut,
    readings_of,
    sheet_days,
    signed_mondays,
)
from cantine_desktop.hygiene.recording import Spot
from cantine_desktop.hygiene.words import limit_reason, series_words, unit_note
from cantine_desktop.i18n import tr
from cantine_desktop.values.period import Period
from ui.hygiene.week_cells import shown
from ui.kit.cells import Cell, Head, State

SLOTS = tuple(Slot)
NOWHERE = (-1, -1)


class Week(NamedTuple):
    """What the grid of a week shows.

    Attributes:
        period: The ISO week.
        units: One row each, in order; the row of visas comes after them.
        days: One pair of columns each.
        breaches: Open breaches of the week, the oldest first.
        signature: Initials of who signed it, or ``None``.
        opened: Days of service, without those said to be closed.
    """

    period: Period
    units: tuple[UnitRow, ...] = ()
    days: list[date] = []  # noqa: RUF012  -- never changed: each reading makes a new week
    breaches: tuple[BreachRow, ...] = ()
    signature: str | None = None
    opened: frozenset[date] = frozenset()

    def row_heads(self) -> list[Head]:
        """Return the heads of the rows: each unit and its limit, then the visa."""
        heads = [
            Head(unit.name, unit_note(unit), tip=limit_reason(unit.bounds, unit.decided_by))
            for unit in self.units
        ]
        return [*heads, Head(tr("Visa"))] if heads else []

    def is_visa(self, row: int) -> bool:
        """Tell whether a row is that of the visas."""
        return row == len(self.units)

    def round(self, column: int) -> Round:
        """Return the day and the part of it that a column stands for."""
        return self.days[column // 2], SLOTS[column % 2]

    def spot(self, row: int, column: int) -> Spot:
        """Return the unit, day and part of the day of a cell."""
        return Spot(self.units[row].unit_id, *self.round(column))

    def cell(self, row: int, column: int, today: date) -> Cell:
        """Return a cell as the grid shows it."""
        spot = self.round(column)
        if self.is_visa(row):
            return self._visa(spot, today)
        return shown(self.units[row], spot, today, signed=self.signature is not None)

    def _visa(self, spot: Round, today: date) -> Cell:
        day, _slot = spot
        if is_shut(self.units, day):
            return Cell("", State.CLOSED)
        cells = [unit.cells[spot] for unit in self.units if spot in unit.cells]
        text = " ".join(dict.fromkeys(cell.initials for cell in cells if cell.initials))
        if self.signature is not None:
            return Cell(text, State.SEALED)
        tip = tr("Initiales de qui a relevé ; Ctrl+D répète le visa précédent.")
        return Cell(text, State.PLAIN, tip, editable=day <= today and bool(cells))

    def missing(self, today: date) -> list[tuple[date, int, int]]:
        """Return the empty cells due up to a day, by day: the day, row and column."""
        return [
            (self.round(column)[0], row, column)
            for column in range(2 * len(self.days))
            for row, unit in enumerate(self.units)
            if self._is_missing(unit, self.round(column), today)
        ]

    def _is_missing(self, unit: UnitRow, spot: Round, today: date) -> bool:
        day, slot = spot
        due = day <= today and day in self.opened and unit.is_due(day, slot)
        return due and spot not in unit.cells

    def first_missing(self, today: date, day: date | None = None) -> tuple[int, int]:
        """Return the row and column of the first empty cell due, of a day if it has one."""
        missing = self.missing(today)
        of_day = [(row, column) for found, row, column in missing if found == day]
        of_week = [(row, column) for _day, row, column in missing]
        return next(iter(of_day + of_week), NOWHERE)

    def is_over(self, today: date) -> bool:
        """Tell whether nothing more is to be read this week."""
        return all(day <= today for day in self.opened or {self.period.last}) and not self.missing(
            today
        )

    def counts(self, today: date) -> tuple[int, int]:
        """Return how many temperatures are written, of how many due so far."""
        cells = [cell for unit in self.units for cell in unit.cells.values()]
        done = sum(cell.value.celsius is not None for cell in cells)
        shut = sum(cell.value.gap is Gap.CLOSED for cell in cells)
        return done, len(cells) - shut + len(self.missing(today))

    def before_signing(self) -> str:
        """Say what a signature means, and which units show one temperature again and again."""
        said = tr("Semaine complète. Signée, elle ne se modifie plus, elle se corrige.")
        repeats = " ; ".join(map(series_words, identical_series(self.units)))
        if repeats:
            said += "\n" + tr("À vérifier d’abord au thermomètre — {units}.").format(units=repeats)
        return said

    def usual_initials(self) -> str:
        """Return the initials most seen in the week, or nothing."""
        cells = (cell for unit in self.units for cell in unit.cells.values())
        seen = Counter(cell.initials for cell in cells if cell.initials)
        return seen.most_common(1)[0][0] if seen else ""

    def breach_at(self, row: int, column: int) -> BreachRow | None:
        """Return the open breach of a cell."""
        if not 0 <= row < len(self.units) or column < 0:
            return None
        cell = self.units[row].cells.get(self.round(column))
        wanted = cell.breach_id if cell else None
        return next((breach for breach in self.breaches if breach.breach_id == wanted), None)


def read_week(session: Session, period: Period, now: datetime) -> Week:
    """Read a week for the grid."""
    units = readings_of(session, period)
    signed = signed_mondays(session, period).get(period.first)
    return Week(
        period,
        tuple(units),
        sheet_days(session, period, units),
        tuple(
            row
            for row in open_breaches(session, now)
            if row.register == READINGS and row.day in period
        ),
        signed.initials if signed else None,
        frozenset(open_days(session, period)),
    )
