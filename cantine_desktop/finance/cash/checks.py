"""What can be proved of the till: its chain, its totals, its days, its counts."""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import accumulate

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.finance.cash.chain import event_text
from cantine_desktop.finance.cash.closing import COUNTED, closing_content
from cantine_desktop.finance.cash.denominations import Pieces, total_of
from cantine_desktop.finance.cash.holdings import holdings_from
from cantine_desktop.finance.cash.model import (
    CashCount,
    CashEvent,
    ClosingKind,
    EventKind,
    PeriodClosing,
)
from cantine_desktop.finance.postings.model import Takings
from cantine_desktop.i18n import long_day, money, tr
from cantine_desktop.storage.chain import digest
from cantine_desktop.storage.findings import Finding, at
from cantine_desktop.values.money import Money


def check(session: Session) -> Iterator[Finding]:
    """Find what does not hold together in the till."""
    yield from check_chain(session)
    yield from check_takings(session)
    yield from check_closings(session)
    yield from check_holdings(session)
    yield from check_counts(session)


def check_chain(session: Session) -> Iterator[Finding]:
    """Find events that are missing, moved or altered."""
    events = session.scalars(select(CashEvent).order_by(CashEvent.number)).all()
    numbers = {event.id: event.number for event in events}
    before, number, written = "", 0, None
    for event in events:
        number += 1
        spot = CashEvent.__tablename__, event.id
        if event.number != number:
            yield at(spot, tr("un événement manque avant le n° {number}"), number=event.number)
            number = event.number
        if event.previous != before:
            yield at(spot, tr("ne suit pas l’événement d’avant : la chaîne est rompue"))
        corrects = numbers.get(event.corrects_id) if event.corrects_id is not None else None
        if _hash(event, corrects) != event.hash:
            yield at(spot, tr("n’est plus tel qu’il a été écrit"))
        if written is not None and event.at < written:
            yield at(spot, tr("est écrit avant l’événement d’avant : l’horloge avait reculé"))
        before, written = event.hash, event.at


def _hash(event: CashEvent, corrects: int | None) -> str:
    try:
        return digest(event.previous, event_text(event, corrects))
    except ValueError:  # its content is no JSON any more
        return ""


def check_takings(session: Session) -> Iterator[Finding]:
    """Find takings that never entered the chain."""
    told = set(
        session.scalars(
            select(CashEvent.origin_key).where(
                CashEvent.origin_table == Takings.__tablename__,
                CashEvent.kind == EventKind.TAKINGS,
            )
        )
    )
    for key in session.scalars(select(Takings.id).order_by(Takings.id)):
        if key not in told:
            yield at((Takings.__tablename__, key), tr("n’est pas dans la chaîne de la caisse"))


def check_closings(session: Session) -> Iterator[Finding]:
    """Find closings whose totals do not follow from the events and the closings before."""
    rows = session.execute(
        select(CashEvent.number, CashEvent.day, CashEvent.amount)
        .where(CashEvent.kind.in_(COUNTED))
        .order_by(CashEvent.number)
    ).all()
    counted = [(number, day, amount.cents) for number, day, amount in rows]
    told = _told_closings(session)
    for kind in ClosingKind:
        query = select(PeriodClosing).where(PeriodClosing.kind == kind)
        closings = session.scalars(query.order_by(PeriodClosing.number)).all()
        sums = _sums(closings, counted)
        before: PeriodClosing | None = None
        for closing, perpetual in zip(closings, accumulate(sums), strict=True):
            yield from _check_closing(closing, before, perpetual)
            if told.get(closing.id) != closing_content(closing):
                spot = PeriodClosing.__tablename__, closing.id
                yield at(spot, tr("ne dit plus ce que la chaîne de la caisse en dit"))
            before = closing


def _told_closings(session: Session) -> dict[int, object]:
    """Return what the chain says of each closing, by its key."""
    query = select(CashEvent.origin_key, CashEvent.content).where(
        CashEvent.kind == EventKind.CLOSING
    )
    found: dict[int, object] = {}
    for key, content in session.execute(query):
        try:
            found[key] = json.loads(content)
        except ValueError:  # said of the chain already
            found[key] = None
    return found


def _sums(closings: Sequence[PeriodClosing], counted: Sequence[tuple[int, date, int]]) -> list[int]:
    """Return what each closing should sum, in cents: an event falls into the first that may."""
    sums = [0] * len(closings)
    written, ends = [c.up_to for c in closings], [c.end for c in closings]
    for number, day, cents in counted:
        place = max(bisect_left(written, number), bisect_right(ends, day))
        if place < len(sums):
            sums[place] += cents
    return sums


def _check_closing(
    closing: PeriodClosing, before: PeriodClosing | None, perpetual: int
) -> Iterator[Finding]:
    spot = PeriodClosing.__tablename__, closing.id
    number = before.number + 1 if before else 1
    if closing.number != number:
        yield at(spot, tr("une clôture manque avant celle-ci"))
    if closing.perpetual_total.cents != perpetual:
        yield at(
            spot,
            tr("son total perpétuel est {said}, les événements font {found}"),
            said=money(closing.perpetual_total),
            found=money(Money(perpetual)),
        )
    carried = before.perpetual_total.cents if before else 0
    if closing.perpetual_total.cents - carried != closing.total.cents:
        yield at(spot, tr("son total perpétuel ne suit pas celui de la clôture d’avant"))


def check_holdings(session: Session) -> Iterator[Finding]:
    """Find the days on which the till holds less than nothing."""
    for day, amount in holdings_from(session, date.min):
        if amount.cents < 0:
            yield Finding(
                tr("caisse, {day}").format(day=long_day(day)),
                tr("il y manque {amount} : la caisse ne peut pas être négative").format(
                    amount=money(-amount)
                ),
                "line",
            )


def check_counts(session: Session) -> Iterator[Finding]:
    """Find counts whose coins do not sum to them, or whose difference is in no account."""
    query = select(CashCount).options(selectinload(CashCount.lines)).order_by(CashCount.id)
    for row in session.scalars(query):
        spot = CashCount.__tablename__, row.id
        pieces = {line.denomination: Pieces(line.quantity, line.rolls) for line in row.lines}
        if total_of(pieces) != row.counted:
            yield at(spot, tr("billets et pièces ne font pas la somme comptée"))
        if bool(row.difference) != (row.entry_id is not None):
            yield at(spot, tr("son écart n’est pas dans les comptes"))
