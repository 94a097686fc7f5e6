"""Closing the till over a day, a month, a year: totals that never go back (clôtures, Z).

A closing takes each event that was written before it, whose day lies before its end and that
no earlier closing of its kind took: takings typed after their day was closed fall into the
next closing, and the perpetual total misses nothing.
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.cash.chain import Happening, append, last_event
from cantine_desktop.finance.cash.holdings import balance
from cantine_desktop.finance.cash.model import CashEvent, ClosingKind, EventKind, PeriodClosing
from cantine_desktop.finance.ledger.years import find_year
from cantine_desktop.i18n import hour, long_day, month, tr
from cantine_desktop.storage.kept import kept
from cantine_desktop.storage.seal import seal
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY, Period

TABLE = "period_closing"
COUNTED = (EventKind.TAKINGS, EventKind.CORRECTION)
"""What adds to the totals."""


def close_day(session: Session, day: date, now: datetime) -> PeriodClosing:
    """Close a day of the till, once; the days before it that are open each have theirs first.

    Args:
        session: The session of an action; it cannot be undone afterwards.
        day: Civil day, today at the latest, after the last one closed.
        now: Present instant, aware.

    Raises:
        UserError: The day is to come, closed already, or lies before a closed one; or the
            clock went back.
    """
    if day > civil_date(now):
        raise UserError(tr("On ne clôture pas un jour à venir."))
    _refuse_before(session, ClosingKind.DAY, Period(day, day + DAY))
    _close_days(session, day, now)
    return _close(session, ClosingKind.DAY, Period(day, day + DAY), now)


def close_month(session: Session, day: date, now: datetime) -> PeriodClosing:
    """Close the calendar month of a day: open months before it first, and the days of each.

    Raises:
        UserError: The month is not over, closed already, or lies before a closed one; or the
            clock went back.
    """
    period = Period.month(day)
    if civil_date(now) < period.end:
        raise UserError(
            tr("{month} n’est pas fini : la caisse se clôturera le {day}.").format(
                month=month(day).capitalize(), day=long_day(period.end)
            )
        )
    _refuse_before(session, ClosingKind.MONTH, period)
    for each in due_before(session, ClosingKind.MONTH, period.first):
        _close_whole_month(session, each, now)
    return _close_whole_month(session, period, now)


def close_year(session: Session, day: date, now: datetime) -> PeriodClosing:
    """Close the fiscal year of a day: open years before it first, and the months of each.

    It is a calendar year where no fiscal year was opened.

    Raises:
        UserError: The year is not over, closed already, or lies before a closed one; or the
            clock went back.
    """
    period = whole_of(session, ClosingKind.YEAR, day)
    if civil_date(now) < period.end:
        raise UserError(
            tr("L’exercice n’est pas fini : la caisse se clôturera le {day}.").format(
                day=long_day(period.end)
            )
        )
    _refuse_before(session, ClosingKind.YEAR, period)
    for each in due_before(session, ClosingKind.YEAR, period.first):
        _close_whole_year(session, each, now)
    return _close_whole_year(session, period, now)


def whole_of(session: Session, kind: ClosingKind, day: date) -> Period:
    """Return the days that a closing of a kind spans when it holds a day."""
    if kind is ClosingKind.DAY:
        return Period(day, day + DAY)
    if kind is ClosingKind.MONTH:
        return Period.month(day)
    year = find_year(session, day)
    return year.period if year else Period.year(day)


def due_before(session: Session, kind: ClosingKind, end: date) -> list[Period]:
    """Return the periods of a kind before a day that hold events and are not closed, in order."""
    days = _open_days(session, last_closing(session, kind), end)
    return sorted({whole_of(session, kind, day) for day in days})


def days_to_close(session: Session, end: date) -> list[date]:
    """Return the days before one that hold events of the till and are not closed, in order.

    Days before the last one closed are past closing: what was written since falls into the
    next one.
    """
    return _open_days(session, last_closing(session, ClosingKind.DAY), end)


def months_to_close(session: Session, period: Period) -> list[date]:
    """Return the first day of each month of a period that is not closed and holds events.

    Months before the last one closed are past closing, as days are.
    """
    return [
        month.first
        for month in due_before(session, ClosingKind.MONTH, period.end)
        if month.end > period.first
    ]


def _open_days(session: Session, last: PeriodClosing | None, end: date) -> list[date]:
    """Return the days with events after a closing and before a day, in order."""
    query = (
        select(CashEvent.day)
        .where(CashEvent.day < end, CashEvent.kind != EventKind.CLOSING)
        .distinct()
        .order_by(CashEvent.day)
    )
    if last is not None:
        query = query.where(CashEvent.day >= last.end)
    return list(session.scalars(query))


def last_closing(session: Session, kind: ClosingKind) -> PeriodClosing | None:
    """Return the last closing of a kind."""
    query = select(PeriodClosing).where(PeriodClosing.kind == kind)
    last = query.order_by(PeriodClosing.number.desc()).limit(1)
    return kept(session, PeriodClosing, kind, partial(session.scalar, last))


def closing_of(session: Session, kind: ClosingKind, day: date) -> PeriodClosing | None:
    """Return the closing of a kind that holds a day."""
    return session.scalar(
        select(PeriodClosing).where(
            PeriodClosing.kind == kind, PeriodClosing.first <= day, PeriodClosing.end > day
        )
    )


def taken_by(session: Session, closing: PeriodClosing) -> list[CashEvent]:
    """Return the takings and corrections that a closing takes, in order."""
    before = session.scalar(
        select(PeriodClosing).where(
            PeriodClosing.kind == closing.kind, PeriodClosing.number == closing.number - 1
        )
    )
    return _open_events(session, closing.end, closing.up_to, before)


def _open_events(
    session: Session, end: date, up_to: int, before: PeriodClosing | None
) -> list[CashEvent]:
    query = (
        select(CashEvent)
        .where(CashEvent.kind.in_(COUNTED), CashEvent.number <= up_to, CashEvent.day < end)
        .order_by(CashEvent.number)
    )
    if before is not None:
        query = query.where((CashEvent.number > before.up_to) | (CashEvent.day >= before.end))
    return list(session.scalars(query))


def _refuse_before(session: Session, kind: ClosingKind, period: Period) -> None:
    last = last_closing(session, kind)
    if last is None or period.first >= last.end:
        return
    if last.first == period.first:
        raise UserError(tr("Cette période de caisse est déjà clôturée."))
    raise UserError(
        tr(
            "La caisse est clôturée jusqu’au {day} : ce qui manque avant entrera dans la "
            "prochaine clôture."
        ).format(day=long_day(last.end - DAY))
    )


def _close_days(session: Session, end: date, now: datetime) -> None:
    for each in days_to_close(session, end):
        _close(session, ClosingKind.DAY, Period(each, each + DAY), now)


def _close_whole_month(session: Session, month: Period, now: datetime) -> PeriodClosing:
    _close_days(session, month.end, now)
    return _close(session, ClosingKind.MONTH, month, now)


def _close_whole_year(session: Session, year: Period, now: datetime) -> PeriodClosing:
    for first in months_to_close(session, year):
        close_month(session, first, now)
    return _close(session, ClosingKind.YEAR, year, now)


def _refuse_turned_back(last: CashEvent | None, now: datetime) -> None:
    if last is not None and now < last.at:
        raise UserError(
            tr(
                "L’horloge de l’ordinateur a reculé : le dernier événement de caisse est du {day}"
                " à {hour}. Réglez la date et l’heure, puis clôturez."
            ).format(day=long_day(civil_date(last.at)), hour=hour(last.at))
        )


def _close(session: Session, kind: ClosingKind, period: Period, now: datetime) -> PeriodClosing:
    _refuse_before(session, kind, period)
    before = last_closing(session, kind)
    end = last_event(session)
    _refuse_turned_back(end, now)
    up_to = end.number if end else 0
    events = _open_events(session, period.end, up_to, before)
    total = _sum(event.amount for event in events)
    closing = PeriodClosing(
        kind=kind,
        number=before.number + 1 if before else 1,
        first=period.first,
        end=period.end,
        at=now,
        up_to=up_to,
        count=len(events),
        total=total,
        grand_total=_grand_total(session, period, up_to),
        perpetual_total=(before.perpetual_total if before else Money(0)) + total,
        cash=balance(session, period.end),
    )
    session.add(closing)
    seal(session, [closing], now)
    told = Happening(
        EventKind.CLOSING,
        closing.end - DAY,
        (TABLE, closing.id),
        content=closing_content(closing),
    )
    append(session, told, now)
    return closing


def _grand_total(session: Session, period: Period, up_to: int) -> Money:
    """Sum the takings of the fiscal year up to the end of a period."""
    year = find_year(session, period.first)
    first = year.first if year else Period.year(period.first).first
    found = session.scalar(
        select(func.sum(CashEvent.amount)).where(
            CashEvent.kind.in_(COUNTED),
            CashEvent.number <= up_to,
            CashEvent.day >= first,
            CashEvent.day < period.end,
        )
    )
    return found or Money(0)


def closing_content(closing: PeriodClosing) -> dict[str, Any]:
    """Return what the chain says of a closing: every figure of it."""
    return {
        "closing": closing.kind.value,
        "number": closing.number,
        "first": closing.first.isoformat(),
        "end": closing.end.isoformat(),
        "up_to": closing.up_to,
        "count": closing.count,
        "total": closing.total.cents,
        "grand_total": closing.grand_total.cents,
        "perpetual_total": closing.perpetual_total.cents,
        "cash": closing.cash.cents,
    }


def _sum(amounts: Iterable[Money]) -> Money:
    return Money(sum(amount.cents for amount in amounts))
