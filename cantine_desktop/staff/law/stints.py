"""Stretches of presence, and the minutes and civil days they are made of."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from cantine_desktop.clock import PARIS
from cantine_desktop.values.period import DAY

HOUR = 60
"""Minutes."""
DAY_LONG = 24 * HOUR

_MINUTE = timedelta(minutes=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Kind(StrEnum):
    """What is done in a stint; all of it is working time of those it concerns."""

    WORK = "work"
    SCHOOL = "school"
    """CFA or vocational school: working time of apprentices and the like, of nobody else."""
    TRAINING = "training"
    """Training asked for by the employer."""


@dataclass(frozen=True, slots=True)
class Stint:
    """A stretch of presence, planned or done, half-open (poste, séquence).

    Attributes:
        start: Aware instant, whole minute.
        end: Aware instant after ``start``, at most 24 h later.
        pause: Minutes of break inside, in one piece; not effective work.
        pause_at: When the break begins; ``None`` when it is taken when the work allows.
        role: What the person does; free words.
        kind: Work, or what counts like it.
        belongs_to: The civil day it is reckoned with, when not that of its start: what follows
            an evening after midnight belongs to the evening.
        since: Start in minutes of real time since 1970; what is between ``since`` and ``until``
            is elapsed time, right in the nights when clocks change.
        until: End, alike.
        day: The civil day it is reckoned with.

    Raises:
        ValueError: Instants are naive, in the wrong order or more than 24 h apart, or the break
            does not fit inside.
    """

    start: datetime
    end: datetime
    pause: int = 0
    pause_at: datetime | None = None
    role: str = ""
    kind: Kind = Kind.WORK
    belongs_to: date | None = None
    since: int = field(init=False, repr=False, compare=False)
    until: int = field(init=False, repr=False, compare=False)
    day: date = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("instants are aware")
        since, until = minute_of(self.start), minute_of(self.end)
        if not 0 < until - since <= DAY_LONG:
            raise ValueError("a stint ends after it starts, within 24 h")
        object.__setattr__(self, "since", since)
        object.__setattr__(self, "until", until)
        object.__setattr__(self, "day", self.belongs_to or self.start.astimezone(PARIS).date())
        first, last = self.break_inside
        if self.pause < 0 or first < since or last > until:
            raise ValueError("the break is inside the stint")

    @property
    def break_inside(self) -> tuple[int, int]:
        """The break, half-open, in minutes since 1970; in the middle when nobody said when."""
        if self.pause_at is not None:
            first = minute_of(self.pause_at)
        else:
            first = self.since + (self.until - self.since - self.pause) // 2
        return first, first + self.pause

    @property
    def effective(self) -> int:
        """Minutes of effective work, by real elapsed time."""
        return self.until - self.since - self.pause


def minute_of(instant: datetime) -> int:
    """Return an aware instant as whole minutes since 1970."""
    return (instant.astimezone(UTC) - _EPOCH) // _MINUTE


def local(minute: int) -> datetime:
    """Return a minute since 1970 as the time where the canteen stands."""
    return (_EPOCH + minute * _MINUTE).astimezone(PARIS)


def day_of(minute: int) -> date:
    """Return the civil day that a minute since 1970 is in."""
    return local(minute).date()


@lru_cache(maxsize=16384)
def clock_minute(day: date, clock: int) -> int:
    """Return when a clock shows a time, in minutes since 1970.

    Args:
        day: A civil day.
        clock: Minutes after midnight as clocks show them, up to 24 h for the next midnight.
    """
    if clock == DAY_LONG:
        return clock_minute(day + DAY, 0)
    return minute_of(datetime(day.year, day.month, day.day, clock // 60, clock % 60, tzinfo=PARIS))


@lru_cache(maxsize=4096)
def monday_of(day: date) -> date:
    """Return the Monday of the civil week that holds a day."""
    return day - DAY * day.weekday()
