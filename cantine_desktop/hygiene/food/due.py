"""What the plan expects each open day, and to whom a sheet is of use."""

from bisect import bisect_right
from collections.abc import Callable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import open_days
from cantine_desktop.hygiene.plan.in_force import point_of, regime_of, traits_of
from cantine_desktop.hygiene.plan.model import PlanVersion, Regime
from cantine_desktop.values.period import Period

LAST = date.max
"""The day whose plan is the latest: a sheet is hung for the days to come."""


def daily(code: str) -> Callable[[Session, Period], int | None]:
    """Return how to count one record for each open day on which the plan has a point."""

    def expected(session: Session, period: Period) -> int:
        changes = session.scalars(
            select(PlanVersion.valid_from)
            .where(PlanVersion.valid_from > period.first, PlanVersion.valid_from < period.end)
            .order_by(PlanVersion.valid_from)
        )
        firsts = [period.first, *(day for day in changes if day is not None)]
        asked = [point_of(session, code, first) is not None for first in firsts]
        days = open_days(session, period)
        return sum(asked[bisect_right(firsts, day) - 1] for day in days)

    return expected


def has(trait: str) -> Callable[[Session], bool]:
    """Return how to tell whether the canteen has something, such as ``has:fryer``."""

    def applies(session: Session) -> bool:
        return trait in traits_of(session, LAST)

    return applies


def serves_members(session: Session) -> bool:
    """Tell whether the canteen feeds members, and so keeps samples.

    Source: AM09-IV-PT.
    """
    return regime_of(session, LAST) is not Regime.COMMERCIAL
