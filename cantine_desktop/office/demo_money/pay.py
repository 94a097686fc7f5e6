"""What the payroll service of the demonstration is told each month: two people, invented."""

import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy.orm import Session

from cantine_desktop.finance.pack.model import PayItem
from cantine_desktop.finance.pack.payroll import PayDraft, add_variable
from cantine_desktop.i18n import tr
from cantine_desktop.values.period import DAY, Period


class Hired(NamedTuple):
    """Somebody on the payroll.

    Attributes:
        weekdays: Days of the week they work, Monday being 1.
        more: What hours above the contract are called in theirs: half-time or full-time.
        leave: Months they take a week of leave in.
    """

    number: str
    last_name: str
    first_name: str
    weekdays: frozenset[int]
    more: PayItem
    leave: frozenset[int]


STAFF = (
    Hired(
        "0001",
        "Muller",
        "Anne",
        frozenset({1, 2, 4}),
        PayItem.COMPLEMENTARY_HOURS,
        frozenset({2, 5, 10}),
    ),
    Hired(
        "0002",
        "Benali",
        "Malik",
        frozenset({1, 2, 3, 4, 5}),
        PayItem.OVERTIME_25,
        frozenset({4, 7, 12}),
    ),
)
TRAVEL = Decimal(23)
"""Euros of half a season ticket, each month."""


def write_pay(session: Session, month: Period) -> None:
    """Write what changes on the payslips of a month, alike for the same month."""
    for rank, hired in enumerate(STAFF):
        dice = random.Random(month.first.toordinal() * 7 + rank)  # noqa: S311  -- fiction
        for item, quantity, first, last, words in _variables(hired, month, dice):
            draft = PayDraft(
                hired.number, hired.last_name, hired.first_name, item, quantity, first, last, words
            )
            add_variable(session, month, draft)


Variable = tuple[PayItem, Decimal, date | None, date | None, str]


def _variables(hired: Hired, month: Period, dice: random.Random) -> Iterator[Variable]:
    days = [day for day in _days(month) if day.isoweekday() in hired.weekdays]
    away: list[date] = []
    if month.first.month in hired.leave:
        away = [day for day in days if 12 <= day.day <= 18]
        yield PayItem.PAID_LEAVE, Decimal(len(away)), away[0], away[-1], ""
    if dice.random() < 0.25:
        sick = [day for day in days if day.day >= 20][:2]
        away += sick
        words = tr("Arrêt transmis")
        yield PayItem.SICKNESS, Decimal(len(sick)), sick[0], sick[-1], words
    present = len(days) - len(away)
    yield PayItem.DAYS_WORKED, Decimal(present), None, None, ""
    yield PayItem.MEALS_TAKEN, Decimal(present), None, None, ""
    hours = Decimal(dice.choice((0, 2, 3, 5))) + Decimal("0.5")
    evening = next(day for day in days if day not in away)
    yield hired.more, hours, evening, evening, tr("Soirée")
    yield PayItem.TRANSPORT, TRAVEL, None, None, tr("Abonnement, moitié")


def _days(month: Period) -> Iterator[date]:
    day = month.first
    while day < month.end:
        yield day
        day += DAY
