"""The roster for other programs: an agenda of the whole team, one of each person, a table."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from io import BytesIO
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import the_canteen
from cantine_desktop.clock import PARIS
from cantine_desktop.exchange.icalendar import Event, write_events
from cantine_desktop.exchange.registry import Export
from cantine_desktop.exchange.writers import Table, csv_export
from cantine_desktop.i18n import mark, tr
from cantine_desktop.meals.services.queries import calendar_key, policy
from cantine_desktop.staff.contracts.model import StaffMember
from cantine_desktop.staff.law.stints import clock_minute, local, monday_of
from cantine_desktop.staff.rosters.model import POSTS, Post, Publication
from cantine_desktop.staff.rosters.publishing import PublishedShift, publications, shown
from cantine_desktop.staff.rosters.team import shifts_in
from cantine_desktop.staff.rosters.typed_hours import ShiftFacts
from cantine_desktop.values.period import DAY, Period
from cantine_desktop.values.text import fold

HEADINGS = ("jour", "personne", "début", "fin", "pause en minutes", "poste", "note")
"""Columns of the file, the same in every language."""


def write_calendar(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write what was published for the whole team as one agenda."""
    events = [event for _name, event in _events(session, period)]
    write_events(target, tr("Planning de l’équipe"), "Planning", events, now)


def write_calendars(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write an archive with an agenda for each person, what was published for them."""
    by_name: dict[str, list[Event]] = {}
    for name, event in _events(session, period):
        by_name.setdefault(name, []).append(event)
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for rank, (name, events) in enumerate(sorted(by_name.items()), 1):
            file = BytesIO()
            write_events(file, name, "Planning", events, now)
            words = "-".join(part for part in fold(name).split() if part.isalnum())
            at = now.astimezone(PARIS)
            stamp = (at.year, at.month, at.day, at.hour, at.minute, at.second)
            archive.writestr(ZipInfo(f"{rank:02}-{words}.ics", stamp), file.getvalue())


def _events(session: Session, period: Period) -> Iterator[tuple[str, Event]]:
    """Yield the shifts published for some days, with those taken away since, by person."""
    canteen = the_canteen(session)
    place = ", ".join(filter(None, (canteen.name, canteen.address))) if canteen else ""
    key = policy(session).calendar_key or calendar_key(session)
    names = _names(session)
    monday = monday_of(period.first)
    while monday < period.end:
        for shift, is_cancelled in _latest(publications(session, monday)):
            if shift.spot.day in period:
                name = names.get(shift.spot.member_id, "")
                yield name, _event(shift, name, key, place, is_cancelled=is_cancelled)
        monday += 7 * DAY


def _names(session: Session) -> dict[int, str]:
    rows = session.execute(select(StaffMember.id, StaffMember.name)).all()
    return {row.id: row.name for row in rows}


def _latest(revisions: Iterable[Publication]) -> list[tuple[PublishedShift, bool]]:
    """Return each shift as it was last published, and whether a later version left it out."""
    last: dict[int, PublishedShift] = {}
    present: set[int] = set()
    for revision in revisions:
        shifts = shown(revision)
        present = {each.key for each in shifts}
        last.update({each.key: each for each in shifts})
    return [(each, each.key not in present) for _key, each in sorted(last.items())]


def _event(shift: PublishedShift, name: str, key: str, place: str, *, is_cancelled: bool) -> Event:
    start, end = _span(shift.spot.day, shift.facts)
    post = tr(POSTS[shift.facts.post or Post.SUPPORT])
    pause = shift.facts.pause
    told = tr("{n} min de pause").format(n=pause) if pause else ""
    return Event(
        f"shift-{shift.key}@{key}.cantine-desktop",
        shift.sequence + int(is_cancelled),
        start,
        end,
        f"{name} – {post}",
        "\n".join(filter(None, (told, shift.facts.note))),
        place,
        is_cancelled,
    )


def _span(day: date, facts: ShiftFacts) -> tuple[datetime, datetime]:
    later, finish = divmod(facts.finish, 1440)
    return (
        local(clock_minute(day, facts.start)),
        local(clock_minute(day + later * DAY, finish)),
    )


def roster_table(session: Session, period: Period, _now: datetime) -> Table:
    """Return the shifts planned on some days, one a row."""
    names = _names(session)
    found = [shift for own in shifts_in(session, period).values() for shift in own]
    return Table(
        HEADINGS,
        [
            [
                shift.day,
                names.get(shift.member_id, ""),
                _clock(shift.start),
                _clock(shift.finish),
                shift.pause,
                tr(POSTS[shift.post]),
                shift.note,
            ]
            for shift in sorted(found, key=lambda each: (each.day, each.start, each.id))
        ],
    )


def _clock(minutes: int) -> str:
    hours, rest = divmod(minutes % 1440, 60)
    return f"{hours:02}:{rest:02}"


EXPORTS: tuple[Export, ...] = (
    Export(
        "roster-calendar",
        mark("Planning de l’équipe (iCalendar)"),
        ".ics",
        write_calendar,
        "staff",
    ),
    Export(
        "roster-calendars",
        mark("Agendas de chacun (iCalendar)"),
        ".zip",
        write_calendars,
        "staff",
    ),
    csv_export("roster", mark("Planning"), roster_table, "staff"),
)
