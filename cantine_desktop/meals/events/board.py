"""Every event and where it stands: what a board, a list and the indicators read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.meals.events.keeping import customer_name, total_of
from cantine_desktop.meals.events.margin import Margin, margin_of
from cantine_desktop.meals.events.model import (
    EventKind,
    EventReminder,
    EventState,
    PaperKind,
    PrivateEvent,
)
from cantine_desktop.meals.events.payments import Payment, payments
from cantine_desktop.meals.events.reminding import Reminding, reminding
from cantine_desktop.meals.events.steps import Standing, next_step
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

COLUMNS = (
    EventState.ENQUIRY,
    EventState.QUOTED,
    EventState.ACCEPTED,
    EventState.HELD,
    EventState.INVOICED,
    EventState.PAID,
)
"""States of a board, from left to right; what is over stands apart."""


@dataclass(frozen=True)
class PaperRow:
    """A paper, and where its payment stands.

    Attributes:
        payment: ``None`` for a quote, or where the accounts may not be read.
        is_taken_back: A credit note takes it back, or a later quote replaces it.
        reminders: How many reminders were sent.
        remind: What reminder is due, if one is.
    """

    key: int
    kind: PaperKind
    number: str
    day: date
    until: date | None
    total: Money
    due: Money
    payment: Payment | None
    is_taken_back: bool
    reminders: int
    remind: Reminding | None


@dataclass(frozen=True)
class EventRow:
    """An event as lists show it.

    Attributes:
        state: Where it stands, the day and the accounts counted.
        total: What its lines amount to.
        left: What is still to be paid of what was invoiced.
        remind: The reminder that is due, if one is.
        next_step: What comes next, in words; empty when nothing does.
        is_urgent: It has waited too long.
    """

    key: int
    kind: EventKind
    title: str
    customer: str
    day: date
    people: int
    state: EventState
    total: Money
    left: Money
    margin: Margin
    papers: tuple[PaperRow, ...]
    remind: Reminding | None
    next_step: str
    is_urgent: bool
    service_id: int | None
    party_id: int | None
    reason: str


def board(session: Session, today: date, *, reads_accounts: bool = True) -> list[EventRow]:
    """Return every event, those to come first by day, then those over.

    Args:
        session: A session that reads.
        today: Present civil day.
        reads_accounts: The reader may see the accounts, so payments are told.
    """
    events = session.scalars(
        select(PrivateEvent)
        .options(
            selectinload(PrivateEvent.lines),
            selectinload(PrivateEvent.costs),
            selectinload(PrivateEvent.papers),
        )
        .order_by(PrivateEvent.day, PrivateEvent.id)
    ).all()
    papers = [paper for event in events for paper in event.papers]
    paid = payments(session, papers) if reads_accounts else {}
    sent: dict[int, list[EventReminder]] = {}
    for reminder in session.scalars(select(EventReminder).order_by(EventReminder.id)):
        sent.setdefault(reminder.paper_id, []).append(reminder)
    return [_row(event, paid, sent, today) for event in events]


def in_period(rows: Sequence[EventRow], period: Period) -> list[EventRow]:
    """Return the events that take place in a period."""
    return [row for row in rows if row.day in period]


def unanswered(rows: Sequence[EventRow]) -> list[EventRow]:
    """Return the events whose quote waits for an answer for more than ten days (K30)."""
    return [row for row in rows if row.state is EventState.QUOTED and row.is_urgent]


def _row(
    event: PrivateEvent,
    paid: dict[int, Payment],
    sent: dict[int, list[EventReminder]],
    today: date,
) -> EventRow:
    papers = _papers(event, paid, sent, today)
    left = sum(p.payment.left.cents for p in papers if p.payment is not None)
    state = _state(event, papers, today)
    remind = next((p.remind for p in reversed(papers) if p.remind is not None), None)
    if remind is not None and remind.is_quote and state is not EventState.QUOTED:
        remind = None
    words, is_urgent = next_step(event, Standing(state, Money(left), remind), today)
    return EventRow(
        event.id,
        event.kind,
        event.title,
        customer_name(event),
        event.day,
        event.people,
        state,
        total_of(event),
        Money(left),
        margin_of(event),
        tuple(papers),
        remind,
        words,
        is_urgent,
        event.service_id,
        event.party_id,
        event.reason,
    )


def _papers(
    event: PrivateEvent,
    paid: dict[int, Payment],
    sent: dict[int, list[EventReminder]],
    today: date,
) -> list[PaperRow]:
    back = {paper.corrects_id for paper in event.papers}
    rows: list[PaperRow] = []
    for paper in event.papers:
        payment, told = paid.get(paper.id), sent.get(paper.id, [])
        is_back = paper.id in back
        waits = payment is not None and payment.left.cents > 0
        asks = paper.kind is PaperKind.QUOTE and event.state is EventState.QUOTED
        rows.append(
            PaperRow(
                paper.id,
                paper.kind,
                paper.number,
                paper.day,
                paper.valid_until or paper.due_day,
                paper.total,
                paper.due,
                payment,
                is_back,
                len(told),
                reminding(paper, told, today) if (waits or asks) and not is_back else None,
            )
        )
    return rows


def _state(event: PrivateEvent, papers: Sequence[PaperRow], today: date) -> EventState:
    if event.state is EventState.ACCEPTED and event.day < today:
        return EventState.HELD
    if event.state is not EventState.INVOICED:
        return event.state
    standing = [
        p
        for p in papers
        if p.kind in {PaperKind.INVOICE, PaperKind.DEPOSIT} and not p.is_taken_back
    ]
    is_paid = all(p.payment is None or p.payment.left.cents <= 0 for p in standing)
    knows = any(p.payment is not None for p in standing) or not any(p.due for p in standing)
    return EventState.PAID if is_paid and knows else EventState.INVOICED
