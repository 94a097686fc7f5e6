"""The plan written for another canteen or a spreadsheet, and taken from one into the draft."""

from datetime import datetime
from typing import IO

from sqlalchemy.orm import Session

from cantine_desktop.exchange.problems import UnreadableError
from cantine_desktop.exchange.registry import Export, Import, ImportReport
from cantine_desktop.exchange.writers import Table, csv_export
from cantine_desktop.hygiene.plan import drafting, template
from cantine_desktop.hygiene.plan.spreadsheet import read_csv, table_of_points
from cantine_desktop.i18n import mark
from cantine_desktop.values.period import Period


def table_of_plan(session: Session, _period: Period, _now: datetime) -> Table:
    """Return the points of the draft, of the latest version, or of the shipped plan."""
    return table_of_points(drafting.rows_to_write(session))


def write_plan_file(session: Session, _period: Period, _now: datetime, target: IO[bytes]) -> None:
    """Write the same as the file another canteen can take whole."""
    target.write(template.write_toml(drafting.rows_to_write(session)).encode())


def read_plan_file(session: Session, source: IO[bytes], _now: datetime) -> ImportReport:
    """Bring a plan into the draft; a file with problems changes nothing."""
    try:
        found = template.read_toml(source)
    except UnreadableError as error:
        return ImportReport(problems=tuple(error.problems))
    return _take(session, found)


def read_plan_sheet(session: Session, source: IO[bytes], _now: datetime) -> ImportReport:
    """Bring points of a sheet into the draft; a sheet with problems changes nothing.

    A sheet may hold a few points only: those it lacks stay as they are.
    """
    try:
        found = read_csv(session, source)
    except UnreadableError as error:
        return ImportReport(problems=tuple(error.problems))
    return _take(session, found)


def _take(session: Session, found: template.Template) -> ImportReport:
    if found.problems:
        return ImportReport(problems=found.problems)
    difference = template.compare(session, found)
    if not difference.is_empty:
        template.apply(session, found)
    return ImportReport(
        added=len(difference.added),
        unchanged=difference.unchanged,
        changed=len(difference.changed) + len(difference.removed),
    )


EXPORTS: tuple[Export, ...] = (
    csv_export(
        "plan-points", mark("Points du plan de maîtrise sanitaire"), table_of_plan, "hygiene"
    ),
    Export(
        "plan",
        mark("Plan de maîtrise sanitaire, pour une autre cantine"),
        ".toml",
        write_plan_file,
        "hygiene",
    ),
)

IMPORTS: tuple[Import, ...] = (
    Import(
        "plan",
        mark("Plan de maîtrise sanitaire d’une autre cantine"),
        (".toml",),
        read_plan_file,
        "hygiene",
    ),
    Import(
        "plan-points",
        mark("Points du plan de maîtrise sanitaire"),
        (".csv", ".tsv"),
        read_plan_sheet,
        "hygiene",
    ),
)
