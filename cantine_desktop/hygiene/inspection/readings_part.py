"""The chapter of cold temperatures: each unit in figures, then each month as its sheet."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak

from cantine_desktop.canteen.calendar import open_days
from cantine_desktop.documents.binder import Part
from cantine_desktop.documents.styles import Align, heading, paragraph, small
from cantine_desktop.documents.tables import Column, ruled_table
from cantine_desktop.hygiene.inspection.controls import READINGS
from cantine_desktop.hygiene.inspection.making import Making
from cantine_desktop.hygiene.inspection.signatures import signature_lines
from cantine_desktop.hygiene.inspection.words import counts_words
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.model import Gap, Slot
from cantine_desktop.hygiene.month_sheet import month_grids
from cantine_desktop.hygiene.queries import UnitRow, readings_of
from cantine_desktop.hygiene.retention.classes import Retention
from cantine_desktop.hygiene.sheet_notes import (
    kept_line,
    key_line,
    limits_table,
    tolerance_note,
)
from cantine_desktop.hygiene.words import limit_reason
from cantine_desktop.i18n import month as month_name
from cantine_desktop.i18n import tr
from cantine_desktop.values.period import Period

_LINES = 31 + 2


def readings_parts(making: Making) -> list[Part]:
    """Return the chapter of cold units and a part for each month."""
    name = tr("Températures des enceintes froides")
    control = making.control(READINGS)
    note = counts_words(control) if control else ""
    parts = [
        Part(
            name,
            making.frame(name, kept_line(making.session, Retention.MONITORING)),
            partial(_summary, making),
            note=note,
        )
    ]
    for month in months(making.counted):
        said = month_name(month.first)
        title = tr("Relevé des températures, {month}").format(month=said)
        parts.append(
            Part(
                said,
                making.frame(title, kept_line(making.session, Retention.MONITORING)),
                partial(_month, making, month),
                1,
            )
        )
    return parts


def months(period: Period) -> list[Period]:
    """Return the months of a period, the first and the last cut where it begins and ends."""
    found: list[Period] = []
    first = period.first
    while first < period.end:
        end = min(Period.month(first).end, period.end)
        found.append(Period(first, end))
        first = end
    return found


def _summary(making: Making) -> list[Flowable]:
    units = making.units
    if not units:
        return [paragraph(tr("Aucune enceinte froide n’est suivie dans ce livre."))]
    opened = open_days(making.session, making.counted)
    right = Align.RIGHT
    columns = [
        Column(tr("Enceinte"), 2.6),
        Column(tr("Limite, et ce qui la décide"), 4.6),
        Column(tr("Prévus"), 1, right),
        Column(tr("Relevés"), 1.1, right),
        Column(tr("Tolérés"), 1.1, right),
        Column(tr("Écarts"), 1, right),
        Column(tr("Sans relevé"), 1.2, right),
    ]
    rows = [_unit_line(unit, opened) for unit in units]
    return [
        ruled_table(columns, rows, size=9.5),
        small(key_line(blank=False)),
        *signature_lines(making, READINGS),
        heading(tr("Limites de conservation et leurs sources")),
        limits_table(),
        tolerance_note(),
    ]


def _unit_line(unit: UnitRow, opened: Sequence[date]) -> list[str]:
    cells = [cell for cell in unit.cells.values() if cell.value.gap is not Gap.CLOSED]
    empty = sum(
        (day, slot) not in unit.cells and unit.is_due(day, slot) for day in opened for slot in Slot
    )
    read = sum(cell.value.celsius is not None for cell in cells)
    figures = [
        len(cells) + empty,
        read,
        sum(cell.verdict is Verdict.TOLERATED for cell in cells),
        sum(cell.verdict is Verdict.BREACH for cell in cells),
        len(cells) - read + empty,
    ]
    return [unit.name, limit_reason(unit.bounds, unit.decided_by), *map(str, figures)]


def _month(making: Making, month: Period) -> list[Flowable]:
    units = readings_of(making.session, month)
    opened = frozenset(open_days(making.session, month))
    room = making.frame("").room[1] / mm - 0.5
    tall = room if len(month.days) > 25 else room * (len(month.days) + 2) / _LINES
    story: list[Flowable] = []
    for grid in month_grids(units, month, opened, making.today, tall):
        story += [grid, PageBreak()]
    return story[:-1]
