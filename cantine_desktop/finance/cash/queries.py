"""What the cash screen, its papers and its figures show."""

from collections.abc import Sequence
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.finance.cash.holdings import balance, till_lines
from cantine_desktop.finance.cash.model import CashCount, DifferenceResolution, Reason
from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.model import Account, Entry, Line
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

__all__ = [
    "BookLine",
    "CashBook",
    "CashFigures",
    "Difference",
    "balance",
    "cash_book",
    "cash_figures",
    "differences",
    "uncounted_days",
]

ZERO = Money(0)
NOTABLE = Money(500)
"""From here on a difference without an explanation is told of (indicators, K29)."""


class BookLine(NamedTuple):
    """A line of the cash book.

    Attributes:
        paid_in: Into the till.
        paid_out: Out of it.
        held: What the till holds after it.
        fact: One word of what happened: ``"takings"``, ``"cash-deposit"``…
        is_draft: Its entry is not validated yet.
    """

    entry_id: int
    day: date
    label: str
    reference: str
    paid_in: Money
    paid_out: Money
    held: Money
    fact: str
    is_draft: bool


class CashBook(NamedTuple):
    """The cash book over some days (livre de caisse).

    Attributes:
        opening: What the till held before.
    """

    period: Period
    opening: Money
    lines: Sequence[BookLine]

    @property
    def paid_in(self) -> Money:
        """What came in."""
        return Money(sum(line.paid_in.cents for line in self.lines))

    @property
    def paid_out(self) -> Money:
        """What went out."""
        return Money(sum(line.paid_out.cents for line in self.lines))

    @property
    def closing(self) -> Money:
        """What the till holds at the end."""
        return self.opening + self.paid_in - self.paid_out


def cash_book(session: Session, period: Period) -> CashBook:
    """Return the cash book of a period: the lines of account 53, drafts included.

    Lines of one entry are told as one; what comes in on a day stands before what goes out, so
    that the balance told after each line is below nothing only when the day is.

    Args:
        session: A session that reads.
        period: Accounting days.
    """
    opening = held = balance(session, period.first)
    query = (
        till_lines(
            Entry.id,
            Entry.day,
            Entry.label,
            Entry.piece_ref,
            Entry.fact,
            Entry.number,
            func.sum(Line.debit),
            func.sum(Line.credit),
        )
        .where(Entry.day >= period.first, Entry.day < period.end)
        .group_by(Entry.id, Entry.day, Entry.label, Entry.piece_ref, Entry.fact, Entry.number)
        .order_by(Entry.day, Entry.id)
    )
    lines: list[BookLine] = []
    for row in sorted(session.execute(query), key=_in_before_out):
        held += row[6] - row[7]
        lines.append(_book_line(tuple(row), held))
    return CashBook(period, opening, lines)


def _in_before_out(row: Sequence[Any]) -> tuple[date, bool]:
    return row[1], row[6] < row[7]


def _book_line(row: Sequence[Any], held: Money) -> BookLine:
    key, day, label, reference, fact, number, taken, given = row
    gap = taken - given
    paid_in, paid_out = (gap, ZERO) if gap.cents > 0 else (ZERO, -gap)
    return BookLine(key, day, label, reference, paid_in, paid_out, held, fact, number is None)


class Difference(NamedTuple):
    """A difference between the till and the book.

    Attributes:
        count_id: The count it was found at; ``None`` when a closing of service told it.
        amount: Counted less expected, as it was found.
        left: What of it nothing took back yet.
        is_explained: A reason was given, or nothing is left.
    """

    day: date
    reference: str
    amount: Money
    left: Money
    reason: Reason | None
    note: str
    is_explained: bool
    count_id: int | None = None
    entry_id: int | None = None


def differences(session: Session, period: Period) -> list[Difference]:
    """Return the differences found in a period, oldest first, those of nothing left out.

    Args:
        session: A session that reads.
        period: Days of the counts.
    """
    taken = _taken_back(session)
    counts = session.scalars(
        select(CashCount).where(
            CashCount.day >= period.first,
            CashCount.day < period.end,
            CashCount.counted != CashCount.expected,
        )
    )
    found = [_difference(row, taken.get(row.id, ZERO)) for row in counts]
    found += _told_with_takings(session, period)
    return sorted(found, key=attrgetter("day", "reference"))


def _difference(row: CashCount, taken: Money) -> Difference:
    left = row.difference + taken
    explained = not left or row.reason not in {None, Reason.UNKNOWN}
    return Difference(
        row.day,
        row.reference,
        row.difference,
        left,
        row.reason,
        row.note,
        explained,
        row.id,
        row.entry_id,
    )


def _taken_back(session: Session) -> dict[int, Money]:
    query = select(
        DifferenceResolution.cash_count_id, func.sum(DifferenceResolution.amount)
    ).group_by(DifferenceResolution.cash_count_id)
    return dict(session.execute(query).all())


def _told_with_takings(session: Session, period: Period) -> list[Difference]:
    """Return the differences that closings of services handed over with their takings."""
    query = (
        select(Entry.id, Entry.day, Entry.piece_ref, func.sum(Line.credit), func.sum(Line.debit))
        .join(Line, Line.entry_id == Entry.id)
        .join(Account, Line.account_id == Account.id)
        .where(Entry.fact == "takings", Entry.day >= period.first, Entry.day < period.end)
        .where(Account.number.in_([Role.CASH_SHORTAGE.value, Role.CASH_OVERAGE.value]))
        .group_by(Entry.id, Entry.day, Entry.piece_ref)
    )
    return [
        Difference(day, piece, amount, amount, None, "", False, None, key)
        for key, day, piece, given, taken in session.execute(query)
        if (amount := given - taken)
    ]


class CashFigures(NamedTuple):
    """The figures of K29 over a period.

    Attributes:
        total: Sum of the differences found, as they were found.
        number: How many there were.
        left: What of them nothing took back yet.
        unexplained: Those above 5 € that nothing explains.
    """

    total: Money
    number: int
    left: Money
    unexplained: Sequence[Difference]


def cash_figures(session: Session, period: Period) -> CashFigures:
    """Return the figures of the differences of a period (K29)."""
    found = differences(session, period)
    return CashFigures(
        Money(sum(each.amount.cents for each in found)),
        len(found),
        Money(sum(each.left.cents for each in found)),
        [each for each in found if not each.is_explained and abs(each.left.cents) > NOTABLE.cents],
    )


def uncounted_days(session: Session, period: Period) -> list[date]:
    """Return the days of a period on which cash came in and nobody counted the till."""
    cash_in = (
        till_lines(Entry.day)
        .where(Entry.fact == "takings", Line.debit > ZERO)
        .where(Entry.day >= period.first, Entry.day < period.end)
        .distinct()
    )
    counted = select(CashCount.day).where(CashCount.day >= period.first, CashCount.day < period.end)
    return sorted(set(session.scalars(cash_in)) - set(session.scalars(counted)))
