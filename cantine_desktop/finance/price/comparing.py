"""Before and after a day: what people gave, how many gave nothing, and what may be concluded.

People of a same service are not independent: the meal, the weather and the words said at
table are common to them. So the service is the unit of the intervals, not the person.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.model import DayNote
from cantine_desktop.finance.postings.held import held
from cantine_desktop.finance.postings.model import Takings, TallyLine
from cantine_desktop.finance.price.contributions import by, quartiles
from cantine_desktop.finance.price.displaying import prices
from cantine_desktop.i18n import money, tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

WEEKS = 13
"""Weeks looked at on either side of a day unless another change is nearer."""
LEAST_SERVICES, LEAST_PEOPLE = 8, 100
"""On either side; under them nothing is concluded."""

_STUDENT = (
    12706,
    4303,
    3182,
    2776,
    2571,
    2447,
    2365,
    2306,
    2262,
    2228,
    2201,
    2179,
    2160,
    2145,
    2131,
    2120,
    2110,
    2101,
    2093,
    2086,
    2080,
    2074,
    2069,
    2064,
    2060,
    2056,
    2052,
    2048,
    2045,
    2042,
)
"""Quantiles of Student at 97.5 % in thousandths, by degrees of freedom from 1."""
_NORMAL = 1_960


class Verdict(StrEnum):
    """What a difference allows to say."""

    TOO_FEW = "too-few"
    UNCLEAR = "unclear"
    UP = "up"
    DOWN = "down"


class Change(NamedTuple):
    """A day from which something was different: a price, or what somebody noted."""

    day: date
    words: str
    is_price: bool


class Side(NamedTuple):
    """What people gave before or after.

    Attributes:
        period: Days looked at.
        services: Tallies of its services: people by amount.
    """

    period: Period
    services: Sequence[Mapping[Money, int]]

    @property
    def counts(self) -> dict[Money, int]:
        """People by amount, all services together."""
        sums: dict[Money, int] = {}
        for tally in self.services:
            for amount, people in tally.items():
                sums[amount] = sums.get(amount, 0) + people
        return sums

    @property
    def people(self) -> int:
        """Contributions counted (n)."""
        return sum(self.counts.values())

    @property
    def mean(self) -> Money | None:
        """Mean contribution, zeros included."""
        total = sum(amount.cents * people for amount, people in self.counts.items())
        return by(Money(total), self.people)

    @property
    def median(self) -> Money | None:
        """Median contribution."""
        found = quartiles(self.counts)
        return found[1] if found else None

    @property
    def zeros(self) -> Decimal | None:
        """Contributions of zero, in hundredths."""
        n = self.people
        return Decimal(100 * self.counts.get(Money(0), 0)) / n if n else None


class Gap(NamedTuple):
    """A difference, after less before, and the interval at 95 % it stands in."""

    value: Decimal
    low: Decimal
    high: Decimal

    def verdict(self) -> Verdict:
        """Tell whether zero stands in the interval."""
        if self.low > 0:
            return Verdict.UP
        return Verdict.DOWN if self.high < 0 else Verdict.UNCLEAR


class Compared(NamedTuple):
    """Before and after a change.

    Attributes:
        mean: Difference of the mean contributions, in euros; ``None`` when too few.
        zeros: Difference of the shares of zero, in points; ``None`` when too few.
        last_year: Difference of the means between the same weeks a year before, if known.
    """

    change: Change
    before: Side
    after: Side
    mean: Gap | None
    zeros: Gap | None
    last_year: Money | None

    @property
    def verdict(self) -> Verdict:
        """What may be said of the mean."""
        return self.mean.verdict() if self.mean else Verdict.TOO_FEW


def changes(session: Session) -> list[Change]:
    """Return every change that contributions may be compared around, the last one first."""
    found = [
        Change(
            each.since,
            tr("Prix affiché : {price}").format(price=money(each.amount))
            + (f" · {each.reason}" if each.reason else ""),
            is_price=True,
        )
        for each in prices(session)
    ]
    notes = session.scalars(select(DayNote).order_by(DayNote.day.desc(), DayNote.id.desc()))
    found += [Change(note.day, note.words, is_price=False) for note in notes]
    return sorted(found, key=_order, reverse=True)


def _order(change: Change) -> tuple[date, bool, str]:
    return change.day, change.is_price, change.words


def compare(session: Session, change: Change, today: date, weeks: int = WEEKS) -> Compared | None:
    """Compare contributions before and after a change; ``None`` while nothing is after it.

    The same number of weeks stands on either side, fewer where another price begins.

    Args:
        session: A session that reads.
        change: The day from which something was different.
        today: The present civil day.
        weeks: At most that many on either side.
    """
    span = timedelta(weeks=weeks)
    first, end = change.day - span, change.day + span
    for price in prices(session):
        if first < price.since < change.day:
            first = price.since
        elif change.day < price.since < end:
            end = price.since
    end = min(end, today + timedelta(days=1))
    if end <= change.day:
        return None
    before = _side(session, Period(first, change.day))
    after = _side(session, Period(change.day, end))
    return Compared(
        change,
        before,
        after,
        *_gaps(before, after),
        _last_year(session, before.period, after.period),
    )


def _gaps(before: Side, after: Side) -> tuple[Gap | None, Gap | None]:
    if any(
        len(side.services) < LEAST_SERVICES or side.people < LEAST_PEOPLE
        for side in (before, after)
    ):
        return None, None
    return (
        gap([_euros(t) for t in before.services], [_euros(t) for t in after.services]),
        gap([_zeros(t) for t in before.services], [_zeros(t) for t in after.services]),
    )


def gap(before: Sequence[tuple[Decimal, int]], after: Sequence[tuple[Decimal, int]]) -> Gap:
    """Return the difference of two means of sums by service, with its interval at 95 %.

    Args:
        before: Sum and people of each service; two services at least.
        after: The same, after.
    """
    old, old_spread = _mean(before)
    new, new_spread = _mean(after)
    free = min(len(before), len(after)) - 1
    student = _STUDENT[free - 1] if free <= len(_STUDENT) else _NORMAL
    reach = Decimal(student) / 1000 * (old_spread + new_spread).sqrt()
    return Gap(new - old, new - old - reach, new - old + reach)


def _mean(services: Sequence[tuple[Decimal, int]]) -> tuple[Decimal, Decimal]:
    """Return the mean by person and its variance, the service being what is drawn."""
    people = Decimal(sum(n for _, n in services))
    mean = sum((total for total, _ in services), Decimal(0)) / people
    squares = sum(((total - mean * n) ** 2 for total, n in services), Decimal(0))
    drawn = len(services)
    return mean, squares * drawn / (drawn - 1) / people**2


def _euros(tally: Mapping[Money, int]) -> tuple[Decimal, int]:
    total = sum(amount.cents * people for amount, people in tally.items())
    return Money(total).euros, sum(tally.values())


def _zeros(tally: Mapping[Money, int]) -> tuple[Decimal, int]:
    return Decimal(100 * tally.get(Money(0), 0)), sum(tally.values())


def _side(session: Session, period: Period) -> Side:
    query = (
        select(Takings.id, TallyLine.amount, TallyLine.count)
        .join(TallyLine, TallyLine.takings_id == Takings.id)
        .where(*held(period))
        .order_by(Takings.day, Takings.id, TallyLine.amount)
    )
    return Side(period, _by_service((key, amount, n) for key, amount, n in session.execute(query)))


def _by_service(rows: Iterable[tuple[int, Money, int]]) -> list[dict[Money, int]]:
    tallies: dict[int, dict[Money, int]] = {}
    for key, amount, people in rows:
        tallies.setdefault(key, {})[amount] = people
    return list(tallies.values())


def _last_year(session: Session, before: Period, after: Period) -> Money | None:
    """Return how the mean moved between the same weeks, 52 weeks earlier."""
    year = timedelta(weeks=52)
    old, new = (
        _side(session, Period(period.first - year, period.end - year)) for period in (before, after)
    )
    if min(len(old.services), len(new.services)) < LEAST_SERVICES:
        return None
    assert old.mean is not None
    assert new.mean is not None
    return new.mean - old.mean
