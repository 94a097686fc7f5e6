"""What a closing of the till sums, by means of payment and by purpose."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.finance.cash.chain import last_event
from cantine_desktop.finance.cash.closing import COUNTED, due_before, last_closing, taken_by
from cantine_desktop.finance.cash.holdings import balance
from cantine_desktop.finance.cash.model import CashEvent, ClosingKind, EventKind, PeriodClosing
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

TABLE = PeriodClosing.__tablename__


class TakingsLine(NamedTuple):
    """Takings or their correction, as a closing lists them.

    Attributes:
        is_late: Its day was closed already: it falls into this closing.
    """

    number: int
    event: CashEvent
    reference: str
    words: str
    is_correction: bool
    is_late: bool


class Totals(NamedTuple):
    """What a period of the till sums.

    Attributes:
        closing: The closing; ``None`` while the period is not closed.
        parts: Sums by means and purpose, corrections taken off.
        lines: Takings and corrections, in order.
        total: Their sum.
        cash: What the till holds at the end.
        hash: Hash of the closing’s event, empty while there is none.
    """

    closing: PeriodClosing | None
    parts: dict[tuple[Means, Purpose], Money]
    lines: list[TakingsLine]
    total: Money
    cash: Money
    hash: str

    def of_means(self, means: Means) -> Money:
        """Sum of what came by one means."""
        return Money(sum(a.cents for (m, _purpose), a in self.parts.items() if m is means))

    def of_purpose(self, purpose: Purpose) -> Money:
        """Sum of what came for one purpose."""
        return Money(sum(a.cents for (_means, p), a in self.parts.items() if p is purpose))


def totals_of(session: Session, kind: ClosingKind, period: Period) -> Totals:
    """Return what a day, month or year sums: as it was closed, or as it stands.

    Args:
        session: A session that reads.
        kind: Of the closing.
        period: Its days.
    """
    query = select(PeriodClosing).where(
        PeriodClosing.kind == kind, PeriodClosing.first == period.first
    )
    closing = session.scalar(query)
    events = taken_by(session, closing) if closing else _so_far(session, kind, period)
    return Totals(
        closing,
        _parts(events),
        [_line(event, period) for event in events],
        Money(sum(event.amount.cents for event in events)),
        closing.cash if closing else balance(session, period.end),
        _hash(session, closing),
    )


def _so_far(session: Session, kind: ClosingKind, period: Period) -> list[CashEvent]:
    """Return what the closing would take if it were made now, open ones before it first."""
    last, end = last_closing(session, kind), last_event(session)
    if end is None or (last is not None and last.end > period.first):
        return []
    query = (
        select(CashEvent)
        .where(CashEvent.kind.in_(COUNTED), CashEvent.day < period.end)
        .order_by(CashEvent.number)
    )
    if last is None or due_before(session, kind, period.first):
        query = query.where(CashEvent.day >= period.first)
    else:
        query = query.where((CashEvent.number > last.up_to) | (CashEvent.day >= last.end))
    return list(session.scalars(query))


def _parts(events: Iterable[CashEvent]) -> dict[tuple[Means, Purpose], Money]:
    parts: dict[tuple[Means, Purpose], Money] = {}
    for event in events:
        for means, purpose, cents in _content(event).get("parts", ()):
            spot = Means(means), Purpose(purpose)
            parts[spot] = parts.get(spot, Money(0)) + Money(int(cents))
    return {spot: amount for spot, amount in parts.items() if amount}


def _line(event: CashEvent, period: Period) -> TakingsLine:
    content = _content(event)
    is_correction = event.kind is EventKind.CORRECTION
    words = str(content.get("reason" if is_correction else "service", ""))
    return TakingsLine(
        event.number,
        event,
        str(content.get("reference", "")),
        words,
        is_correction,
        event.day < period.first,
    )


def _content(event: CashEvent) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(event.content)
    return found


def _hash(session: Session, closing: PeriodClosing | None) -> str:
    if closing is None:
        return ""
    query = select(CashEvent.hash).where(
        CashEvent.origin_table == TABLE, CashEvent.origin_key == closing.id
    )
    return session.scalar(query) or ""
