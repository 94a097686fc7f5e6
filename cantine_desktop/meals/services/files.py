"""The services for other programs: an iCalendar file to follow, and a table."""

from datetime import datetime

from sqlalchemy.orm import Session

from cantine_desktop.exchange.registry import Export, Import
from cantine_desktop.exchange.writers import Table, Value, csv_export
from cantine_desktop.i18n import mark, tr
from cantine_desktop.meals.services.icalendar import write_calendar
from cantine_desktop.meals.services.model import KINDS, STATES
from cantine_desktop.meals.services.queries import ServiceRow, services_of
from cantine_desktop.values.period import Period

HEADINGS = (
    *("jour", "type", "nom", "cuisine", "repas", "places à table", "places en cuisine"),
    *("état", "motif", "convives attendus", "note"),
)
"""Columns of the file, the same in every language."""


def services_table(session: Session, period: Period, _now: datetime) -> Table:
    """Return the services of a period, cancelled ones among them, one a row."""
    rows = services_of(session, period, cancelled=True)
    return Table(HEADINGS, [_row(row) for row in rows])


def _row(row: ServiceRow) -> list[Value]:
    return [
        row.day,
        tr(KINDS[row.kind]),
        row.name,
        f"{row.cook_at:%H:%M}",
        f"{row.meal_at:%H:%M}",
        row.seats,
        row.kitchen_places,
        tr(STATES[row.state]),
        row.reason,
        row.expected,
        row.note,
    ]


EXPORTS: tuple[Export, ...] = (
    csv_export("services", mark("Services"), services_table, "meals"),
    Export(
        "services-calendar",
        mark("Calendrier des services (iCalendar)"),
        ".ics",
        write_calendar,
        "meals",
    ),
)
IMPORTS: tuple[Import, ...] = ()
