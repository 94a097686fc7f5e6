"""Services as an iCalendar file, that a phone or a website follows.

Each service keeps its identifier for ever; a cancelled one stays, said cancelled, so that
the copies of others drop it. Hours are those of Paris, summer time told with them.

Source: RFC5545.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import the_canteen
from cantine_desktop.i18n import tr
from cantine_desktop.meals.services.model import MealService, ServiceState
from cantine_desktop.meals.services.queries import calendar_key, policy, title
from cantine_desktop.values.period import Period

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

_MEAL_MINUTES = 120
"""How long a meal is said to last."""


def write_calendar(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the services of a period as an iCalendar file, cancelled ones among them."""
    canteen = the_canteen(session)
    name = canteen.name if canteen else tr("Cantine")
    address = canteen.address if canteen else ""
    key = policy(session).calendar_key or calendar_key(session)
    query = (
        select(MealService)
        .where(MealService.day >= period.first, MealService.day < period.end)
        .order_by(MealService.day, MealService.meal_at, MealService.id)
    )
    events = [
        line
        for service in session.scalars(query)
        for line in _event(service, key, name, address, now)
    ]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Cantine Desktop//Services//FR",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        *_ZONE,
        *events,
        "END:VCALENDAR",
    ]
    target.write(_folded(lines))


def _event(service: MealService, key: str, name: str, address: str, now: datetime) -> list[str]:
    is_cancelled = service.state is ServiceState.CANCELLED
    words = title(service)
    told = tr("Cuisine à {cook}, repas à {meal}. {seats} places à table, {kitchen} en cuisine.")
    description = told.format(
        cook=f"{service.cook_at:%H:%M}",
        meal=f"{service.meal_at:%H:%M}",
        seats=service.seats,
        kitchen=service.kitchen_places,
    )
    if is_cancelled:
        description = tr("Annulé : {reason}").format(reason=service.reason) + f"\n{description}"
    return [
        "BEGIN:VEVENT",
        f"UID:service-{service.id}@{key}.cantine-desktop",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"SEQUENCE:{service.revision}",
        f"DTSTART;TZID=Europe/Paris:{_local(service.day, service.meal_at)}",
        f"DURATION:PT{_MEAL_MINUTES}M",
        f"SUMMARY:{_text(f'{words} – {name}')}",
        f"DESCRIPTION:{_text(description)}",
        *([f"LOCATION:{_text(address)}"] if address else []),
        f"STATUS:{'CANCELLED' if is_cancelled else 'CONFIRMED'}",
        "END:VEVENT",
    ]


def _local(day: date, at: time) -> str:
    return f"{day:%Y%m%d}T{at:%H%M%S}"


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
