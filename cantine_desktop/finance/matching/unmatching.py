"""Taking back a match: its entries are removed, or taken back when they are validated."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.finance.bank.model import BankAccount, BankLine
from cantine_desktop.finance.ledger.lettering import unletter
from cantine_desktop.finance.ledger.model import Entry, FiscalYear, Line
from cantine_desktop.finance.ledger.posting import remove
from cantine_desktop.finance.ledger.validating import reverse
from cantine_desktop.finance.matching.model import (
    Match,
    MatchedBankLine,
    MatchedLine,
    MatchKind,
)
from cantine_desktop.i18n import tr


def unmatch(session: Session, match_id: int, now: datetime) -> None:
    """Take back a match: its bank lines wait again, what it settled is open again.

    A draft entry is removed; a validated one is taken back by another, and both cancel each
    other on the bank’s account.

    Args:
        session: The session of an action.
        match_id: Key of the match.
        now: Present instant, aware.

    Raises:
        UserError: The month of a draft entry is closed.
    """
    match = session.get_one(Match, match_id)
    lines = list(
        session.scalars(select(MatchedBankLine).where(MatchedBankLine.match_id == match_id))
    )
    posted = list(session.scalars(select(MatchedLine).where(MatchedLine.match_id == match_id)))
    entries = [session.get_one(Entry, line.entry_id) for line in lines if line.entry_id]
    banks = _ledger_accounts(session, [line.bank_line_id for line in lines])
    for row in (*lines, *posted):
        session.delete(row)
    session.flush()
    session.delete(match)
    session.flush()
    for entry in entries:
        if entry.is_sealed:
            _take_back(session, entry, banks, civil_date(now))
        else:
            remove(session, entry)


def match_of(session: Session, bank_line_id: int) -> Match | None:
    """Return the match of a bank line, if it is matched."""
    query = select(Match).join(MatchedBankLine, MatchedBankLine.match_id == Match.id)
    return session.scalar(query.where(MatchedBankLine.bank_line_id == bank_line_id))


def _ledger_accounts(session: Session, bank_lines: Sequence[int]) -> set[int]:
    query = (
        select(BankAccount.account_id)
        .join(BankLine, BankLine.bank_account_id == BankAccount.id)
        .where(BankLine.id.in_(bank_lines))
    )
    return set(session.scalars(query))


def _take_back(session: Session, entry: Entry, banks: set[int], today: date) -> None:
    for line in entry.lines:
        unletter(session, line.id)
    back = reverse(session, entry, _open_day(session, entry, today), tr("pointage défait"))
    both = [line for line in (*entry.lines, *back.lines) if line.account_id in banks]
    _cancel_at_the_bank(session, entry, both, today)


def _cancel_at_the_bank(session: Session, entry: Entry, lines: Sequence[Line], today: date) -> None:
    match = Match(
        kind=MatchKind.TAKEN_BACK,
        day=entry.day,
        matched_on=today,
        title=tr("Annulé : {label}").format(label=entry.label),
    )
    session.add(match)
    session.flush()
    session.add_all(MatchedLine(match_id=match.id, line_id=line.id) for line in lines)
    session.flush()


def _open_day(session: Session, entry: Entry, today: date) -> date:
    """Return the day of the entry, or the first one after it that still takes entries."""
    year = session.get_one(FiscalYear, entry.fiscal_year_id)
    if year.is_sealed:
        return max(today, year.end)
    return max(entry.day, year.locked_until or entry.day)
