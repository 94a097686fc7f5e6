"""Takings enter the chain of the till; what was wrong in them is taken back, never changed."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.cash.chain import Happening, append, event_of
from cantine_desktop.finance.cash.holdings import refuse_overdraw
from cantine_desktop.finance.cash.model import CashEvent, EventKind
from cantine_desktop.finance.cash.taking_back import take_back
from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.model import Account, Line
from cantine_desktop.finance.postings.facts import TakingsFacts
from cantine_desktop.finance.postings.held import held
from cantine_desktop.finance.postings.means import Means
from cantine_desktop.finance.postings.model import Takings
from cantine_desktop.finance.postings.takings import post_takings
from cantine_desktop.i18n import tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

TAKINGS = "takings"
ZERO = Money(0)


def take(session: Session, facts: TakingsFacts, now: datetime) -> Takings:
    """Keep the takings of a service, their entry and their event, in one action.

    Args:
        session: The session of an action.
        facts: What came in.
        now: Present instant, aware.

    Raises:
        UserError: The facts are refused, or the till would be overdrawn.
    """
    takings = post_takings(session, facts, now)
    record(session, takings, now)
    if facts.cash_difference.cents < 0:
        refuse_overdraw(session, facts.day)
    return takings


def record(session: Session, takings: Takings, now: datetime) -> CashEvent:
    """Write takings into the chain, once: one event, the same if it is there already.

    Args:
        session: The session of an action.
        takings: Takings just kept.
        now: Present instant, aware.
    """
    known = event_of(session, TAKINGS, takings.id, EventKind.TAKINGS)
    if known is not None:
        return known
    total = Money(sum(part.amount.cents for part in takings.parts))
    return append(
        session,
        Happening(
            EventKind.TAKINGS,
            takings.day,
            (TAKINGS, takings.id),
            amount=total,
            cash=_cash_of(session, takings),
            content=_content(takings),
        ),
        now,
    )


def correct(
    session: Session,
    takings_id: int,
    facts: TakingsFacts,
    reason: str,
    now: datetime,
    *,
    is_counted_next: bool = False,
) -> Takings:
    """Take takings back and keep others in their place.

    The wrong ones stay where they are; an event and an entry take them back. Facts without
    parts cancel them.

    Args:
        session: The session of an action.
        takings_id: The wrong takings.
        facts: What is right; its day dates both entries.
        reason: Why, in a few words.
        now: Present instant, aware.
        is_counted_next: The caller counts the till again in this action, and judges it
            afterwards: in between, the difference of the wrong count is still there.

    Raises:
        UserError: They were corrected already, no reason is given, or the till would be
            overdrawn.
    """
    wrong = session.get_one(Takings, takings_id)
    if not reason.strip():
        raise UserError(tr("Dites en quelques mots pourquoi ces recettes sont corrigées."))
    if session.scalar(select(Takings.id).where(Takings.corrects_id == takings_id).limit(1)):
        raise UserError(
            tr("Les recettes {reference} sont déjà corrigées : corrigez celles d’après.").format(
                reference=wrong.reference
            )
        )
    _withdraw(session, wrong, facts.day, reason, now)
    right = post_takings(session, replace(facts, corrects=takings_id), now)
    record(session, right, now)
    if not is_counted_next:
        refuse_overdraw(session, facts.day)
    return right


def facts_of(session: Session, takings: Takings) -> TakingsFacts:
    """Return what takings say, to correct them from."""
    return TakingsFacts(
        takings.day,
        takings.service,
        {(part.means, part.purpose): part.amount for part in takings.parts},
        takings.meals,
        takings.offered,
        takings.cooks,
        takings.newcomers,
        takings.displayed_price,
        {line.amount: line.count for line in takings.tally},
        _difference_of(session, takings),
    )


def _difference_of(session: Session, takings: Takings) -> Money:
    """Return the cash counted less the cash expected that was told with takings."""
    lines = session.execute(
        select(Line.debit, Line.credit)
        .join(Account, Line.account_id == Account.id)
        .where(
            Line.entry_id == takings.entry_id,
            Account.number.in_((Role.CASH_OVERAGE, Role.CASH_SHORTAGE)),
        )
    )
    return Money(sum(credit.cents - debit.cents for debit, credit in lines))


def standing(session: Session, period: Period) -> dict[int, int]:
    """Return the takings of a period that nothing corrected, by the entry they became."""
    query = select(Takings.entry_id, Takings.id).where(*held(period), Takings.entry_id.is_not(None))
    rows = session.execute(query)
    return {entry: key for entry, key in rows if entry is not None}


def cancel(session: Session, takings_id: int, day: date, reason: str, now: datetime) -> Takings:
    """Take takings back, with nothing in their place (``correct``)."""
    wrong = session.get_one(Takings, takings_id)
    return correct(session, takings_id, TakingsFacts(day, wrong.service, {}, 0), reason, now)


def _withdraw(session: Session, wrong: Takings, day: date, reason: str, now: datetime) -> None:
    event = record(session, wrong, now)
    append(
        session,
        Happening(
            EventKind.CORRECTION,
            day,
            (TAKINGS, wrong.id),
            amount=-event.amount,
            cash=-event.cash,
            content=_content(wrong, sign=-1) | {"reason": reason},
            corrects=event,
        ),
        now,
    )
    if wrong.entry_id is not None:
        take_back(session, wrong.entry_id, day, reason)


def _content(takings: Takings, sign: int = 1) -> dict[str, Any]:
    return {
        "reference": takings.reference,
        "service": takings.service,
        "meals": sign * takings.meals,
        "parts": [
            [part.means.value, part.purpose.value, sign * part.amount.cents]
            for part in takings.parts
        ],
    }


def _cash_of(session: Session, takings: Takings) -> Money:
    """Return what takings added to the till: cash received, and the difference told with it."""
    if takings.entry_id is None:
        return Money(sum(p.amount.cents for p in takings.parts if p.means is Means.CASH))
    lines = session.execute(
        select(Line.debit, Line.credit)
        .join(Account, Line.account_id == Account.id)
        .where(Line.entry_id == takings.entry_id, Account.number == Role.CASH)
    )
    return Money(sum(debit.cents - credit.cents for debit, credit in lines))
