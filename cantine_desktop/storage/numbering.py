"""Numbers without a gap, per series and year: ``BC-2026-0042``.

A number belongs to the action that took it: undoing the action gives it back,
and is refused once a later number was taken. Two actions never run at once, so
two records never get the same number.
"""

from typing import ClassVar

from sqlalchemy import String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base


class NumberSeries(Base):
    """The last number given in a series and year (compteur).

    Attributes:
        series: ``"BC"``, an accounting journal's code…
        year: Calendar or fiscal year, as the series has it.
        last: Last number given; numbers start at 1.
    """

    __tablename__ = "number_series"
    __table_args__ = (UniqueConstraint("series", "year"),)
    noun: ClassVar[str] = mark("compteur")

    series: Mapped[str] = mapped_column(String(32))
    year: Mapped[int]
    last: Mapped[int] = mapped_column(default=0)


def number_to_come(session: Session, series: str, year: int) -> int:
    """Return the number that a series gives next, without taking it.

    Args:
        session: Where to read.
        series: Name of the series, 32 characters at most.
        year: Year the numbers restart with.
    """
    query = select(NumberSeries.last).where(
        NumberSeries.series == series, NumberSeries.year == year
    )
    return (session.scalar(query) or 0) + 1


def next_number(session: Session, series: str, year: int) -> int:
    """Take the next number of a series.

    Args:
        session: The session of an action.
        series: Name of the series, 32 characters at most.
        year: Year the numbers restart with.
    """
    return next_numbers(session, series, year, 1)[0]


def next_numbers(session: Session, series: str, year: int, count: int) -> range:
    """Take the next numbers of a series, as many as asked for, in one step.

    Args:
        session: The session of an action.
        series: Name of the series, 32 characters at most.
        year: Year the numbers restart with.
        count: How many, at least one.
    """
    counters: dict[tuple[str, int], NumberSeries] = session.info.setdefault("number_series", {})
    counter = counters.get((series, year))
    if counter is None or counter not in session:
        counter = session.scalar(
            select(NumberSeries).where(NumberSeries.series == series, NumberSeries.year == year)
        )
    if counter is None:
        counter = NumberSeries(series=series, year=year)
        session.add(counter)
    counters[series, year] = counter
    first = counter.last + 1
    counter.last += count
    return range(first, first + count)
