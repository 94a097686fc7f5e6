"""The services of the next two weeks with their forecasts, for the screen, paper and files."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.meals.forecast.predicting import Forecast, forecast_of
from cantine_desktop.meals.services.queries import ServiceRow, services_of
from cantine_desktop.values.period import Period

DAYS = 14
"""Days that are forecast: beyond, the calendar says more than the past."""


class Coming(NamedTuple):
    """A service to come and how many to expect."""

    service: ServiceRow
    forecast: Forecast


def fortnight(now: datetime) -> Period:
    """Return the days that are forecast: today and the two weeks that follow."""
    today = civil_date(now)
    return Period.through(today, today + timedelta(days=DAYS))


def coming(session: Session, now: datetime, period: Period | None = None) -> list[Coming]:
    """Return the services to come of a period with their forecasts, in order; today's is one.

    Args:
        session: A session of the book.
        now: The present instant.
        period: Civil days; ``None`` is today and the next two weeks.
    """
    today = civil_date(now)
    rows = [row for row in services_of(session, period or fortnight(now)) if row.day >= today]
    found = forecast_of(session, rows, now)
    return [Coming(row, found[row.key]) for row in rows]
