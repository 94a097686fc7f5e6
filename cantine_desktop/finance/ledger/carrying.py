"""What a year hands to the next: balances of classes 1 to 5, and its result.

Accounts whose lines are settled against each other are carried line by line, so that a
payment of the next year settles the very invoice; the others in one line by account, party
and project. Art. 112-2: the opening balance is the closing balance of the year
before. Source: PCG.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from cantine_desktop.finance.chart.numbering import carried
from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.model import (
    Account,
    Entry,
    FiscalYear,
    Journal,
    JournalKind,
    LetteredLine,
    Line,
)
from cantine_desktop.finance.ledger.years import previous_year
from cantine_desktop.values.money import Money

OPENING = "opening"
BALANCE_CLASSES = ("1", "2", "3", "4", "5")
RESULT_CLASSES = ("6", "7")


Sums = dict[tuple[str, int | None, int | None], int]
"""Debit less credit, in cents, by account, party and project."""


class Carried(NamedTuple):
    """A line to open a year with.

    Attributes:
        account: Number in the numbering of the year that opens.
        net: Debit less credit, never nothing.
        line_id: The line it takes over; ``None`` for a sum.
    """

    account: str
    net: Money
    party_id: int | None = None
    project_id: int | None = None
    label: str = ""
    due_day: date | None = None
    line_id: int | None = None


def of_class(numbers: Iterable[str]) -> ColumnElement[bool]:
    """Return the condition that an account begins with one of these digits."""
    return or_(*(Account.number.startswith(number) for number in numbers))


def within(year: FiscalYear) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that an entry is of a year; its days are what the index knows."""
    return Entry.day >= year.first, Entry.day < year.end


def result_of(session: Session, year: FiscalYear) -> Money:
    """Return the result of a year, positive for a surplus: income less expenses, drafts too."""
    query = (
        select(func.sum(Line.credit), func.sum(Line.debit))
        .select_from(Line)
        .join(Entry, Line.entry_id == Entry.id)
        .join(Account, Line.account_id == Account.id)
        .where(*within(year), of_class(RESULT_CLASSES))
    )
    given, taken = session.execute(query).one()
    return (given or Money(0)) - (taken or Money(0))


def carried_lines(
    session: Session, year: FiscalYear, following: FiscalYear, *, in_detail: bool
) -> list[Carried]:
    """Return the lines a year opens the next one with, by account.

    Args:
        session: A session that reads.
        year: The year that hands over.
        following: The year that opens; its numbering is used.
        in_detail: Line by line where accounts are settled; else one sum each.
    """
    sums = closing_sums(session, year, following, only_plain=in_detail)
    lines = [
        Carried(number, Money(net), party_id, project_id)
        for (number, party_id, project_id), net in sums.items()
        if net
    ]
    if in_detail:
        lines += _open_lines(session, year, following)
    return sorted(lines, key=_place)


def _place(line: Carried) -> tuple[str, int, int]:
    return line.account, line.party_id or 0, line.line_id or 0


def opening_sums(session: Session, year: FiscalYear, *, written: bool = True) -> Sums:
    """Return what a year opens with: its opening entries, or what the year before holds now.

    Args:
        session: A session that reads.
        year: The year that opens.
        written: Whether opening entries are returned; else only what no entry says.
    """
    query = select(Entry.id).join(Journal, Entry.journal_id == Journal.id)
    query = query.where(*within(year), Journal.kind == JournalKind.OPENING)
    if session.scalar(query.limit(1)) is not None:
        return _sums(session, year, opening=True) if written else {}
    before = previous_year(session, year)
    return {} if before is None else closing_sums(session, before, year)


def closing_sums(
    session: Session, year: FiscalYear, following: FiscalYear, *, only_plain: bool = False
) -> Sums:
    """Return what a year hands over, under the numbers of the next one, the result included.

    Args:
        session: A session that reads.
        year: The year that hands over.
        following: The year that opens.
        only_plain: Leave out the accounts whose lines are settled against each other.
    """
    sums: Sums = {}
    lettered = _lettered(session) if only_plain else frozenset[str]()
    result = 0
    for part in (opening_sums(session, year), _sums(session, year, opening=False)):
        for (number, party_id, project_id), net in part.items():
            if number.startswith(RESULT_CLASSES):
                result -= net
            elif number not in lettered:
                new = carried(number, year.numbering, following.numbering)
                key = new, party_id, project_id
                sums[key] = sums.get(key, 0) + net
    key = str(Role.YEAR_SURPLUS if result > 0 else Role.YEAR_DEFICIT), None, None
    sums[key] = sums.get(key, 0) - result
    return sums


def _lettered(session: Session) -> frozenset[str]:
    return frozenset(session.scalars(select(Account.number).where(Account.is_lettered)))


def _sums(session: Session, year: FiscalYear, *, opening: bool) -> Sums:
    """Return what classes 1 to 7 moved in a year, or in its opening entries."""
    is_opening = Journal.kind == JournalKind.OPENING
    query = (
        select(
            Account.number,
            Line.party_id,
            Line.project_id,
            func.sum(Line.debit),
            func.sum(Line.credit),
        )
        .join(Entry, Line.entry_id == Entry.id)
        .join(Account, Line.account_id == Account.id)
        .join(Journal, Entry.journal_id == Journal.id)
        .where(*within(year), of_class((*BALANCE_CLASSES, *RESULT_CLASSES)))
        .where(is_opening if opening else ~is_opening)
        .group_by(Account.number, Line.party_id, Line.project_id)
    )
    return {
        (number, party_id, project_id): taken.cents - given.cents
        for number, party_id, project_id, taken, given in session.execute(query)
    }


def _open_lines(session: Session, year: FiscalYear, following: FiscalYear) -> list[Carried]:
    rows = session.execute(
        select(Line, Entry.label, Account.number)
        .join(Entry, Line.entry_id == Entry.id)
        .join(Account, Line.account_id == Account.id)
        .where(
            Entry.fiscal_year_id == year.id,
            of_class(BALANCE_CLASSES),
            Account.is_lettered,
            or_(~_is_lettered(), _is_lettered_after(year)),
        )
    )
    return [
        Carried(
            carried(number, year.numbering, following.numbering),
            line.debit - line.credit,
            line.party_id,
            line.project_id,
            line.label or label,
            line.due_day,
            line.id,
        )
        for line, label, number in rows
    ]


def _is_lettered() -> ColumnElement[bool]:
    return exists().where(LetteredLine.line_id == Line.id)


def _is_lettered_after(year: FiscalYear) -> ColumnElement[bool]:
    """Return the condition that a line is settled by one of a later year."""
    mine, theirs = aliased(LetteredLine), aliased(LetteredLine)
    line, entry = aliased(Line), aliased(Entry)
    return exists().where(
        and_(
            mine.line_id == Line.id,
            theirs.lettering_id == mine.lettering_id,
            line.id == theirs.line_id,
            entry.id == line.entry_id,
            entry.day >= year.end,
        )
    )


def openings(year_id: int, fact: str) -> Select[Entry]:
    """Return the question for the opening entries of a year that have a fact."""
    return select(Entry).where(Entry.fiscal_year_id == year_id, Entry.fact == fact)


def take_over(session: Session, lines: Sequence[Line]) -> None:
    """Let the lines of an opening entry settle in place of those they carry."""
    places = {line.carries_id: line.id for line in lines if line.carries_id is not None}
    keys = list(places)
    for start in range(0, len(keys), 500):
        part = keys[start : start + 500]
        rows = select(LetteredLine).where(LetteredLine.line_id.in_(part))
        for lettered in session.scalars(rows):
            lettered.line_id = places[lettered.line_id]
    session.flush()
