"""Which days indicators are told for: a service, a week, a month, a quarter, a year, all."""

from datetime import date
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.finance.postings.model import Takings
from cantine_desktop.i18n import mark
from cantine_desktop.values.period import DAY, Period


class Span(StrEnum):
    """How long a period is."""

    SERVICE = "service"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    ALL = "all"


SPANS = {
    Span.SERVICE: mark("Service"),
    Span.WEEK: mark("Semaine"),
    Span.MONTH: mark("Mois"),
    Span.QUARTER: mark("Trimestre"),
    Span.YEAR: mark("Année"),
    Span.ALL: mark("Depuis l’ouverture"),
}


def period_around(session: Session, span: Span, day: date) -> Period:
    """Return the period of a length that holds a day.

    Args:
        session: A session that reads.
        span: How long.
        day: A day of it; for a service, the last day with one up to that day.
    """
    match span:
        case Span.SERVICE:
            held = session.scalar(select(func.max(Takings.day)).where(Takings.day <= day)) or day
            return Period.through(held, held)
        case Span.WEEK:
            return Period.week(day)
        case Span.MONTH:
            return Period.month(day)
        case Span.QUARTER:
            return quarter(day)
        case Span.YEAR:
            return Period.year(day)
        case Span.ALL:
            return Period.through(min(_opening(session) or day, day), day)


def beside(session: Session, span: Span, period: Period, *, later: bool) -> Period | None:
    """Return the period after another one, or before; ``None`` where there is none."""
    if span is Span.ALL:
        return None
    if span is Span.SERVICE:
        query = select(func.min(Takings.day)).where(Takings.day >= period.end)
        if not later:
            query = select(func.max(Takings.day)).where(Takings.day < period.first)
        day = session.scalar(query)
        return Period.through(day, day) if day else None
    return period_around(session, span, period.end if later else period.first - DAY)


def quarter(day: date) -> Period:
    """Return the calendar quarter that holds a day."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    last = Period.month(date(day.year, first.month + 2, 1))
    return Period(first, last.end)


def year_before(period: Period) -> Period:
    """Return the same days a year before; the 29th of February becomes the 28th."""
    first, end = (
        day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
        for day in (period.first, period.end)
    )
    return Period(first, max(end, first + DAY))


def _opening(session: Session) -> date | None:
    days = (
        session.scalar(select(func.min(Takings.day))),
        session.scalar(select(func.min(Entry.day))),
    )
    return min((day for day in days if day is not None), default=None)
