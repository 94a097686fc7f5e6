"""The till of the demonstration, day after day: takings, counts, deposits, slips of cheques."""

import random
from datetime import date, time

from sqlalchemy.orm import Session

from cantine_desktop.finance.cash.counting import CountFacts, ResolutionFacts, count, resolve
from cantine_desktop.finance.cash.denominations import DENOMINATIONS, Pieces
from cantine_desktop.finance.cash.depositing import deposit_cash, deposit_cheques
from cantine_desktop.finance.cash.holdings import held_on
from cantine_desktop.finance.cash.model import Reason
from cantine_desktop.finance.cash.recording import take
from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.lettering import open_items
from cantine_desktop.i18n import tr
from cantine_desktop.office.demo_kitchen import instant
from cantine_desktop.office.demo_money.plan import Deposit, Plan
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY

FLOAT = Money(15_000)
"""What stays in the till after a deposit."""
LEAST = 10_000
"""Cents for which somebody walks to the bank."""
GAPS = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10, -20, -50, 30)
FOUND_WEEKS_AGO = 22
"""The week an envelope of 20 € was forgotten, and found two days later."""


def write_till(session: Session, plan: Plan, today: date) -> dict[int, str]:
    """Write the takings of a plan with what follows them; return their references by rank.

    The deposits and slips made are added to the plan.
    """
    references: dict[int, str] = {}
    envelope = today.toordinal() // 7 - FOUND_WEEKS_AGO
    for rank, facts in enumerate(plan.takings):
        late = rank + 1 < len(plan.takings) and plan.takings[rank + 1].day == facts.day
        at = instant(facts.day, time(14, 15) if late else time(14, 40))
        references[rank] = take(session, facts, at).reference
        following = plan.takings[rank + 1].day if rank + 1 < len(plan.takings) else today + DAY
        if following == facts.day:
            continue
        lost = facts.day.toordinal() // 7 == envelope and following.toordinal() // 7 > envelope
        _count(session, facts.day, lost=lost)
        if following.toordinal() // 7 != facts.day.toordinal() // 7:
            _deposit(session, plan, facts.day)
        if (following.month, following.day > 15) != (facts.day.month, facts.day.day > 15):
            _slip(session, plan, facts.day)
    return references


def _count(session: Session, day: date, *, lost: bool) -> None:
    dice = random.Random(day.toordinal() + 3)  # noqa: S311  -- a fictional year, no secret
    gap = -2_000 if lost else dice.choice(GAPS)
    counted = held_on(session, day).cents + gap
    facts = CountFacts(
        day,
        _pieces(counted),
        counted_by="AM",
        float_amount=FLOAT,
        checked_by="MB",
        reason=Reason.FORGOTTEN_ENVELOPE if lost else None,
        note=tr("Une enveloppe de 20 € manque") if lost else "",
    )
    at = instant(day, time(22, 30))
    row = count(session, facts, at)
    if lost:
        found = day + 2 * DAY
        told = ResolutionFacts(found, Money(2_000), tr("Enveloppe retrouvée sous le comptoir"))
        resolve(session, row.id, told, instant(found, time(9, 10)))


def _pieces(cents: int) -> dict[Money, Pieces]:
    """Return notes and coins that make an amount, no note above 50 €."""
    found: dict[Money, Pieces] = {}
    for denomination in DENOMINATIONS:
        if denomination.cents > 5_000:
            continue
        number, cents = divmod(cents, denomination.cents)
        if number:
            found[denomination] = Pieces(quantity=number)
    return found


def _deposit(session: Session, plan: Plan, day: date) -> None:
    held = held_on(session, day).cents - FLOAT.cents
    if held < LEAST:
        return
    amount = Money(held // 1_000 * 1_000)
    bag = f"{day:%y%m%d}"
    deposit = deposit_cash(session, day, amount, instant(day, time(22, 40)), bag)
    plan.deposits.append(Deposit(day, deposit.reference, amount))


def _slip(session: Session, plan: Plan, day: date) -> None:
    items = open_items(session, Role.CHEQUES)
    waiting = [item for item in items if item.line_id not in plan.slipped]
    if not waiting:
        return
    at = instant(day, time(22, 45))
    slip = deposit_cheques(session, day, [item.line_id for item in waiting], at)
    plan.slipped |= {item.line_id for item in waiting}
    pieces = tuple(item.piece_ref for item in waiting)
    plan.slips.append(Deposit(day, slip.reference, slip.total, pieces))
