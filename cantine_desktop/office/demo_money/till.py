"""The till of the demonstration, day after day: closings, deposits, slips of cheques."""

import random
from collections.abc import Iterable
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from cantine_desktop.finance.cash.closing import close_month, close_year, whole_of
from cantine_desktop.finance.cash.counting import ResolutionFacts, resolve
from cantine_desktop.finance.cash.depositing import deposit_cash, deposit_cheques
from cantine_desktop.finance.cash.holdings import held_on
from cantine_desktop.finance.cash.model import ClosingKind
from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.lettering import open_items
from cantine_desktop.i18n import tr
from cantine_desktop.office.demo_kitchen import instant
from cantine_desktop.office.demo_meals.closings import FLOAT, close_service
from cantine_desktop.office.demo_money.plan import Deposit, Plan
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY, Period

ENVELOPE = 2_000
"""Cents in the envelope that was forgotten."""
LEAST = 10_000
"""Cents for which somebody walks to the bank."""
# The closed months sum to the year as it is told: their only difference is one that was found.
GAPS = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10, -20, -50, 30)
FOUND_WEEKS_AGO = 22
"""The week an envelope of 20 € was forgotten, and found two days later."""


def write_till(
    session: Session, plan: Plan, today: date, closed: Iterable[Period]
) -> dict[int, str]:
    """Close the services of a plan with what follows; return their references by rank.

    The deposits and slips made are added to the plan. Months that are closed are closed in
    their time, between the takings of the next one.
    """
    references: dict[int, str] = {}
    envelope = today.toordinal() // 7 - FOUND_WEEKS_AGO
    waiting = [month for month in closed if plan.takings and month.end > plan.takings[0].day]
    open_from = max((month.end for month in waiting), default=date.min)
    day = date.min
    for rank, facts in enumerate(plan.takings):
        at = instant(facts.day, time(22, 10) if facts.day == day else time(14, 40))
        day = facts.day
        while waiting and after(waiting[0]) <= at:
            _close(session, waiting.pop(0))
        following = plan.takings[rank + 1].day if rank + 1 < len(plan.takings) else today + DAY
        is_last = following != facts.day
        lost = is_last and day.toordinal() // 7 == envelope < following.toordinal() // 7
        gap = -ENVELOPE if lost else 0 if facts.day < open_from else _gap(day, is_last=is_last)
        closing = close_service(session, plan.services[rank], facts, gap, at)
        references[rank] = closing.reference
        if not is_last:
            continue
        if following.toordinal() // 7 != facts.day.toordinal() // 7:
            _deposit(session, plan, facts.day)
        if (following.month, following.day > 15) != (facts.day.month, facts.day.day > 15):
            _slip(session, plan, facts.day)
        if lost and closing.cash_count_id is not None:
            _find(session, closing.cash_count_id, facts.day + 2 * DAY)
    for month in waiting:
        _close(session, month)
    return references


def _gap(day: date, *, is_last: bool) -> int:
    """Return the cents by which the till differs; change is given by hand."""
    dice = random.Random(day.toordinal() + 3)  # noqa: S311  -- a fictional year, no secret
    return dice.choice(GAPS) if is_last else 0


def after(month: Period) -> datetime:
    """Return when somebody closes a month: on the fifth of the next one."""
    return instant(month.end + 4 * DAY, time(10, 30))


def _close(session: Session, month: Period) -> None:
    now = after(month)
    close_month(session, month.first, now)
    if whole_of(session, ClosingKind.YEAR, month.first).end == month.end:
        close_year(session, month.first, now)


def _find(session: Session, counted: int, day: date) -> None:
    told = ResolutionFacts(day, Money(ENVELOPE), tr("Enveloppe retrouvée sous le comptoir"))
    resolve(session, counted, told, instant(day, time(9, 10)))


def _deposit(session: Session, plan: Plan, day: date) -> None:
    held = held_on(session, day).cents - FLOAT.cents
    if held < LEAST:
        return
    amount = Money(held // 1_000 * 1_000)
    bag = f"{day:%y%m%d}"
    at = instant(day, time(22, 40))
    deposit = deposit_cash(session, day, amount, at, bag, bank=tr("Banque coopérative (fictive)"))
    plan.deposits.append(Deposit(day, deposit.reference, amount))


def _slip(session: Session, plan: Plan, day: date) -> None:
    items = open_items(session, Role.CHEQUES)
    waiting = [item for item in items if item.line_id not in plan.slipped]
    if not waiting:
        return
    at = instant(day, time(22, 45))
    keys = [item.line_id for item in waiting]
    bank = tr("Banque coopérative (fictive)")
    slip = deposit_cheques(session, day, keys, at, bank=bank)
    plan.slipped |= {item.line_id for item in waiting}
    pieces = tuple(item.piece_ref for item in waiting)
    plan.slips.append(Deposit(day, slip.reference, slip.total, pieces))
