"""Somebody's stints laid out once: by day, by civil week, as free time between them."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise
from operator import attrgetter, itemgetter

from cantine_desktop.staff.law.nouns import Status, Worker
from cantine_desktop.staff.law.stints import (
    DAY_LONG,
    Kind,
    Stint,
    clock_minute,
    day_of,
    monday_of,
)
from cantine_desktop.values.period import DAY

_AT_SCHOOL = {Status.APPRENTICE, Status.PROFESSIONALISATION}
_EVER = 10**9
"""Minutes since 1970 that no stint reaches."""


def counts(worker: Worker, stint: Stint) -> bool:
    """Tell whether a stint is working time of somebody: school is, of apprentices and the like."""
    return stint.kind is not Kind.SCHOOL or worker.status_on(stint.day) in _AT_SCHOOL


@dataclass(frozen=True, slots=True)
class WorkDay:
    """The stints reckoned with one civil day, in order, even when they end after midnight.

    Attributes:
        day: The civil day.
        stints: Never none.
        since: When the first begins, in minutes since 1970.
        until: When the last ends, alike.
        effective: Minutes of effective work, in real time.
    """

    day: date
    stints: tuple[Stint, ...]
    since: int
    until: int
    effective: int

    @property
    def amplitude(self) -> int:
        """Minutes from the beginning to the end."""
        return self.until - self.since

    @property
    def gaps(self) -> Iterator[tuple[int, int]]:
        """Times between stints, half-open, in minutes since 1970."""
        reached = self.since
        for stint in self.stints:
            if stint.since > reached:
                yield reached, stint.since
            reached = max(reached, stint.until)


@dataclass
class Timeline:
    """Somebody's working time over some days, whatever the order it was handed over in.

    Attributes:
        stints: Those that count, in order of their start.
        days: Days worked, in order.
    """

    stints: Sequence[Stint]
    days: list[WorkDay] = field(init=False)

    def __post_init__(self) -> None:
        self.stints = sorted(self.stints, key=attrgetter("since"))
        by_day: dict[date, list[Stint]] = {}
        for stint in self.stints:
            by_day.setdefault(stint.day, []).append(stint)
        self.days = [_work_day(day, by_day[day]) for day in sorted(by_day)]

    @cached_property
    def segments(self) -> list[tuple[int, int]]:
        """Stretches of effective work, half-open, merged, in minutes since 1970."""
        return _segments(self.stints)

    @cached_property
    def presences(self) -> list[tuple[int, int]]:
        """Stretches of presence, breaks included, alike."""
        return _merged([(stint.since, stint.until) for stint in self.stints])

    @cached_property
    def minutes(self) -> dict[date, int]:
        """Effective minutes by civil day, split exactly at midnight."""
        found: dict[date, int] = {}
        for first, end in self.segments:
            for day, some, other in by_civil_day(first, end):
                found[day] = found.get(day, 0) + other - some
        return found

    @cached_property
    def present(self) -> set[date]:
        """Civil days with any presence at all, were it a minute after midnight."""
        return {day for first, end in self.presences for day, _, _ in by_civil_day(first, end)}

    @cached_property
    def weeks(self) -> dict[date, int]:
        """Effective minutes by civil week (Monday 0 h to Sunday 24 h), by its Monday, in order."""
        found: dict[date, int] = {}
        for day in sorted(self.minutes):
            monday = monday_of(day)
            found[monday] = found.get(monday, 0) + self.minutes[day]
        return found

    @cached_property
    def by_day(self) -> dict[date, WorkDay]:
        """Days worked, by their civil day."""
        return {work.day: work for work in self.days}

    @cached_property
    def free(self) -> list[tuple[int, int]]:
        """Times without any presence, half-open; without bounds at both ends."""
        found: list[tuple[int, int]] = []
        reached = -_EVER
        for first, end in self.presences:
            found.append((reached, first))
            reached = end
        found.append((reached, _EVER))
        return found

    def free_within(self, first: int, end: int) -> list[tuple[int, int]]:
        """Return the free times that meet a range, whole, in order."""
        start = bisect_right(self.free, first, key=itemgetter(1))
        found: list[tuple[int, int]] = []
        for gap in self.free[start:]:
            if gap[0] >= end:
                break
            found.append(gap)
        return found

    def worked_within(self, first: int, end: int) -> int:
        """Return the effective minutes between two minutes since 1970."""
        start = bisect_right(self.segments, first, key=itemgetter(1))
        found = 0
        for some, other in self.segments[start:]:
            if some >= end:
                break
            found += min(other, end) - max(some, first)
        return found


def timeline(worker: Worker, stints: Iterable[Stint]) -> Timeline:
    """Lay out the stints that count as working time of somebody."""
    return Timeline([stint for stint in stints if counts(worker, stint)])


def by_civil_day(first: int, end: int) -> Iterator[tuple[date, int, int]]:
    """Yield the civil days of a range with the part of it that each holds."""
    day = day_of(first)
    while first < end:
        midnight = clock_minute(day, DAY_LONG)
        yield day, first, min(end, midnight)
        first = midnight
        day += DAY


def _work_day(day: date, stints: list[Stint]) -> WorkDay:
    until = max(stint.until for stint in stints)
    if len(stints) == 1:
        return WorkDay(day, (stints[0],), stints[0].since, until, stints[0].effective)
    if _meet(stints):
        effective = sum(end - first for first, end in _segments(stints))
    else:
        effective = sum(stint.effective for stint in stints)
    return WorkDay(day, tuple(stints), stints[0].since, until, effective)


def _segments(stints: Sequence[Stint]) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    for stint in stints:
        if not stint.pause:
            pieces.append((stint.since, stint.until))
            continue
        first, last = stint.break_inside
        pieces += ((stint.since, first), (last, stint.until))
    return _merged(pieces)


def _meet(stints: list[Stint]) -> bool:
    return any(after.since < before.until for before, after in pairwise(stints))


def _merged(pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for first, end in sorted(pieces):
        if found and first <= found[-1][1]:
            if end > found[-1][1]:
                found[-1] = found[-1][0], end
        elif first < end:
            found.append((first, end))
    return found
