"""Printed sheets of the sanitary control plan."""

from datetime import date, datetime
from typing import IO

from sqlalchemy.orm import Session

from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.registry import Document
from cantine_desktop.documents.tables import Column, ruled_table
from cantine_desktop.hygiene.model import Slot
from cantine_desktop.hygiene.queries import UnitRow, readings_of
from cantine_desktop.i18n import mark, number, tr
from cantine_desktop.values.period import Period


def write_temperature_sheet(
    session: Session, period: Period, now: datetime, target: IO[bytes]
) -> None:
    """Write one line per cold unit and one column per day, morning over evening."""
    days = period.days
    columns = [Column(tr("Enceinte"), 4), Column(tr("Limite"), 2)]
    columns += [Column(str(day.day)) for day in days]
    body = [_line(row, days) for row in readings_of(session, period)]
    title = tr("Relevé de températures — {month}").format(month=f"{period.first:%m/%Y}")
    frame = PageFrame("", title, "", now, landscape=True)
    write_document(target, frame, [ruled_table(columns, body, size=7)])


def _line(row: UnitRow, days: list[date]) -> list[str]:
    def cell(day: date) -> str:
        cells = [row.cells.get((day, slot)) for slot in Slot]
        read = [cell.value.celsius if cell else None for cell in cells]
        return "\n".join("" if t is None else number(t) for t in read)

    return [row.name, f"≤ {number(row.bounds.limit)} °C", *map(cell, days)]


DOCUMENTS = (
    Document("temperatures-month", mark("Relevé de températures"), write_temperature_sheet),
)
