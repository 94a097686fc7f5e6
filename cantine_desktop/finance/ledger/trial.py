"""Trial balances: what each account held, what moved, what it holds (balance)."""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, func, null, or_, select
from sqlalchemy.orm import Session

from cantine_desktop.finance.chart.numbering import Nature
from cantine_desktop.finance.ledger.carrying import Sums, opening_sums
from cantine_desktop.finance.ledger.model import (
    Account,
    Entry,
    FiscalYear,
    Journal,
    JournalKind,
    Line,
    Party,
)
from cantine_desktop.finance.ledger.years import find_year
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

ZERO = Money(0)


class TrialLine(NamedTuple):
    """An account in a trial balance; every amount is debit less credit but the two sides.

    Attributes:
        opening: Before the period, opening entries included.
        debit: Moved at the debit within the period, opening entries left out.
        credit: Moved at the credit within the period.
    """

    number: str
    title: str
    nature: Nature
    opening: Money
    debit: Money
    credit: Money

    @property
    def closing(self) -> Money:
        """What it holds at the end."""
        return self.opening + self.debit - self.credit


class PartyBalance(NamedTuple):
    """What an account holds for a party; amounts as in ``TrialLine``."""

    number: str
    title: str
    party_id: int
    code: str
    name: str
    opening: Money
    debit: Money
    credit: Money

    @property
    def closing(self) -> Money:
        """What it holds at the end: positive is owed to the canteen."""
        return self.opening + self.debit - self.credit


class JournalTotal(NamedTuple):
    """What a journal recorded in a period; both sides are equal."""

    code: str
    title: str
    entries: int
    drafts: int
    debit: Money
    credit: Money


def trial_balance(
    session: Session, period: Period, *, beginning: str = "", validated_only: bool = False
) -> list[TrialLine]:
    """Return the accounts that hold or moved something, by number.

    Args:
        session: A session that reads.
        period: Accounting days; opening is taken in the fiscal year of its first day.
        beginning: First digits of the accounts, empty for all.
        validated_only: Leave drafts out.
    """
    groups = _grouped(session, _Asked(period, beginning, validated_only, by_party=False))
    query = select(Account.number, Account.title, Account.nature)
    known = {row[0]: row for row in session.execute(query)}
    return [
        TrialLine(number, known[number][1], known[number][2], *map(Money, sums))
        for (number, _party), sums in sorted(groups.items())
        if any(sums)
    ]


def party_balances(
    session: Session, period: Period, *, beginning: str = "4", validated_only: bool = False
) -> list[PartyBalance]:
    """Return what accounts hold for each party, by account and name; settled ones too.

    Args:
        session: A session that reads.
        period: Accounting days.
        beginning: First digits of the accounts.
        validated_only: Leave drafts out.
    """
    groups = _grouped(session, _Asked(period, beginning, validated_only, by_party=True))
    titles = dict(session.execute(select(Account.number, Account.title)).all())
    names = {k: (c, n) for k, c, n in session.execute(select(Party.id, Party.code, Party.name))}
    found = [
        PartyBalance(number, titles[number], party, *names[party], *map(Money, sums))
        for (number, party), sums in groups.items()
        if party is not None and any(sums)
    ]
    return sorted(found, key=_place)


def _place(balance: PartyBalance) -> tuple[str, str, int]:
    return balance.number, balance.name.casefold(), balance.party_id


def opening_of(session: Session, number: str, day: date) -> Money:
    """Return what an account held before a day: debit less credit, opening entries included."""
    asked = _Asked(Period.through(day, day), number, validated_only=False, by_party=False)
    groups = _grouped(session, asked)
    return Money(groups[number, None][0]) if (number, None) in groups else ZERO


def journal_totals(session: Session, period: Period) -> list[JournalTotal]:
    """Return what each journal recorded in a period, by code; those without entries too."""
    within = and_(Entry.day >= period.first, Entry.day < period.end)
    query = (
        select(
            Journal.code,
            Journal.title,
            func.count(func.distinct(Entry.id)),
            func.count(func.distinct(Entry.id)).filter(Entry.number.is_(None)),
            func.sum(Line.debit),
            func.sum(Line.credit),
        )
        .outerjoin(Entry, and_(Entry.journal_id == Journal.id, within))
        .outerjoin(Line, Line.entry_id == Entry.id)
        .group_by(Journal.code, Journal.title)
        .order_by(Journal.code)
    )
    return [
        JournalTotal(code, title, count, drafts, taken or ZERO, given or ZERO)
        for code, title, count, drafts, taken, given in session.execute(query)
    ]


class _Asked(NamedTuple):
    period: Period
    beginning: str
    validated_only: bool
    by_party: bool


_Groups = dict[tuple[str, int | None], list[int]]


def _grouped(session: Session, asked: _Asked) -> _Groups:
    """Return opening, debit and credit, in cents, by account and party."""
    year = find_year(session, asked.period.first)
    numbers = dict(session.execute(select(Account.id, Account.number)).all())
    groups: _Groups = {}
    for account, party, *sums in session.execute(_sums(asked, year, _openings(session))):
        taken_before, given_before, taken, given = map(_cents, sums)
        opened = taken_before - given_before
        groups[numbers[account], party] = [opened, taken - taken_before, given - given_before]
    if year is not None:
        _add_virtual(groups, opening_sums(session, year, written=False), asked)
    return groups


def _openings(session: Session) -> list[int]:
    """Return the journals of opening entries: asked for once, not for each line."""
    return [*session.scalars(select(Journal.id).where(Journal.kind == JournalKind.OPENING))]


def _cents(value: Money | None) -> int:
    return 0 if value is None else value.cents


def _add_virtual(groups: _Groups, sums: Sums, asked: _Asked) -> None:
    """Add what the year before hands over, where no opening entry says it."""
    for (number, party, _project), cents in sums.items():
        if number.startswith(asked.beginning):
            key = number, party if asked.by_party else None
            groups.setdefault(key, [0, 0, 0])[0] += cents


def _sums(asked: _Asked, year: FiscalYear | None, openings: list[int]) -> Select[*tuple[Any, ...]]:
    """Return the query of what lines sum to before the period, then in all, in one pass.

    Lines are grouped by the key of their account: neither accounts nor journals are looked up.
    """
    is_opening = Entry.journal_id.in_(openings)
    before = or_(is_opening, Entry.day < asked.period.first)
    party: Any = Line.party_id if asked.by_party else null()
    query = (
        select(
            Line.account_id,
            party,
            func.sum(Line.debit).filter(before),
            func.sum(Line.credit).filter(before),
            func.sum(Line.debit),
            func.sum(Line.credit),
        )
        .join(Entry, Line.entry_id == Entry.id)
        .where(Entry.day < asked.period.end)
        .group_by(Line.account_id, *([Line.party_id] if asked.by_party else []))
    )
    if year is not None:
        mine = Entry.fiscal_year_id == year.id
        query = query.where(Entry.day >= year.first, or_(mine, ~is_opening))
    if asked.beginning:
        accounts = select(Account.id).where(Account.number.startswith(asked.beginning))
        query = query.where(Line.account_id.in_(accounts))
    return query.where(Entry.number.is_not(None)) if asked.validated_only else query
