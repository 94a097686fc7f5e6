"""The figures of meals: diners, places, newcomers, cooks, slips, vegetarian, waste, given away."""

from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.i18n import round_half_up
from cantine_desktop.meals.figures.faithful import faithful
from cantine_desktop.meals.figures.ratios import RATIOS, value
from cantine_desktop.meals.figures.services import served_in
from cantine_desktop.meals.visits.model import SlipCount
from cantine_desktop.values.period import Period


def counted(key: str, session: Session, period: Period) -> Decimal | None:
    """Return a figure counted service by service (K1–K3, K12, K14, K20–K22), by its key."""
    return value(RATIOS[key], served_in(session, period))


def coming_back(session: Session, period: Period) -> Decimal | None:
    """Return the share of named people who came at least three times in ninety days (K13)."""
    found = faithful(session, period)
    return round_half_up(Decimal(100 * found.often) / found.people, 1) if found else None


def slips(session: Session, period: Period) -> Decimal | None:
    """Return the anonymous slips of the months that a period touches (K15): its sample.

    A slip may leave questions out: those of a month are as many as its most answered question.
    """
    asked = (
        select(SlipCount.month, SlipCount.question, func.sum(SlipCount.count).label("n"))
        .where(SlipCount.month >= period.first.replace(day=1), SlipCount.month < period.end)
        .group_by(SlipCount.month, SlipCount.question)
        .subquery()
    )
    months = select(func.max(asked.c.n).label("n")).group_by(asked.c.month).subquery()
    found = session.scalar(select(func.sum(months.c.n)))
    return Decimal(int(found)) if found else None
