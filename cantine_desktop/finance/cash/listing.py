"""Counts, deposits and closings as the cash screen lists them, and what is to be done."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.clock import civil_date
from cantine_desktop.finance.cash.closing import days_to_close, months_to_close
from cantine_desktop.finance.cash.counting import for_bank, left_of
from cantine_desktop.finance.cash.holdings import balance
from cantine_desktop.finance.cash.model import (
    CashCount,
    CashDeposit,
    CashEvent,
    ChequeSlip,
    ClosingKind,
    PeriodClosing,
    Reason,
    SlipLine,
)
from cantine_desktop.finance.cash.queries import CashFigures, cash_figures, uncounted_days
from cantine_desktop.finance.cash.waiting import waiting_cheques
from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.model import Account, LetteredLine, Line
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY, Period


class CountRow(NamedTuple):
    """A count of the till.

    Attributes:
        left: What of its difference nothing took back yet.
    """

    key: int
    day: date
    reference: str
    service: str
    expected: Money
    counted: Money
    difference: Money
    left: Money
    reason: Reason | None
    note: str
    bag: str
    for_bank: Money
    visas: str


def counts(session: Session, period: Period) -> list[CountRow]:
    """Return the counts of a period, the last one first."""
    query = (
        select(CashCount)
        .options(selectinload(CashCount.lines))
        .where(CashCount.day >= period.first, CashCount.day < period.end)
        .order_by(CashCount.day.desc(), CashCount.id.desc())
    )
    return [
        CountRow(
            row.id,
            row.day,
            row.reference,
            row.service,
            row.expected,
            row.counted,
            row.difference,
            left_of(session, row) if row.difference else row.difference,
            row.reason,
            row.note,
            row.bag,
            for_bank(row),
            " / ".join(filter(None, (row.counted_by, row.checked_by))),
        )
        for row in session.scalars(query)
    ]


class DepositRow(NamedTuple):
    """Cash or cheques that went to the bank.

    Attributes:
        table: Where the record stands: ``"cash_deposit"`` or ``"cheque_slip"``.
        words: Its bag, or its bank and how many cheques.
        is_cancelled: Another record took it back.
        is_seen: The bank showed it.
        takes_back: It is itself the record that takes another one back.
    """

    table: str
    key: int
    day: date
    reference: str
    bag: str
    bank: str
    number: int
    amount: Money
    is_cancelled: bool
    is_seen: bool
    takes_back: bool


def deposits(session: Session, period: Period) -> list[DepositRow]:
    """Return what went to the bank in a period, the last first."""
    found = [*_cash_deposits(session, period), *_slips(session, period)]
    return sorted(found, key=lambda row: (row.day, row.reference), reverse=True)


def _cash_deposits(session: Session, period: Period) -> list[DepositRow]:
    rows = session.scalars(
        select(CashDeposit).where(CashDeposit.day >= period.first, CashDeposit.day < period.end)
    ).all()
    cancelled = set(session.scalars(select(CashDeposit.cancels_id)))
    seen = set(
        session.scalars(
            select(Line.entry_id)
            .join(LetteredLine, LetteredLine.line_id == Line.id)
            .join(Account, Line.account_id == Account.id)
            .where(
                Line.entry_id.in_([row.entry_id for row in rows]),
                Account.number == Role.TRANSFERS.value,
            )
        )
    )
    return [
        DepositRow(
            CashDeposit.__tablename__,
            row.id,
            row.day,
            row.reference,
            row.bag,
            row.bank,
            0,
            row.amount,
            row.id in cancelled,
            row.entry_id in seen,
            row.cancels_id is not None,
        )
        for row in rows
    ]


def _slips(session: Session, period: Period) -> list[DepositRow]:
    rows = session.scalars(
        select(ChequeSlip)
        .options(selectinload(ChequeSlip.cheques))
        .where(ChequeSlip.day >= period.first, ChequeSlip.day < period.end)
    ).all()
    cancelled = set(session.scalars(select(ChequeSlip.cancels_id)))
    waiting = set(
        session.scalars(
            select(SlipLine.cheque_slip_id)
            .outerjoin(LetteredLine, LetteredLine.line_id == SlipLine.line_id)
            .where(SlipLine.cheque_slip_id.in_([row.id for row in rows]), LetteredLine.id.is_(None))
        )
    )
    return [
        DepositRow(
            ChequeSlip.__tablename__,
            row.id,
            row.day,
            row.reference,
            "",
            row.bank,
            len(row.cheques),
            row.total,
            row.id in cancelled,
            row.id not in waiting and row.cancels_id is None,
            row.cancels_id is not None,
        )
        for row in rows
    ]


class ClosingRow(NamedTuple):
    """A closing of the till."""

    key: int
    kind: ClosingKind
    number: int
    first: date
    end: date
    operations: int
    total: Money
    grand_total: Money
    perpetual_total: Money
    cash: Money
    made_on: date


def closings(session: Session, period: Period) -> list[ClosingRow]:
    """Return the closings that end in a period, years and months before their days."""
    query = (
        select(PeriodClosing)
        .where(PeriodClosing.end > period.first, PeriodClosing.end <= period.end)
        .order_by(PeriodClosing.end.desc(), PeriodClosing.id.desc())
    )
    return [
        ClosingRow(
            row.id,
            row.kind,
            row.number,
            row.first,
            row.end,
            row.count,
            row.total,
            row.grand_total,
            row.perpetual_total,
            row.cash,
            civil_date(row.at),
        )
        for row in session.scalars(query)
    ]


class Overview(NamedTuple):
    """What there is to know, and to do, at first sight.

    Attributes:
        held: What the till holds now, by the book.
        cheques: What waits to be taken to the bank.
        figures: Differences of the month shown (K29).
        uncounted: Days of the month shown on which cash came in and nobody counted.
        months_due: First days of the months that are over and not closed, oldest first.
        days_due: Days before today that are not closed.
    """

    held: Money
    cheques: Money
    cheque_lines: int
    figures: CashFigures
    uncounted: Sequence[date]
    months_due: Sequence[date]
    days_due: Sequence[date]
    last_day: date | None


def overview(session: Session, month: Period, today: date) -> Overview:
    """Return what there is to know and to do.

    Args:
        session: A session that reads.
        month: The month shown.
        today: The present civil day.
    """
    waiting = waiting_cheques(session, today)
    return Overview(
        balance(session, today + DAY),
        Money(sum(each.amount.cents for each in waiting)),
        len(waiting),
        cash_figures(session, month),
        uncounted_days(session, month),
        months_due(session, today),
        days_to_close(session, today),
        session.scalar(
            select(func.max(PeriodClosing.first)).where(PeriodClosing.kind == ClosingKind.DAY)
        ),
    )


def months_due(session: Session, today: date) -> list[date]:
    """Return the first day of each month that is over, holds events and is not closed."""
    first = session.scalar(select(func.min(CashEvent.day)))
    this_month = Period.month(today).first
    if first is None or first >= this_month:
        return []
    last = session.scalar(
        select(func.max(PeriodClosing.end)).where(PeriodClosing.kind == ClosingKind.MONTH)
    )
    start = max(first, last) if last is not None else first
    return months_to_close(session, Period(start, this_month)) if start < this_month else []
