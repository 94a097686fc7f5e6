"""What the screen of the bank shows: accounts, lines with their match, items to settle."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from itertools import starmap
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from cantine_desktop.finance.bank.model import BankAccount, BankLine
from cantine_desktop.finance.ledger.model import Account, LetteredLine, Line, Party, Section
from cantine_desktop.finance.matching.model import Match, MatchedBankLine, MatchingRule
from cantine_desktop.finance.matching.rules import explain
from cantine_desktop.finance.matching.situation import LedgerItem, open_items, posted_items
from cantine_desktop.finance.pieces.model import PieceLink
from cantine_desktop.finance.pieces.queries import SPENT_ON, SPENT_TOO, missing
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY, Period
from cantine_desktop.values.text import fold


class Proof(StrEnum):
    """Whether a piece proves a bank line."""

    THERE = "there"
    MISSING = "missing"
    NEEDLESS = "needless"
    UNKNOWN = ""


class BankRow(NamedTuple):
    """A line of the bank as the screen shows it.

    Attributes:
        match_id: ``None`` while it is not matched.
        title: What it is, of a matched line.
        reason: Why, as it was accepted.
    """

    id: int
    day: date
    label: str
    details: str
    reference: str
    amount: Money
    match_id: int | None = None
    title: str = ""
    reason: str = ""
    entry_id: int | None = None
    proof: Proof = Proof.UNKNOWN


class AccountRow(NamedTuple):
    """An account whose lines may be matched."""

    id: int
    name: str
    number: str


class Progress(NamedTuple):
    """How many lines are matched, of how many."""

    matched: int
    lines: int


class RuleRow(NamedTuple):
    """A rule in words."""

    id: int
    sentence: str
    right: int
    wrong: int
    is_active: bool


def accounts(session: Session) -> list[AccountRow]:
    """Return the active accounts, the first added first."""
    query = (
        select(BankAccount.id, BankAccount.name, Account.number)
        .join(Account, BankAccount.account_id == Account.id)
        .where(BankAccount.is_active)
        .order_by(BankAccount.id)
    )
    return list(starmap(AccountRow, session.execute(query)))


def bank_rows(
    session: Session, account_id: int, *, waiting: bool, period: Period | None = None
) -> list[BankRow]:
    """Return the lines of an account, oldest first.

    Args:
        session: A session that reads.
        account_id: Key of the bank account.
        waiting: Only those that are not matched.
        period: Only those of some days.
    """
    query = (
        select(
            BankLine.id,
            BankLine.day,
            BankLine.label,
            BankLine.details,
            BankLine.reference,
            BankLine.amount,
            Match.id,
            func.coalesce(Match.title, ""),
            func.coalesce(Match.reason, ""),
            MatchedBankLine.entry_id,
        )
        .outerjoin(MatchedBankLine, MatchedBankLine.bank_line_id == BankLine.id)
        .outerjoin(Match, Match.id == MatchedBankLine.match_id)
        .where(BankLine.bank_account_id == account_id)
        .order_by(BankLine.day, BankLine.id)
    )
    if waiting:
        query = query.where(MatchedBankLine.id.is_(None))
    if period is not None:
        query = query.where(BankLine.day >= period.first, BankLine.day < period.end)
    rows = list(starmap(BankRow, session.execute(query)))
    return rows if waiting else _with_proofs(session, rows)


def _with_proofs(session: Session, rows: Sequence[BankRow]) -> list[BankRow]:
    matched = {row.entry_id for row in rows if row.entry_id is not None}
    if not matched:
        return list(rows)
    related = related_entries(session)
    first, last = rows[0].day, rows[-1].day
    without = missing_entries(session, first, last)
    proved = set(session.scalars(select(PieceLink.entry_id)))
    by_line = set(session.scalars(select(PieceLink.bank_line_id)))
    return [
        row
        if row.entry_id is None
        else row._replace(
            proof=_proof({row.entry_id, *related[row.entry_id]}, without, proved)
            if row.id not in by_line
            else Proof.THERE
        )
        for row in rows
    ]


def missing_entries(session: Session, first: date, last: date) -> set[int]:
    """Return the entries that no piece proves, of invoices up to a year before some days."""
    period = Period(Period.year(first - 365 * DAY).first, last + DAY)
    return {row.entry_id for row in missing(session, period) if row.entry_id is not None}


def _proof(entries: set[int], without: set[int], proved: set[int | None]) -> Proof:
    if entries & without:
        return Proof.MISSING
    return Proof.THERE if entries & proved else Proof.NEEDLESS


def related_entries(session: Session) -> defaultdict[int, set[int]]:
    """Return the entries each entry of the bank settles something of."""
    mine, theirs = aliased(LetteredLine), aliased(LetteredLine)
    line, other = aliased(Line), aliased(Line)
    query = (
        select(line.entry_id, other.entry_id)
        .join(mine, mine.line_id == line.id)
        .join(theirs, theirs.lettering_id == mine.lettering_id)
        .join(other, other.id == theirs.line_id)
        .join(MatchedBankLine, MatchedBankLine.entry_id == line.entry_id)
        .where(other.entry_id != line.entry_id)
    )
    found: defaultdict[int, set[int]] = defaultdict(set)
    for entry, settled in session.execute(query):
        found[entry].add(settled)
    return found


def proof_of_proposal(
    items: Iterable[int], accounts_used: Iterable[str], entries: dict[int, int], without: set[int]
) -> Proof:
    """Return whether what is proposed has its piece, before it is accepted.

    Args:
        items: Lines it would settle.
        accounts_used: Accounts of its other sides.
        entries: Entry of each open line.
        without: Entries that no piece proves.
    """
    if {entries.get(item) for item in items} & without:
        return Proof.MISSING
    spends = tuple(n for n in (*SPENT_ON, *SPENT_TOO))
    if any(number.startswith(spends) and number[:3] != "627" for number in accounts_used):
        return Proof.MISSING
    return Proof.NEEDLESS


def progress(session: Session, account_id: int, first: date | None = None) -> Progress:
    """Return how many lines of an account are matched, from a day on.

    Args:
        session: A session that reads.
        account_id: Key of the bank account.
        first: Only lines of that day and later; ``None`` starts with the month of the oldest
            line that waits.
    """
    if first is None:
        query = (
            select(func.min(BankLine.day))
            .outerjoin(MatchedBankLine, MatchedBankLine.bank_line_id == BankLine.id)
            .where(BankLine.bank_account_id == account_id, MatchedBankLine.id.is_(None))
        )
        oldest = session.scalar(query)
        if oldest is None:
            query = select(func.max(BankLine.day)).where(BankLine.bank_account_id == account_id)
            oldest = session.scalar(query)
        first = oldest.replace(day=1) if oldest is not None else None
    if first is None:
        return Progress(0, 0)
    counted = (
        select(func.count(MatchedBankLine.id), func.count(BankLine.id))
        .select_from(BankLine)
        .outerjoin(MatchedBankLine, MatchedBankLine.bank_line_id == BankLine.id)
        .where(BankLine.bank_account_id == account_id, BankLine.day >= first)
    )
    return Progress(*session.execute(counted).one())


class SettleRow(NamedTuple):
    """Something a line could be matched with by hand.

    Attributes:
        is_posted: It stands on the bank’s account already.
    """

    id: int
    day: date
    who: str
    label: str
    ref: str
    account: str
    amount: Money
    is_posted: bool


def settle_rows(session: Session, account_id: int, amount: Money, words: str) -> list[SettleRow]:
    """Return what a line could be matched with, nearest in amount first.

    Args:
        session: A session that reads.
        account_id: Key of the bank account.
        amount: Of the bank line.
        words: What was typed to search, or empty: all its words must be found.
    """
    bank = session.get_one(BankAccount, account_id)
    names = dict(session.execute(select(Party.id, Party.name)).all())
    found: list[LedgerItem] = [*open_items(session), *posted_items(session, bank.account_id)]
    wanted = fold(words).split()
    rows = [
        SettleRow(
            item.id,
            item.day,
            names.get(item.party or 0, ""),
            item.label,
            item.ref,
            item.account,
            Money(item.cents),
            item.is_posted,
        )
        for item in found
    ]
    kept = [row for row in rows if all(word in _searched(row) for word in wanted)]
    return sorted(kept, key=lambda r: (_distance(r.amount, amount), -r.day.toordinal(), r.id))


def _searched(row: SettleRow) -> str:
    euros = f"{abs(row.amount.cents) // 100},{abs(row.amount.cents) % 100:02d}"
    return fold(f"{row.who} {row.label} {row.ref} {row.account} {row.day:%d/%m/%Y} {euros}")


def _distance(amount: Money, wanted: Money) -> int:
    same_way = (amount.cents > 0) == (wanted.cents > 0)
    return abs(amount.cents - wanted.cents) + (0 if same_way else 10**9)


def rule_rows(session: Session) -> list[RuleRow]:
    """Return the rules, the surest first."""
    titles = dict(session.execute(select(Account.number, Account.title)).all())
    names = dict(session.execute(select(Party.id, Party.name)).all())
    query = select(MatchingRule).order_by(
        MatchingRule.is_active.desc(), MatchingRule.right.desc(), MatchingRule.words
    )
    return [
        RuleRow(
            rule.id,
            explain(rule, titles.get(rule.account, ""), names.get(rule.party_id or 0, "")),
            rule.right,
            rule.wrong,
            rule.is_active,
        )
        for rule in session.scalars(query)
    ]


class Choosable(NamedTuple):
    """What a person may choose from when a line is matched by hand."""

    accounts: tuple[tuple[str, str, bool], ...]
    parties: tuple[tuple[int, str], ...]
    sections: tuple[tuple[str, str, bool], ...]


def choosable(session: Session) -> Choosable:
    """Return accounts (number, title, has parties), parties and sections (code, title, project).

    The accounts are those in use, without the bank’s own and opening ones.
    """
    query = (
        select(Account.number, Account.title, Account.has_parties)
        .where(Account.is_active, Account.number.not_like("512%"), Account.number.not_like("8%"))
        .order_by(Account.number)
    )
    parties = select(Party.id, Party.name).where(Party.is_active).order_by(Party.name)
    sections = (
        select(Section.code, Section.title, Section.axis)
        .where(Section.is_active)
        .order_by(Section.id)
    )
    return Choosable(
        tuple((number, title, has) for number, title, has in session.execute(query)),
        tuple((key, name) for key, name in session.execute(parties)),
        tuple((code, title, axis == "project") for code, title, axis in session.execute(sections)),
    )
