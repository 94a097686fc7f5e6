"""References of facts that bring no number of their own, and invoices noted already."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.finance.ledger.model import Entry, Line
from cantine_desktop.storage.numbering import next_number


def next_reference(session: Session, prefix: str, day: date) -> str:
    """Return the next reference of a kind of fact in a calendar year: ``DON2026-003``.

    Args:
        session: The session of an action.
        prefix: Letters of the kind: ``"DON"``.
        day: Day of the fact.
    """
    return f"{prefix}{day.year}-{next_number(session, f'fact-{prefix}', day.year):03d}"


def same_invoice(session: Session, party: int, number: str) -> Entry | None:
    """Return the entry of an invoice of that number from a party, unless it was taken back."""
    back = select(Entry.reverses_id).where(Entry.reverses_id.is_not(None))
    query = (
        select(Entry)
        .join(Line, Line.entry_id == Entry.id)
        .where(Line.party_id == party, Entry.piece_ref == number)
        .where(Entry.fact.in_(("purchase", "sale")), Entry.reverses_id.is_(None))
        .where(Entry.id.not_in(back))
        .limit(1)
    )
    return session.scalar(query)
