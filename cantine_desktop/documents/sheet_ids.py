"""The short code of a sheet of paper, by which its screen is found again.

``T-2026-S47`` is the temperature sheet of ISO week 47, ``T-2026-11`` that of November,
``T-2026-11-22`` that of the 22nd and ``T-2026`` that of the year. The letter belongs to
the document, the rest to the period: two sheets never share a code.
"""

import re
from datetime import date
from typing import NamedTuple

from cantine_desktop.documents.registry import Cadence
from cantine_desktop.values.period import DAY, Period


class SheetAsked(NamedTuple):
    """A sheet wanted on a screen that holds several.

    Attributes:
        letter: Which sheet.
        period: Of which days.
    """

    letter: str
    period: Period


_CODE = re.compile(
    r"(?P<letter>[A-Z]{1,2})-?(?P<year>20\d\d)"
    r"(?:-?[SW]-?(?P<week>\d\d?)|-(?P<month>\d\d?)(?:-(?P<day>\d\d?))?"
    r"|(?P<month2>\d\d)(?P<day2>\d\d)?)?",
    re.ASCII,
)


def sheet_id(letter: str, period: Period, cadence: Cadence) -> str:
    """Return the code of the sheet of a document for a period.

    Args:
        letter: One or two capitals, given to one document of the catalogue.
        period: Its first day names the day, ISO week, month or year.
        cadence: What kind of period it is.
    """
    first = period.first
    if cadence is Cadence.WEEK:
        week = first.isocalendar()
        return f"{letter}-{week.year}-S{week.week:02}"
    forms = {Cadence.DAY: f"{first:%Y-%m-%d}", Cadence.MONTH: f"{first:%Y-%m}"}
    return f"{letter}-{forms.get(cadence, f'{first:%Y}')}"


def read_sheet_id(text: str) -> tuple[str, Period] | None:
    """Return the letter and the period of a typed code, or None when it is not one.

    Case, spaces and dashes are taken as they come: ``t 2026 s47`` and ``T2026S47`` are
    ``T-2026-S47``; the weeks of a year that has 52 stop there.
    """
    typed = re.sub(r"[\s./_–—−-]+", "-", text.strip().upper())
    found = _CODE.fullmatch(typed)
    if found is None:
        return None
    try:
        return found["letter"], _period(found)
    except ValueError:
        return None


def _period(found: re.Match[str]) -> Period:
    year = int(found["year"])
    month = found["month"] or found["month2"]
    day = found["day"] or found["day2"]
    if found["week"]:
        return Period.week(date.fromisocalendar(year, int(found["week"]), 1))
    if day:
        first = date(year, int(month), int(day))
        return Period(first, first + DAY)
    if month:
        return Period.month(date(year, int(month), 1))
    return Period.year(date(year, 1, 1))
