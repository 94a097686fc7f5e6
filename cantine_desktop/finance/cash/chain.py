"""The chain of the till: each event bound to the one before by its hash.

``hash = SHA-256(hash before + canonical JSON of the event)``: who alters, removes or moves
an event breaks every one that follows.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.finance.cash.model import CashEvent, EventKind
from cantine_desktop.storage.chain import digest
from cantine_desktop.storage.kept import kept
from cantine_desktop.storage.recorder import ActionSession
from cantine_desktop.storage.seal import seal
from cantine_desktop.storage.types import canonical_json
from cantine_desktop.values.money import Money

ZERO = Money(0)


@dataclass(frozen=True)
class Happening:
    """Something to write at the end of the chain.

    Attributes:
        origin: Table and key of the record it tells of.
        amount: What it adds to the takings.
        cash: What it adds to the till.
        content: Plain values, JSON’s own types only; amounts in cents; nobody’s name.
        corrects: The event it takes back.
    """

    kind: EventKind
    day: date
    origin: tuple[str, int]
    amount: Money = ZERO
    cash: Money = ZERO
    content: Mapping[str, Any] = field(default_factory=dict[str, Any])
    corrects: CashEvent | None = None


def append(session: Session, happening: Happening, now: datetime) -> CashEvent:
    """Write an event at the end of the chain and seal it; no one changes it afterwards.

    Args:
        session: The session of an action; it cannot be undone afterwards.
        happening: What to write.
        now: Present instant, aware.
    """
    assert isinstance(session, ActionSession)
    last = last_event(session)
    event = CashEvent(
        number=last.number + 1 if last else 1,
        at=now,
        day=happening.day,
        kind=happening.kind,
        amount=happening.amount,
        cash=happening.cash,
        by=session.recorder.watch.actor.name,
        content=canonical_json(dict(happening.content)),
        previous=last.hash if last else "",
        hash="",
        origin_table=happening.origin[0],
        origin_key=happening.origin[1],
        corrects_id=happening.corrects.id if happening.corrects else None,
    )
    corrects = happening.corrects.number if happening.corrects else None
    event.hash = digest(event.previous, event_text(event, corrects))
    session.add(event)
    seal(session, [event], now)
    return event


def event_text(event: CashEvent, corrects: int | None) -> str:
    """Write an event as canonical JSON: keys sorted, no space, letters as they are.

    Args:
        event: The event; its hashes are left out.
        corrects: Number of the event it takes back.
    """
    values = {
        "amount": event.amount.cents,
        "at": stamp(event.at),
        "by": event.by,
        "cash": event.cash.cents,
        "corrects": corrects,
        "day": event.day.isoformat(),
        "kind": event.kind.value,
        "number": event.number,
        "origin": f"{event.origin_table}/{event.origin_key}",
    }
    return canonical_json(values | {"content": json.loads(event.content)})


def stamp(instant: datetime) -> str:
    """Write an instant the same way in every database: UTC, to the microsecond."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def last_event(session: Session) -> CashEvent | None:
    """Return the end of the chain, ``None`` before the first event."""
    return kept(session, CashEvent, "last", partial(_last_event, session))


def _last_event(session: Session) -> CashEvent | None:
    return session.scalar(select(CashEvent).order_by(CashEvent.number.desc()).limit(1))


def event_of(session: Session, table: str, key: int, kind: EventKind) -> CashEvent | None:
    """Return the last event of a kind that tells of a record."""
    return session.scalar(
        select(CashEvent)
        .where(
            CashEvent.origin_table == table,
            CashEvent.origin_key == key,
            CashEvent.kind == kind,
        )
        .order_by(CashEvent.number.desc())
        .limit(1)
    )
