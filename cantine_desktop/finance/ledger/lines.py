"""Lines of the ledger, with what they sum to: what is behind every figure (grand livre)."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Select, func, or_, select, type_coerce
from sqlalchemy.orm import Session, aliased

from cantine_desktop.finance.ledger.model import (
    Account,
    Entry,
    FiscalYear,
    Journal,
    JournalKind,
    LetteredLine,
    Lettering,
    Line,
    Party,
    Section,
)
from cantine_desktop.finance.ledger.trial import opening_of
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

ZERO = Money(0)
ACTIVITY, PROJECT = aliased(Section), aliased(Section)
"""Both sections of a line, under the names ``joined`` gives them."""
LineKey = tuple[int, int]
"""A line and the sum, in cents, through it."""


class LineFilter(NamedTuple):
    """Which lines are asked for; what is empty asks for all.

    Attributes:
        beginning: First digits of the accounts, several separated by spaces.
        activity: Code of a section.
        project: Code of a section.
        opening: Whether opening entries count.
        unsettled: Only lines that nothing settles yet.
        account: Number of one account, whole.
    """

    period: Period
    beginning: str = ""
    activity: str = ""
    project: str = ""
    party_id: int | None = None
    opening: bool = True
    unsettled: bool = False
    account: str = ""


class AccountLine(NamedTuple):
    """A line of the ledger, with what went before it (grand livre).

    Attributes:
        amount: Debit less credit.
        balance: Of the account from its opening through this line; over the lines asked
            for only, when a section is asked for.
        letter: Code of its lettering, or empty.
    """

    line_id: int
    entry_id: int
    day: date
    journal: str
    number: int | None
    piece_ref: str
    label: str
    account: str
    title: str
    party: str
    debit: Money
    credit: Money
    balance: Money
    letter: str
    activity: str
    project: str
    party_code: str
    entry_label: str

    @property
    def amount(self) -> Money:
        """Debit less credit."""
        return self.debit - self.credit


def lines_behind(
    session: Session,
    period: Period,
    *,
    beginning: str = "",
    activity: str = "",
    project: str = "",
    party_id: int | None = None,
    opening: bool = True,
) -> Iterator[AccountLine]:
    """Yield the lines a figure is made of, oldest first, with their running sum.

    Args:
        session: A session that reads.
        period: Accounting days.
        beginning: First digits of the accounts, several separated by spaces; empty for all.
        activity: Only lines of that section.
        project: Only lines of that section.
        party_id: Only lines of that party.
        opening: Whether opening entries count.
    """
    wanted = LineFilter(period, beginning, activity, project, party_id, opening)
    query = _chosen(joined(_columns()), wanted).order_by(Entry.day, Line.id)
    yield from _running(session, query, ZERO)


def account_lines(session: Session, number: str, period: Period) -> Iterator[AccountLine]:
    """Yield the lines of one account, oldest first; the balance begins at its opening.

    The opening entry of the first day is not among them: ``opening_of`` tells it.
    """
    query = _chosen(joined(_columns()), LineFilter(period))
    query = query.where(Account.number == number)
    query = query.where(or_(Journal.kind != JournalKind.OPENING, Entry.day > period.first))
    opening = opening_of(session, number, period.first)
    yield from _running(session, query.order_by(Entry.day, Line.id), opening)


def journal_lines(session: Session, period: Period) -> Iterator[AccountLine]:
    """Yield the lines of every journal, by journal, then number, drafts last, then place."""
    order = (
        Journal.code,
        Entry.number.is_(None),
        Entry.fiscal_year_id,
        Entry.number,
        Entry.day,
        Entry.id,
        Line.rank,
    )
    yield from _running(
        session, _chosen(joined(_columns()), LineFilter(period)).order_by(*order), ZERO
    )


def day_lines(session: Session, period: Period) -> Iterator[AccountLine]:
    """Yield every line by day and entry; openings of years after the first are left out."""
    first = select(FiscalYear.first).order_by(FiscalYear.first)
    first = first.where(FiscalYear.end > period.first).limit(1)
    query = _chosen(joined(_columns()), LineFilter(period))
    is_first = Entry.day <= first.scalar_subquery()
    query = query.where(or_(Journal.kind != JournalKind.OPENING, is_first))
    yield from _running(session, query.order_by(Entry.day, Entry.id, Line.rank), ZERO)


def ledger_lines(session: Session, period: Period) -> Iterator[AccountLine]:
    """Yield the lines of every account, by number, then day; opening entries left out.

    Balances run over all accounts: whoever prints one account after the other begins each
    at its own opening (``trial_balance``).
    """
    order = Account.number, Entry.day, Line.id
    query = _chosen(joined(_columns()), LineFilter(period, opening=False))
    yield from _running(session, query.order_by(*order), ZERO)


def line_keys(session: Session, wanted: LineFilter, opening: Money = ZERO) -> list[LineKey]:
    """Return lines oldest first, each with the sum through it, for lists of any length.

    Args:
        session: A session that reads.
        wanted: Which ones.
        opening: What the sum begins with.
    """
    order = Entry.day, Line.id
    query: Select[*tuple[Any, ...]] = select(
        Line.id,
        type_coerce(func.sum(Line.debit).over(order_by=order), BigInteger),
        type_coerce(func.sum(Line.credit).over(order_by=order), BigInteger),
    )
    query = _chosen(joined(query), wanted).order_by(*order)
    start = opening.cents
    return [(key, start + int(taken) - int(given)) for key, taken, given in session.execute(query)]


def line_rows(session: Session, keys: Sequence[LineKey]) -> list[AccountLine]:
    """Return lines by key, in the order of the keys."""
    ids = [key for key, _sum in keys]
    rows = session.execute(joined(_columns()).where(Line.id.in_(ids)))
    found = {row[0]: row for row in rows}
    return [_line(found[key], Money(cents)) for key, cents in keys if key in found]


def _columns() -> Select[*tuple[Any, ...]]:
    return select(
        Line.id,
        Entry.id,
        Entry.day,
        Journal.code,
        Entry.number,
        Entry.piece_ref,
        func.coalesce(func.nullif(Line.label, ""), Entry.label),
        Account.number,
        Account.title,
        Party.name,
        Line.debit,
        Line.credit,
        Lettering.code,
        ACTIVITY.code,
        PROJECT.code,
        Party.code,
        Entry.label,
    )


def joined(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Return a query of lines with all that stands around each: entry, account, party, sections."""
    return (
        query
        .select_from(Line)
        .join(Entry, Line.entry_id == Entry.id)
        .join(Journal, Entry.journal_id == Journal.id)
        .join(Account, Line.account_id == Account.id)
        .outerjoin(Party, Line.party_id == Party.id)
        .outerjoin(LetteredLine, LetteredLine.line_id == Line.id)
        .outerjoin(Lettering, LetteredLine.lettering_id == Lettering.id)
        .outerjoin(ACTIVITY, Line.activity_id == ACTIVITY.id)
        .outerjoin(PROJECT, Line.project_id == PROJECT.id)
    )


def _chosen(query: Select[*tuple[Any, ...]], wanted: LineFilter) -> Select[*tuple[Any, ...]]:
    query = query.where(Entry.day >= wanted.period.first, Entry.day < wanted.period.end)
    if wanted.account:
        query = query.where(Account.number == wanted.account)
    if wanted.beginning:
        starts = (Account.number.startswith(b) for b in wanted.beginning.split())
        query = query.where(or_(*starts))
    if wanted.activity:
        query = query.where(ACTIVITY.code == wanted.activity)
    if wanted.project:
        query = query.where(PROJECT.code == wanted.project)
    if wanted.party_id is not None:
        query = query.where(Line.party_id == wanted.party_id)
    if wanted.unsettled:
        query = query.where(LetteredLine.id.is_(None))
    return query if wanted.opening else query.where(Journal.kind != JournalKind.OPENING)


def _running(
    session: Session, query: Select[*tuple[Any, ...]], balance: Money
) -> Iterator[AccountLine]:
    cents = balance.cents
    for row in session.execute(query):
        cents += row[10].cents - row[11].cents
        yield _line(row, Money(cents))


def _line(row: Any, balance: Money) -> AccountLine:
    letter, activity, project, code, said = row[12:]
    return AccountLine._make((
        *row[:9],
        row[9] or "",
        *row[10:12],
        balance,
        letter or "",
        activity or "",
        project or "",
        code or "",
        said,
    ))
