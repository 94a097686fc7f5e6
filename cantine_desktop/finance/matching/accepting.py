"""Accepting what a bank line is: its entry is written, what it settles is lettered."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.bank.model import BankAccount, BankLine
from cantine_desktop.finance.cash.holdings import refuse_overdraw_by
from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.lettering import letter
from cantine_desktop.finance.ledger.model import Account, Entry, Journal, Line
from cantine_desktop.finance.ledger.posting import known_accounts
from cantine_desktop.finance.matching.by_pair import kind_of_account
from cantine_desktop.finance.matching.judging import expected_manner
from cantine_desktop.finance.matching.labels import manner_of
from cantine_desktop.finance.matching.model import (
    Match,
    MatchedBankLine,
    MatchedLine,
    MatchKind,
    RejectedProposal,
)
from cantine_desktop.finance.matching.proposal import Choice, OtherSide, Proposal
from cantine_desktop.finance.matching.rules import Target, learn, weaken
from cantine_desktop.finance.matching.situation import LedgerItem, open_among
from cantine_desktop.finance.postings.facts import BankMovement, Share
from cantine_desktop.finance.postings.movements import post_bank
from cantine_desktop.i18n import money, tr
from cantine_desktop.storage.base import Base
from cantine_desktop.storage.kept import kept
from cantine_desktop.values.money import Money

Group = tuple[str, int | None]
Kept = TypeVar("Kept", bound=Base)


def accept(session: Session, what: Proposal | Choice, now: datetime) -> Match:
    """Write what a bank line is, letter what it settles, and learn from it.

    Args:
        session: The session of an action: undoing it takes all of it back.
        what: A proposal, or what a person chose.
        now: Present instant, aware.

    Raises:
        UserError: The sums differ, a line is matched or settled already, the day is locked, or
            the till would hold less than nothing.
    """
    choice = what.choice if isinstance(what, Proposal) else what
    session.flush()
    with session.no_autoflush:  # what is read here is none of what is written here
        match = _accept(session, choice, now)
    session.flush()
    return match


def _accept(session: Session, choice: Choice, now: datetime) -> Match:
    lines = _bank_lines(session, choice.lines)
    if choice.posted:
        return _join(session, choice, lines, civil_date(now))
    if choice.twin is not None:
        return _transfer(session, choice, lines, civil_date(now))
    items = _items(session, choice.items)
    _refuse_gap(lines, items, choice)
    match = _match(session, _named(choice, items), lines, civil_date(now))
    match.gross = Money(sum(item.cents for item in items)) if choice.fee else Money(0)
    written = [_write(session, match, line, items, choice, lines) for line in lines]
    refuse_overdraw_by(session, written)
    if choice.learn:
        _learn(session, match, lines, items, choice)
    _letter(session, items, written, civil_date(now))
    return match


def _named(choice: Choice, items: Sequence[LedgerItem]) -> Choice:
    """Return a choice with the kind and the title its items give, where it says none."""
    if not items:
        return choice
    kinds = {kind_of_account(item.account, MatchKind.HAND) for item in items}
    kind = kinds.pop() if choice.kind is MatchKind.HAND and len(kinds) == 1 else choice.kind
    shown = ", ".join(dict.fromkeys(f"{item.label} ({item.ref})" for item in items[:2]))
    title = choice.title or (f"{shown}…" if len(items) > 2 else shown)
    return replace(choice, kind=kind, title=title)


def accept_all(session: Session, proposals: Iterable[Proposal | Choice], now: datetime) -> int:
    """Accept several proposals as one step; return how many.

    A proposal of several bank lines is accepted once, however often it is given.
    """
    done: set[tuple[int, ...]] = set()
    for what in proposals:
        choice = what.choice if isinstance(what, Proposal) else what
        if choice.lines not in done:
            done.add(choice.lines)
            accept(session, choice, now)
    return len(done)


def reject(session: Session, proposal: Proposal) -> None:
    """Remember that a proposal is wrong for its line, and weaken the rule it came from."""
    for line in proposal.choice.lines:
        known = select(RejectedProposal.id).where(
            RejectedProposal.bank_line_id == line,
            RejectedProposal.signature == proposal.signature,
        )
        if session.scalar(known) is None:
            session.add(RejectedProposal(bank_line_id=line, signature=proposal.signature))
    if proposal.choice.rule_id is not None:
        weaken(session, proposal.choice.rule_id)
    session.flush()


def _bank_lines(session: Session, keys: Sequence[int]) -> list[BankLine]:
    query = select(BankLine).where(BankLine.id.in_(keys)).order_by(BankLine.day, BankLine.id)
    lines = list(session.scalars(query))
    matched = select(MatchedBankLine.id).where(MatchedBankLine.bank_line_id.in_(keys)).limit(1)
    if not lines or session.scalar(matched) is not None:
        raise UserError(tr("Cette ligne de banque est déjà pointée."))
    return lines


def _items(session: Session, keys: Sequence[int]) -> list[LedgerItem]:
    if not keys:
        return []
    items = open_among(session, keys)
    if len(items) != len(set(keys)):
        raise UserError(
            tr("Une des pièces proposées est déjà soldée : choisissez ce que la ligne paie.")
        )
    return items


def _refuse_gap(lines: Sequence[BankLine], items: Sequence[LedgerItem], choice: Choice) -> None:
    moved = sum(line.amount.cents for line in lines) + choice.fee.cents
    told = sum(i.cents for i in items) + sum(o.amount.cents for o in choice.others)
    if moved != told:
        raise UserError(
            tr(
                "Il reste {gap} à expliquer : la ligne de banque dit {moved}, le choix {told}."
            ).format(
                gap=money(Money(abs(moved - told))),
                moved=money(Money(moved)),
                told=money(Money(told)),
            )
        )
    groups = {(item.account, item.party) for item in items}
    if len(lines) > 1 and (len(groups) != 1 or choice.others or choice.fee):
        raise UserError(
            tr(
                "Plusieurs lignes de banque ne se pointent ensemble que sur un même compte "
                "et un même tiers."
            )
        )


def _match(session: Session, choice: Choice, lines: Sequence[BankLine], today: date) -> Match:
    match = Match(
        kind=choice.kind,
        day=lines[0].day,
        matched_on=today,
        title=choice.title or lines[0].label,
        reason=choice.reason,
        fee=choice.fee,
        rule_id=choice.rule_id,
    )
    session.add(match)
    return match


def _write(
    session: Session,
    match: Match,
    line: BankLine,
    items: Sequence[LedgerItem],
    choice: Choice,
    lines: Sequence[BankLine],
) -> Entry:
    sums: defaultdict[Group, int] = defaultdict(int)
    for item in items:
        sums[item.account, item.party] += item.cents
    if len(lines) > 1:
        sums = defaultdict(int, dict.fromkeys(sums, line.amount.cents))
    shares = [
        Share(account, Money(cents), activity="", party=party)
        for (account, party), cents in sums.items()
    ]
    shares += [_share(side) for side in choice.others]
    references = {item.ref for item in items}
    reference = references.pop() if len(references) == 1 else line.reference
    return _post(session, match, line, shares, choice.fee, reference)


def _share(side: OtherSide) -> Share:
    return Share(side.account, side.amount, side.label, side.activity, side.project, side.party)


def _post(
    session: Session,
    match: Match,
    line: BankLine,
    shares: Sequence[Share],
    fee: Money,
    reference: str,
) -> Entry:
    bank = _kept(session, BankAccount, line.bank_account_id)
    account = _kept(session, Account, bank.account_id)
    if any(share.account == account.number for share in shares):
        raise UserError(tr("Une ligne de banque ne s’écrit pas sur le compte de cette banque."))
    journal = _kept(session, Journal, bank.journal_id)
    facts = BankMovement(
        line.day,
        account.number,
        journal.code,
        line.label,
        reference or line.reference or f"REL{line.day:%Y-%m}",
        line.amount,
        tuple(shares),
        fee,
        origin=("bank_line", line.id),
    )
    entry = post_bank(session, facts)
    own = next(row for row in entry.lines if row.account_id == account.id)
    session.add(MatchedBankLine(match_id=match.id, bank_line_id=line.id, entry_id=entry.id))
    session.add(MatchedLine(match_id=match.id, line_id=own.id))
    return entry


def _kept(session: Session, model: type[Kept], key: int) -> Kept:
    return kept(session, model, key, partial(session.get_one, model, key))


def _letter(
    session: Session, items: Sequence[LedgerItem], entries: Sequence[Entry], today: date
) -> None:
    """Letter each account and party that comes to nothing; a part paid stays open."""
    groups: defaultdict[tuple[int, int | None], list[tuple[int, int]]] = defaultdict(list)
    accounts = known_accounts(session, {item.account for item in items})
    for item in items:
        groups[accounts[item.account].id, item.party].append((item.id, item.cents))
    for entry in entries:
        for line in entry.lines:
            if (line.account_id, line.party_id) in groups:
                cents = line.debit.cents - line.credit.cents
                groups[line.account_id, line.party_id].append((line.id, cents))
    for lines in groups.values():
        if not sum(cents for _key, cents in lines):
            letter(session, [key for key, _cents in lines], today)


def _join(session: Session, choice: Choice, lines: Sequence[BankLine], today: date) -> Match:
    bank = session.get_one(BankAccount, lines[0].bank_account_id)
    rows = list(session.scalars(select(Line).where(Line.id.in_(choice.posted))))
    taken = select(MatchedLine.id).where(MatchedLine.line_id.in_(choice.posted)).limit(1)
    if session.scalar(taken) is not None or len(rows) != len(set(choice.posted)):
        raise UserError(tr("Cette écriture est déjà pointée."))
    if any(row.account_id != bank.account_id for row in rows):
        raise UserError(tr("Cette écriture n’est pas sur le compte de cette banque."))
    moved = sum(line.amount.cents for line in lines)
    told = sum(row.debit.cents - row.credit.cents for row in rows)
    if moved != told:
        raise UserError(
            tr("La banque dit {moved}, les écritures {told} : elles ne se pointent pas.").format(
                moved=money(Money(moved)), told=money(Money(told))
            )
        )
    match = _match(session, choice, lines, today)
    session.flush()
    session.add_all(MatchedBankLine(match_id=match.id, bank_line_id=line.id) for line in lines)
    session.add_all(MatchedLine(match_id=match.id, line_id=row.id) for row in rows)
    return match


def _transfer(session: Session, choice: Choice, lines: Sequence[BankLine], today: date) -> Match:
    (line,) = lines
    (twin,) = _bank_lines(session, [choice.twin or 0])
    if twin.amount != -line.amount or twin.bank_account_id == line.bank_account_id:
        raise UserError(tr("Les deux bouts d’un virement interne portent le même montant."))
    match = _match(session, choice, lines, today)
    ends = [
        _post(session, match, end, (Share(Role.TRANSFERS, end.amount, activity=""),), Money(0), "")
        for end in (line, twin)
    ]
    transfers = [row.id for entry in ends for row in entry.lines if _is_other(row, entry)]
    letter(session, transfers, today)
    return match


def _is_other(row: Line, entry: Entry) -> bool:
    return row.rank != entry.lines[0].rank


def _learn(
    session: Session,
    match: Match,
    lines: Sequence[BankLine],
    items: Sequence[LedgerItem],
    choice: Choice,
) -> None:
    """Learn where the money of a label goes, when it goes to one place only."""
    targets = {Target(i.account, i.party, settles=True) for i in items}
    targets |= {
        Target(o.account, o.party, o.activity, o.project, settles=o.party is not None)
        for o in choice.others
    }
    if len(targets) != 1 or choice.kind is MatchKind.TAKEN_BACK:
        return
    (target,) = targets
    for line in lines:
        manner = manner_of(f"{line.label} {line.details}" if line.details else line.label)
        if manner and manner is expected_manner(target.account):
            continue
        match.rule_id = learn(session, line, target).id
