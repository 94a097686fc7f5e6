"""What the plan expects each open day, and to whom a sheet is of use."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import open_days
from cantine_desktop.hygiene.plan.in_force import point_of, regime_of, traits_of
from cantine_desktop.hygiene.plan.model import PlanVersion, Regime
from cantine_desktop.values.period import Period

LAST = date.max
"""The day whose plan is the latest: a sheet is hung for the days to come."""


Days = Callable[[Session, Period], Sequence[date]]
"""Returns the days of a period that call for something."""


def daily(code: str) -> Days:
    """Return how to find the open days on which the plan has a point."""

    def days(session: Session, period: Period) -> list[date]:
        changes = session.scalars(
            select(PlanVersion.valid_from)
            .where(PlanVersion.valid_from > period.first, PlanVersion.valid_from < period.end)
            .order_by(PlanVersion.valid_from)
        )
        firsts = [period.first, *(day for day in changes if day is not None)]
        asked = [point_of(session, code, first) is not None for first in firsts]
        return [day for day in open_days(session, period) if asked[bisect_right(firsts, day) - 1]]

    return days


def one_each(days: Days) -> Callable[[Session, Period], int | None]:
    """Return how to count one record for each of some days."""

    def expected(session: Session, period: Period) -> int:
        return len(days(session, period))

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
