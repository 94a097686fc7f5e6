"""What the accounts say of an invoice: settled, waiting, or late."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.lettering import current_lines, open_items
from cantine_desktop.finance.ledger.model import Account, Line
from cantine_desktop.meals.events.model import EventPaper, PaperKind
from cantine_desktop.values.money import Money


class Payment(NamedTuple):
    """Where the payment of a paper stands.

    Attributes:
        left: What is still to come; below zero is to give back.
        is_settled: Nothing is left.
    """

    left: Money
    is_settled: bool

    def is_late(self, due_day: date | None, today: date) -> bool:
        """Tell whether it should have come before today."""
        return self.left.cents > 0 and due_day is not None and due_day < today


def payments(session: Session, papers: Iterable[EventPaper]) -> dict[int, Payment]:
    """Return where each paper with an entry stands, by its key.

    A line of customers that is lettered is settled: by the bank, by cash, or by a credit note.
    """
    entries = {paper.entry_id: paper.id for paper in papers if paper.entry_id is not None}
    if not entries:
        return {}
    open_ones = {item.line_id: item.amount for item in open_items(session, Role.CUSTOMERS)}
    left = dict.fromkeys(entries.values(), 0)
    query = (
        select(Line.entry_id, Line.id)
        .join(Account, Line.account_id == Account.id)
        .where(Line.entry_id.in_(entries), Account.number == Role.CUSTOMERS)
    )
    for entry, key in session.execute(query).all():
        now = key if key in open_ones else current_lines(session, [key])[0]
        if now in open_ones:
            left[entries[entry]] += open_ones[now].cents
    return {key: Payment(Money(cents), not cents) for key, cents in left.items()}


def received_apart(session: Session, party_id: int | None) -> Money:
    """Return what a customer paid that no invoice was settled with yet."""
    if party_id is None:
        return Money(0)
    credit_notes = set(
        session.scalars(select(EventPaper.entry_id).where(EventPaper.kind == PaperKind.CREDIT_NOTE))
    )
    return Money(
        sum(
            -item.amount.cents
            for item in open_items(session, Role.CUSTOMERS, party_id)
            if item.amount.cents < 0 and item.entry_id not in credit_notes
        )
    )
