"""Cash that comes or goes otherwise: change fetched at the bank, an expense paid in cash."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.cash.chain import Happening, append
from cantine_desktop.finance.cash.holdings import refuse_overdraw
from cantine_desktop.finance.cash.model import CashMovement, EventKind
from cantine_desktop.finance.cash.taking_back import keep_taken_back, refuse_twice, take_back
from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.finance.postings.facts import GiftFacts
from cantine_desktop.finance.postings.means import Means
from cantine_desktop.finance.postings.takings import post_gift
from cantine_desktop.i18n import tr
from cantine_desktop.storage.numbering import next_number
from cantine_desktop.storage.seal import seal
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

TABLE = "cash_movement"


@dataclass(frozen=True)
class MovementFacts:
    """Cash that comes into the till, or goes out of it.

    Attributes:
        amount: Positive comes in, negative goes out.
        account: The other side: 580 for the bank, an expense, income…
        party: Key of the party, where the account asks for one.
        activity: Section of the other side, or empty.
    """

    day: date
    amount: Money
    label: str
    account: str = Role.TRANSFERS
    party: int | None = None
    activity: str = ""


def move(session: Session, facts: MovementFacts, now: datetime) -> CashMovement:
    """Keep a movement of cash, its entry and its event.

    Args:
        session: The session of an action.
        facts: What moved.
        now: Present instant, aware.

    Raises:
        UserError: Nothing moves, it says nothing, or the till would be overdrawn.
    """
    if not facts.amount:
        raise UserError(tr("Tapez le montant du mouvement de caisse."))
    if not facts.label.strip():
        raise UserError(tr("Écrivez en quelques mots ce que c’était."))
    day = facts.day
    reference = _reference(session, day)
    entry = post(
        session,
        DraftEntry(
            "CA",
            day,
            facts.label,
            reference,
            (
                debit(Role.CASH, facts.amount),
                credit(facts.account, facts.amount, party=facts.party, activity=facts.activity),
            ),
            fact="cash-movement",
        ),
    )
    row = _kept(session, facts, reference, entry.id, now)
    entry.origin_table, entry.origin_key = TABLE, row.id
    session.flush()
    if facts.amount.cents < 0:
        refuse_overdraw(session, day)
    return row


def receive_gift(session: Session, facts: GiftFacts, now: datetime) -> Entry:
    """Write the entry of a gift; one in cash enters the chain of the till as a movement.

    Args:
        session: The session of an action; a gift in cash cannot be undone afterwards.
        facts: What was given.
        now: Present instant, aware.
    """
    entry = post_gift(session, facts)
    if facts.means is Means.CASH:
        income = Role.PATRONAGE if facts.is_patronage else Role.GIFTS
        moved = MovementFacts(facts.day, facts.amount, facts.label, income)
        row = _kept(session, moved, _reference(session, facts.day), entry.id, now)
        entry.origin_table, entry.origin_key = TABLE, row.id
        session.flush()
    return entry


def _reference(session: Session, day: date) -> str:
    return f"MC{day.year}-{next_number(session, 'cash-movement', day.year):03d}"


def _kept(
    session: Session, facts: MovementFacts, reference: str, entry_id: int, now: datetime
) -> CashMovement:
    row = CashMovement(
        reference=reference,
        day=facts.day,
        amount=facts.amount,
        account=str(facts.account),
        label=facts.label.strip(),
        entry_id=entry_id,
    )
    session.add(row)
    session.flush()
    seal(session, [row], now)
    content = {"reference": reference, "amount": facts.amount.cents, "account": row.account}
    append(
        session,
        Happening(EventKind.MOVEMENT, row.day, (TABLE, row.id), cash=facts.amount, content=content),
        now,
    )
    return row


def take_movement_back(
    session: Session, movement_id: int, day: date, reason: str, now: datetime
) -> CashMovement:
    """Take a movement back by another one.

    Raises:
        UserError: It was taken back already, no reason is given, or the till would be
            overdrawn.
    """
    wrong = session.get_one(CashMovement, movement_id)
    refuse_twice(session, wrong, reason)
    reference = _reference(session, day)
    entry = take_back(session, wrong.entry_id, day, reason)
    refuse_overdraw(session, day)
    back = CashMovement(
        reference=reference,
        day=day,
        amount=-wrong.amount,
        account=wrong.account,
        label=entry.label,
        entry_id=entry.id,
        cancels_id=wrong.id,
    )
    keep_taken_back(session, wrong, back, EventKind.MOVEMENT, reason, now, cash=back.amount)
    return back


def standing_movements(session: Session, period: Period) -> dict[int, int]:
    """Return the movements of a period that nothing took back, by their entry."""
    taken = select(CashMovement.cancels_id).where(CashMovement.cancels_id.is_not(None))
    query = select(CashMovement.entry_id, CashMovement.id).where(
        CashMovement.day >= period.first,
        CashMovement.day < period.end,
        CashMovement.cancels_id.is_(None),
        CashMovement.id.not_in(taken),
    )
    found: dict[int, int] = dict(session.execute(query).all())
    return found
