"""Half-open ranges of civil days: the first day belongs, the end does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from ``first`` up to, and without, ``end``."""

    first: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.first:
            raise ValueError("a period holds at least one day")

    @classmethod
    def through(cls, first: date, last: date) -> Self:
        """Return the period from a day through a last day that belongs to it."""
        return cls(first, last + DAY)

    @classmethod
    def week(cls, day: date) -> Self:
        """Return the ISO week (Monday to Sunday) that holds a day."""
        monday = day - timedelta(days=day.weekday())
        return cls(monday, monday + timedelta(days=7))

    @classmethod
    def month(cls, day: date) -> Self:
        """Return the calendar month that holds a day."""
        first = day.replace(day=1)
        return cls(first, (first + timedelta(days=31)).replace(day=1))

    @classmethod
    def year(cls, day: date) -> Self:
        """Return the calendar year that holds a day."""
        return cls(date(day.year, 1, 1), date(day.year + 1, 1, 1))

    @property
    def last(self) -> date:
        """The last day that belongs to the period."""
        return self.end - DAY

    @property
    def days(self) -> list[date]:
        """Every day of the period, in order."""
        return [self.first + timedelta(days=n) for n in range((self.end - self.first).days)]

    def __contains__(self, day: date) -> bool:
        return self.first <= day < self.end
