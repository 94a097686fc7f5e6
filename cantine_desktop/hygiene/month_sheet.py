"""The month of temperatures, in the form that inspectors know: one line a day."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import IO

from reportlab.platypus import Flowable, PageBreak
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name, open_days
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.grids import Cell, Group, HandRow, Mark, hand_grid
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.registry import Cadence
from cantine_desktop.documents.sheet_ids import sheet_id
from cantine_desktop.documents.styles import box, heading, small
from cantine_desktop.hygiene.model import Slot
from cantine_desktop.hygiene.queries import BreachRow, UnitRow, breaches_of, readings_of
from cantine_desktop.hygiene.sheet_cells import BLANK, filled, initials_of, is_shut
from cantine_desktop.hygiene.sheet_notes import (
    footer,
    gap_notes,
    key_line,
    limits_table,
    tolerance_note,
    what_to_do,
)
from cantine_desktop.hygiene.words import slot_name, unit_note, what_was_done
from cantine_desktop.i18n import tr, weekday
from cantine_desktop.values.period import Period

UNITS_A_PAGE = 6


def write_month_sheet(
    session: Session,
    period: Period,
    now: datetime,
    target: IO[bytes],
    *,
    blank: bool,
) -> None:
    """Write a month of temperatures, to fill by hand or as it was filled.

    Rows are the days; each cold unit has two columns, morning and evening, under its
    limit. More than six units go on in further sheets. The last page says the limits,
    where they come from, and what to do.

    Args:
        session: Where to read.
        period: Any days; the month of the first one is written.
        now: The present instant.
        target: Where the PDF goes.
        blank: Nothing typed is shown.
    """
    month = Period.month(period.first)
    units = readings_of(session, month)
    opened = frozenset(open_days(session, month))
    breaches = [] if blank else breaches_of(session, month, now)
    story: list[Flowable] = []
    for part in _parts(units):
        rows = [
            _row(part, day, opened, breaches, None if blank else civil_date(now))
            for day in month.days
        ]
        story += [_grid(part, rows), PageBreak()]
    story += _last_page(units, month, blank=blank)
    frame = PageFrame(
        canteen_name(session),
        tr("Relevé des températures des enceintes froides"),
        in_words(month),
        now,
        sheet_id=sheet_id("T", month, Cadence.MONTH),
        footer=footer(),
        landscape=True,
    )
    write_document(target, frame, story)


def _parts(units: Sequence[UnitRow]) -> list[Sequence[UnitRow]]:
    """Share the units over as few sheets as hold them, evenly."""
    sheets = max(1, -(-len(units) // UNITS_A_PAGE))
    size = -(-len(units) // sheets) if units else 1
    return [units[start : start + size] for start in range(0, max(len(units), 1), size)]


def _grid(units: Sequence[UnitRow], rows: Sequence[HandRow]) -> Flowable:
    slots = [slot_name(slot) for slot in Slot]
    groups = [Group(unit.name, slots, unit_note(unit)) for unit in units]
    groups += [
        Group(tr("Écart constaté et action corrective"), share=4.5),
        Group(tr("Visa"), share=1.5),
    ]
    return hand_grid(tr("Jour"), groups, rows, head_mm=20)


def _row(
    units: Sequence[UnitRow],
    day: date,
    opened: frozenset[date],
    breaches: Sequence[BreachRow],
    today: date | None,
) -> HandRow:
    """Return the line of a day as filled up to today, or blank when no day is given."""
    blank = today is None
    title = f"{weekday(day)} {day.day}"
    read = any((day, slot) in unit.cells for unit in units for slot in Slot)
    if (day not in opened and (blank or not read)) or (not blank and is_shut(units, day)):
        shut = Cell("", Mark.CLOSED)
        return HandRow(title, [*[shut] * (2 * len(units)), Cell(tr("FERMÉ"), Mark.CLOSED), shut])
    if today is None:
        return HandRow(title, [BLANK] * (2 * len(units) + 2))
    cells = [filled(unit, day, slot, today) for unit in units for slot in Slot]
    names = {unit.name for unit in units}
    acts = [row for row in breaches if row.day == day and row.unit in names]
    visas = dict.fromkeys(initials_of(units, day, slot) for slot in Slot)
    return HandRow(title, [*cells, Cell(_acts(acts)), Cell(" / ".join(filter(None, visas)))])


def _acts(breaches: Sequence[BreachRow]) -> str:
    return " — ".join(
        f"{row.unit} {slot_name(row.slot)} : "
        + (what_was_done(row) or tr("rien n’est encore noté"))
        for row in breaches
    )


def _last_page(units: Sequence[UnitRow], month: Period, *, blank: bool) -> list[Flowable]:
    story: list[Flowable] = [
        heading(tr("Limites de conservation et leurs sources")),
        limits_table(),
        tolerance_note(),
        box(tr("Que faire si la limite est dépassée ?"), what_to_do()),
        small(key_line(blank=blank)),
    ]
    notes = [] if blank else gap_notes(units, month.days)
    if notes:
        story += [heading(tr("Relevés manquants ou tardifs")), *map(small, notes)]
    return [*story, small(tr("Visa du responsable : ______________________"))]
