"""School holidays of the zone where the canteen stands."""

import csv
from bisect import bisect_right
from datetime import date
from functools import cache
from operator import itemgetter
from typing import NamedTuple

import resources
from cantine_desktop.i18n import mark, tr
from cantine_desktop.values.period import Period

_ZONES = {
    "A": "01 03 07 15 16 17 19 21 23 24 25 26 33 38 39 40 42 43 47 58 63 64 69 70 71 73 74 79 86 87"
    " 89 90",
    "B": "02 04 05 06 08 10 13 14 18 22 27 28 29 35 36 37 41 44 45 49 50 51 52 53 54 55 56 57 59"
    " 60 61 62 67 68 72 76 80 83 84 85 88",
    "C": "09 11 12 30 31 32 34 46 48 65 66 75 77 78 81 82 91 92 93 94 95",
}
"""Départements of each zone; Corsica and the overseas ones have calendars of their own."""

_ZONE_OF = {number: zone for zone, numbers in _ZONES.items() for number in numbers.split()}

_NAMES = {
    "all-saints": mark("Vacances de la Toussaint"),
    "christmas": mark("Vacances de Noël"),
    "winter": mark("Vacances d’hiver"),
    "spring": mark("Vacances de printemps"),
    "ascension": mark("Pont de l’Ascension"),
    "summer": mark("Vacances d’été"),
}


class SchoolHoliday(NamedTuple):
    """A holiday of a school zone.

    Attributes:
        first: Its first day.
        last: Its last day, which belongs to it.
        name: As people call it, in their language.
    """

    first: date
    last: date
    name: str


def school_zone(department: str) -> str:
    """Return the school zone of a département, ``"A"``, ``"B"`` or ``"C"``; empty if none."""
    return _ZONE_OF.get(department.strip().upper().zfill(2), "")


def school_holidays(zone: str, period: Period) -> list[SchoolHoliday]:
    """Return the school holidays of a zone that touch a period, in order, each whole.

    Known from 2024 to 2028; nothing outside, and nothing for an unknown zone.

    Source: VACANCES.
    """
    return [
        SchoolHoliday(first, last, tr(_NAMES[name]))
        for first, last, name in _known().get(zone, [])
        if first < period.end and last >= period.first
    ]


def school_holiday(department: str, day: date) -> str:
    """Return the name of the school holidays a day is in; empty for a day of school."""
    known = _known().get(school_zone(department), [])
    at = bisect_right(known, day, key=itemgetter(0)) - 1
    return tr(_NAMES[known[at][2]]) if at >= 0 and day <= known[at][1] else ""


@cache
def _known() -> dict[str, list[tuple[date, date, str]]]:
    found: dict[str, list[tuple[date, date, str]]] = {}
    for row in csv.DictReader(resources.text("calendar/school_holidays.csv").splitlines()):
        first, last = date.fromisoformat(row["first"]), date.fromisoformat(row["last"])
        found.setdefault(row["zone"], []).append((first, last, row["name"]))
    return found
