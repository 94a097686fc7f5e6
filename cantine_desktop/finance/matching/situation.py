"""What is known before anything is proposed: plain values, read in a few queries."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import starmap
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session, aliased

from cantine_desktop.finance.bank.model import BankAccount, BankLine
from cantine_desktop.finance.ledger.lettering import PROVISIONAL
from cantine_desktop.finance.ledger.model import (
    Account,
    Entry,
    Journal,
    JournalKind,
    LetteredLine,
    Line,
    Party,
    PartyKind,
)
from cantine_desktop.finance.matching.announced import Payout, Slip, orders, payouts, slips
from cantine_desktop.finance.matching.labels import Manner, Words, manner_of, words_of
from cantine_desktop.finance.matching.model import (
    Match,
    MatchedBankLine,
    MatchedLine,
    MatchingRule,
    MatchKind,
    RejectedProposal,
)
from cantine_desktop.values.money import Money

SETTLED = (
    *("401", "404", "409", "411", "421", "425", "431", "437", "441", "442"),
    *("447", "451", "467", "468100", "471", "511", "580"),
)
"""First digits of the accounts whose open items a bank line may settle."""

TAUGHT = 24
"""Card payouts looked back at to learn what the service keeps."""


class BankItem(NamedTuple):
    """A bank line that nothing matches yet."""

    id: int
    day: date
    cents: int
    fee: int
    label: str
    reference: str
    words: Words
    manner: Manner


class LedgerItem(NamedTuple):
    """A line of the ledger that nothing settles, or on the bank’s account, unmatched.

    Attributes:
        cents: Debit less credit: signed as the bank line that would settle it.
        is_posted: It stands on the bank’s own account.
    """

    id: int
    entry_id: int
    day: date
    account: str
    party: int | None
    label: str
    ref: str
    cents: int
    words: Words
    is_posted: bool = False


class PartyWords(NamedTuple):
    """A party by the words of its name."""

    id: int
    name: str
    kind: PartyKind
    words: frozenset[str]


class Rule(NamedTuple):
    """A rule as it stands; see ``MatchingRule``."""

    id: int
    words: frozenset[str]
    comes_in: bool
    account: str
    party: int | None
    activity: str
    project: str
    settles: bool
    right: int
    wrong: int

    @property
    def strength(self) -> int:
        """How often it was right, in thousandths, careful while it is young."""
        return 1000 * (self.right + 1) // (self.right + self.wrong + 2)


@dataclass
class Situation:
    """Everything a proposal draws on.

    Attributes:
        lines: Unmatched lines of the account, by day.
        items: What waits to be settled, by day.
        posted: Unmatched lines of the ledger on the account, by day.
        elsewhere: Unmatched lines of the canteen’s other accounts.
        payouts: What payment services say they paid out, by net cents.
        slips: Slips of cheques and orders of transfers that wait, by day.
        rates: What payouts of cards and vouchers kept so far, in hundred-thousandths, newest
            first.
        rejected: Signatures refused, by bank line.
    """

    lines: list[BankItem] = field(default_factory=list[BankItem])
    items: list[LedgerItem] = field(default_factory=list[LedgerItem])
    posted: list[LedgerItem] = field(default_factory=list[LedgerItem])
    elsewhere: list[tuple[BankItem, str]] = field(default_factory=list[tuple[BankItem, str]])
    parties: dict[int, PartyWords] = field(default_factory=dict[int, PartyWords])
    rules: list[Rule] = field(default_factory=list[Rule])
    payouts: dict[int, list[Payout]] = field(default_factory=dict[int, list[Payout]])
    slips: list[Slip] = field(default_factory=list[Slip])
    rates: dict[MatchKind, list[int]] = field(default_factory=dict[MatchKind, list[int]])
    rejected: dict[int, set[str]] = field(default_factory=dict[int, set[str]])
    weights: dict[str, int] = field(default_factory=dict[str, int])

    def weigh(self) -> None:
        """Count in how many names of parties each word stands."""
        self.weights = Counter(word for party in self.parties.values() for word in party.words)


def read_situation(session: Session, account_id: int) -> Situation:
    """Read what proposals for an account draw on."""
    account = session.get_one(BankAccount, account_id)
    situation = Situation(
        lines=[bank for bank, _name in _bank_lines(session, account_id, own=True)],
        items=open_items(session),
        posted=posted_items(session, account.account_id),
        elsewhere=_bank_lines(session, account_id, own=False),
        parties=_parties(session),
        rules=_rules(session),
        payouts=payouts(session),
        slips=[*slips(session), *orders(session)],
        rates={kind: _rates(session, kind) for kind in (MatchKind.CARDS, MatchKind.VOUCHERS)},
        rejected=_rejected(session),
    )
    situation.weigh()
    return situation


class BankRow(NamedTuple):
    """The columns of a bank line, with the name of its account."""

    name: str
    id: int
    day: date
    amount: Money
    fee: Money
    label: str
    details: str
    reference: str


def bank_item(row: BankRow) -> BankItem:
    """Return a bank line from its columns."""
    text = f"{row.label} {row.details}" if row.details else row.label
    return BankItem(
        row.id,
        row.day,
        row.amount.cents,
        row.fee.cents,
        text,
        row.reference,
        words_of(text),
        manner_of(text),
    )


class LedgerRow(NamedTuple):
    """The columns of ``ledger_lines``."""

    id: int
    entry_id: int
    day: date
    number: str
    party: int | None
    own_label: str
    label: str
    ref: str
    debit: Money
    credit: Money


def _bank_lines(session: Session, account_id: int, *, own: bool) -> list[tuple[BankItem, str]]:
    query = (
        select(
            BankAccount.name,
            BankLine.id,
            BankLine.day,
            BankLine.amount,
            BankLine.fee,
            BankLine.label,
            BankLine.details,
            BankLine.reference,
        )
        .join(BankAccount, BankLine.bank_account_id == BankAccount.id)
        .outerjoin(MatchedBankLine, MatchedBankLine.bank_line_id == BankLine.id)
        .where(MatchedBankLine.id.is_(None))
        .order_by(BankLine.day, BankLine.id)
    )
    mine = BankLine.bank_account_id == account_id
    query = query.where(mine if own else ~mine)
    rows = starmap(BankRow, session.execute(query))
    return [(bank_item(row), row.name) for row in rows]


LedgerQuery = Select[int, int, date, str, int | None, str, str, str, Money, Money]


@cache
def ledger_lines() -> LedgerQuery:
    """Return the query of lines with what a proposal needs.

    A line of a closed year is told by the opening line that carries it.
    """
    carrying = aliased(Line)
    is_carried = exists().where(carrying.carries_id == Line.id)
    return (
        select(
            Line.id,
            Line.entry_id,
            Entry.day,
            Account.number,
            Line.party_id,
            Line.label,
            Entry.label,
            Entry.piece_ref,
            Line.debit,
            Line.credit,
        )
        .join(Entry, Line.entry_id == Entry.id)
        .join(Account, Line.account_id == Account.id)
        .join(Journal, Entry.journal_id == Journal.id)
        .where(Entry.fact != PROVISIONAL, ~is_carried)
        .order_by(Entry.day, Line.id)
    )


def open_items(session: Session) -> list[LedgerItem]:
    """Return what a bank line may settle, by day."""
    query = (
        ledger_lines()
        .outerjoin(LetteredLine, LetteredLine.line_id == Line.id)
        .where(LetteredLine.id.is_(None), or_(*(Account.number.startswith(n) for n in SETTLED)))
    )
    return ledger_items(session, query)


def posted_items(session: Session, account_id: int) -> list[LedgerItem]:
    """Return the lines of the ledger on a bank’s account that no bank line goes with yet."""
    query = (
        ledger_lines()
        .outerjoin(MatchedLine, MatchedLine.line_id == Line.id)
        .where(and_(MatchedLine.id.is_(None), Line.account_id == account_id))
        .where(Journal.kind != JournalKind.OPENING)
    )
    return [item._replace(is_posted=True) for item in ledger_items(session, query)]


@cache
def _open_of_keys() -> LedgerQuery:
    return (
        ledger_lines()
        .outerjoin(LetteredLine, LetteredLine.line_id == Line.id)
        .where(LetteredLine.id.is_(None), Line.id.in_(bindparam("keys", expanding=True)))
    )


def open_among(session: Session, keys: Sequence[int]) -> list[LedgerItem]:
    """Return those of some lines that nothing settles and no opening carries, by day."""
    return ledger_items(session, _open_of_keys(), {"keys": list(keys)})


def ledger_items(
    session: Session, query: LedgerQuery, values: Mapping[str, Any] | None = None
) -> list[LedgerItem]:
    """Return the items of a query made from ``ledger_lines``, with the values it asks for."""
    items: list[LedgerItem] = []
    for row in starmap(LedgerRow, session.execute(query, values)):
        text = row.own_label or row.label
        cents = row.debit.cents - row.credit.cents
        items.append(
            LedgerItem(
                row.id,
                row.entry_id,
                row.day,
                row.number,
                row.party,
                text,
                row.ref,
                cents,
                words_of(text),
            )
        )
    return items


def _parties(session: Session) -> dict[int, PartyWords]:
    query = select(Party.id, Party.name, Party.kind).order_by(Party.id)
    return {
        key: PartyWords(key, name, kind, words_of(name).telling or words_of(name).every)
        for key, name, kind in session.execute(query)
    }


def _rules(session: Session) -> list[Rule]:
    query = select(MatchingRule).where(MatchingRule.is_active).order_by(MatchingRule.id)
    return [rule_of(row) for row in session.scalars(query)]


def rule_of(row: MatchingRule) -> Rule:
    """Return a rule as a plain value."""
    return Rule(
        row.id,
        frozenset(row.words.lower().split()),
        row.comes_in,
        row.account,
        row.party_id,
        row.activity,
        row.project,
        row.settles,
        row.right,
        row.wrong,
    )


def _rates(session: Session, kind: MatchKind) -> list[int]:
    query = (
        select(Match.fee, Match.gross)
        .where(Match.kind == kind, Match.gross > Money(0))
        .order_by(Match.day.desc(), Match.id.desc())
        .limit(TAUGHT)
    )
    return [fee.cents * 100_000 // gross.cents for fee, gross in session.execute(query)]


def _rejected(session: Session) -> dict[int, set[str]]:
    found: defaultdict[int, set[str]] = defaultdict(set)
    query = select(RejectedProposal.bank_line_id, RejectedProposal.signature)
    for line, signature in session.execute(query):
        found[line].add(signature)
    return dict(found)
