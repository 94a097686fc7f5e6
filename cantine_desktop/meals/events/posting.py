"""What papers become in the accounts, and the deposits that wait there for their invoice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.accounts import find_or_add_party
from cantine_desktop.finance.ledger.lettering import current_lines, letter, open_items, unletter
from cantine_desktop.finance.ledger.model import Account, Entry, Line, Party, PartyKind
from cantine_desktop.finance.postings.facts import SaleFacts
from cantine_desktop.finance.postings.income import post_advance, post_sale
from cantine_desktop.meals.events.keeping import customer_name
from cantine_desktop.meals.events.model import EventKind, EventPaper, PaperKind, PrivateEvent
from cantine_desktop.values.money import Money

ACCOUNTS = {
    EventKind.PRIVATE_MEAL: (Role.EVENTS, "ATELIERS"),
    EventKind.WORKSHOP: (Role.EVENTS, "ATELIERS"),
    EventKind.CATERING: (Role.ANCILLARY, "TRAITEUR"),
    EventKind.ROOM: (Role.ROOM_HIRE, "ATELIERS"),
}
"""Account of income and activity of each kind of event."""
ZERO = Money(0)


class Deposit(NamedTuple):
    """A deposit that no invoice took off yet.

    Attributes:
        line_id: The line of the accounts that waits for the invoice.
    """

    number: str
    day: date
    amount: Money
    line_id: int


@dataclass(frozen=True)
class Advance:
    """Deposits that a paper takes off; a credit note gives them back.

    Attributes:
        taken: Sum taken off or, below zero, given back; ``None`` is that of the deposits.
    """

    deposits: tuple[Deposit, ...] = ()
    taken: Money | None = None

    @property
    def total(self) -> Money:
        """Their sum."""
        if self.taken is not None:
            return self.taken
        return Money(sum(each.amount.cents for each in self.deposits))

    def of(self, number: str) -> "Advance":
        """Return the deposit of one paper alone."""
        return Advance(tuple(each for each in self.deposits if each.number == number))


def advances(session: Session, event: PrivateEvent) -> Advance:
    """Return the deposits invoiced for an event that wait for its invoice."""
    papers = {
        paper.entry_id: paper
        for paper in session.scalars(
            select(EventPaper)
            .where(EventPaper.event_id == event.id, EventPaper.entry_id.is_not(None))
            .order_by(EventPaper.id)
        )
    }
    if not papers or event.party_id is None:
        return Advance()
    ours = {
        key: papers[entry]
        for entry, key in _lines_of(session, list(papers), Role.CUSTOMER_ADVANCES)
    }
    return Advance(
        tuple(
            Deposit(ours[item.line_id].number, ours[item.line_id].day, -item.amount, item.line_id)
            for item in open_items(session, Role.CUSTOMER_ADVANCES, event.party_id)
            if item.line_id in ours and item.amount.cents < 0
        )
    )


def _lines_of(
    session: Session, entries: Sequence[int | None], account: str
) -> list[tuple[int, int]]:
    """Return entry and line on an account, each line as it stands now, years after too."""
    query = (
        select(Line.entry_id, Line.id)
        .join(Account, Line.account_id == Account.id)
        .where(Line.entry_id.in_(entries), Account.number == account)
        .order_by(Line.id)
    )
    return [(entry, current_lines(session, [key])[0]) for entry, key in session.execute(query)]


def post_paper(
    session: Session, event: PrivateEvent, paper: EventPaper, advance: Advance
) -> int | None:
    """Write the entry of an invoice, a deposit or a credit note; return its key.

    A paper of nothing, such as a free event, has no entry.
    """
    party = _party(session, event)
    account, activity = ACCOUNTS[event.kind]
    is_credit = paper.kind is PaperKind.CREDIT_NOTE
    wrong = session.get_one(EventPaper, paper.corrects_id) if is_credit else None
    is_deposit = PaperKind.DEPOSIT in {paper.kind, wrong.kind if wrong else None}
    facts = SaleFacts(
        party.id,
        paper.day,
        paper.number,
        _label(event, paper),
        paper.total,
        account=account,
        activity=activity,
        due_day=paper.due_day,
        origin=("event_paper", paper.id),
        deducted=ZERO if is_deposit else advance.total,
        is_credit_note=is_credit,
    )
    if not paper.total:
        return None
    entry = post_advance(session, facts) if is_deposit else post_sale(session, facts)
    _settle_advances(session, entry, advance)
    if wrong is not None:
        _settle_wrong(session, entry, wrong)
    return entry.id


def _party(session: Session, event: PrivateEvent) -> Party:
    """Return the customer in the accounts; kept with the event from its first invoice."""
    if event.party_id is not None:
        return session.get_one(Party, event.party_id)
    party = find_or_add_party(session, customer_name(event), PartyKind.CUSTOMER)
    if event.siren and not party.siren:
        party.siren = event.siren
    event.party_id = party.id
    session.flush()
    return party


def _label(event: PrivateEvent, paper: EventPaper) -> str:
    # Written in French whatever the language: accounts are kept in French.
    words = {
        PaperKind.DEPOSIT: "Acompte",
        PaperKind.CREDIT_NOTE: "Avoir",
    }.get(paper.kind, "")
    return f"{words} {customer_name(event)} · {event.title}".strip()


def _settle_advances(session: Session, entry: Entry, advance: Advance) -> None:
    """Letter the deposits with the line that takes them off, or gives them back."""
    if advance.deposits:
        mine = [key for _entry, key in _lines_of(session, [entry.id], Role.CUSTOMER_ADVANCES)]
        letter(session, [*mine, *(each.line_id for each in advance.deposits)], entry.day)


def _settle_wrong(session: Session, entry: Entry, wrong: EventPaper) -> None:
    """Settle an invoice with its credit note; one that was paid is to be refunded.

    The deposits it took off wait again for the next invoice.
    """
    if wrong.kind is PaperKind.INVOICE:
        deducted = _lines_of(session, [wrong.entry_id], Role.CUSTOMER_ADVANCES)
        for _entry, key in deducted:
            unletter(session, key)
        _letter_pair(session, entry, wrong, Role.CUSTOMER_ADVANCES)
    _letter_pair(session, entry, wrong, Role.CUSTOMERS)


def _letter_pair(session: Session, entry: Entry, wrong: EventPaper, account: str) -> None:
    keys = {key for _entry, key in _lines_of(session, [entry.id, wrong.entry_id], account)}
    waiting = [item for item in open_items(session, account) if item.line_id in keys]
    if len(waiting) > 1 and not sum(item.amount.cents for item in waiting):
        letter(session, [item.line_id for item in waiting], entry.day)
