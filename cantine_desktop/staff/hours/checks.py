"""What is proved of the hours done when a book is verified."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.i18n import tr
from cantine_desktop.staff.hours.model import HoursWeek, WorkedShift
from cantine_desktop.staff.hours.standing import standing, stints_of
from cantine_desktop.staff.law.stints import monday_of
from cantine_desktop.storage.findings import Finding, at


def check_hours(session: Session) -> Iterator[Finding]:
    """Find rows replaced twice or on another day, and weeks that are not as they were signed."""
    query = select(WorkedShift).order_by(WorkedShift.day, WorkedShift.start, WorkedShift.id)
    rows = list(session.scalars(query))
    yield from _corrections(rows)
    by_week: dict[tuple[int, object], list[WorkedShift]] = {}
    for row in rows:
        by_week.setdefault((row.member_id, monday_of(row.day)), []).append(row)
    for week in session.scalars(select(HoursWeek).order_by(HoursWeek.id)):
        if week.is_sealed:
            yield from _week(week, by_week.get((week.member_id, week.monday), []))


def _corrections(rows: list[WorkedShift]) -> Iterator[Finding]:
    by_key = {row.id: row for row in rows}
    replaced: set[int] = set()
    for row in rows:
        if row.corrects_id is None:
            continue
        spot = WorkedShift.__tablename__, row.id
        if row.corrects_id in replaced:
            yield at(spot, tr("une autre ligne remplace déjà la même"))
        replaced.add(row.corrects_id)
        before = by_key.get(row.corrects_id)
        if before is not None and (before.member_id, before.day) != (row.member_id, row.day):
            yield at(spot, tr("elle remplace les heures d’un autre jour ou d’une autre personne"))


def _week(week: HoursWeek, rows: list[WorkedShift]) -> Iterator[Finding]:
    for row in rows:
        if not row.is_sealed:
            spot = WorkedShift.__tablename__, row.id
            yield at(spot, tr("elle n’est pas scellée alors que sa semaine est signée"))
    signed = [row for row in rows if not row.reason]
    minutes = sum(each.effective for each in stints_of(standing(signed)))
    if week.minutes is not None and minutes != week.minutes:
        spot = HoursWeek.__tablename__, week.id
        yield at(spot, tr("ses heures ne sont plus celles qui ont été signées"))
