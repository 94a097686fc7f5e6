"""The month of temperatures, in the form that inspectors know: one page, one line a day."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import IO, NamedTuple

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name, open_days
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.grid_cells import Cell, Group, HandRow, Mark
from cantine_desktop.documents.grids import page_grid
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.registry import Cadence
from cantine_desktop.documents.sheet_ids import sheet_id
from cantine_desktop.documents.styles import box, heading, small, writing_lines
from cantine_desktop.hygiene.breach_rows import breaches_of
from cantine_desktop.hygiene.model import READINGS, Gap, Slot
from cantine_desktop.hygiene.queries import UnitRow, is_shut, readings_of
from cantine_desktop.hygiene.retention.classes import Retention
from cantine_desktop.hygiene.sheet_cells import BLANK, filled, initials_of, to_fill
from cantine_desktop.hygiene.sheet_notes import (
    kept_line,
    key_line,
    limits_table,
    tolerance_note,
    what_happened,
    what_to_do,
)
from cantine_desktop.hygiene.words import slot_name, unit_note
from cantine_desktop.i18n import tr, weekday
from cantine_desktop.values.period import Period

COLUMNS_A_PAGE = 14
"""Columns of temperatures that still leave room for a hand, on standing paper."""

ALONE = 1.8
"""Width of a unit read once a day, beside one column of a unit read twice."""


def write_month_sheet(
    session: Session,
    period: Period,
    now: datetime,
    target: IO[bytes],
    *,
    blank: bool,
) -> None:
    """Write a month of temperatures, to fill by hand or as it was filled.

    Rows are the days, all on one page; each cold unit has a column for each reading of
    a day, under its limit. More than fourteen columns go on in further sheets. The last
    page has what went wrong, the limits, where they come from, and what to do.

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
    frame = PageFrame(
        canteen_name(session),
        tr("Relevé des températures des enceintes froides"),
        in_words(month),
        now,
        sheet_id=sheet_id("T", month, Cadence.MONTH),
        footer=kept_line(session, Retention.MONITORING),
    )
    today = None if blank else civil_date(now)
    story: list[Flowable] = []
    for grid in month_grids(units, month, opened, today, _page_mm(frame)):
        story += [grid, PageBreak()]
    if blank:
        story.append(writing_lines(tr("Écarts constatés et actions correctives"), 7))
    else:
        story += what_happened(units, month.days, breaches_of(session, month, now, READINGS))
    write_document(target, frame, [*story, *_limits(blank=blank)])


def month_grids(
    units: Sequence[UnitRow],
    month: Period,
    opened: frozenset[date],
    today: date | None,
    page_mm: float,
) -> list[Flowable]:
    """Return the grids of a month, one line a day, each on a page of its own.

    Args:
        units: Cold units with their cells of the days.
        month: The month, or some days of it.
        opened: Days of service.
        today: The grid is as filled up to this day; ``None`` for a blank one.
        page_mm: Height that the head and the lines share, in millimetres.
    """
    grids: list[Flowable] = []
    for part in _parts(units, month, blank=today is None):
        rows = [_row(part, day, opened, today) for day in month.days]
        grids.append(_grid(part, rows, page_mm))
    return grids


class _Columns(NamedTuple):
    """A unit and the parts of the day it has a column for."""

    unit: UnitRow
    slots: list[Slot]


def _columns(unit: UnitRow, month: Period, *, blank: bool) -> _Columns:
    """Return the columns of a unit: what is due, and what was read all the same."""
    asked = {unit.frequency_on(month.first), unit.frequency_on(month.last)}
    read = {
        slot
        for (_day, slot), cell in unit.cells.items()
        if not blank and cell.value.gap is not Gap.CLOSED
    }
    return _Columns(
        unit, [slot for slot in Slot if slot in read or any(each.asks(slot) for each in asked)]
    )


def _parts(units: Sequence[UnitRow], month: Period, *, blank: bool) -> list[list[_Columns]]:
    """Share the units over sheets, as many on each as fit."""
    parts: list[list[_Columns]] = [[]]
    for each in (_columns(unit, month, blank=blank) for unit in units):
        if sum(len(other.slots) for other in parts[-1]) + len(each.slots) > COLUMNS_A_PAGE:
            parts.append([])
        parts[-1].append(each)
    return parts


def _grid(part: Sequence[_Columns], rows: Sequence[HandRow], page_mm: float) -> Flowable:
    groups = [
        Group(
            unit.name,
            [slot_name(slot) for slot in slots],
            unit_note(unit),
            share=1 if len(slots) > 1 else ALONE,
        )
        for unit, slots in part
    ]
    groups.append(Group(tr("Visa"), share=ALONE))
    return page_grid(tr("Jour"), groups, rows, page_mm, head_mm=17)


def _page_mm(frame: PageFrame) -> float:
    """Return the height of a page; no row is pushed to the next by a rounding."""
    return frame.room[1] / mm - 0.5


def _row(
    part: Sequence[_Columns], day: date, opened: frozenset[date], today: date | None
) -> HandRow:
    """Return the line of a day as filled up to today, or blank when no day is given."""
    title = f"{weekday(day)} {day.day}"
    units = [unit for unit, _slots in part]
    spots = [(unit, slot) for unit, slots in part for slot in slots]
    read = today is not None and any((day, slot) in unit.cells for unit, slot in spots)
    if (day not in opened and not read) or (today is not None and is_shut(units, day)):
        shut = Cell("", Mark.CLOSED)
        return HandRow(title, [*[shut] * len(spots), Cell(tr("fermé"), Mark.CLOSED)])
    if today is None:
        return HandRow(title, [*(to_fill(unit, day, slot) for unit, slot in spots), BLANK])
    cells = [filled(unit, day, slot, today) for unit, slot in spots]
    visas = dict.fromkeys(initials_of(units, day, slot) for slot in Slot)
    return HandRow(title, [*cells, Cell(" / ".join(filter(None, visas)))])


def _limits(*, blank: bool) -> list[Flowable]:
    return [
        heading(tr("Limites de conservation et leurs sources")),
        limits_table(),
        tolerance_note(),
        box(tr("Que faire si la limite est dépassée ?"), what_to_do()),
        small(key_line(blank=blank)),
        small(tr("Visa du responsable : ______________________")),
    ]
