"""Taking in what the accountant changed: reversals and new drafts, in the action of the caller.

What is validated is never rewritten: the entry is taken back, and the corrected one written as
a draft, on the first day that is still open.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.exchange.problems import Problem
from cantine_desktop.finance.ledger.accounts import (
    add_account,
    add_journal,
    find_or_add_party,
    rename_account,
)
from cantine_desktop.finance.ledger.model import (
    Account,
    Entry,
    Journal,
    JournalKind,
    Party,
    PartyKind,
)
from cantine_desktop.finance.ledger.posting import DraftEntry, DraftLine, post, remove
from cantine_desktop.finance.ledger.validating import reverse
from cantine_desktop.finance.ledger.years import find_year
from cantine_desktop.finance.transfer.diffing import (
    AccountRenamed,
    EntryChange,
    FlatEntry,
    Kind,
    bare,
)
from cantine_desktop.finance.transfer.lines import FlatLine
from cantine_desktop.i18n import short_day, tr
from cantine_desktop.values.money import Money

FACT = "correction"

_KINDS = (
    ("40", PartyKind.SUPPLIER),
    ("41", PartyKind.CUSTOMER),
    ("44", PartyKind.FUNDER),
    ("467", PartyKind.PAYMENT_SERVICE),
)


@dataclass
class Applied:
    """What was taken in.

    Attributes:
        entries: Entries written, as drafts.
        reversals: Entries that take others back, as drafts.
        removed: Drafts that were removed.
        renamed: Accounts that got another title.
        accounts: Numbers of accounts that were added.
        problems: What could not be taken in, each with its place in the file.
    """

    entries: int = 0
    reversals: int = 0
    removed: int = 0
    renamed: int = 0
    accounts: list[str] = field(default_factory=list[str])
    problems: list[Problem] = field(default_factory=list[Problem])


def apply_changes(
    session: Session,
    changes: Iterable[EntryChange],
    renamed: Iterable[AccountRenamed],
    journals: Mapping[str, str] | None = None,
) -> Applied:
    """Take in changes, reading on after a problem.

    Args:
        session: The session of an action; the caller keeps nothing when there is a problem.
        changes: Those wanted; an entry whose words alone changed stays as it is.
        renamed: Accounts to rename.
        journals: Our journal by the code the file has for it; one nobody knows is added.
    """
    applied = Applied()
    taking = _Taking(session, applied, journals or {})
    for change in changes:
        try:
            taking.take(change)
        except UserError as error:
            applied.problems.append(Problem(change.shown.first.place, "", _said(change, error)))
    for each in renamed:
        account = session.scalar(select(Account).where(Account.number == each.number))
        if account is not None:
            rename_account(session, account, each.theirs)
            applied.renamed += 1
    return applied


def _said(change: EntryChange, error: UserError) -> str:
    shown = change.shown
    return tr("{journal} {number} du {day} : {error}").format(
        journal=shown.first.journal,
        number=shown.first.number,
        day=short_day(shown.day) if shown.day else "",
        error=error,
    )


class _Taking:
    """Takes changes in, one after the other."""

    def __init__(self, session: Session, applied: Applied, journals: Mapping[str, str]) -> None:
        self._session = session
        self._applied = applied
        self._called = journals
        self._accounts = {bare(a.number): a for a in session.scalars(select(Account))}
        self._journals = set(session.scalars(select(Journal.code)))

    def take(self, change: EntryChange) -> None:
        if change.kind is Kind.REWORDED:
            return
        theirs = change.theirs
        if theirs is not None and theirs.gap:
            raise UserError(tr("cette écriture n’est pas équilibrée dans le fichier"))
        if change.ours is not None:
            self._take_back(change.ours)
        if theirs is not None:
            post(self._session, self._draft(theirs, change.ours))
            self._applied.entries += 1

    def _take_back(self, ours: FlatEntry) -> None:
        entry = self._session.get_one(Entry, ours.first.entry_id)
        if entry.number is None:
            remove(self._session, entry)
            self._applied.removed += 1
            return
        reason = tr("correction de l’expert-comptable")
        reverse(self._session, entry, self._open_day(entry.day), reason)
        self._applied.reversals += 1

    def _open_day(self, day: date) -> date:
        """Return a day, or the first one after it that still takes entries."""
        year = find_year(self._session, day)
        if year is None or year.locked_until is None:
            return day
        return max(day, year.locked_until)

    def _draft(self, theirs: FlatEntry, ours: FlatEntry | None) -> DraftEntry:
        first = theirs.first
        if theirs.day is None:
            raise UserError(tr("la date de l’écriture manque"))
        return DraftEntry(
            journal=self._journal(first, ours),
            day=self._open_day(theirs.day),
            label=first.label or tr("Correction"),
            piece_ref=first.piece or (ours.first.piece if ours else "") or first.number or "-",
            lines=[self._line(line, ours) for line in theirs.lines],
            piece_day=first.piece_day,
            fact=FACT,
        )

    def _journal(self, line: FlatLine, ours: FlatEntry | None) -> str:
        if line.journal in self._journals:
            return line.journal
        if ours is not None:
            return ours.first.journal
        known = self._called.get(line.journal)
        if known in self._journals:
            return str(known)
        title = line.journal_title or line.journal
        made = add_journal(self._session, line.journal, title, JournalKind.MISCELLANEOUS)
        self._journals.add(made.code)
        self._called = {**self._called, line.journal: made.code}
        return made.code

    def _line(self, line: FlatLine, ours: FlatEntry | None) -> DraftLine:
        account = self._account(line)
        like = _like(line, ours.lines if ours else ())
        return DraftLine(
            account=account.number,
            debit=Money(line.debit),
            credit=Money(line.credit),
            party=self._party(line, account, like),
            label=line.label,
            activity=like.activity if like else "",
            project=like.project if like else "",
            due_day=line.due_day or (like.due_day if like else None),
        )

    def _account(self, line: FlatLine) -> Account:
        known = self._accounts.get(bare(line.account))
        if known is not None:
            return known
        number = line.account.ljust(6, "0")
        made = add_account(self._session, number, line.account_title or number)
        self._accounts[bare(number)] = made
        self._applied.accounts.append(number)
        return made

    def _party(self, line: FlatLine, account: Account, like: FlatLine | None) -> int | None:
        code = line.party or (like.party if like else "")
        if code:
            known = self._session.scalar(select(Party.id).where(Party.code == code))
            if known is not None:
                return known
            kind = next((k for b, k in _KINDS if account.number.startswith(b)), PartyKind.OTHER)
            return find_or_add_party(self._session, line.party_name or code, kind).id
        if not account.has_parties:
            return None
        return find_or_add_party(self._session, tr("Tiers à préciser"), PartyKind.OTHER).id


def _like(line: FlatLine, ours: Sequence[FlatLine]) -> FlatLine | None:
    """Return the line of ours that tells best what the file leaves out."""
    for same in ours:
        if bare(same.account) == bare(line.account):
            return same
    if line.account[:1] in {"6", "7"}:
        for same in ours:
            if same.account[:1] == line.account[:1]:
                return same
    return None
