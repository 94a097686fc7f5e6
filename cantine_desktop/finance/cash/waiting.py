"""Cheques that were received and are on no slip yet."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from cantine_desktop.finance.cash.model import ChequeSlip, SlipLine
from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.model import (
    Account,
    Entry,
    FiscalYear,
    Journal,
    JournalKind,
    LetteredLine,
    Line,
)
from cantine_desktop.values.money import Money


class WaitingCheques(NamedTuple):
    """A line of 511200: the cheques of a service, that no slip takes yet."""

    line_id: int
    day: date
    label: str
    piece_ref: str
    amount: Money


def waiting_cheques(session: Session, last: date | None = None) -> list[WaitingCheques]:
    """Return the cheques that wait to be taken to the bank, oldest first.

    Args:
        session: A session that reads.
        last: Only those received up to a day, that day included.
    """
    first_year = select(FiscalYear.id).order_by(FiscalYear.first).limit(1).scalar_subquery()
    query = (
        select(Line.id, Entry.day, Line.label, Entry.label, Entry.piece_ref, Line.debit)
        .join(Entry, Line.entry_id == Entry.id)
        .join(Account, Line.account_id == Account.id)
        .join(Journal, Entry.journal_id == Journal.id)
        .outerjoin(LetteredLine, LetteredLine.line_id == Line.id)
        .where(Account.number.startswith(Role.CHEQUES.value), LetteredLine.id.is_(None))
        .where((Journal.kind != JournalKind.OPENING) | (Entry.fiscal_year_id == first_year))
        .where(Line.credit == Money(0), Line.id.not_in(taken_lines()))
        .order_by(Entry.day, Line.id)
    )
    if last is not None:
        query = query.where(Entry.day <= last)
    return [
        WaitingCheques(key, day, own or label, piece, amount)
        for key, day, own, label, piece, amount in session.execute(query)
    ]


def taken_lines() -> Select[int]:
    """Select the lines of the ledger that a slip in force takes."""
    cancelled = select(ChequeSlip.cancels_id).where(ChequeSlip.cancels_id.is_not(None))
    return select(SlipLine.line_id).where(SlipLine.cheque_slip_id.not_in(cancelled))
