"""The days a command is about, as people type them."""

import re
from argparse import Namespace
from datetime import date

from cantine_desktop.commands.parsing import UsageError
from cantine_desktop.documents.registry import Cadence
from cantine_desktop.i18n import tr
from cantine_desktop.values.period import Period

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_FRENCH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_YEARS = range(1900, 2200)
LONGEST_YEARS = 20


def read_day(text: str) -> date:
    """Read a civil day: ``2026-11-02`` or ``02/11/2026``.

    Raises:
        UsageError: It is no day of the calendar.
    """
    iso, french = _ISO.fullmatch(text.strip()), _FRENCH.fullmatch(text.strip())
    numbers = iso.groups() if iso else french.groups()[::-1] if french else ()
    try:
        year, month, day = map(int, numbers)
        found = date(year, month, day)
    except ValueError:
        found = None
    if found is None or found.year not in _YEARS:
        raise UsageError(
            tr("« {text} » n’est pas une date. Écrivez 2026-11-02 ou 02/11/2026.").format(text=text)
        )
    return found


def period_of(options: Namespace, cadence: Cadence, today: date) -> Period:
    """Return the days asked for by ``--from`` and ``--to``, both included.

    Without either, it is the span of the cadence (day, week, month, year) that
    holds today; with one alone, it goes to the start or the end of that span.

    Raises:
        UsageError: A day is unreadable, the last comes first, or it is too long.
    """
    first = read_day(options.first) if options.first else None
    last = read_day(options.last) if options.last else None
    first = first or _span(cadence, last or today).first
    last = last or _span(cadence, first).last
    if last < first:
        raise UsageError(tr("Le dernier jour vient avant le premier."))
    if last.year - first.year > LONGEST_YEARS:
        raise UsageError(
            tr("Cette période est trop longue : {years} ans au plus.").format(years=LONGEST_YEARS)
        )
    return Period.through(first, last)


def _span(cadence: Cadence, day: date) -> Period:
    match cadence:
        case Cadence.DAY:
            return Period.through(day, day)
        case Cadence.WEEK:
            return Period.week(day)
        case Cadence.MONTH:
            return Period.month(day)
        case Cadence.YEAR:
            return Period.year(day)
