"""What the till holds, day after day, and the refusal to take out more.

The cash book is what the ledger says of account 53: nothing is counted twice.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.ledger.balances import net_of
from cantine_desktop.finance.ledger.model import (
    Account,
    Entry,
    FiscalYear,
    Journal,
    JournalKind,
    Line,
)
from cantine_desktop.i18n import long_day, money, tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY

TILL = "53"
"""How the accounts of tills begin."""


class DayHolding(NamedTuple):
    """What the till held at the end of a day."""

    day: date
    amount: Money


def balance(session: Session, before: date | None = None) -> Money:
    """Return what the till holds by the book, drafts included, before a day or at all."""
    return net_of(session, TILL, before)


def holdings_from(session: Session, first: date) -> Iterator[DayHolding]:
    """Give what the till held at the end of each day that moved, from a day on."""
    held = balance(session, first)
    query = (
        till_lines(Entry.day, func.sum(Line.debit), func.sum(Line.credit))
        .where(Entry.day >= first)
        .group_by(Entry.day)
        .order_by(Entry.day)
    )
    for day, taken, given in session.execute(query):
        held += taken - given
        yield DayHolding(day, held)


def till_lines(*columns: ColumnElement[Any] | Any) -> Select[*tuple[Any, ...]]:
    """Select from the lines of the till; openings but the first say nothing new."""
    first_year = select(FiscalYear.id).order_by(FiscalYear.first).limit(1).scalar_subquery()
    return (
        select(*columns)
        .select_from(Line)
        .join(Account, Line.account_id == Account.id)
        .join(Entry, Line.entry_id == Entry.id)
        .join(Journal, Entry.journal_id == Journal.id)
        .where(Account.number.startswith(TILL))
        .where((Journal.kind != JournalKind.OPENING) | (Entry.fiscal_year_id == first_year))
    )


def overdrawn(holdings: Iterable[DayHolding]) -> DayHolding | None:
    """Return the first day on which the till would hold less than nothing."""
    return next((each for each in holdings if each.amount.cents < 0), None)


def refuse_overdraw(session: Session, day: date) -> None:
    """Let pass what was just written, dated of a day, if the till can stand it.

    Args:
        session: The session of an action, what takes money out written and flushed.
        day: Its day; the till is looked at from then on, to the last entry.

    Raises:
        UserError: The till would hold less than nothing at the end of that day or a later one.
    """
    short = overdrawn(holdings_from(session, day))
    if short is None:
        return
    before = balance(session, day)
    if short.day == day:
        raise UserError(
            tr(
                "La caisse n’a pas cette somme : le {day} au soir, il manquerait {missing}. "
                "Elle contenait {held} la veille. Vérifiez le montant, la date, ou notez "
                "d’abord les recettes en espèces qui manquent."
            ).format(day=long_day(day), missing=money(-short.amount), held=money(before))
        )
    raise UserError(
        tr(
            "La caisse serait négative plus tard : le {later}, il manquerait {missing}, car "
            "d’autres sorties ont suivi le {day}. Diminuez le montant, ou notez d’abord ce "
            "qui manque entre les deux dates."
        ).format(later=long_day(short.day), missing=money(-short.amount), day=long_day(day))
    )


def refuse_overdraw_by(session: Session, entries: Iterable[Entry]) -> None:
    """Let entries pass that were just written, if the till can stand those that touch it.

    Raises:
        UserError: The till would hold less than nothing at the end of a day.
    """
    touched = (
        select(Entry.day)
        .join(Line, Line.entry_id == Entry.id)
        .join(Account, Line.account_id == Account.id)
        .where(Entry.id.in_([entry.id for entry in entries]), Account.number.startswith(TILL))
        .order_by(Entry.day)
        .limit(1)
    )
    first = session.scalar(touched)
    if first is not None:
        refuse_overdraw(session, first)


def held_on(session: Session, day: date) -> Money:
    """Return what the till holds by the book at the end of a day."""
    return balance(session, day + DAY)
