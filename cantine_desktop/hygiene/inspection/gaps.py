"""What an inspector would see missing, by kind, with where to mend it; and usual periods."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import open_days
from cantine_desktop.clock import civil_date
from cantine_desktop.hygiene.breach_rows import open_breaches
from cantine_desktop.hygiene.equipment.model import Certificate
from cantine_desktop.hygiene.inspection.controls import READINGS, Control
from cantine_desktop.hygiene.model import Slot
from cantine_desktop.hygiene.queries import readings_of
from cantine_desktop.hygiene.registers.signing import signatures_of
from cantine_desktop.i18n import short_day, tr, trn
from cantine_desktop.values.period import DAY, Period


class Kind(StrEnum):
    """A kind of gap, the gravest first."""

    BREACH = "breach"
    MISSING = "missing"
    UNSIGNED = "unsigned"
    PAPER = "paper"


class Gap(NamedTuple):
    """Something missing.

    Attributes:
        kind: What kind.
        words: In French.
        screen: Key of the screen where it is mended.
        letter: Letter of the sheet to show there; empty when there is none.
        day: The day to show there, if one matters.
    """

    kind: Kind
    words: str
    screen: str
    letter: str = ""
    day: date | None = None


def gaps(session: Session, found: Sequence[Control], period: Period, now: datetime) -> list[Gap]:
    """Return what is missing in a period, the gravest first.

    Args:
        session: Where to read.
        found: The controls of the period.
        period: Its days, up to today.
        now: The present instant.
    """
    return [
        *_breaches(session, now),
        *_missing(session, found, period),
        *_unsigned(session, found, period, now),
        *_papers(session, civil_date(now)),
    ]


def _breaches(session: Session, now: datetime) -> Iterator[Gap]:
    opened = open_breaches(session, now)
    if opened:
        words = trn("{n} non-conformité ouverte", "{n} non-conformités ouvertes", len(opened))
        yield Gap(Kind.BREACH, words, "breaches")


def _missing(session: Session, found: Sequence[Control], period: Period) -> Iterator[Gap]:
    for control in found:
        count = control.counts.missing
        if not count:
            continue
        words = trn("{n} manquant", "{n} manquants", count)
        day = _last_hole(session, period) if control.key == READINGS else None
        said = tr("{title} : {words}").format(title=control.title, words=words)
        yield Gap(Kind.MISSING, said, control.screen, control.letter, day)


def _last_hole(session: Session, period: Period) -> date | None:
    """Return the latest day on which a reading was due and nothing was written."""
    units = readings_of(session, period)
    for day in reversed(open_days(session, period)):
        if any(
            (day, slot) not in unit.cells and unit.is_due(day, slot)
            for unit in units
            for slot in Slot
        ):
            return day
    return None


def _unsigned(
    session: Session, found: Sequence[Control], period: Period, now: datetime
) -> Iterator[Gap]:
    this_week = Period.week(civil_date(now)).first
    first = Period.week(period.first).first
    weeks = [first + timedelta(weeks=n) for n in range((this_week - first).days // 7)]
    weeks = [monday for monday in weeks if monday < period.end]
    for control in found:
        if control.is_empty:
            continue
        signed = signatures_of(session, control.key, period)
        left = [monday for monday in weeks if monday not in signed]
        if left:
            words = trn("{n} semaine non signée", "{n} semaines non signées", len(left))
            said = tr("{title} : {words}").format(title=control.title, words=words)
            yield Gap(Kind.UNSIGNED, said, control.screen, control.letter, left[-1])


def _papers(session: Session, today: date) -> Iterator[Gap]:
    count = session.scalar(select(func.count(Certificate.id))) or 0
    if not count:
        yield Gap(Kind.PAPER, tr("Aucune pièce ni attestation enregistrée"), "equipment")
    over = session.scalars(select(Certificate).where(Certificate.expires <= today))
    for each in over:
        words = tr("{title} : dépassé depuis le {day}")
        day = short_day(each.expires) if each.expires else ""
        yield Gap(Kind.PAPER, words.format(title=each.title, day=day), "equipment")


class Span(StrEnum):
    """A usual period of an inspection file."""

    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    SINCE = "since"
    CHOSEN = "chosen"


_MONTHS = {Span.QUARTER: 3, Span.HALF: 6, Span.YEAR: 12}


def span_period(span: Span, today: date, since: date | None = None) -> Period:
    """Return the days of a usual period, to today included.

    Args:
        span: Which one; what is chosen, or since an inspection that is not known, is a year.
        today: The civil day.
        since: Day of the last inspection.
    """
    if span is Span.SINCE and since is not None and since <= today:
        return Period(since, today + DAY)
    return Period(_months_ago(today, _MONTHS.get(span, 12)), today + DAY)


def _months_ago(day: date, months: int) -> date:
    """Return the day after the same day some months before: a year holds no day twice."""
    rank = day.year * 12 + day.month - 1 - months
    first = date(rank // 12, rank % 12 + 1, 1)
    last = (first + timedelta(days=32)).replace(day=1) - DAY
    return min(first.replace(day=min(day.day, last.day)), last) + DAY
