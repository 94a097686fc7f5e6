"""Printed sheets of the sanitary control plan: the week of temperatures (D01)."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import IO

from reportlab.platypus import Flowable
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name, regular_days
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.grid_cells import Cell, Group, HandRow, Mark
from cantine_desktop.documents.grids import hand_grid
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.documents.sheet_ids import sheet_id
from cantine_desktop.documents.styles import box, small, writing_lines
from cantine_desktop.hygiene.breach_rows import breaches_of
from cantine_desktop.hygiene.model import READINGS, Slot
from cantine_desktop.hygiene.month_sheet import write_month_sheet
from cantine_desktop.hygiene.queries import (
    UnitRow,
    is_shut,
    readings_of,
    sheet_days,
    signed_mondays,
)
from cantine_desktop.hygiene.retention.classes import Retention
from cantine_desktop.hygiene.sheet_cells import filled, initials_of, to_fill
from cantine_desktop.hygiene.sheet_notes import kept_line, key_line, what_happened, what_to_do
from cantine_desktop.hygiene.words import slot_name, unit_note
from cantine_desktop.i18n import mark, short_day, tr, weekday
from cantine_desktop.values.period import Period

TALLEST_MM = 13.0
ROOM_MM = 84.0
"""Height left for the rows when the notes stand under them on the same page."""

MOST_TALL = 7
"""More units than this get rows of a single line, to stay on the page."""


def write_week_sheet(
    session: Session,
    period: Period,
    now: datetime,
    target: IO[bytes],
    *,
    blank: bool,
) -> None:
    """Write a week of temperatures, to fill by hand or as it was filled.

    Rows are cold units with their limit; columns are days, morning and evening. A day that
    the calendar says is closed keeps its columns, grey: a hole would ask why.

    Args:
        session: Where to read.
        period: Any days; the ISO week of the first one is written.
        now: The present instant.
        target: Where the PDF goes.
        blank: Nothing typed is shown: the sheet to hang on the wall.
    """
    week = Period.week(period.first)
    units = readings_of(session, week)
    shown = sheet_days(session, week, () if blank else units)
    shut = frozenset(regular_days(session, week)) - set(shown)
    days = sorted(shut | set(shown))
    story: list[Flowable] = [
        _grid(units, days, None if blank else civil_date(now), shut),
        small(key_line(blank=blank)),
    ]
    if blank:
        story += [_what_to_do(), writing_lines(tr("Écarts constatés et actions correctives"), 3)]
    else:
        story += what_happened(units, days, breaches_of(session, week, now, READINGS))
        signed = signed_mondays(session, week).get(week.first)
        if signed is not None:
            words = tr("Semaine relue et signée par {initials} le {day}.")
            day = short_day(signed.signed_at.date())
            story.append(small(words.format(initials=signed.initials, day=day)))
    frame = PageFrame(
        canteen_name(session),
        tr("Températures des enceintes froides"),
        in_words(week),
        now,
        sheet_id=sheet_id("T", week, Cadence.WEEK),
        footer=kept_line(session, Retention.MONITORING),
        landscape=True,
    )
    write_document(target, frame, story)


def _grid(
    units: Sequence[UnitRow], days: Sequence[date], today: date | None, shut: frozenset[date]
) -> Flowable:
    """Return the grid as filled up to today, or blank when no day is given."""
    groups = [
        Group(f"{weekday(day)} {day:%d/%m}", [slot_name(slot) for slot in Slot]) for day in days
    ]
    compact = len(units) > MOST_TALL
    rows = [_row(unit, _cells(unit, days, today, shut), compact=compact) for unit in units]
    visas = [
        _shut(slot) if day in shut else _visa(units, day, slot, today)
        for day in days
        for slot in Slot
    ]
    height = min(TALLEST_MM, ROOM_MM / (len(rows) + 1))
    return hand_grid(
        tr("Enceinte, limite"), groups, rows, row_mm=height, visa=tr("Visa"), visas=visas
    )


def _row(unit: UnitRow, cells: list[Cell], *, compact: bool) -> HandRow:
    """Return the row of a unit; when rows are many, the limit stands beside the name."""
    if compact:
        return HandRow(f"{unit.name}  {unit_note(unit)}", cells)
    return HandRow(unit.name, cells, unit_note(unit))


def _cells(
    unit: UnitRow, days: Sequence[date], today: date | None, shut: frozenset[date]
) -> list[Cell]:
    return [
        Cell("", Mark.CLOSED)
        if day in shut
        else to_fill(unit, day, slot)
        if today is None
        else filled(unit, day, slot, today)
        for day in days
        for slot in Slot
    ]


def _shut(slot: Slot) -> Cell:
    """Return what stands in the row of visas on a day the calendar says is closed."""
    return Cell(tr("fermé") if slot is next(iter(Slot)) else "", Mark.CLOSED)


def _visa(units: Sequence[UnitRow], day: date, slot: Slot, today: date | None) -> Cell:
    initials = "" if today is None else initials_of(units, day, slot)
    nobody = bool(units) and not any(unit.is_due(day, slot) for unit in units)
    if not initials and (nobody or (today is not None and is_shut(units, day))):
        return Cell("", Mark.CLOSED)
    return Cell(initials)


def _what_to_do() -> Flowable:
    return box(tr("Que faire si la limite est dépassée ?"), what_to_do())


DOCUMENTS = (
    Document(
        "temperatures-week-blank",
        mark("Températures de la semaine, à remplir"),
        partial(write_week_sheet, blank=True),
        "D01",
        Cadence.WEEK,
        "hygiene",
        "T",
        "readings",
    ),
    Document(
        "temperatures-week",
        mark("Températures de la semaine, relevées"),
        partial(write_week_sheet, blank=False),
        "D01",
        Cadence.WEEK,
        "hygiene",
        "T",
        "readings",
    ),
    Document(
        "temperatures-month-blank",
        mark("Températures du mois, à remplir"),
        partial(write_month_sheet, blank=True),
        "D01",
        Cadence.MONTH,
        "hygiene",
        "T",
        "readings",
    ),
    Document(
        "temperatures-month",
        mark("Températures du mois, relevées"),
        partial(write_month_sheet, blank=False),
        "D01",
        Cadence.MONTH,
        "hygiene",
        "T",
        "readings",
    ),
)
"""The temperature sheets: of the week and of the month, blank and filled."""
