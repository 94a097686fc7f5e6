"""Writing an iCalendar file that a phone or a website follows.

Each event keeps its identifier for ever; a cancelled one stays, said cancelled, so that the copies
of others drop it. Hours are those of Paris, summer time told with them.

Source: RFC5545.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO

from cantine_desktop.clock import PARIS

_ZONE = (
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Paris",
    "BEGIN:DAYLIGHT",
    "DTSTART:19810329T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "TZNAME:CEST",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "DTSTART:19961027T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "TZNAME:CET",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "END:STANDARD",
    "END:VTIMEZONE",
)


@dataclass(frozen=True)
class Event:
    """Something with a beginning and an end.

    Attributes:
        uid: Names it for ever, among all calendars of the world.
        sequence: How often it changed.
        start: Aware instant.
        end: Aware instant after ``start``.
        summary: Its title.
        description: More words, several lines allowed; ``place``, where it is; may be empty.
        is_cancelled: It does not happen.
    """

    uid: str
    sequence: int
    start: datetime
    end: datetime
    summary: str
    description: str = ""
    place: str = ""
    is_cancelled: bool = False


def write_events(
    target: IO[bytes], name: str, what: str, events: Iterable[Event], now: datetime
) -> None:
    """Write events as a calendar.

    Args:
        target: Where the file goes.
        name: The calendar’s, as it is shown.
        what: Part of the product that wrote it, in letters and spaces.
        events: In any order.
        now: Present instant, aware.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Cantine Desktop//{what}//FR",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        *_ZONE,
        *(line for event in events for line in _lines(event, now)),
        "END:VCALENDAR",
    ]
    target.write(_folded(lines))


def _lines(event: Event, now: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTART;TZID=Europe/Paris:{_local(event.start)}",
        f"DTEND;TZID=Europe/Paris:{_local(event.end)}",
        f"SUMMARY:{_text(event.summary)}",
        *([f"DESCRIPTION:{_text(event.description)}"] if event.description else []),
        *([f"LOCATION:{_text(event.place)}"] if event.place else []),
        f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}",
        "END:VEVENT",
    ]


def _local(instant: datetime) -> str:
    return f"{instant.astimezone(PARIS):%Y%m%dT%H%M%S}"


def _text(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(escaped.splitlines())


def _folded(lines: Sequence[str]) -> bytes:
    return b"".join(part + b"\r\n" for line in lines for part in _parts(line))


def _parts(line: str) -> Iterator[bytes]:
    """Cut a line so that no part is longer than 75 octets, never inside a character."""
    part = b""
    for character in line:
        octets = character.encode()
        if len(part) + len(octets) > 75:
            yield part
            part = b" "
        part += octets
    yield part
