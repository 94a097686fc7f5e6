"""Taking an entry of the till back: another one, with its sides swapped."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.cash.chain import ZERO, Happening, append, event_of
from cantine_desktop.finance.cash.model import CashDeposit, CashMovement, ChequeSlip, EventKind
from cantine_desktop.finance.ledger.lettering import letter
from cantine_desktop.finance.ledger.model import (
    Account,
    Entry,
    Journal,
    LetteredLine,
    Line,
    Section,
)
from cantine_desktop.finance.ledger.posting import DraftEntry, DraftLine, post
from cantine_desktop.finance.ledger.validating import reverse
from cantine_desktop.i18n import tr
from cantine_desktop.storage.seal import seal
from cantine_desktop.values.money import Money

TakenBack = CashDeposit | ChequeSlip | CashMovement
"""What another record of its own kind takes back."""


def refuse_twice(session: Session, wrong: TakenBack, reason: str) -> None:
    """Let only what still stands be taken back, and with a reason.

    Raises:
        UserError: It was taken back already, it takes another back itself, or no reason is
            given.
    """
    kind = type(wrong)
    taken = session.scalar(select(kind.id).where(kind.cancels_id == wrong.id).limit(1))
    if taken is not None or wrong.cancels_id is not None:
        raise UserError(tr("{reference} est déjà annulé.").format(reference=wrong.reference))
    if not reason.strip():
        raise UserError(tr("Dites en quelques mots pourquoi vous l’annulez."))


def keep_taken_back(
    session: Session,
    wrong: TakenBack,
    back: TakenBack,
    kind: EventKind,
    reason: str,
    now: datetime,
    *,
    cash: Money = ZERO,
) -> None:
    """Keep and seal the record that takes another back, and tell the chain of it.

    Args:
        session: The session of an action.
        wrong: What is taken back.
        back: What takes it back, not kept yet.
        kind: Kind of the event that told of the first.
        reason: Why, in a few words.
        now: Present instant, aware.
        cash: What comes back into the till; negative goes out.
    """
    session.add(back)
    session.flush()
    seal(session, [back], now)
    table = back.__tablename__
    append(
        session,
        Happening(
            EventKind.CORRECTION,
            back.day,
            (table, back.id),
            cash=cash,
            content={"reference": back.reference, "cancels": wrong.reference, "reason": reason},
            corrects=event_of(session, table, wrong.id, kind),
        ),
        now,
    )


def take_back(session: Session, entry_id: int, day: date, reason: str) -> Entry:
    """Write the entry that takes another back, draft or validated, and settle both.

    Args:
        session: The session of an action.
        entry_id: The entry to take back.
        day: Accounting day.
        reason: Why, in a few words.

    Raises:
        UserError: The day is refused, or the entry was taken back already.
    """
    entry = session.get_one(Entry, entry_id)
    back = (
        _swapped(session, entry, day, reason)
        if entry.number is None
        else reverse(session, entry, day, reason)
    )
    _settle(session, entry, back, day)
    return back


def _swapped(session: Session, entry: Entry, day: date, reason: str) -> Entry:
    numbers = dict(session.execute(select(Account.id, Account.number)).all())
    codes: dict[int | None, str] = {None: ""}
    codes.update(session.execute(select(Section.id, Section.code)).all())
    return post(
        session,
        DraftEntry(
            session.get_one(Journal, entry.journal_id).code,
            day,
            tr("Annulation : {label} ({reason})").format(label=entry.label, reason=reason),
            entry.piece_ref,
            [
                DraftLine(
                    numbers[line.account_id],
                    line.credit,
                    line.debit,
                    party=line.party_id,
                    label=line.label,
                    activity=codes[line.activity_id],
                    project=codes[line.project_id],
                )
                for line in entry.lines
            ],
            piece_day=entry.piece_day,
            fact=entry.fact,
            origin=(entry.origin_table, entry.origin_key) if entry.origin_key else None,
        ),
    )


def _settle(session: Session, entry: Entry, back: Entry, day: date) -> None:
    """Letter each line with its twin, so that neither waits for the bank any more."""
    lettered = select(Account.id).where(Account.is_lettered.is_(True))
    letters = set(session.scalars(lettered))
    keys = [line.id for line in entry.lines]
    settled = set(
        session.scalars(select(LetteredLine.line_id).where(LetteredLine.line_id.in_(keys)))
    )
    twins: dict[tuple[int, int | None, int], list[Line]] = {}
    for line in back.lines:
        twins.setdefault(
            (line.account_id, line.party_id, line.credit.cents - line.debit.cents), []
        ).append(line)
    for line in entry.lines:
        spot = line.account_id, line.party_id, line.debit.cents - line.credit.cents
        if line.account_id in letters and line.id not in settled and twins.get(spot):
            letter(session, [line.id, twins[spot].pop().id], day)
